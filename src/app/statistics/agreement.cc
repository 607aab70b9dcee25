// plimsoll agreement FILE: a judge against people.
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "app/statistics/agreement_rows.h"
#include "app/statistics/commands.h"
#include "base/json.h"
#include "show/agreement_json.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {
namespace {

using analyse::Agreement;
using analyse::AgreementLine;
using analyse::Scale;

void write(json::Writer& w, const SliceAgreement& slice, const AgreementAsk& ask) {
    const Agreement& a = slice.agreement;
    w.begin_object();
    if (!ask.by.empty()) w.key("slice").value(slice.slice);
    w.key("judge").value(ask.judge).key("people").begin_array();
    for (const std::string& person : slice.people) w.value(person);
    w.end_array().key("scale").value(to_word(a.scale)).key("classes").begin_array();
    for (const std::string& one : slice.classes) w.value(one);
    w.end_array();
    show::write_agreement(w, a);
    w.key("gate").begin_object();
    w.key("trust").value(to_word(a.gate.trust)).key("why").value(a.gate.why);
    w.key("threshold").value(a.rules.threshold).key("probability").value(a.gate.probability);
    w.key("blocked").value(a.blocked).key("labels_needed");
    show::write_labels_needed(w, a.needed);
    w.end_object().end_object();
}

std::vector<std::string> cells(const AgreementLine& line) {
    if (!line.value) return {line.name, "none", "", line.value.why()};
    return {line.name, fmt::format("{:.4f}", *line.value),
            line.interval ? fmt::format("{:.3f} to {:.3f}", line.interval->low, line.interval->high)
                          : "none",
            line.interval ? line.method : line.interval.why()};
}

std::string heading(const SliceAgreement& slice, const AgreementAsk& ask) {
    const Agreement& a = slice.agreement;
    std::string text;
    if (!ask.by.empty()) {
        text += fmt::format("{} = {}\n", show::printable(ask.by), show::printable(slice.slice));
    }
    text += fmt::format("{} against {}, {}", show::printable(ask.judge),
                        show::printable(fmt::format("{}", fmt::join(slice.people, ", "))),
                        to_word(a.scale));
    if (a.scale == Scale::binary && slice.classes.size() == 2) {
        text += fmt::format(" (\"{}\" fails)", show::printable(slice.classes[1]));
    }
    text += fmt::format(": {} of {} items compared", a.compared, a.items);
    if (a.without_judge > 0) text += fmt::format(", {} not scored", a.without_judge);
    if (a.without_people > 0) text += fmt::format(", {} not labelled", a.without_people);
    if (a.split > 0) text += fmt::format(", {} on which people split evenly", a.split);
    return text + "\n";
}

std::string conclusion(const Agreement& a) {
    std::string text;
    if (a.ceiling) {
        text += fmt::format(
            "A perfect judge could show {:.3f} against one person; against the truth "
            "this one has {}{:.3f}, if its errors are its own.\n",
            a.ceiling->judge_max, a.ceiling->passes_one ? "at least " : "",
            a.ceiling->against_truth);
    }
    text += fmt::format("Trust: {}. {}.\n", to_word(a.gate.trust), a.gate.why);
    if (!a.needed) {
        text += fmt::format("Labels needed: unknown, {}.\n", a.needed.why());
    } else if (a.needed->even > 0) {
        text += fmt::format(
            "Labels needed: {} more decide with even chances, {} with four of five, "
            "if agreement is what it seems (then {}).\n",
            a.needed->even, a.needed->likely, to_word(a.needed->towards));
    }
    return text;
}

void print(const SliceAgreement& slice, const AgreementAsk& ask) {
    const Agreement& a = slice.agreement;
    show::TextTable table({"statistic", "value", "95% interval", "by"});
    for (const AgreementLine& line : a.judge) table.add(cells(line));
    if (a.judge_and_one) table.add(cells(*a.judge_and_one));
    for (const AgreementLine& line : a.people) table.add(cells(line));
    fmt::print("{}\n{}\n{}", heading(slice, ask), table.text(), conclusion(a));
}

int agreement(const std::string& file, const AgreementAsk& ask, bool json) {
    const auto rows = read_rows(file);
    const auto slices = rows ? agreement_of(*rows, ask) : rows.error();
    if (!slices) {
        fmt::print(stderr, "{}\n", slices.error().what);
        return 3;
    }
    json::Writer w;
    w.begin_array();
    for (std::size_t i = 0; i < slices->size(); ++i) {
        if (json) {
            write(w, (*slices)[i], ask);
        } else {
            fmt::print("{}", i > 0 ? "\n" : "");
            print((*slices)[i], ask);
        }
    }
    if (json) fmt::print("{}\n", w.end_array().take());
    return 0;
}

}  // namespace

void add_agreement(CLI::App& app, int& code) {
    struct Options {
        std::string file, scale;
        AgreementAsk ask;
        bool json = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("agreement", "A judge against people: agreement, trust, labels needed");
    command->add_option("file", options->file, "CSV or JSON lines, an item a row; - for stdin")
        ->required();
    command->add_option("--judge", options->ask.judge, "Its column; a.b for a member of JSON")
        ->capture_default_str();
    command->add_option("--human", options->ask.people,
                        "A person's column, repeatable; \"human\" and \"human_…\" if left out");
    command->add_option("--item", options->ask.item, "Column that names the item")
        ->capture_default_str();
    command->add_option("--weight", options->ask.weight, "Column with 1 / inclusion probability")
        ->capture_default_str();
    command->add_option("--by", options->ask.by, "A column: its values are compared separately");
    command
        ->add_option("--scale", options->scale,
                     "binary, multiclass or graded; read off if left out")
        ->check(CLI::IsMember({"binary", "multiclass", "graded"}));
    command->add_flag("--json", options->json, "JSON instead of a table");
    command->callback([options, &code] {
        for (const Scale scale : {Scale::binary, Scale::multiclass, Scale::graded}) {
            if (to_word(scale) == options->scale) options->ask.scale = scale;
        }
        code = agreement(options->file, options->ask, options->json);
    });
}

}  // namespace plimsoll::app
