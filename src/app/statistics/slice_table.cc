#include "app/statistics/slice_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "app/statistics/times.h"
#include "base/json.h"
#include "base/permanent_random.h"

namespace plimsoll::app {

namespace {

using analyse::SliceAttribute;

constexpr std::size_t rows_min = 20;
constexpr std::size_t values_max = 254;  // A code is a byte, and 0 is taken.
constexpr std::size_t numbers_as_values_max = 20;

/// Four ranges of about the same number of rows, or nothing if they are no numbers or only a few.
std::optional<std::vector<std::string>> ranges_of(const std::vector<std::string>& words) {
    std::vector<double> sorted;
    for (const std::string& word : words) {
        if (word.empty()) continue;
        const auto number = number_of(word);
        if (!number) return std::nullopt;
        sorted.push_back(*number);
    }
    std::ranges::sort(sorted);
    std::vector<double> different = sorted;
    different.erase(std::ranges::unique(different).begin(), different.end());
    if (different.size() <= numbers_as_values_max) return std::nullopt;
    std::vector<double> ends;
    for (const std::size_t quarter : {1, 2, 3}) ends.push_back(sorted[sorted.size() * quarter / 4]);
    std::vector<std::string> ranges;
    for (const std::string& word : words) {
        const auto number = number_of(word);
        const auto at = !number ? 0 : std::ranges::upper_bound(ends, *number) - ends.begin();
        ranges.push_back(!number   ? ""
                         : at == 0 ? fmt::format("<{:g}", ends[0])
                         : at == 3
                             ? fmt::format(">={:g}", ends[2])
                             : fmt::format("{:g}..{:g}", ends[static_cast<std::size_t>(at) - 1],
                                           ends[static_cast<std::size_t>(at)]));
    }
    return ranges;
}

SliceAttribute attribute_of(const std::string& name, std::vector<std::string> words) {
    if (auto ranges = ranges_of(words)) words = std::move(*ranges);
    std::map<std::string, std::size_t> counts;
    for (const std::string& word : words) ++counts[word];
    counts.erase("");
    std::vector<std::pair<std::string, std::size_t>> frequent(counts.begin(), counts.end());
    std::erase_if(frequent, [](const auto& one) { return one.second < rows_min; });
    std::ranges::stable_sort(frequent, std::greater(),
                             &std::pair<std::string, std::size_t>::second);
    if (frequent.size() > values_max) frequent.resize(values_max);
    SliceAttribute attribute{.name = name, .values = {"(rare or missing)"}, .codes = {}};
    std::unordered_map<std::string, std::uint8_t> codes;
    for (const auto& [word, count] : frequent) {
        codes[word] = static_cast<std::uint8_t>(attribute.values.size());
        attribute.values.push_back(word);
    }
    for (const std::string& word : words) {
        const auto at = codes.find(word);
        attribute.codes.push_back(at == codes.end() ? 0 : at->second);
    }
    return attribute;
}

class Reader {
  public:
    Reader(const Rows& rows, const SliceColumns& columns) : rows_(rows), columns_(columns) {}

    Result<SliceTable> read() {
        for (const auto step : {&Reader::losses, &Reader::periods, &Reader::weights,
                                &Reader::clusters, &Reader::attributes}) {
            const auto done = (this->*step)();
            if (!done) return done.error();
        }
        return std::move(table_);
    }

  private:
    Result<Done> losses() {
        const bool scores = rows_.has("score");
        if (!scores && !rows_.has("loss"))
            return Error{rows_.place(0) + ": neither a column score nor loss; name one of them so"};
        const auto numbers = rows_.numbers(scores ? "score" : "loss");
        if (!numbers) return numbers.error();
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const auto& number = (*numbers)[row];
            table_.unscored += !number;
            if (!number) continue;
            if (*number < 0 || *number > 1) {
                return Error{fmt::format("{}: {} {} is outside [0, 1]; divide by the largest",
                                         rows_.place(row), scores ? "score" : "loss", *number)};
            }
            kept_.push_back(row);
            table_.rows.loss.push_back(scores ? 1 - *number : *number);
        }
        if (kept_.empty()) return Error{rows_.place(0) + ": no row has a score"};
        return Done{};
    }

    Result<Done> periods() {
        const bool by_time = !columns_.split.empty();
        const auto split = seconds_of(columns_.split);
        if (by_time && !split)
            return Error{fmt::format("--split {}: write 2026-01-05T10:00:00Z or Unix seconds",
                                     columns_.split)};
        const auto words = rows_.texts(by_time ? "time" : "period");
        if (!words)
            return Error{words.error().what +
                         (by_time ? "" : "; or give --split with a column time")};
        std::size_t count[2] = {0, 0};
        for (const std::size_t row : kept_) {
            const std::string& word = (*words)[row];
            const auto time = by_time ? seconds_of(word) : std::nullopt;
            if (by_time ? !time : word != "before" && word != "after") {
                return Error{fmt::format(
                    "{}: {} holds {}; write {}", rows_.place(row), by_time ? "time" : "period",
                    json::quoted(word),
                    by_time ? "2026-01-05T10:00:00Z or Unix seconds" : "before or after")};
            }
            table_.rows.after.push_back(by_time ? *time >= *split : word == "after");
            ++count[table_.rows.after.back()];
        }
        for (const int after : {0, 1})
            if (count[after] == 0)
                return Error{fmt::format("{}: no row of the period {}; a change needs both",
                                         rows_.place(0), after ? "after" : "before")};
        return Done{};
    }

    Result<Done> weights() {
        const bool inclusion = !rows_.has("weight") && rows_.has("inclusion");
        table_.rows.weight.assign(kept_.size(), 1);
        if (!inclusion && !rows_.has("weight")) return Done{};
        const auto numbers = rows_.all_numbers(inclusion ? "inclusion" : "weight");
        if (!numbers) return numbers.error();
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            const double number = (*numbers)[kept_[i]];
            if (!(number > 0) || (inclusion && number > 1)) {
                return Error{
                    fmt::format("{}: an inclusion probability is in (0, 1], a weight above 0",
                                rows_.place(kept_[i]))};
            }
            table_.rows.weight[i] = inclusion ? 1 / number : number;
        }
        return Done{};
    }

    Result<Done> clusters() {
        const char* session = rows_.has("session") ? "session" : nullptr;
        const char* cluster = rows_.has("cluster") ? "cluster"
                              : rows_.has("user")  ? "user"
                                                   : session;
        if (cluster == nullptr) {
            return Error{
                rows_.place(0) +
                ": no column session, user or cluster; failures of one session go together, "
                "and without it every interval is too narrow"};
        }
        const auto dense =
            [&](const char* column, const char* otherwise,
                std::vector<std::uint32_t>& ids) -> Result<std::vector<std::string>> {
            const auto words = rows_.texts(column);
            const auto spare = rows_.texts(otherwise);
            if (!words || !spare) return words ? spare.error() : words.error();
            std::unordered_map<std::string, std::uint32_t> known;
            std::vector<std::string> names;
            for (const std::size_t row : kept_) {
                // An unknown user is their session.
                const std::string& word = (*words)[row].empty() ? (*spare)[row] : (*words)[row];
                if (word.empty())
                    return Error{fmt::format("{}: {} is missing here", rows_.place(row), column)};
                const auto [at, fresh] =
                    known.try_emplace(word, static_cast<std::uint32_t>(names.size()));
                if (fresh) names.push_back(word);
                ids.push_back(at->second);
            }
            return names;
        };
        const char* spare = session != nullptr ? session : cluster;
        const auto names = dense(cluster, spare, table_.rows.cluster);
        if (!names) return names.error();
        for (const std::string& name : *names)
            table_.rows.held_out.push_back(permanent_bits("slice half", name) & 1);
        const auto sessions = dense(spare, spare, table_.rows.session);
        return sessions ? Result<Done>(Done{}) : sessions.error();
    }

    Result<Done> attributes() {
        static const std::set<std::string, std::less<>> meant = {
            "score", "loss",    "period", "time",      "week",  "session",
            "user",  "cluster", "weight", "inclusion", "trace", "id"};
        std::vector<std::string> names = columns_.attributes;
        if (names.empty()) {
            for (const Column& column : rows_.columns())
                if (!meant.contains(column.name)) names.push_back(column.name);
        }
        for (const std::string& name : names) {
            const auto words = rows_.texts(name);
            if (!words) return words.error();
            std::vector<std::string> kept;
            for (const std::size_t row : kept_) kept.push_back((*words)[row]);
            SliceAttribute attribute = attribute_of(name, std::move(kept));
            if (attribute.values.size() > 1) table_.rows.attributes.push_back(std::move(attribute));
        }
        if (table_.rows.attributes.empty()) {
            return Error{
                fmt::format("{}: no attribute has a value of {} rows or more; name columns "
                            "with --attributes",
                            rows_.place(0), rows_min)};
        }
        return Done{};
    }

    const Rows& rows_;
    const SliceColumns& columns_;
    std::vector<std::size_t> kept_;  ///< Rows with a score.
    SliceTable table_;
};

}  // namespace

Result<SliceTable> slice_table(const Rows& rows, const SliceColumns& columns) {
    return Reader(rows, columns).read();
}

}  // namespace plimsoll::app
