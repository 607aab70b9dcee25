#include "store/sqlite_run_records.h"

#include <mutex>

#include "record/record_chain.h"
#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::RunRecord;

#define PLIMSOLL_LINK_COLUMNS                                                              \
    "seq, time_ns, kind, subject, tuple, from_ns, to_ns, inputs, configuration, methods, " \
    "result, previous, hash"

RunRecord read_row(Statement& row) {
    RunRecord link;
    link.seq = static_cast<std::uint64_t>(row.integer(0));
    link.time = row.integer(1);
    link.kind = row.bytes(2);
    link.subject = row.bytes(3);
    link.tuple = row.bytes(4);
    link.from = row.integer(5);
    link.to = row.integer(6);
    link.inputs = row.bytes(7);
    link.configuration = row.bytes(8);
    link.methods = row.bytes(9);
    link.result = row.bytes(10);
    link.previous = row.bytes(11);
    link.hash = row.bytes(12);
    return link;
}

Result<Done> insert_row(Database& database, const RunRecord& link) {
    auto insert = database.prepare("INSERT INTO run_records (" PLIMSOLL_LINK_COLUMNS
                                   ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    return insert->bind(1, static_cast<std::int64_t>(link.seq))
        .bind(2, link.time)
        .bind_text(3, link.kind)
        .bind_text(4, link.subject)
        .bind_text(5, link.tuple)
        .bind(6, link.from)
        .bind(7, link.to)
        .bind_text(8, link.inputs)
        .bind_text(9, link.configuration)
        .bind_text(10, link.methods)
        .bind_text(11, link.result)
        .bind_text(12, link.previous)
        .bind_text(13, link.hash)
        .run();
}

Result<Done> visit_rows(Statement& select, const std::function<void(const RunRecord&)>& visit) {
    for (;;) {
        const auto stepped = select.step();
        if (!stepped) return stepped.error();
        if (!*stepped) return Done{};
        visit(read_row(select));
    }
}

Result<Done> visit_from(Database& database, std::uint64_t seq,
                        const std::function<void(const RunRecord&)>& visit) {
    auto select = database.prepare("SELECT " PLIMSOLL_LINK_COLUMNS
                                   " FROM run_records WHERE seq >= ? ORDER BY seq");
    if (!select) return select.error();
    select->bind(1, static_cast<std::int64_t>(seq));
    return visit_rows(*select, visit);
}

Result<std::vector<RunRecord>> select_newest(Database& database, const record::RecordQuery& query) {
    auto select = database.prepare("SELECT " PLIMSOLL_LINK_COLUMNS
                                   " FROM run_records WHERE seq < ?1 AND (?2 = '' OR kind = ?2)"
                                   " AND (?3 = '' OR subject = ?3) ORDER BY seq DESC LIMIT ?4");
    if (!select) return select.error();
    select->bind(1, static_cast<std::int64_t>(query.before))
        .bind_text(2, query.kind)
        .bind_text(3, query.subject)
        .bind(4, static_cast<std::int64_t>(query.limit));
    std::vector<RunRecord> found;
    const auto read = visit_rows(*select, [&](const RunRecord& link) { found.push_back(link); });
    if (!read) return read.error();
    return found;
}

class SqliteRunRecords final : public record::RunRecords {
  public:
    explicit SqliteRunRecords(Database database) : database_(std::move(database)) {}

    Result<RunRecord> append(RunRecord record) override {
        const std::lock_guard lock(mutex_);
        const auto appended = in_transaction(database_, [&]() -> Result<Done> {
            auto link = append_link(database_, std::move(record));
            if (!link) return link.error();
            record = std::move(*link);
            return Done{};
        });
        if (!appended) return appended.error();
        return record;
    }

    Result<std::vector<RunRecord>> newest_first(const record::RecordQuery& query) override {
        const std::lock_guard lock(mutex_);
        return select_newest(database_, query);
    }

    Result<Done> for_each(std::uint64_t seq,
                          const std::function<void(const RunRecord&)>& visit) override {
        const std::lock_guard lock(mutex_);
        return visit_from(database_, seq, visit);
    }

  private:
    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::RunRecords>> open_sqlite_run_records(
    const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::RunRecords>(
        std::make_unique<SqliteRunRecords>(std::move(*database)));
}

Result<RunRecord> append_link(Database& database, RunRecord record) {
    if (record.configuration.empty()) {
        const auto in_force = select_newest(database, {.kind = "configuration", .limit = 1});
        if (!in_force) return in_force.error();
        if (!in_force->empty()) record.configuration = in_force->front().configuration;
    }
    const auto last = select_newest(database, {.limit = 1});
    if (!last) return last.error();
    forge_link(record, last->empty() ? nullptr : &last->front());
    if (auto inserted = insert_row(database, record); !inserted) return inserted.error();
    return record;
}

std::vector<RunRecord> readable_links(Database& database) {
    std::vector<RunRecord> links;
    const auto read =
        visit_from(database, 1, [&](const RunRecord& link) { links.push_back(link); });
    static_cast<void>(read);  // A damaged page ends it; what came before it counts.
    return links;
}

Result<Done> restore_links(Database& database, const std::vector<RunRecord>& links) {
    return in_transaction(database, [&]() -> Result<Done> {
        if (auto cleared = database.run("DELETE FROM run_records"); !cleared) return cleared;
        for (const RunRecord& link : links)
            if (auto inserted = insert_row(database, link); !inserted) return inserted;
        return Done{};
    });
}

}  // namespace plimsoll::store
