// plimsoll slices FILE: which slices got worse, listed ones and such that nobody listed.
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/drift/known_slices.h"
#include "analyse/drift/slice_discovery.h"
#include "app/commands/commands.h"
#include "app/statistics/commands.h"
#include "app/statistics/slice_table.h"
#include "base/json.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

using namespace analyse;

struct Options {
    std::string file;
    SliceColumns columns;
    DiscoveryOptions discovery;
    bool json = false;
};

std::string range(const Interval& interval) {
    return fmt::format("{:+.4f} to {:+.4f}", interval.low, interval.high);
}

std::string pair(std::uint64_t before, std::uint64_t after) {
    return fmt::format("{} / {}", before, after);
}

void print_known(const SliceRows& rows, const KnownSlices& known, double q) {
    show::TextTable table({"slice", "sessions", "users", "loss before", "after", "change", "95%",
                           "shrunken", "adjusted p", "impact", ""});
    std::size_t small = 0;
    for (const KnownSlice& slice : known.slices) {
        small += !slice.change;
        if (!slice.change) continue;
        const MeanChange& change = *slice.change;
        table.add({show::printable(to_text(rows, {slice.where})),
                   pair(change.before.sessions, change.after.sessions),
                   pair(change.before.clusters, change.after.clusters),
                   fmt::format("{:.4f}", change.before.mean),
                   fmt::format("{:.4f}", change.after.mean), fmt::format("{:+.4f}", change.change),
                   range(change.interval()), fmt::format("{:+.4f}", slice.shrunken.change),
                   fmt::format("{:.3g}", slice.adjusted_p), fmt::format("{:.5f}", slice.impact),
                   slice.adjusted_p <= q ? change.change > 0 ? "worse" : "better" : ""});
    }
    fmt::print("Known slices (loss = 1 - score, up is worse; adjusted over all)\n\n{}",
               table.text());
    if (small > 0) fmt::print("\n{} more are too small to be judged.\n", small);
}

void print_found(const SliceRows& rows, const Computed<Discovery>& discovery) {
    fmt::print("\nSlices that nobody listed: ");
    if (!discovery) {
        fmt::print("{}\n", discovery.why());
        return;
    }
    fmt::print("{} conjunctions examined, half of the users at a time\n\n", discovery->examined);
    if (discovery->slices.empty()) {
        fmt::print("none stands out.\n");
        return;
    }
    show::TextTable table({"slice", "status", "sessions", "users", "loss before", "after", "excess",
                           "95%", "adjusted p", "impact"});
    for (const FoundSlice& slice : discovery->slices) {
        const bool tested = slice.excess.degrees >= 1;
        table.add({show::printable(to_text(rows, slice.where)),
                   slice.confirmed ? "confirmed" : "exploratory",
                   pair(slice.before.sessions, slice.after.sessions),
                   pair(slice.before.clusters, slice.after.clusters),
                   fmt::format("{:.4f}", slice.before.mean),
                   fmt::format("{:.4f}", slice.after.mean),
                   tested ? fmt::format("{:+.4f}", slice.excess.change) : "",
                   tested ? range(slice.excess.interval()) : "",
                   fmt::format("{:.3g}", slice.adjusted_p), fmt::format("{:.5f}", slice.impact)});
    }
    fmt::print(
        "{}\nThe excess is what the other half of the users shows beyond the rest, of a slice "
        "inside a "
        "better one:\nbeyond the rest of that one. Exploratory slices were not confirmed there.\n",
        table.text());
}

void write_counts(json::Writer& w, std::string_view key, const PeriodCounts& counts) {
    w.key(key).begin_object().key("loss").value(counts.mean);
    w.key("interactions").value(counts.interactions).key("sessions").value(counts.sessions);
    w.key("users").value(counts.clusters).key("weight").value(counts.weight).end_object();
}

void write_change(json::Writer& w, std::string_view key, const MeanChange& change) {
    const Interval interval = change.interval();
    w.key(key).begin_object().key("value").value(change.change).key("low").value(interval.low);
    w.key("high").value(interval.high).key("variance").value(change.variance);
    w.key("degrees").value(change.degrees).end_object();
}

void write_known(json::Writer& w, const SliceRows& rows, const KnownSlices& known, double q) {
    w.key("known").begin_array();
    for (const KnownSlice& slice : known.slices) {
        w.begin_object().key("slice").value(to_text(rows, {slice.where}));
        if (!slice.change) {
            w.key("untested").value(slice.change.why()).end_object();
            continue;
        }
        write_counts(w, "before", slice.change->before);
        write_counts(w, "after", slice.change->after);
        write_change(w, "change", *slice.change);
        w.key("share").value(slice.share).key("p").value(slice.change->p_two_sided());
        w.key("adjusted_p").value(slice.adjusted_p).key("changed").value(slice.adjusted_p <= q);
        w.key("shrunken").value(slice.shrunken.change);
        w.key("shrunken_variance").value(slice.shrunken.variance);
        w.key("kept").value(slice.shrunken.kept).key("impact").value(slice.impact).end_object();
    }
    w.end_array().key("attributes").begin_array();
    for (std::size_t a = 0; a < rows.attributes.size(); ++a) {
        const Shrinkage& shrinkage = known.by_attribute[a];
        w.begin_object().key("name").value(rows.attributes[a].name);
        w.key("tau2").value(shrinkage.tau2).key("mean_change").value(shrinkage.mean);
        w.key("note").value(shrinkage.note).end_object();
    }
    w.end_array();
}

void write_found(json::Writer& w, const SliceRows& rows, const Computed<Discovery>& discovery) {
    if (!discovery) {
        w.key("not_searched").value(discovery.why());
        return;
    }
    w.key("examined").value(discovery->examined).key("shift").value(discovery->shift);
    w.key("found").begin_array();
    for (const FoundSlice& slice : discovery->slices) {
        w.begin_object().key("slice").value(to_text(rows, slice.where));
        w.key("status").value(slice.confirmed ? "confirmed" : "exploratory");
        w.key("search_score").value(slice.search_score).key("share").value(slice.share);
        write_counts(w, "before", slice.before);
        write_counts(w, "after", slice.after);
        if (slice.within)
            w.key("within").value(to_text(rows, discovery->slices[*slice.within].where));
        if (slice.excess.degrees >= 1) write_change(w, "excess", slice.excess);
        w.key("p").value(slice.p).key("adjusted_p").value(slice.adjusted_p);
        w.key("impact").value(slice.impact).end_object();
    }
    w.end_array();
}

int slices(const Options& options) {
    const auto rows = read_rows(options.file);
    if (!rows) return complain(rows.error().what, 3);
    const auto table = slice_table(*rows, options.columns);
    if (!table) return complain(table.error().what, 3);
    const double q = options.discovery.false_discovery;
    const KnownSlices known =
        known_slices(table->rows, options.discovery.sessions_min, options.discovery.clusters_min);
    const auto discovery = discover_slices(table->rows, options.discovery);
    if (!options.json) {
        print_known(table->rows, known, q);
        print_found(table->rows, discovery);
        if (table->unscored > 0) fmt::print("\n{} rows have no score.\n", table->unscored);
        return 0;
    }
    json::Writer w;
    w.begin_object().key("rows").value(std::uint64_t{table->rows.size()});
    w.key("unscored").value(table->unscored).key("false_discovery").value(q);
    write_known(w, table->rows, known, q);
    write_found(w, table->rows, discovery);
    fmt::print("{}\n", w.end_object().take());
    return 0;
}

}  // namespace

void add_slices(CLI::App& app, int& code) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("slices", "Which slices got worse, also unlisted ones");
    command
        ->add_option("file", options->file,
                     "CSV or JSON lines; score or loss, period (before, after) or time, session or "
                     "user, weight or inclusion; all other columns are attributes. - for stdin")
        ->required();
    command->add_option("--attributes", options->columns.attributes, "Only these columns")
        ->delimiter(',');
    command->add_option("--split", options->columns.split, "When \"after\" begins, in column time");
    DiscoveryOptions& discovery = options->discovery;
    command->add_option("--depth", discovery.depth, "Attributes that are combined")
        ->capture_default_str()
        ->check(CLI::Range(1, 6));
    command->add_option("--sessions-min", discovery.sessions_min, "In each period")
        ->capture_default_str()
        ->check(CLI::Range(2, 1'000'000'000));
    command->add_option("--users-min", discovery.clusters_min, "In each period")
        ->capture_default_str()
        ->check(CLI::Range(2, 1'000'000'000));
    command->add_option("--fdr", discovery.false_discovery, "Share of false findings")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0));
    command->add_flag("--json", options->json, "JSON with every number");
    command->callback([options, &code] {
        options->discovery.scan.threads = std::max(1u, std::thread::hardware_concurrency());
        code = slices(*options);
    });
}

}  // namespace plimsoll::app
