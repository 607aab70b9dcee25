#include "store/sqlite_reasons.h"

#include <mutex>

#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::LateReason;

class SqliteReasons final : public record::Reasons {
  public:
    explicit SqliteReasons(Database database) : database_(std::move(database)) {}

    Result<Done> put(const LateReason& reason) override {
        const std::lock_guard lock(mutex_);
        auto insert = database_.prepare(
            "INSERT OR IGNORE INTO late_reasons (interaction, reasons, time_ns) VALUES (?, ?, ?)");
        if (!insert) return insert.error();
        return insert->bind_blob(1, reason.interaction.raw())
            .bind(2, reason.reasons)
            .bind(3, reason.time)
            .run();
    }

    Result<std::vector<LateReason>> since(std::uint64_t seq, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT interaction, reasons, time_ns, seq FROM late_reasons WHERE seq > ?"
            " ORDER BY seq LIMIT ?");
        if (!select) return select.error();
        select->bind(1, static_cast<std::int64_t>(seq)).bind(2, static_cast<std::int64_t>(limit));
        std::vector<LateReason> found;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return found;
            found.push_back({TraceId::from_bytes(select->bytes(0)).value_or(TraceId{}),
                             static_cast<std::uint32_t>(select->integer(1)), select->integer(2),
                             static_cast<std::uint64_t>(select->integer(3))});
        }
    }

  private:
    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::Reasons>> open_sqlite_reasons(const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::Reasons>(std::make_unique<SqliteReasons>(std::move(*database)));
}

}  // namespace plimsoll::store
