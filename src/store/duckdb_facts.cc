#include "store/duckdb_facts.h"

#include <fmt/format.h>

#include <fstream>
#include <mutex>
#include <system_error>
#include <vector>

#include "store/duck.h"
#include "store/facts_probe.h"
#include "store/facts_reader.h"
#include "store/facts_schema.h"
#include "store/facts_writer.h"
#include "store/known_traces.h"
#include "store/session_hours_reader.h"

namespace plimsoll::store {

namespace fs = std::filesystem;

namespace {

/// Beside the file: a question met damage, and why.
fs::path note_of(const fs::path& path) {
    return path.string() + ".damaged-note";
}

bool speaks_of_damage(const std::string& error) {
    for (const char* word :
         {"Corrupt", "corrupt", "checksum", "INTERNAL", "FATAL", "invalidated", "Serialization"})
        if (error.find(word) != std::string::npos) return true;
    return false;
}

class DuckDbFacts final : public record::Facts, public record::SessionHours {
  public:
    static Result<std::unique_ptr<DuckDbFacts>> open(const fs::path& path,
                                                     const DuckDatabase::Options& options) {
        auto database = DuckDatabase::open(path, options);
        if (!database) return database.error();
        auto connection = database->connect();
        if (!connection) return connection.error();
        auto tables = connection->ask("SELECT count(*)::UBIGINT FROM duckdb_tables()");
        if (!tables) return tables.error();
        if (tables->next() && tables->get<std::uint64_t>(0) == 0)
            if (auto made = make_tables(*connection); !made) return made.error();
        if (auto made = make_session_hours(*connection); !made) return made.error();
        if (auto status = ask_status(*connection); !status) return status.error();
        auto writer = FactsWriter::open(std::move(*connection));
        if (!writer) return writer.error();
        std::unique_ptr<DuckDbFacts> facts(
            new DuckDbFacts(path, std::move(*database), std::move(*writer)));
        if (auto read = facts->read_known_traces(); !read) return read.error();
        return facts;
    }

    Result<Done> apply(const record::FactsBatch& batch) override {
        std::vector<TraceId> maybe_known;
        {
            const std::lock_guard lock(known_mutex_);
            for (const auto& fact : batch.interactions)
                if (known_.may_contain(fact.trace)) maybe_known.push_back(fact.trace);
            // Before the commit: to think of too many as known costs time, of too few costs truth.
            for (const auto& fact : batch.interactions) known_.add(fact.trace);
        }
        auto applied = writer_.apply(batch, maybe_known);
        if (!applied) return watched(std::move(applied));
        if (known_full())
            if (auto read = read_known_traces(); !read) return watched(std::move(read));
        return applied;
    }

    Result<std::uint64_t> applied_seq() override { return position("applied"); }
    Result<std::uint64_t> judged_changed() override { return position("judged"); }

    Result<Done> for_each_known(
        const std::function<void(const record::KnownTrace&)>& visit) override {
        return asking<Done>(
            [&](DuckConnection& connection) { return ask_for_each_known(connection, visit); });
    }

    Result<std::vector<record::KnownTrace>> known(const std::vector<TraceId>& traces) override {
        std::vector<TraceId> maybe;
        {
            const std::lock_guard lock(known_mutex_);
            for (const TraceId& trace : traces)
                if (known_.may_contain(trace)) maybe.push_back(trace);
        }
        if (maybe.empty()) return std::vector<record::KnownTrace>();
        return asking<std::vector<record::KnownTrace>>(
            [&](DuckConnection& connection) { return ask_known(connection, maybe); });
    }
    Result<std::vector<record::ScoreSums>> score_sums(const record::Filter& filter) override {
        return asking<std::vector<record::ScoreSums>>(
            [&](DuckConnection& connection) { return ask_score_sums(connection, filter); });
    }
    Result<std::vector<record::JudgedSums>> judged_sums(const record::Filter& filter) override {
        return asking<std::vector<record::JudgedSums>>(
            [&](DuckConnection& connection) { return ask_judged_sums(connection, filter); });
    }
    Result<std::vector<record::TrendPoint>> trend(const record::Filter& filter,
                                                  UnixNanos step) override {
        if (step <= 0) return Error{"facts: the stretch of a trend must be longer than nothing"};
        return asking<std::vector<record::TrendPoint>>(
            [&](DuckConnection& connection) { return ask_trend(connection, filter, step); });
    }
    Result<std::vector<record::InteractionRow>> interactions(
        const record::Filter& filter, std::size_t limit,
        std::optional<std::pair<UnixNanos, TraceId>> before) override {
        return asking<std::vector<record::InteractionRow>>([&](DuckConnection& connection) {
            return ask_interactions(connection, filter, limit, before);
        });
    }
    Result<std::uint64_t> count(const record::Filter& filter) override {
        return asking<std::uint64_t>(
            [&](DuckConnection& connection) { return ask_count(connection, filter); });
    }
    Result<std::optional<record::InteractionFact>> interaction(TraceId trace) override {
        {
            const std::lock_guard lock(known_mutex_);
            if (!known_.may_contain(trace)) return std::optional<record::InteractionFact>();
        }
        return asking<std::optional<record::InteractionFact>>(
            [&](DuckConnection& connection) { return ask_interaction(connection, trace); });
    }
    Result<std::vector<record::TraceScores>> scores_of(
        const std::vector<TraceId>& traces) override {
        return asking<std::vector<record::TraceScores>>(
            [&](DuckConnection& connection) { return ask_scores_of(connection, traces); });
    }
    Result<Done> for_each_verdict(
        const std::string& dimension, UnixNanos from, UnixNanos to,
        const std::function<void(const record::DimensionVerdict&)>& visit) override {
        return asking<Done>([&](DuckConnection& connection) {
            return ask_for_each_verdict(connection, dimension, from, to, visit);
        });
    }
    Result<Done> for_each_judged(
        const record::Filter& filter, const std::string& dimension, const std::string& evaluator,
        const std::function<void(const record::JudgedRow&)>& visit) override {
        return asking<Done>([&](DuckConnection& connection) {
            return ask_for_each_judged(connection, filter, dimension, evaluator, visit);
        });
    }
    Result<std::vector<record::Facet>> facets(const record::Filter& filter) override {
        return asking<std::vector<record::Facet>>(
            [&](DuckConnection& connection) { return ask_facets(connection, filter); });
    }
    Result<std::vector<record::TraitCounts>> trait_counts(const record::Filter& filter,
                                                          UnixNanos step) override {
        return asking<std::vector<record::TraitCounts>>(
            [&](DuckConnection& connection) { return ask_trait_counts(connection, filter, step); });
    }
    Result<std::vector<record::ContextCounts>> context_counts(const record::Filter& filter,
                                                              UnixNanos step) override {
        return asking<std::vector<record::ContextCounts>>([&](DuckConnection& connection) {
            return ask_context_counts(connection, filter, step);
        });
    }
    Result<std::vector<record::UsageSums>> usage_sums(const record::Filter& filter,
                                                      const std::string& by,
                                                      std::size_t limit) override {
        return asking<std::vector<record::UsageSums>>([&](DuckConnection& connection) {
            return ask_usage_sums(connection, filter, by, limit);
        });
    }
    Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() override {
        return asking<std::optional<std::pair<UnixNanos, UnixNanos>>>(ask_time_range);
    }
    Result<record::FactsStatus> status() override {
        auto status = asking<record::FactsStatus>(ask_status);
        if (!status) return status;
        for (const char* suffix : {"", ".wal"}) {
            std::error_code error;
            const auto size = fs::file_size(path_.string() + suffix, error);
            if (!error) status->disk_bytes += size;
        }
        return status;
    }

    Result<Done> refresh(const std::vector<std::string>& attributes) override {
        return asking<Done>([&](DuckConnection& connection) {
            return refresh_session_hours(connection, attributes);
        });
    }
    Result<std::vector<record::SessionSeries>> series(std::int32_t before_hour) override {
        return asking<std::vector<record::SessionSeries>>([&](DuckConnection& connection) {
            return ask_session_series(connection, before_hour);
        });
    }
    Result<Done> counts(
        const std::vector<std::uint32_t>& ids, std::int32_t before_hour,
        const std::function<void(std::uint32_t, const std::vector<record::SessionCount>&)>& visit)
        override {
        return asking<Done>([&](DuckConnection& connection) {
            return ask_session_counts(connection, ids, before_hour, visit);
        });
    }
    Result<std::vector<record::VersionCount>> versions(
        const std::string& service, const std::map<std::string, std::string>& slice, UnixNanos from,
        UnixNanos to) override {
        return asking<std::vector<record::VersionCount>>([&](DuckConnection& connection) {
            return ask_versions(connection, service, slice, from, to);
        });
    }
    Result<std::vector<TraceId>> worst(const record::SessionSeries& of, UnixNanos from,
                                       UnixNanos to, std::size_t count) override {
        return asking<std::vector<TraceId>>(
            [&](DuckConnection& connection) { return ask_worst(connection, of, from, to, count); });
    }

  private:
    DuckDbFacts(fs::path path, DuckDatabase database, FactsWriter writer)
        : path_(std::move(path)), database_(std::move(database)), writer_(std::move(writer)) {}

    static Result<Done> make_tables(DuckConnection& connection) {
        if (auto begun = connection.run("BEGIN"); !begun) return begun;
        const std::string_view all = facts_tables;
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = all.find(';', at);
            if (end == std::string_view::npos) break;
            if (auto made = connection.run(std::string(all.substr(at, end - at))); !made)
                return made;
            at = end + 1;
        }
        return connection.run("COMMIT");
    }

    Result<std::uint64_t> position(const std::string& which) {
        return asking<std::uint64_t>([&](DuckConnection& connection) -> Result<std::uint64_t> {
            auto answer = connection.ask("SELECT value FROM meta WHERE key = ?", {which});
            if (!answer) return answer.error();
            if (!answer->next()) return Error{"facts.duckdb: Corrupt meta table"};
            return answer->get<std::uint64_t>(0);
        });
    }

    bool known_full() {
        const std::lock_guard lock(known_mutex_);
        return known_.full();
    }

    /// A filter that has room for twice what there is. Only the writer adds, and it is here or
    /// idle.
    Result<Done> read_known_traces() {
        auto connection = database_.connect();
        if (!connection) return connection.error();
        const auto count = ask_count(*connection, {.unrecognised = true});
        if (!count) return count.error();
        KnownTraces known(std::max<std::size_t>(1'000'000, 2 * *count));
        auto traces = connection->ask("SELECT trace FROM interactions");
        if (!traces) return traces.error();
        while (traces->next()) known.add(traces->get<DuckTrace>(0).trace());
        const std::lock_guard lock(known_mutex_);
        known_ = std::move(known);
        return Done{};
    }

    /// Lends a connection of the pool to `question`.
    template <class T, class Question>
    Result<T> asking(Question question) {
        std::optional<DuckConnection> connection;
        {
            const std::lock_guard lock(pool_mutex_);
            if (!pool_.empty()) {
                connection = std::move(pool_.back());
                pool_.pop_back();
            }
        }
        if (!connection) {
            auto made = database_.connect();
            if (!made) return made.error();
            connection = std::move(*made);
            // Series, bucket, reason and lowest are few bits: let them index an array (default 12).
            if (auto set = connection->run("SET perfect_ht_threshold = 20"); !set)
                return set.error();
        }
        Result<T> answer = question(*connection);
        if (!answer) return watched(std::move(answer));
        const std::lock_guard lock(pool_mutex_);
        if (pool_.size() < 16) pool_.push_back(std::move(*connection));
        return answer;
    }

    /// Leaves the note for the next start if the error is about damaged bytes.
    template <class T>
    Result<T> watched(Result<T> failed) {
        if (!speaks_of_damage(failed.error().what)) return failed;
        std::ofstream(note_of(path_)) << failed.error().what;
        return Error{failed.error().what +
                     " (the facts are rebuilt from the journal at the next start)"};
    }

    const fs::path path_;
    DuckDatabase database_;
    FactsWriter writer_;

    std::mutex known_mutex_;
    KnownTraces known_{1};

    std::mutex pool_mutex_;
    std::vector<DuckConnection> pool_;
};

/// Where `path` and its log went.
Result<fs::path> set_aside(const fs::path& path) {
    std::error_code error;
    for (unsigned number = 1;; ++number) {
        const fs::path aside = fmt::format("{}.damaged-{}", path.string(), number);
        if (fs::exists(aside, error)) continue;
        for (const char* suffix : {"", ".wal"}) {
            const fs::path from = path.string() + suffix;
            if (!fs::exists(from, error)) continue;
            fs::rename(from, aside.string() + suffix, error);
            if (error)
                return Error{fmt::format("set {} aside: {}", from.string(), error.message())};
        }
        fs::remove(note_of(path), error);
        return aside;
    }
}

}  // namespace

Result<OpenedFacts> open_duckdb_facts(const DuckDbFactsOptions& options) {
    std::error_code error;
    fs::create_directories(options.data_dir, error);
    if (error)
        return Error{fmt::format("create {}: {}", options.data_dir.string(), error.message())};
    const fs::path path = options.data_dir / "facts.duckdb";
    const DuckDatabase::Options how{options.memory_bytes, options.threads, false};

    std::string damage;
    if (std::ifstream note(note_of(path)); note) {
        std::getline(note, damage);
        if (damage.empty()) damage = "a question met damage";
    } else if (fs::exists(path, error) || fs::exists(path.string() + ".wal", error)) {
        const ProbeFinding finding = options.try_in_child ? probe_facts(path, how) : ProbeFinding{};
        if (finding.kind == ProbeFinding::Kind::in_use) return Error{finding.why};
        if (finding.kind == ProbeFinding::Kind::damaged) damage = finding.why;
    }

    OpenedFacts opened;
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (!damage.empty()) {
            const auto aside = set_aside(path);
            if (!aside) return aside.error();
            opened.set_aside = fmt::format("{}: {}", aside->string(), damage);
            damage.clear();
        }
        auto facts = DuckDbFacts::open(path, how);
        if (facts) {
            opened.session_hours = facts->get();
            opened.facts = std::move(*facts);
            return opened;
        }
        // A file that the child could read and we cannot, or that was not tried.
        if (facts.error().what.find("lock on file") != std::string::npos || attempt == 1)
            return facts.error();
        damage = facts.error().what;
    }
    return Error{"facts.duckdb: could not be begun"};  // Not reached: the loop always answers.
}

}  // namespace plimsoll::store
