#include "record/judging.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "evaluate/judges/judge.h"
#include "evaluate/sampling/reasons_of.h"
#include "evaluate/verdict.h"

namespace plimsoll::record {

namespace {

bool check_failed(const std::vector<ScoreFact>& scores, std::size_t checks,
                  const std::string& dimension) {
    return std::any_of(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(checks),
                       [&](const ScoreFact& each) {
                           return each.dimension == dimension && each.score && *each.score < 1;
                       });
}

evaluate::SamplingDesign design_of(const evaluate::JudgeSample& sample) {
    auto design = evaluate::SamplingDesign::of_rate(sample.rate);
    design.floor = sample.floor.value_or(std::min(design.floor, sample.rate));
    for (std::size_t i = 0; i < sample.by_reason.size(); ++i)
        design.by_reason[i] = sample.by_reason[i].value_or(design.by_reason[i]);
    return design;
}

void put_in(std::vector<ScoreFact>& scores, ScoreFact score) {
    const auto same = std::ranges::find_if(scores, [&](const ScoreFact& each) {
        return each.dimension == score.dimension && each.evaluator == score.evaluator;
    });
    // Not applicable there: `where`, or a check of the dimension, left it out.
    if (same == scores.end() || same->reason == to_word(Reason::not_applicable)) return;
    *same = std::move(score);
}

}  // namespace

std::vector<JudgeInDimensions> judges_of(const evaluate::Scorecard& scorecard) {
    std::vector<JudgeInDimensions> judges;
    for (const evaluate::Dimension& dimension : scorecard.dimensions) {
        for (const evaluate::JudgeEvaluator& at_work : dimension.judges) {
            std::string definition = evaluate::definition_hash(*at_work.judge);
            auto judge = std::ranges::find(judges, definition, &JudgeInDimensions::definition);
            if (judge == judges.end()) {
                judges.push_back({.name = at_work.judge->name,
                                  .definition = std::move(definition),
                                  .design = design_of(at_work.judge->sample),
                                  .places = {},
                                  .sentinels = at_work.judge->sentinels,
                                  .rubric = evaluate::rubric_version(*at_work.judge)});
                judge = judges.end() - 1;
            }
            judge->places.push_back(
                {dimension.name, at_work.name, at_work.where, dimension.judges_only_what_passes});
        }
    }
    return judges;
}

std::string judge_score_version(const std::string& name, const std::string& definition,
                                const std::string& model) {
    return fmt::format("{}@{}", name,
                       model.empty() ? definition : evaluate::judge_version(definition, model));
}

void Judging::draw(const Interaction& interaction, std::vector<ScoreFact>& scores) {
    const std::size_t checks = scores.size();
    std::vector<evaluate::OtherScore> others;
    for (const ScoreFact& each : scores) others.push_back({each.evaluator, false, each.score});
    const std::string id = interaction.id.hex();
    const bool recognised = interaction.recognised();
    for (const JudgeInDimensions& judge : judges_) {
        const auto reasons = evaluate::reasons_of(interaction, others, judge.name);
        const evaluate::Draw drawn = evaluate::draw(judge.design, id, reasons);
        bool wanted = false;
        for (const JudgeInDimensions::Place& place : judge.places) {
            ScoreFact score{.dimension = place.dimension,
                            .evaluator = place.evaluator,
                            .version = judge_score_version(place.evaluator, judge.definition, "")};
            if (!recognised || evaluate::left_out(place.where, interaction) ||
                (place.only_what_passes && check_failed(scores, checks, place.dimension))) {
                score.reason = to_word(Reason::not_applicable);
            } else {
                score.reason = drawn.judged ? pending : not_sampled;
                score.inclusion = drawn.inclusion;
                score.stratum = drawn.stratum;
                wanted |= drawn.judged;
            }
            scores.push_back(std::move(score));
        }
        if (wanted)
            drawn_.push_back({.interaction = interaction.id,
                              .judge = judge.definition,
                              .occasion = "",
                              .revision = interaction.revision,
                              .priority = evaluate::priority_of(judge.design, id, reasons),
                              .inclusion = drawn.inclusion,
                              .reasons = reasons.bits(),
                              .stratum = std::string(drawn.stratum)});
    }
}

Result<Done> Judging::want(std::span<InteractionFact> facts, UnixNanos now) {
    std::vector<Judgement> drawn = std::exchange(drawn_, {});
    if (judges_.empty() || facts.empty()) return Done{};
    for (Judgement& each : drawn) each.arrived = now;
    if (const auto wanted = ledger_.want(drawn); !wanted) return wanted.error();

    // Whoever was drawn may be known already (a rebuild), and so may a later revision.
    std::unordered_map<TraceId, InteractionFact*> fact_of;
    for (const Judgement& each : drawn) fact_of[each.interaction] = nullptr;
    for (InteractionFact& fact : facts)
        if (fact.revision > 1 || fact_of.contains(fact.trace)) fact_of[fact.trace] = &fact;
    std::vector<TraceId> traces;
    for (const auto& [trace, fact] : fact_of)
        if (fact) traces.push_back(trace);
    const auto known = ledger_.of(traces);
    if (!known) return known.error();
    for (const KnownJudgement& each : *known)
        for (ScoreFact& score : scores_of(each))
            put_in(fact_of[each.judgement.interaction]->scores, std::move(score));
    return Done{};
}

Result<FactsBatch> Judging::take(std::uint64_t changed, std::size_t limit) {
    const auto known = ledger_.changed_since(changed, limit);
    if (!known) return known.error();
    FactsBatch batch;
    for (const KnownJudgement& each : *known) {
        batch.judged_changed = each.changed;
        if (auto scores = scores_of(each); !scores.empty())
            batch.judged.push_back({each.judgement.interaction, std::move(scores)});
    }
    return batch;
}

std::vector<ScoreFact> Judging::scores_of(const KnownJudgement& known) const {
    std::vector<ScoreFact> scores;
    if (!known.judgement.occasion.empty()) return scores;  // A sentinel, a bridge: not traffic.
    const auto judge =
        std::ranges::find(judges_, known.judgement.judge, &JudgeInDimensions::definition);
    if (judge == judges_.end()) return scores;
    const bool waiting =
        known.state == JudgementState::due || known.state == JudgementState::in_flight;
    for (const JudgeInDimensions::Place& place : judge->places)
        scores.push_back(
            {.dimension = place.dimension,
             .evaluator = place.evaluator,
             .version = judge_score_version(place.evaluator, judge->definition, known.said.model),
             .score = known.said.score,
             .reason = waiting ? std::string(pending) : known.said.reason,
             .explanation = known.said.explanation,
             .inclusion = known.judgement.inclusion,
             .stratum = known.judgement.stratum});
    return scores;
}

}  // namespace plimsoll::record
