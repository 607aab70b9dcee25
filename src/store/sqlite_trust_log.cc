#include "store/sqlite_trust_log.h"

#include <algorithm>
#include <mutex>

#include "base/json.h"
#include "store/sqlite_run_records.h"
#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::TrustEvent;

/// The step as a link of the evidence trail.
record::RunRecord link_of(const TrustEvent& event) {
    json::Writer tuple, result;
    tuple.begin_object().key("evaluator").value(event.evaluator).key("version");
    tuple.value(event.version).end_object();
    result.begin_object().key("step").value(to_word(event.step)).key("before").value(event.before);
    result.key("after").value(event.after).key("probability").value(event.probability);
    result.key("why").value(event.why).end_object();
    return {.time = event.time,
            .kind = "trust",
            .subject = event.dimension + "/" + event.evaluator,
            .tuple = tuple.take(),
            .from = event.since,
            .to = event.time,
            .methods = R"({"trust_gate":1})",
            .result = result.take()};
}

class SqliteTrustLog final : public record::TrustLog {
  public:
    explicit SqliteTrustLog(Database database) : database_(std::move(database)) {}

    Result<Done> append(std::span<const TrustEvent> events) override {
        const std::lock_guard lock(mutex_);
        return in_transaction(database_, [&]() -> Result<Done> {
            auto insert = database_.prepare(
                "INSERT INTO trust_events (time_ns, dimension, evaluator, version, step, before,"
                " after, probability, why, since_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            if (!insert) return insert.error();
            for (const TrustEvent& event : events) {
                if (auto done = insert->bind(1, event.time)
                                    .bind_text(2, event.dimension)
                                    .bind_text(3, event.evaluator)
                                    .bind_text(4, event.version)
                                    .bind_text(5, to_word(event.step))
                                    .bind_text(6, event.before)
                                    .bind_text(7, event.after)
                                    .bind_real(8, event.probability)
                                    .bind_text(9, event.why)
                                    .bind(10, event.since)
                                    .run();
                    !done)
                    return done;
                if (auto linked = append_link(database_, link_of(event)); !linked)
                    return linked.error();
            }
            return Done{};
        });
    }

    Result<std::vector<TrustEvent>> events() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT time_ns, dimension, evaluator, version, step, before, after, probability, why,"
            " since_ns FROM trust_events ORDER BY id");
        if (!select) return select.error();
        std::vector<TrustEvent> events;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return events;
            const auto step = std::ranges::find(record::trust_steps, select->bytes(4),
                                                [](auto each) { return to_word(each); });
            if (step == record::trust_steps.end()) continue;  // Of a newer version.
            TrustEvent event;
            event.time = select->integer(0);
            event.step = *step;
            event.probability = select->real(7);
            event.since = select->integer(9);
            event.dimension = select->bytes(1);
            event.evaluator = select->bytes(2);
            event.version = select->bytes(3);
            event.before = select->bytes(5);
            event.after = select->bytes(6);
            event.why = select->bytes(8);
            events.push_back(std::move(event));
        }
    }

  private:
    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::TrustLog>> open_sqlite_trust_log(const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::TrustLog>(
        std::make_unique<SqliteTrustLog>(std::move(*database)));
}

}  // namespace plimsoll::store
