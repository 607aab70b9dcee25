#include "analyse/watch/why.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::analyse {

namespace {

/// kitagawa.h takes scores.
WeightedSums as_scores(std::span<const LossCount> counts, std::span<const HourRange> hours) {
    WeightedSums sums;
    for (const HourRange& range : hours)
        for (const LossCount& one : between(counts, range.from, range.to))
            add_times(sums, one.weight, 1 - one.loss, one.sessions);
    return sums;
}

SliceTwice slice_of(const std::string& name, std::span<const LossCount> counts,
                    const ToldChange& told) {
    SliceTwice slice{name};
    slice.before.judged = as_scores(counts, told.before_hours);
    slice.after.judged = as_scores(counts, {&told.after_hours, 1});
    // The weights of the judged add up to the traffic they stand for.
    slice.before.traffic = slice.before.judged.w;
    slice.after.traffic = slice.after.judged.w;
    return slice;
}

double z_of(const Estimate& e) {
    return e.standard_error > 0 ? std::abs(e.value) / e.standard_error : 0;
}

/// Of the attribute along which traffic moved most surely. Interactions without the attribute are
/// one more value.
std::optional<MixAndWithin> mix_of(const WhyEvidence& evidence) {
    std::optional<MixAndWithin> best;
    for (const auto& [attribute, values] : evidence.siblings) {
        std::vector<SliceTwice> slices;
        SliceTwice rest = slice_of("none", evidence.counts, evidence.told);
        const auto subtract = [](SlicePeriod& from, const SlicePeriod& part) {
            from.traffic = std::max(0.0, from.traffic - part.traffic);
            WeightedSums& all = from.judged;
            const WeightedSums& some = part.judged;
            all.n -= std::min(all.n, some.n);
            for (const auto field : {&WeightedSums::w, &WeightedSums::w2, &WeightedSums::wy,
                                     &WeightedSums::w2y, &WeightedSums::w2y2, &WeightedSums::wy2})
                all.*field = std::max(0.0, all.*field - some.*field);
        };
        for (const auto& [value, counts] : values) {
            slices.push_back(slice_of(value, counts, evidence.told));
            subtract(rest.before, slices.back().before);
            subtract(rest.after, slices.back().after);
        }
        if (rest.before.judged.n + rest.after.judged.n >= slice_judged_min)
            slices.push_back(std::move(rest));
        const auto mixed = mix_and_within(slices, evidence.watch.design_effect);
        if (mixed && (!best || z_of(mixed->mix) > z_of(best->mix))) best = *mixed;
    }
    return best;
}

}  // namespace

std::vector<VersionEvent> events_at(const ToldChange& told, std::span<const VersionEvent> events) {
    constexpr std::int32_t day = 24;
    std::vector<VersionEvent> near;
    for (const VersionEvent& event : events)
        if (event.hour >= told.earliest - day && event.hour <= told.latest + day)
            near.push_back(event);
    return near;
}

Attribution why(const WhyEvidence& evidence) {
    AttributionEvidence all{.change = evidence.told.change};
    all.mix = mix_of(evidence);
    for (const VersionEvent& event : events_at(evidence.told, evidence.events))
        if (std::ranges::find(all.elements, event.element) == all.elements.end())
            all.elements.push_back(event.element);
    if (!all.elements.empty()) all.when = evidence.told.when;
    return attribute(all);
}

std::string_view to_word(Attribution::Answer answer) {
    switch (answer) {
        case Attribution::Answer::nothing_changed:
            return "nothing_changed";
        case Attribution::Answer::explained:
            return "explained";
        case Attribution::Answer::several:
            return "several";
        case Attribution::Answer::not_identifiable:
            return "not_identifiable";
        case Attribution::Answer::unexplained:
            return "unexplained";
    }
    return "";
}

}  // namespace plimsoll::analyse
