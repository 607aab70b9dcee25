#include "analyse/watch/finding_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace plimsoll::analyse {

namespace {

std::string number(double x) {
    const double size = std::abs(x);
    return size != 0 && (size < .001 || size >= 10'000) ? fmt::format("{:.3g}", x)
           : size < 10                                  ? fmt::format("{:.3f}", x)
                                                        : fmt::format("{:.0f}", x);
}

/// "2026-03-03 10:00 UTC"
std::string moment(UnixNanos time) {
    std::string text = to_iso8601(time).substr(0, 16);
    text[10] = ' ';
    return text + " UTC";
}

std::string causes(const record::Finding& finding) {
    if (finding.replay.size() == 1)
        return fmt::format("{} changed near then, and only a replay tells whether it was that",
                           finding.replay.front());
    if (!finding.replay.empty())
        return fmt::format("{} changed together and cannot be told apart: replay them",
                           fmt::join(finding.replay, " and "));
    if (finding.causes.empty())
        return finding.answer == "unexplained" ? "nothing that is known changed then" : "";
    const record::FindingCause& first = finding.causes.front();
    if (first.element == "mix") return "because the traffic is another mix";
    std::string text = "with " + first.element;
    if (!first.to.empty()) text += fmt::format(" {} → {}", first.from, first.to);
    return text;
}

}  // namespace

std::string finding_text(const record::Finding& f) {
    std::string text = f.dimension;
    if (!f.evaluator.empty() && f.evaluator != f.dimension) text += " (" + f.evaluator + ")";
    if (!f.service.empty()) text += " of " + f.service;
    for (const auto& [attribute, value] : f.slice)
        text += fmt::format(", {} = {}", attribute, value);
    if (f.kind == record::FindingKind::distribution_drift)
        return text +
               fmt::format(": scores spread otherwise since the week of {}, by {} on average{}.",
                           moment(f.since).substr(0, 10), number(f.change),
                           f.ended ? ", until " + moment(*f.ended) : "");
    text += fmt::format(": {} {} from {} [{}, {}] to {} [{}, {}] since {}", f.measure,
                        f.change < 0 ? "fell" : "rose", number(f.before), number(f.before_low),
                        number(f.before_high), number(f.after), number(f.after_low),
                        number(f.after_high), moment(f.since));
    if (f.ended) text += ", until " + moment(*f.ended);
    if (const std::string why = causes(f); !why.empty()) text += "; " + why;
    return text + ".";
}

}  // namespace plimsoll::analyse
