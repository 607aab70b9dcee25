#include "store/facts_writer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <unordered_set>

#include "base/hash.h"
#include "store/clean_text.h"
#include "store/facts_contexts.h"
#include "store/facts_schema.h"
#include "store/places.h"
#include "store/session_hours_reader.h"

namespace plimsoll::store {

namespace {

/// The row that speaks for a dimension in which `scores[of]` is not alone and some are from a
/// sample (facts_schema.h, `lowest`).
record::ScoreFact dimension_score(const std::vector<record::ScoreFact>& scores, std::size_t of) {
    record::ScoreFact whole{.dimension = scores[of].dimension, .reason = "not_applicable"};
    const record::ScoreFact* lowest = nullptr;
    bool missing = false;
    for (const record::ScoreFact& each : scores) {
        if (each.dimension != whole.dimension) continue;
        if (!each.stratum.empty()) whole.stratum = each.stratum;
        // Samples nest, so that all are asked with the probability of the most seldom asked.
        if (!each.inclusion || !whole.inclusion)
            whole.inclusion = std::nullopt;
        else
            whole.inclusion = std::min(*whole.inclusion, *each.inclusion);
        if (each.score) {
            if (!lowest || *each.score < *lowest->score) lowest = &each;
        } else if (!record::was_asked(each.reason)) {
            if (!missing) whole.reason = each.reason;
            missing = true;
        } else if (each.reason != "not_applicable" && !missing) {
            whole.reason = each.reason;
        }
    }
    if (lowest && !missing) {
        whole.score = lowest->score;
        whole.reason.clear();
    }
    return whole;
}

std::uint64_t number_of(SpanId span) {
    std::uint64_t number;
    std::memcpy(&number, span.bytes.data(), 8);
    return number;
}

bool is_sampled(const record::ScoreFact& score) {
    return score.inclusion != 1.0 || !score.stratum.empty();
}

/// For each score, whether it speaks for its dimension (facts_schema.h, `lowest`).
void mark_lowest(const std::vector<record::ScoreFact>& scores, std::vector<bool>& lowest) {
    lowest.assign(scores.size(), false);
    const auto rank = [](const record::ScoreFact& score) {  // Lower speaks first.
        if (score.score) return *score.score;
        return score.reason == "not_applicable" ? 3.0 : 2.0;
    };
    for (std::size_t i = 0; i < scores.size(); ++i) {
        bool first = true;
        for (std::size_t j = 0; j < scores.size() && first; ++j) {
            if (j == i || scores[j].dimension != scores[i].dimension) continue;
            const double mine = rank(scores[i]), theirs = rank(scores[j]);
            first = mine < theirs || (mine == theirs && i < j);
        }
        lowest[i] = first;
    }
}

}  // namespace

Result<FactsWriter> FactsWriter::open(DuckConnection connection) {
    FactsWriter writer(std::move(connection));
    if (auto read = writer.read_small_tables(); !read) return read.error();
    return writer;
}

Result<Done> FactsWriter::read_small_tables() {
    series_.clear();
    reasons_.clear();
    auto contexts = read_contexts(connection_);
    if (!contexts) return contexts.error();
    contexts_.clear();
    for (auto& [id, versions] : *contexts) contexts_.emplace(std::move(versions), id);
    auto series = connection_.ask("SELECT id, dimension, evaluator, version, stratum FROM series");
    if (!series) return series.error();
    while (series->next())
        series_[{series->text(1), series->text(2), series->text(3), series->text(4)}] =
            series->get<std::uint32_t>(0);
    auto reasons = connection_.ask("SELECT id, word FROM reasons");
    if (!reasons) return reasons.error();
    while (reasons->next()) reasons_[reasons->text(1)] = reasons->get<std::uint8_t>(0);
    auto highest = connection_.ask("SELECT coalesce(max(id), 0)::UBIGINT FROM interactions");
    if (!highest) return highest.error();
    if (highest->next()) next_id_ = highest->get<std::uint64_t>(0) + 1;
    return Done{};
}

Result<Done> FactsWriter::apply(const record::FactsBatch& batch,
                                const std::vector<TraceId>& maybe_known) {
    if (auto begun = connection_.run("BEGIN"); !begun) return begun;
    Result<Done> done = apply_inside(batch, maybe_known);
    if (done) done = connection_.run("COMMIT");
    if (!done) {
        // Series and ids that were made on the way are gone with the transaction.
        if (connection_.run("ROLLBACK").ok() && !read_small_tables()) return done;
    }
    return done;
}

Result<Done> FactsWriter::forget(const std::vector<TraceId>& traces) {
    touched_.clear();
    if (auto begun = connection_.run("BEGIN"); !begun) return begun;
    Result<Done> done = remove_earlier(traces);
    if (done) done = mark_stale(connection_, {touched_.begin(), touched_.end()});
    return done ? connection_.run("COMMIT") : done;
}

Result<Done> FactsWriter::remove_earlier(const std::vector<TraceId>& traces) {
    auto earlier = connection_.ask(
        "SELECT id, start FROM interactions WHERE trace IN (SELECT unnest(?::UHUGEINT[]))",
        {traces});
    if (!earlier) return earlier.error();
    std::vector<std::uint64_t> ids;
    while (earlier->next()) {
        ids.push_back(earlier->get<std::uint64_t>(0));
        touch(earlier->get<std::int64_t>(1));
    }
    if (ids.empty()) return Done{};
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    // The two bounds let DuckDB pass over the row groups that these ids cannot be in.
    for (const auto& [table, column] : {std::pair("interactions", "id"),
                                        {"spans", "interaction"},
                                        {"scores", "interaction"},
                                        {"explanations", "interaction"},
                                        {"outside", "interaction"},
                                        {"attributes", "interaction"}}) {
        const std::string name = column;
        if (auto removed = connection_.run(std::string("DELETE FROM ") + table + " WHERE " + name +
                                               " >= ? AND " + name + " <= ? AND " + name +
                                               " IN (SELECT unnest(?::UBIGINT[]))",
                                           {*low, *high, ids});
            !removed)
            return removed;
    }
    return Done{};
}

Result<std::uint32_t> FactsWriter::context(const ContextVersions& versions) {
    if (versions == ContextVersions{}) return std::uint32_t{0};
    if (const auto found = contexts_.find(versions); found != contexts_.end()) return found->second;
    ContextVersions clean = versions;
    for (const ContextColumn& column : context_columns)
        clean.*column.value =
            contexts_.size() < contexts_max ? clean_text(clean.*column.value) : "(too many)";
    if (const auto found = contexts_.find(clean); found != contexts_.end()) return found->second;
    const auto id = static_cast<std::uint32_t>(contexts_.size() + 1);
    std::vector<DuckParameter> row{std::uint64_t{id}};
    std::string places = "?";
    for (const ContextColumn& column : context_columns) {
        row.emplace_back(clean.*column.value);
        places += ", ?";
    }
    if (auto added = connection_.run("INSERT INTO contexts VALUES (" + places + ")", row); !added)
        return added.error();
    contexts_.emplace(std::move(clean), id);
    return id;
}

Result<Done> FactsWriter::apply_traits(const std::vector<record::TraitFact>& traits_later) {
    for (const record::TraitFact& fact : traits_later)
        if (auto set =
                connection_.run("UPDATE interactions SET traits = traits | ? WHERE trace = ?",
                                {fact.traits.bits(), fact.trace});
            !set)
            return set;
    return Done{};
}

Result<std::uint32_t> FactsWriter::series(const record::ScoreFact& score) {
    const SeriesKey key{clean_text(score.dimension), clean_text(score.evaluator),
                        clean_text(score.version), clean_text(score.stratum)};
    if (const auto found = series_.find(key); found != series_.end()) return found->second;
    std::uint32_t id = 1;
    for (const auto& [each, taken] : series_) id = std::max(id, taken + 1);
    const auto& [dimension, evaluator, version, stratum] = key;
    if (auto added = connection_.run("INSERT INTO series VALUES (?, ?, ?, ?, ?)",
                                     {std::uint64_t{id}, dimension, evaluator, version, stratum});
        !added)
        return added.error();
    series_[key] = id;
    return id;
}

Result<std::uint8_t> FactsWriter::reason(const record::ScoreFact& score) {
    const std::string word = score.reason.empty() ? "fault" : clean_text(score.reason);
    if (const auto found = reasons_.find(word); found != reasons_.end()) return found->second;
    // Reasons are a short list of ours (evaluate/verdict.h). Past 255 the last stands for the rest.
    if (reasons_.size() >= 255) return std::uint8_t{255};
    const auto id = static_cast<std::uint8_t>(reasons_.size() + 1);
    if (auto added =
            connection_.run("INSERT INTO reasons VALUES (?, ?)", {std::uint64_t{id}, word});
        !added)
        return added.error();
    reasons_[word] = id;
    return id;
}

Result<Done> FactsWriter::apply_inside(const record::FactsBatch& batch,
                                       const std::vector<TraceId>& maybe_known) {
    touched_.clear();
    if (!maybe_known.empty())
        if (auto removed = remove_earlier(maybe_known); !removed) return removed;

    // Of two revisions in one batch the later one stays.
    std::vector<const record::InteractionFact*> facts;
    {
        std::unordered_set<TraceId> seen;
        for (auto fact = batch.interactions.rbegin(); fact != batch.interactions.rend(); ++fact)
            if (seen.insert(fact->trace).second) facts.push_back(&*fact);
        std::reverse(facts.begin(), facts.end());
    }

    auto interactions = DuckAppender::open(connection_, "interactions");
    auto spans = DuckAppender::open(connection_, "spans");
    auto scores = DuckAppender::open(connection_, "scores");
    auto explanations = DuckAppender::open(connection_, "explanations");
    auto attributes = DuckAppender::open(connection_, "attributes");
    auto outside = DuckAppender::open(connection_, "outside");
    const std::array appenders{&interactions, &spans,      &scores,
                               &explanations, &attributes, &outside};
    for (const auto* appender : appenders)
        if (!*appender) return appender->error();
    const auto text = [this](DuckAppender& appender, std::string_view value,
                             std::size_t bytes_max = short_text_bytes) {
        appender.text(clean_text(value, room_, bytes_max));
    };

    Recent recent;
    for (const record::InteractionFact* fact : facts) {
        const std::uint64_t id = next_id_++;
        touch(fact->start);
        auto& row = *interactions;
        const DuckTrace trace = DuckTrace::of(fact->trace);
        row.set(id).set(trace).set(fact->revision);
        row.set(fact->recognised).set(fact->incomplete).set(fact->failed);
        row.set(fact->start).set(fact->duration_ms);
        for (const std::string* each :
             {&fact->service, &fact->environment, &fact->session, &fact->user, &fact->provider,
              &fact->versions.model, &fact->versions.prompt, &fact->versions.judge,
              &fact->versions.dataset, &fact->versions.rubric, &fact->configuration})
            text(row, *each);
        text(row, fact->question, long_text_bytes);
        text(row, fact->answer, long_text_bytes);
        row.set(fact->input_tokens).set(fact->output_tokens);
        row.set(fact->cost_usd).set(fact->first_token_s);
        row.set(static_cast<std::uint32_t>(fact->spans.size()));
        row.blob(encode_places(fact->places));
        const auto versions = context(fact->context);
        if (!versions) return versions.error();
        row.set(*versions).set(fact->traits.bits()).set(fact->dropped);
        row.set(fact->cache_read_tokens).set(fact->cache_write_tokens);
        row.set(fact->reasoning_tokens);
        if (auto ended = row.end_row(); !ended) return ended;

        for (std::uint32_t position = 0; position < fact->spans.size(); ++position) {
            const record::SpanFact& span = fact->spans[position];
            spans->set(id).set(position).set(number_of(span.id));
            for (const std::string* each : {&span.kind, &span.name, &span.model, &span.tool})
                text(*spans, *each);
            spans->set(span.start).set(span.duration_ms);
            spans->set(span.input_tokens).set(span.output_tokens).set(span.cost_usd);
            spans->set(span.failed).set(span.priced).set(span.repeats_usage);
            if (auto ended = spans->end_row(); !ended) return ended;
        }

        const auto bucket =
            static_cast<std::uint8_t>(hash64(clean_text(fact->session, room_)) % score_buckets);
        if (auto written = write_scores({id, fact->start, fact->recognised, bucket}, fact->scores,
                                        recent, *scores, *explanations);
            !written)
            return written;

        for (const OutsideScore& score : fact->outside_scores) {
            outside->set(id).set(static_cast<std::uint8_t>(score.about));
            outside->set(number_of(score.step)).set(score.time);
            for (const std::string* each :
                 {&score.name, &score.evaluator, &score.annotator, &score.label})
                text(*outside, *each);
            text(*outside, score.explanation, long_text_bytes);
            text(*outside, score.response_id);
            text(*outside, score.error_type);
            outside->set(score.value);
            if (auto ended = outside->end_row(); !ended) return ended;
        }

        for (const auto& [key, value] : fact->attributes) {
            attributes->set(id);
            text(*attributes, key);
            text(*attributes, value);
            if (auto ended = attributes->end_row(); !ended) return ended;
        }
    }
    for (auto* appender : appenders)
        if (auto finished = (*appender)->finish(); !finished) return finished;
    if (auto judged = apply_judged(batch.judged); !judged) return judged;
    if (auto marked = mark_stale(connection_, {touched_.begin(), touched_.end()}); !marked)
        return marked;
    if (auto traits_later = apply_traits(batch.traits_later); !traits_later) return traits_later;
    if (batch.judged_changed)
        if (auto moved = connection_.run("UPDATE meta SET value = ? WHERE key = 'judged'",
                                         {*batch.judged_changed});
            !moved)
            return moved;
    return connection_.run("UPDATE meta SET value = ? WHERE key = 'applied'", {batch.applied_seq});
}

Result<Done> FactsWriter::write_scores(const ScoresOf& of,
                                       const std::vector<record::ScoreFact>& facts, Recent& recent,
                                       DuckAppender& scores, DuckAppender& explanations) {
    mark_lowest(facts, lowest_);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const record::ScoreFact& score = facts[i];
        if (recent.size() <= i) recent.resize(i + 1);
        const record::ScoreFact* same = recent[i].first;
        if (!same || same->dimension != score.dimension || same->evaluator != score.evaluator ||
            same->version != score.version || same->stratum != score.stratum) {
            auto found = series(score);
            if (!found) return found.error();
            recent[i] = {&score, *found};
        }
        const std::uint32_t series_id = recent[i].second;
        bool speaks = lowest_[i];
        if (speaks) {  // Unless a judge on a sample shares the dimension with others.
            bool alone = true, sampled = false;
            for (std::size_t j = 0; j < facts.size(); ++j) {
                if (facts[j].dimension != score.dimension) continue;
                alone &= i == j;
                sampled |= is_sampled(facts[j]);
            }
            if (!alone && sampled) {
                speaks = false;
                const record::ScoreFact whole = dimension_score(facts, i);
                const auto found = series(whole);
                if (!found) return found.error();
                if (auto written = write_score(of, whole, *found, true, scores); !written)
                    return written;
            }
        }
        if (auto written = write_score(of, score, series_id, speaks, scores); !written)
            return written;
        if (score.explanation.empty()) continue;
        explanations.set(of.interaction).set(series_id);
        explanations.text(clean_text(score.explanation, room_, long_text_bytes));
        if (auto ended = explanations.end_row(); !ended) return ended;
    }
    return Done{};
}

Result<Done> FactsWriter::write_score(const ScoresOf& of, const record::ScoreFact& score,
                                      std::uint32_t series_id, bool lowest, DuckAppender& scores) {
    std::uint8_t why = 0;
    if (!score.score) {
        const auto found = reason(score);
        if (!found) return found.error();
        why = *found;
    }
    scores.set(of.interaction).set(of.start).set(of.recognised).set(of.bucket).set(series_id);
    scores.set(lowest).set(why);
    scores.set(static_cast<float>(score.score.value_or(0.0)));
    const double weight = !score.inclusion       ? 0.0
                          : *score.inclusion > 0 ? 1.0 / *score.inclusion
                                                 : 1.0;
    scores.set(static_cast<float>(weight));
    return scores.end_row();
}

Result<Done> FactsWriter::apply_judged(const std::vector<record::JudgedFact>& judged) {
    if (judged.empty()) return Done{};
    std::vector<TraceId> traces;
    for (const record::JudgedFact& fact : judged) traces.push_back(fact.trace);
    auto found = connection_.ask(
        "SELECT id, trace FROM interactions WHERE trace IN (SELECT unnest(?::UHUGEINT[]))",
        {traces});
    if (!found) return found.error();
    std::unordered_map<TraceId, std::uint64_t> id_of;
    std::vector<std::uint64_t> ids;
    while (found->next()) {
        ids.push_back(found->get<std::uint64_t>(0));
        id_of[found->get<DuckTrace>(1).trace()] = ids.back();
    }
    if (ids.empty()) return Done{};
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    const std::string these =
        " WHERE interaction >= ? AND interaction <= ? AND interaction IN"
        " (SELECT unnest(?::UBIGINT[]))";
    const std::vector<DuckParameter> which{*low, *high, ids};

    std::unordered_map<std::uint32_t, SeriesKey> series_of;
    for (const auto& [key, id] : series_) series_of[id] = key;
    std::unordered_map<std::uint8_t, std::string> word_of;
    for (const auto& [word, id] : reasons_) word_of[id] = word;
    struct Rows {
        ScoresOf of;
        std::vector<record::ScoreFact> facts;
    };
    std::map<std::uint64_t, Rows> rows;
    auto scores = connection_.ask(
        "SELECT interaction, start, recognised, bucket, series, reason, score, weight FROM scores" +
            these + " ORDER BY rowid",
        which);
    if (!scores) return scores.error();
    while (scores->next()) {
        const auto id = scores->get<std::uint64_t>(0);
        Rows& of = rows[id];
        of.of = {id, scores->get<std::int64_t>(1), scores->get<bool>(2),
                 scores->get<std::uint8_t>(3)};
        touch(of.of.start);
        const auto& [dimension, evaluator, version, stratum] =
            series_of[scores->get<std::uint32_t>(4)];
        if (evaluator.empty()) continue;  // It is made anew.
        record::ScoreFact score{
            .dimension = dimension, .evaluator = evaluator, .version = version, .stratum = stratum};
        if (const auto reason = scores->get<std::uint8_t>(5); reason != 0)
            score.reason = word_of[reason];
        else
            score.score = scores->get<float>(6);
        const float weight = scores->get<float>(7);
        score.inclusion = weight > 0 ? std::optional(1.0 / weight) : std::nullopt;
        of.facts.push_back(std::move(score));
    }

    std::vector<std::uint64_t> judged_series;
    for (const record::JudgedFact& fact : judged) {
        const auto id = id_of.find(fact.trace);
        if (id == id_of.end()) continue;
        for (const record::ScoreFact& score : fact.scores) {
            auto& facts = rows[id->second].facts;
            const auto same = std::ranges::find_if(facts, [&](const record::ScoreFact& each) {
                return each.dimension == score.dimension && each.evaluator == score.evaluator;
            });
            // An interaction without any score has no row to tell its start from: it was not drawn.
            if (same == facts.end()) continue;
            *same = score;
            for (const auto& [key, series_id] : series_)
                if (std::get<0>(key) == score.dimension && std::get<1>(key) == score.evaluator)
                    judged_series.push_back(series_id);
        }
    }
    std::ranges::sort(judged_series);
    judged_series.erase(std::unique(judged_series.begin(), judged_series.end()),
                        judged_series.end());
    if (auto removed = connection_.run("DELETE FROM scores" + these, which); !removed)
        return removed;
    std::vector<DuckParameter> of_judges = which;
    of_judges.emplace_back(judged_series);
    if (auto removed = connection_.run(
            "DELETE FROM explanations" + these + " AND series IN (SELECT unnest(?::UBIGINT[]))",
            of_judges);
        !removed)
        return removed;

    auto into = DuckAppender::open(connection_, "scores");
    auto explanations = DuckAppender::open(connection_, "explanations");
    if (!into) return into.error();
    if (!explanations) return explanations.error();
    Recent recent;
    for (const auto& [id, each] : rows)
        if (auto written = write_scores(each.of, each.facts, recent, *into, *explanations);
            !written)
            return written;
    if (auto finished = into->finish(); !finished) return finished;
    return explanations->finish();
}

}  // namespace plimsoll::store
