#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/calibration/horvitz_thompson.h"
#include "analyse/stats/wilson.h"
#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "app/statistics/judged_rows.h"
#include "base/json.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

using analyse::Computed;
using analyse::Estimate;
using analyse::Interval;

struct EstimateFlags {
    std::string file;
    JudgedColumns columns;
    bool enriched_labels = false;
    bool judge_changed = false;
    bool json = false;
};

/// Every number of the answer, computed once and shown twice.
struct Answer {
    JudgedRows rows;
    std::vector<analyse::Stratum> strata;
    Estimate naive;
    Computed<analyse::StratifiedMean> traffic = analyse::Undefined{};
    Computed<analyse::CorrectedMean> quality = analyse::Undefined{};
    double design_error = 0;  ///< Of the Hajek mean, for exactly this traffic.
    std::optional<analyse::Total> horvitz_thompson;  ///< The mean, where the population is known.
};

Answer answer_of(JudgedRows rows, const EstimateFlags& flags) {
    Answer answer{.rows = std::move(rows), .strata = {}};
    const auto& items = answer.rows.items;
    answer.strata = analyse::strata_of(items, answer.rows.strata);
    double sum = 0;
    analyse::WeightedSums all;
    std::vector<analyse::Sampled> sample;
    for (const auto& item : items) {
        sum += item.score;
        all.add(item.weight, item.score);
        sample.push_back({item.score, 1 / item.weight});
    }
    const auto n = static_cast<double>(items.size());
    const double p = sum / n;
    answer.naive = {p, std::sqrt(p * (1 - p) / n), analyse::wilson(sum, n)};
    answer.design_error = std::sqrt(all.design_variance());
    double population = 0;
    for (const auto& stratum : answer.rows.strata) population += stratum.population.value_or(0);
    if (population > 0) {
        const analyse::Total total = analyse::horvitz_thompson(sample);
        answer.horvitz_thompson = {total.value / population,
                                   total.variance / (population * population)};
    }
    const bool clustered = answer.rows.clusters > 0;
    const auto clusters =
        clustered ? std::optional(static_cast<double>(answer.rows.clusters)) : std::nullopt;
    answer.traffic =
        analyse::stratified_mean(answer.strata, {.clusters = clusters, .clustered = clustered});
    if (answer.rows.labels > 0) {
        answer.quality = analyse::corrected_mean(items, answer.rows.strata,
                                                 {.same_traffic = !flags.enriched_labels,
                                                  .judge_changed = flags.judge_changed,
                                                  .clusters = clusters,
                                                  .clustered = clustered});
    }
    return answer;
}

void write_estimate(json::Writer& w, const Estimate& estimate, std::string_view method) {
    w.key("value").value(estimate.value).key("standard_error").value(estimate.standard_error);
    w.key("interval").begin_array().value(estimate.interval.low).value(estimate.interval.high);
    w.end_array().key("method").value(method);
}

void write_texts(json::Writer& w, const std::vector<std::string>& texts) {
    w.begin_array();
    for (const std::string& text : texts) w.value(text);
    w.end_array();
}

constexpr std::string_view naive_method = "Wilson, as if nothing were chosen or clustered";

std::string json_of(const Answer& answer) {
    json::Writer w;
    w.begin_object().key("scored").value(std::uint64_t{answer.rows.items.size()});
    w.key("unscored").value(answer.rows.unscored).key("labels").value(answer.rows.labels);
    w.key("clusters").value(answer.rows.clusters);
    w.key("naive").begin_object();
    write_estimate(w, answer.naive, naive_method);
    w.end_object().key("traffic").begin_object();
    if (const auto& traffic = answer.traffic) {
        write_estimate(w, traffic->estimate, traffic->method);
        w.key("effective_count").value(traffic->effective_count);
        w.key("design_effect").value(traffic->design_effect);
        w.key("design_standard_error").value(answer.design_error);
        w.key("notes");
        write_texts(w, traffic->notes);
    } else {
        w.key("undefined").value(traffic.why());
    }
    w.end_object();
    if (const auto& total = answer.horvitz_thompson) {
        w.key("horvitz_thompson").begin_object().key("value").value(total->value);
        w.key("design_standard_error").value(std::sqrt(total->variance)).end_object();
    }
    if (answer.rows.labels > 0) {
        w.key("quality").begin_object();
        if (const auto& quality = answer.quality) {
            write_estimate(w, quality->estimate, quality->choice.name);
            w.key("why").value(quality->choice.why);
            w.key("cells").begin_array();
            for (const auto& cell : quality->cells) {
                w.begin_object().key("name").value(cell.name).key("share").value(cell.share);
                w.key("labels").value(cell.labels).key("passes").value(cell.passes).end_object();
            }
            w.end_array().key("notes");
            write_texts(w, quality->notes);
        } else {
            w.key("undefined").value(quality.why());
        }
        w.end_object();
    }
    w.key("strata").begin_array();
    for (const auto& stratum : answer.strata) {
        const auto& all = stratum.sums.all;
        w.begin_object().key("name").value(stratum.name).key("scored").value(all.n);
        w.key("weights").value(all.w).key("population").value(stratum.population);
        w.key("mean").value(all.n > 0 ? all.mean() : NAN).end_object();
    }
    w.end_array().key("integrity");
    write_texts(w, answer.rows.findings);
    return w.end_object().take();
}

std::vector<std::string> row_of(std::string_view what, const Estimate& estimate,
                                const std::string& count, std::string_view method) {
    return {std::string(what), fmt::format("{:.4f}", estimate.value),
            fmt::format("{:.4f} … {:.4f}", estimate.interval.low, estimate.interval.high), count,
            std::string(method)};
}

std::string text_of(const Answer& answer) {
    show::TextTable means({"mean of", "value", "95% interval", "from", "method"});
    const std::size_t scored = answer.rows.items.size();
    means.add(
        row_of("the sample (naive)", answer.naive, fmt::format("{} scores", scored), naive_method));
    std::vector<std::string> remarks = answer.rows.findings;
    if (const auto& traffic = answer.traffic) {
        means.add(row_of("the traffic", traffic->estimate,
                         fmt::format("{:.0f} effective scores", traffic->effective_count),
                         traffic->method));
        remarks.insert(remarks.end(), traffic->notes.begin(), traffic->notes.end());
    } else {
        means.add({"the traffic", "-", "-", "-", traffic.why()});
    }
    const std::string labels = fmt::format("{} labels", answer.rows.labels);
    if (answer.rows.labels > 0 && answer.quality) {
        means.add(row_of("quality", answer.quality->estimate, labels, answer.quality->choice.name));
        const auto& notes = answer.quality->notes;
        remarks.insert(remarks.end(), notes.begin(), notes.end());
    } else if (answer.rows.labels > 0) {
        means.add({"quality", "-", "-", labels, "uncorrected: " + answer.quality.why()});
    }
    std::string text = means.text();
    if (answer.strata.size() > 1) {
        show::TextTable strata({"stratum", "scored", "weights", "population", "mean"});
        for (const auto& each : answer.strata) {
            const auto& all = each.sums.all;
            strata.add({show::printable(each.name), std::to_string(all.n),
                        fmt::format("{:.1f}", all.w),
                        each.population ? fmt::format("{:.0f}", *each.population) : "-",
                        all.n > 0 ? fmt::format("{:.4f}", all.mean()) : "-"});
        }
        text += "\n" + strata.text();
    }
    text += fmt::format("\n{} scored, {} unscored", scored, answer.rows.unscored);
    if (answer.rows.clusters > 0) {
        text += fmt::format(", {} clusters (design effect {:.2f})", answer.rows.clusters,
                            answer.traffic ? answer.traffic->design_effect : 1);
    } else {
        text += "; no cluster column, so every score counts as independent";
    }
    text += "\n";
    for (const std::string& remark : remarks) text += "! " + show::printable(remark) + "\n";
    return text;
}

int estimate(const EstimateFlags& flags) {
    const auto rows = read_rows(flags.file);
    const auto judged = rows ? read_judged(*rows, flags.columns) : Result<JudgedRows>(rows.error());
    if (!judged) {
        return complain(judged.error().what, 3);
    }
    const Answer answer = answer_of(*judged, flags);
    print(flags.json ? json_of(answer) : text_of(answer));
    return 0;
}

}  // namespace

void add_estimate(CLI::App& app, int& code) {
    auto flags = std::make_shared<EstimateFlags>();
    CLI::App* command = app.add_subcommand(
        "estimate",
        "The mean of a traffic from a biased sample, and of quality from a biased judge");
    command->add_option("file", flags->file, "CSV or JSON lines; - for standard input")->required();
    const auto column = [&](const char* name, std::string& into, const char* says) {
        command->add_option(name, into, says)
            ->capture_default_str()
            ->each([flags](const std::string& word) { flags->columns.asked.push_back(word); });
    };
    column("--value", flags->columns.value, "Column of the judge's score, 0 to 1");
    column("--inclusion", flags->columns.inclusion, "Column of the probability to be judged");
    column("--stratum", flags->columns.stratum, "Column of the stratum");
    column("--cluster", flags->columns.cluster, "Column of the user or session");
    column("--id", flags->columns.id, "Column of the interaction: repeated ones are dropped");
    column("--human", flags->columns.human, "Column of the human label, 0 to 1");
    column("--label-inclusion", flags->columns.label_inclusion,
           "Column of the probability to be labelled, once judged; even if left out");
    command
        ->add_option("--population", flags->columns.population,
                     "stratum=N, once for each; or a column that has it")
        ->allow_extra_args(false);
    command->add_flag("--enriched-labels", flags->enriched_labels,
                      "The labels are no random sample of these rows");
    command->add_flag("--judge-changed", flags->judge_changed,
                      "The judge is another than the labels were made for");
    command->add_flag("--json", flags->json, "JSON instead of a table");
    command->callback([flags, &code] { code = estimate(*flags); });
}

}  // namespace plimsoll::app
