#include "analyse/calibration/sentinel_runs.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/permanent_random.h"

namespace plimsoll::analyse {

namespace {

using record::JudgementState;
using record::KnownJudgement;

constexpr double outage_share = 0.10;

bool fails(double score) {
    return score < 0.5;
}

bool has_score(const KnownJudgement& one) {
    return one.state == JudgementState::settled && one.said.score;
}

}  // namespace

std::string freeze_occasion(UnixNanos time, std::size_t scoring) {
    return fmt::format("sentinel {} freeze {:02}", to_iso8601(time), scoring);
}
std::string run_occasion(UnixNanos time) {
    return fmt::format("sentinel {}", to_iso8601(time));
}
std::string bridge_occasion(UnixNanos time) {
    return fmt::format("bridge {}", to_iso8601(time));
}

bool is_over(std::span<const KnownJudgement> judgements) {
    return std::ranges::all_of(judgements, [](const KnownJudgement& one) {
        return one.state == JudgementState::settled || one.state == JudgementState::left_out;
    });
}

std::vector<TraceId> choose_sentinels(std::span<const KnownJudgement> scored, std::size_t items) {
    struct Candidate {
        double distance, random;
        TraceId trace;
    };
    std::vector<Candidate> failing, passing;
    for (const KnownJudgement& one : scored)
        (fails(*one.said.score) ? failing : passing)
            .push_back({std::abs(*one.said.score - 0.5),
                        permanent_random("sentinel", one.judgement.interaction.hex()),
                        one.judgement.interaction});
    const auto by_distance = [](const Candidate& one) {
        return std::pair(one.distance, one.random);
    };
    std::ranges::sort(failing, {}, by_distance);
    std::ranges::sort(passing, {}, by_distance);
    std::size_t from_failing = std::min(failing.size(), items / 2);
    const std::size_t from_passing = std::min(passing.size(), items - from_failing);
    from_failing = std::min(failing.size(), items - from_passing);
    std::vector<TraceId> chosen;
    for (std::size_t i = 0; i < from_failing; ++i) chosen.push_back(failing[i].trace);
    for (std::size_t i = 0; i < from_passing; ++i) chosen.push_back(passing[i].trace);
    return chosen;
}

Computed<SentinelEpoch> SentinelEpoch::freeze(std::span<const KnownJudgement> scorings) {
    std::map<TraceId, std::vector<bool>> verdicts;
    std::map<TraceId, std::size_t> asked;
    std::string model;
    for (const KnownJudgement& one : scorings) {
        ++asked[one.judgement.interaction];
        if (!has_score(one)) continue;
        verdicts[one.judgement.interaction].push_back(fails(*one.said.score));
        model = one.said.model;
    }
    std::vector<std::vector<bool>> whole;
    std::vector<TraceId> items;
    for (auto& [trace, said] : verdicts)
        if (said.size() == asked[trace]) {
            items.push_back(trace);
            whole.push_back(std::move(said));
        }
    if (2 * items.size() < asked.size())
        return Undefined{fmt::format("only {} of {} sentinels were scored each time", items.size(),
                                     asked.size())};
    auto baseline = freeze_sentinels(whole);
    if (!baseline) return Undefined{baseline.why()};
    std::map<TraceId, bool> majority;
    for (std::size_t i = 0; i < items.size(); ++i) majority[items[i]] = baseline->fails[i];
    return SentinelEpoch(std::move(majority), std::move(*baseline), std::move(model));
}

SentinelAnswer SentinelEpoch::add_run(std::span<const KnownJudgement> run) {
    struct Scored {
        double order;
        bool flipped;
    };
    std::vector<Scored> scored;
    SentinelAnswer answer;
    bool other_model = false;
    for (const KnownJudgement& one : run) {
        const auto frozen = fails_.find(one.judgement.interaction);
        if (frozen == fails_.end() || !has_score(one)) continue;
        // Drawn anew for each run, by what does not depend on the verdict.
        scored.push_back({permanent_random(one.judgement.occasion, one.judgement.interaction.hex()),
                          fails(*one.said.score) != frozen->second});
        answer.model = one.said.model;
        other_model |= one.said.model != model_;
    }
    answer.scored = scored.size();
    if (static_cast<double>(scored.size()) <
        (1 - outage_share) * static_cast<double>(fails_.size())) {
        answer.run = SentinelRun::is_void;
        return answer;
    }
    std::ranges::sort(scored, {}, &Scored::order);
    const auto flipped = std::make_unique<bool[]>(scored.size());
    for (std::size_t i = 0; i < scored.size(); ++i) flipped[i] = scored[i].flipped;
    answer.flips = watch_.add_run({flipped.get(), scored.size()});
    if (answer.flips.fired())
        answer.run = SentinelRun::fired;
    else if (other_model)
        answer.run = SentinelRun::new_model;
    return answer;
}

std::vector<TraceId> SentinelEpoch::items() const {
    std::vector<TraceId> items;
    for (const auto& [trace, verdict] : fails_) items.push_back(trace);
    return items;
}

}  // namespace plimsoll::analyse
