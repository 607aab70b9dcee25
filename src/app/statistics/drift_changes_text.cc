#include <cmath>

#include <fmt/format.h>

#include "app/statistics/drift_report.h"
#include "app/statistics/times.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

/// "2026-01-21" if it is midnight.
std::string moment(double time_s) {
    const std::string iso = iso_of(time_s);
    return std::fmod(time_s, 86'400) == 0 ? iso.substr(0, 10) : iso.substr(0, 16) + "Z";
}

std::string event_words(const analyse::SeriesChange& change) {
    std::string words;
    const auto named = change.named();
    for (const std::string& name : named) {
        words += (words.empty() ? "" : " or ") + show::printable(name);
    }
    if (!named.empty() || change.events.empty()) return words;
    for (const auto& event : change.events) {
        words += fmt::format("{}{} {:.2f}", words.empty() ? "perhaps " : ", ",
                             show::printable(event.what), event.probability);
    }
    return words;
}

void add_changes(show::TextTable& table, const DriftFinding& finding) {
    for (const auto& change : finding.changes->changes) {
        const std::string range =
            change.earliest_s == change.latest_s
                ? ""
                : fmt::format(" ({} to {})", moment(change.earliest_s), moment(change.latest_s));
        const std::string events = event_words(change);
        table.add({show::printable(finding.name), moment(change.time_s) + range,
                   fmt::format("{:.3f}", change.probability), fmt::format("{:.4f}", change.before),
                   fmt::format("{:.4f}", change.after),
                   fmt::format("{:+.4f} ({:+.4f} to {:+.4f})", change.effect.value,
                               change.effect.interval.low, change.effect.interval.high),
                   events.empty() ? "-" : events});
    }
}

}  // namespace

std::string drift_changes_text(std::span<const DriftFinding> findings) {
    show::TextTable table(
        {"series", "changed at", "P", "before", "after", "effect (95%)", "known event"});
    std::string quiet;
    std::size_t changes = 0;
    for (const DriftFinding& finding : findings) {
        const std::string name = finding.name.empty() ? "" : show::printable(finding.name) + ": ";
        if (!finding.changes) {
            quiet += fmt::format("change: {}none sought, {}\n", name, finding.changes.why());
        } else if (finding.changes->changes.empty()) {
            quiet += fmt::format("change: {}none, P(nothing changed) = {:.3f}\n", name,
                                 finding.changes->none);
        } else {
            add_changes(table, finding);
            changes += finding.changes->changes.size();
        }
    }
    return (changes > 0 ? table.text() + "\n" : "") + quiet;
}

}  // namespace plimsoll::app
