#include "app/statistics/gate_report.h"

#include <fmt/format.h>

#include "base/json.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

using analyse::GateOutcome;

show::TextTable table_of(const analyse::GateReport& report) {
    show::TextTable table({"dimension", "verdict", "baseline", "candidate", "difference",
                           "90% interval", "margin", "examples", "unscored", "method"});
    for (const analyse::GateResult& result : report.dimensions) {
        const bool any = result.pairs > 0;
        table.add({show::printable(result.name, 40), std::string(to_word(result.outcome)),
                   any ? fmt::format("{:.4f}", result.baseline) : "-",
                   any ? fmt::format("{:.4f}", result.candidate) : "-",
                   any ? fmt::format("{:+.4f}", result.candidate - result.baseline) : "-",
                   result.interval ? fmt::format("{:+.4f} to {:+.4f}", result.interval->low,
                                                 result.interval->high)
                                   : "-",
                   fmt::format("{:.3g}", result.margin), std::to_string(result.pairs),
                   std::to_string(result.excluded), result.method});
    }
    return table;
}

std::string reasons(const analyse::GateReport& report, std::string_view bullet) {
    std::string text;
    for (const analyse::GateResult& result : report.dimensions) {
        text += fmt::format("{}{}: {}.\n", bullet, show::printable(result.name, 40), result.says);
    }
    return text;
}

std::string stopping(const analyse::GateReport& report,
                     std::span<const SequentialAnswer> sequence) {
    std::string text;
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        const SequentialAnswer& answer = sequence[i];
        const std::string name = show::printable(report.dimensions[i].name, 40);
        if (!answer) {
            text += fmt::format("{}: not in sequence, {}.\n", name, answer.why());
        } else if (answer->outcome == GateOutcome::not_enough_evidence) {
            text +=
                fmt::format("{}: {} examples in sequence prove nothing.\n", name, answer->after);
        } else {
            text +=
                fmt::format("{}: in sequence a {} was proved after {} of {} examples.\n", name,
                            to_word(answer->outcome), answer->after, report.dimensions[i].pairs);
        }
    }
    return text;
}

std::string xml(std::string_view text) {
    std::string out;
    for (const char c : show::printable(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace

std::string gate_text(const analyse::GateReport& report,
                      std::span<const SequentialAnswer> sequence) {
    return fmt::format("{}\n{}{}\n{}", table_of(report).text(), reasons(report, ""),
                       stopping(report, sequence), to_word(report.outcome));
}

std::string gate_markdown(const analyse::GateReport& report) {
    return fmt::format("### Behavior gate: {}\n\n{}\n{}", to_word(report.outcome),
                       table_of(report).markdown(), reasons(report, "- "));
}

std::string gate_json(const analyse::GateReport& report,
                      std::span<const SequentialAnswer> sequence) {
    json::Writer w;
    w.begin_object().key("outcome").value(to_word(report.outcome)).key("dimensions").begin_array();
    for (std::size_t i = 0; i < report.dimensions.size(); ++i) {
        const analyse::GateResult& result = report.dimensions[i];
        w.begin_object().key("dimension").value(result.name);
        w.key("outcome").value(to_word(result.outcome)).key("says").value(result.says);
        w.key("method").value(result.method).key("examples").value(std::uint64_t{result.pairs});
        w.key("unscored").value(std::uint64_t{result.excluded}).key("margin").value(result.margin);
        w.key("baseline").value(result.baseline).key("candidate").value(result.candidate);
        w.key("difference").value(result.candidate - result.baseline).key("interval_90");
        if (result.interval) {
            w.begin_array().value(result.interval->low).value(result.interval->high).end_array();
        } else {
            w.null();
        }
        w.key("p_worse").value(result.p_worse);
        w.key("examples_to_decide").value(result.pairs_to_decide);
        if (i < sequence.size() && sequence[i]) {
            w.key("in_sequence").begin_object().key("outcome");
            w.value(to_word(sequence[i]->outcome)).key("after");
            w.value(std::uint64_t{sequence[i]->after}).end_object();
        } else if (i < sequence.size()) {
            w.key("in_sequence").begin_object().key("undefined");
            w.value(sequence[i].why()).end_object();
        }
        w.end_object();
    }
    return w.end_array().end_object().take();
}

std::string gate_junit(const analyse::GateReport& report) {
    std::size_t failures = 0, errors = 0;
    std::string cases;
    for (const analyse::GateResult& result : report.dimensions) {
        failures += result.outcome == GateOutcome::fail;
        errors += result.outcome == GateOutcome::not_enough_evidence;
        cases +=
            fmt::format("  <testcase classname=\"plimsoll.gate\" name=\"{}\">", xml(result.name));
        if (result.outcome != GateOutcome::pass) {
            cases += fmt::format("<{} message=\"{}\"/>",
                                 result.outcome == GateOutcome::fail ? "failure" : "error",
                                 xml(fmt::format("{}: {}", to_word(result.outcome), result.says)));
        }
        cases += "</testcase>\n";
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"plimsoll gate\" "
        "tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}</testsuite>\n",
        report.dimensions.size(), failures, errors, cases);
}

}  // namespace plimsoll::app
