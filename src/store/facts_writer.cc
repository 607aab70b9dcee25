#include "store/facts_writer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_set>

#include "base/hash.h"
#include "store/clean_text.h"
#include "store/facts_schema.h"
#include "store/places.h"

namespace plimsoll::store {

namespace {

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
    auto series = connection_.ask("SELECT id, dimension, evaluator, version FROM series");
    if (!series) return series.error();
    while (series->next())
        series_[{series->text(1), series->text(2), series->text(3)}] =
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

Result<Done> FactsWriter::remove_earlier(const std::vector<TraceId>& traces) {
    auto earlier = connection_.ask(
        "SELECT id FROM interactions WHERE trace IN (SELECT unnest(?::UHUGEINT[]))", {traces});
    if (!earlier) return earlier.error();
    std::vector<std::uint64_t> ids;
    while (earlier->next()) ids.push_back(earlier->get<std::uint64_t>(0));
    if (ids.empty()) return Done{};
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    // The two bounds let DuckDB pass over the row groups that these ids cannot be in.
    for (const auto& [table, column] : {std::pair("interactions", "id"),
                                        {"spans", "interaction"},
                                        {"scores", "interaction"},
                                        {"explanations", "interaction"},
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

Result<std::uint32_t> FactsWriter::series(const record::ScoreFact& score) {
    const SeriesKey key{clean_text(score.dimension), clean_text(score.evaluator),
                        clean_text(score.version)};
    if (const auto found = series_.find(key); found != series_.end()) return found->second;
    std::uint32_t id = 1;
    for (const auto& [each, taken] : series_) id = std::max(id, taken + 1);
    const auto& [dimension, evaluator, version] = key;
    if (auto added = connection_.run("INSERT INTO series VALUES (?, ?, ?, ?)",
                                     {std::uint64_t{id}, dimension, evaluator, version});
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
    const std::array appenders{&interactions, &spans, &scores, &explanations, &attributes};
    for (const auto* appender : appenders)
        if (!*appender) return appender->error();
    const auto text = [this](DuckAppender& appender, std::string_view value,
                             std::size_t bytes_max = short_text_bytes) {
        appender.text(clean_text(value, room_, bytes_max));
    };

    std::vector<bool> lowest;
    const record::ScoreFact* same = nullptr;  // The score before: most batches repeat their series.
    std::vector<std::pair<const record::ScoreFact*, std::uint32_t>> recent;
    for (const record::InteractionFact* fact : facts) {
        const std::uint64_t id = next_id_++;
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
        if (auto ended = row.end_row(); !ended) return ended;

        for (std::uint32_t position = 0; position < fact->spans.size(); ++position) {
            const record::SpanFact& span = fact->spans[position];
            std::uint64_t span_id;
            std::memcpy(&span_id, span.id.bytes.data(), 8);
            spans->set(id).set(position).set(span_id);
            for (const std::string* each : {&span.kind, &span.name, &span.model, &span.tool})
                text(*spans, *each);
            spans->set(span.start).set(span.duration_ms);
            spans->set(span.input_tokens).set(span.output_tokens).set(span.cost_usd);
            spans->set(span.failed);
            if (auto ended = spans->end_row(); !ended) return ended;
        }

        const auto bucket =
            static_cast<std::uint8_t>(hash64(clean_text(fact->session, room_)) % score_buckets);
        mark_lowest(fact->scores, lowest);
        for (std::size_t i = 0; i < fact->scores.size(); ++i) {
            const record::ScoreFact& score = fact->scores[i];
            // The i-th score of each interaction is nearly always of the same evaluator.
            if (recent.size() <= i) recent.resize(i + 1);
            same = recent[i].first;
            if (!same || same->dimension != score.dimension || same->evaluator != score.evaluator ||
                same->version != score.version) {
                auto found = series(score);
                if (!found) return found.error();
                recent[i] = {&score, *found};
            }
            const std::uint32_t series_id = recent[i].second;
            std::uint8_t why = 0;
            if (!score.score) {
                auto found = reason(score);
                if (!found) return found.error();
                why = *found;
            }
            scores->set(id).set(fact->start).set(fact->recognised).set(bucket).set(series_id);
            scores->set(bool{lowest[i]}).set(why);
            scores->set(static_cast<float>(score.score.value_or(0.0)));
            scores->set(static_cast<float>(1.0 / (score.inclusion > 0 ? score.inclusion : 1.0)));
            if (auto ended = scores->end_row(); !ended) return ended;
            if (score.explanation.empty()) continue;
            explanations->set(id).set(series_id);
            text(*explanations, score.explanation, long_text_bytes);
            if (auto ended = explanations->end_row(); !ended) return ended;
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
    return connection_.run("UPDATE meta SET value = ? WHERE key = 'applied'", {batch.applied_seq});
}

}  // namespace plimsoll::store
