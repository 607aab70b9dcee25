#include "record/follower.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "evaluate/sampling/late_reasons.h"
#include "record/read_interactions.h"
#include "wire/otlp.h"

namespace plimsoll::record {

namespace {

/// A closed trace joined with what the facts know of it. False if there is nothing new to say.
bool merge_known(interaction::ClosedTrace& closed, const KnownTrace& known) {
    std::vector<SpanId> ids;
    for (const auto& place : known.places) ids.push_back(place.span);
    std::ranges::sort(ids);
    const auto is_new = [&](const interaction::SpanPlace& place) {
        return !std::ranges::binary_search(ids, place.span);
    };
    std::erase_if(closed.spans, std::not_fn(is_new));
    if (closed.spans.empty()) return false;
    closed.spans.insert(closed.spans.begin(), known.places.begin(), known.places.end());
    closed.incomplete &= known.incomplete;  // Whole before is whole with one span more.
    return true;
}

/// Of an earlier revision's traits those that its spans do not tell.
Traits heard_from_elsewhere(Traits traits) {
    constexpr Traits kept = Traits(Trait::re_submission) | Trait::escalation |
                            Trait::negative_feedback | Trait::unusually_long |
                            Trait::unusually_costly;
    return Traits::from_bits(traits.bits() & kept.bits());
}

/// What people read in a list; the whole text stays in the journal.
std::string preview(std::string_view text) {
    constexpr std::size_t bytes_max = 200;
    if (text.size() <= bytes_max) return std::string(text);
    std::size_t end = bytes_max;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace

Result<std::unique_ptr<Follower>> Follower::create(Journal& journal, Facts& facts,
                                                   const evaluate::Scorecard& scorecard,
                                                   std::string configuration,
                                                   FollowerOptions options, Judging* judging) {
    const auto applied = facts.applied_seq();
    if (!applied) return applied.error();
    const auto judged = facts.judged_changed();
    if (!judged) return judged.error();
    std::unique_ptr<Follower> follower(
        new Follower(journal, facts, scorecard, std::move(configuration), options, judging));
    follower->judged_changed_ = *judged;
    follower->read_seq_ = follower->applied_seq_ = *applied;
    return follower;
}

Follower::Follower(Journal& journal, Facts& facts, const evaluate::Scorecard& scorecard,
                   std::string configuration, FollowerOptions options, Judging* judging)
    : journal_(journal),
      facts_(facts),
      scorecard_(scorecard),
      configuration_(std::move(configuration)),
      options_(options),
      judging_(judging),
      gather_(options.gather),
      rows_(journal, options.cache_bytes_max) {}

Result<bool> Follower::step(UnixNanos now) {
    now_ = now;
    const auto take = [&](std::vector<interaction::ClosedTrace> closed) {
        std::ranges::move(closed, std::back_inserter(waiting_));
    };
    // Many rows, then one transaction: small ones cost the facts more than their rows do.
    bool more = true;
    for (std::size_t bytes = 0; more && bytes < options_.step_bytes_max;) {
        auto rows = journal_.read(read_seq_, options_.read_bytes_max);
        if (!rows) return rows.error();
        more = !rows->empty();
        for (JournalRow& row : *rows) {
            take(gather_.advance(row.received));
            wire::for_each_span_key(row.otlp,
                                    [&](std::uint32_t ordinal, const wire::SpanKey& span) {
                                        if (span.trace.is_zero()) return;  // Erased.
                                        gather_.add(row.seq, ordinal, row.received, span);
                                    });
            read_seq_ = row.seq;
            bytes += row.otlp.size();
            rows_.put(std::move(row));
        }
    }
    if (!more) take(gather_.advance(now));
    open_traces_ = gather_.open_traces();

    for (auto next = waiting_.begin(); next != waiting_.end();) {
        // A trace that closed twice is applied twice: the second time the facts know it.
        const auto first = next;
        std::unordered_set<TraceId> taken;
        for (std::size_t spans = 0; next != waiting_.end() && spans < options_.spans_per_apply &&
                                    taken.insert(next->trace).second;
             ++next)
            spans += next->spans.size();
        const bool last = next == waiting_.end();
        const auto done = apply({first, next},
                                last ? gather_.lowest_seq(read_seq_ + 1) - 1 : applied_seq_.load());
        if (!done) {
            waiting_.erase(waiting_.begin(), first);
            return done.error();
        }
    }
    waiting_.clear();
    const std::uint64_t applied = gather_.lowest_seq(read_seq_ + 1) - 1;
    if (applied > applied_seq_) {
        const auto done = apply({}, applied);
        if (!done) return done.error();
    }
    if (judging_) {
        const auto judged = apply_judged();
        if (!judged) return judged.error();
        more |= *judged;
    }
    return more;
}

/// Late spans of what is frozen change no probability.
Result<Done> Follower::keep_frozen(std::span<InteractionFact> facts) {
    std::unordered_map<TraceId, InteractionFact*> frozen;
    std::vector<TraceId> traces;
    for (InteractionFact& fact : facts)
        if (fact.revision > 1 && evaluate::is_frozen(fact.start, now_)) {
            frozen[fact.trace] = &fact;
            traces.push_back(fact.trace);
        }
    if (traces.empty()) return Done{};
    const auto before = facts_.scores_of(traces);
    if (!before) return before.error();
    for (const TraceScores& each : *before) judging_->keep_frozen(*frozen[each.trace], each.scores);
    return Done{};
}

/// True if there is more of it.
Result<bool> Follower::apply_judged() {
    auto heard = judging_->hear(facts_);
    if (!heard) return heard.error();
    if (!heard->batch.judged.empty()) {
        heard->batch.applied_seq = applied_seq_;
        if (const auto done = facts_.apply(heard->batch); !done) return done.error();
        ++generation_;
    }
    if (heard->more) return true;
    auto batch = judging_->take(judged_changed_);
    if (!batch) return batch.error();
    if (!batch->judged_changed) return false;
    batch->applied_seq = applied_seq_;
    if (const auto done = facts_.apply(*batch); !done) return done.error();
    judged_changed_ = *batch->judged_changed;
    ++generation_;
    return true;
}

Result<Done> Follower::apply(std::span<interaction::ClosedTrace> closed,
                             std::uint64_t applied_seq) {
    std::vector<TraceId> traces;
    for (const auto& trace : closed) traces.push_back(trace.trace);
    std::unordered_map<TraceId, KnownTrace> known;
    if (!traces.empty()) {
        auto found = facts_.known(traces);
        if (!found) return found.error();
        for (KnownTrace& trace : *found) known.emplace(trace.trace, std::move(trace));
    }

    std::vector<WantedTrace> wanted;
    for (interaction::ClosedTrace& trace : closed) {
        const auto earlier = known.find(trace.trace);
        if (earlier != known.end() && !merge_known(trace, earlier->second)) continue;
        wanted.push_back({trace.trace, trace.incomplete, trace.spans});
    }
    auto interactions = read_interactions(rows_, wanted);
    if (!interactions) return interactions.error();

    FactsBatch batch;
    batch.applied_seq = applied_seq;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto& interaction = (*interactions)[i];
        if (!interaction) continue;
        unmapped_.add(*interaction);
        if (const auto earlier = known.find(wanted[i].trace); earlier != known.end())
            interaction->revision = earlier->second.revision + 1;
        // What people said later of an earlier revision holds for this one.
        if (const auto earlier = known.find(wanted[i].trace); earlier != known.end())
            interaction->traits |= heard_from_elsewhere(earlier->second.traits);
        interaction->traits |= signals_.hear(*interaction);
        batch.interactions.push_back(
            fact_of(std::move(*interaction), {wanted[i].places.begin(), wanted[i].places.end()}));
    }
    if (judging_) {
        if (const auto kept = keep_frozen(batch.interactions); !kept) return kept.error();
        if (const auto wanted = judging_->want(batch.interactions, now_); !wanted)
            return wanted.error();
    }
    if (const auto done = facts_.apply(batch); !done) return done.error();
    applied_seq_ = applied_seq;
    if (!batch.interactions.empty()) ++generation_;
    return Done{};
}

InteractionFact Follower::fact_of(Interaction interaction,
                                  std::vector<interaction::SpanPlace> places) {
    InteractionFact fact;
    for (evaluate::Scored& scored : scorecard_.score(interaction)) {
        const evaluate::Dimension& dimension = scorecard_.dimensions[scored.dimension];
        const evaluate::Evaluator& evaluator = dimension.evaluators[scored.evaluator];
        ScoreFact score{.dimension = dimension.name,
                        .evaluator = evaluator.name,
                        .version = evaluator.version,
                        .explanation = std::move(scored.verdict.explanation)};
        if (const Score* value = scored.verdict.score())
            score.score = value->value();
        else
            score.reason = to_word(scored.verdict.unscored()->reason);
        fact.scores.push_back(std::move(score));
    }
    if (judging_) judging_->draw(interaction, fact.scores);
    fact.trace = interaction.id;
    fact.revision = interaction.revision;
    fact.recognised = interaction.recognised();
    fact.incomplete = interaction.incomplete;
    fact.failed = interaction.failed;
    fact.start = interaction.start;
    fact.duration_ms = interaction.duration_ms();
    fact.service = std::move(interaction.service);
    fact.environment = std::move(interaction.environment);
    fact.session = std::move(interaction.session);
    fact.user = std::move(interaction.user);
    fact.provider = std::move(interaction.provider);
    fact.versions = std::move(interaction.versions);
    fact.context = std::move(interaction.context);
    fact.traits = interaction.traits;
    fact.outside_scores = std::move(interaction.outside_scores);
    fact.configuration = configuration_;
    fact.question = preview(interaction.question);
    fact.answer = preview(interaction.answer);
    fact.input_tokens = interaction.tokens.input;
    fact.output_tokens = interaction.tokens.output;
    fact.cache_read_tokens = interaction.tokens.cache_read;
    fact.cache_write_tokens = interaction.tokens.cache_write;
    fact.reasoning_tokens = interaction.tokens.reasoning;
    fact.cost_usd = interaction.cost_usd;
    fact.first_token_s = interaction.first_token_s;
    fact.dropped = interaction.dropped;
    fact.attributes = std::move(interaction.attributes);
    fact.places = std::move(places);
    for (Step& step : interaction.steps) {
        std::string& model =
            step.model_answered.empty() ? step.model_requested : step.model_answered;
        SpanFact span{.id = step.id,
                      .kind = std::string(to_word(step.kind)),
                      .name = std::move(step.name),
                      .model = std::move(model),
                      .tool = std::move(step.tool_name),
                      .start = step.start,
                      .duration_ms = step.duration_ms(),
                      .cost_usd = step.cost_usd,
                      .failed = step.failed,
                      .priced = step.priced,
                      .repeats_usage = step.repeats_usage};
        if (step.counts_tokens) {
            span.input_tokens = step.tokens.input;
            span.output_tokens = step.tokens.output;
        }
        fact.spans.push_back(std::move(span));
    }
    return fact;
}

}  // namespace plimsoll::record
