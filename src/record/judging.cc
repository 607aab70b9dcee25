#include "record/judging.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "evaluate/judges/judge.h"
#include "evaluate/sampling/late_reasons.h"
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

/// Interactions whose late reasons are remembered for what may yet come of them: 50 MB. Those of
/// further ones are heard once.
constexpr std::size_t late_max = 500'000;

/// The score of a judge at one of its places; nullptr if there is none.
template <class Score>
Score* find(std::span<Score> scores, const JudgeInDimensions::Place& place) {
    for (Score& each : scores)
        if (each.dimension == place.dimension && each.evaluator == place.evaluator) return &each;
    return nullptr;
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
    evaluate::ReasonSet late;
    if (const auto came = late_.find(interaction.id); came != late_.end())
        for (const LateReason& each : came->second)
            if (!evaluate::is_frozen(interaction.start, each.time))
                late |= evaluate::ReasonSet::from_bits(each.reasons);
    for (const JudgeInDimensions& judge : judges_) {
        const auto reasons = evaluate::reasons_of(interaction, others, judge.name) | late;
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

void Judging::keep_frozen(InteractionFact& fact, std::span<const ScoreFact> before) {
    for (const JudgeInDimensions& judge : judges_) {
        const ScoreFact* known = nullptr;
        for (const JudgeInDimensions::Place& place : judge.places) {
            const ScoreFact* const old = find(before, place);
            ScoreFact* const now = find(std::span(fact.scores), place);
            if (!old || !now || old->stratum.empty() || now->stratum.empty()) continue;
            known = old;
            now->inclusion = old->inclusion;
            now->stratum = old->stratum;
            now->reason = old->reason == not_sampled ? not_sampled : pending;
        }
        if (!known) continue;
        std::erase_if(drawn_, [&](Judgement& each) {
            if (each.interaction != fact.trace || each.judge != judge.definition) return false;
            each.inclusion = known->inclusion;
            each.stratum = known->stratum;
            return known->reason == not_sampled;
        });
    }
}

Result<Judging::HeardReasons> Judging::hear(Facts& facts, std::size_t limit) {
    HeardReasons heard;
    if (!reasons_ || judges_.empty()) return heard;
    const auto late = reasons_->since(heard_, limit);
    if (!late) return late.error();
    if (late->empty()) return heard;
    std::vector<TraceId> traces;
    for (const LateReason& each : *late) traces.push_back(each.interaction);
    auto known = facts.scores_of(traces);
    if (!known) return known.error();
    std::unordered_map<TraceId, TraceScores*> scores;
    for (TraceScores& each : *known) scores[each.trace] = &each;
    for (const LateReason& each : *late) {
        if (late_.size() < late_max) late_[each.interaction].push_back(each);
        const auto found = scores.find(each.interaction);
        if (found == scores.end()) continue;  // It comes later, and is drawn with them.
        if (evaluate::is_frozen(found->second->start, each.time)) continue;
        if (auto done = raise(each, *found->second, heard.batch); !done) return done.error();
    }
    heard_ = late->back().seq;
    heard.more = late->size() == limit;
    return heard;
}

Result<Done> Judging::raise(const LateReason& late, TraceScores& known, FactsBatch& batch) {
    std::vector<Judgement> wanted;
    JudgedFact changed{.trace = late.interaction, .scores = {}};
    const auto ledger = ledger_.of({&late.interaction, 1});
    if (!ledger) return ledger.error();
    const std::string id = late.interaction.hex();
    for (const JudgeInDimensions& judge : judges_) {
        std::optional<evaluate::Draw> drawn;
        for (const JudgeInDimensions::Place& place : judge.places) {
            ScoreFact* const score = find(std::span(known.scores), place);
            if (!score || score->stratum.empty() || !score->inclusion) continue;
            drawn = evaluate::raised(judge.design, id, *score->inclusion, score->stratum,
                                     evaluate::ReasonSet::from_bits(late.reasons));
            const bool same =
                drawn->inclusion == score->inclusion && drawn->stratum == score->stratum;
            // Written back, since a second reason raises what the first one left.
            score->inclusion = drawn->inclusion;
            score->stratum = drawn->stratum;
            // What is judged already follows from the ledger, with its explanation.
            if (same || score->reason != not_sampled) continue;
            if (drawn->judged) score->reason = pending;
            changed.scores.push_back(*score);
        }
        if (!drawn || !drawn->judged) continue;
        Judgement want{.interaction = late.interaction,
                       .judge = judge.definition,
                       .occasion = "",
                       .arrived = late.time,
                       .inclusion = drawn->inclusion,
                       .reasons = drawn->reasons.bits(),
                       .stratum = std::string(drawn->stratum)};
        for (const KnownJudgement& each : *ledger)
            if (each.judgement.judge == judge.definition && each.judgement.occasion.empty())
                want.reasons |= each.judgement.reasons;
        want.priority =
            evaluate::priority_of(judge.design, id, evaluate::ReasonSet::from_bits(want.reasons));
        wanted.push_back(std::move(want));
    }
    if (auto done = ledger_.want(wanted); !done) return done;
    if (!changed.scores.empty()) batch.judged.push_back(std::move(changed));
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
