#include "store/sqlite_labels.h"

#include <algorithm>
#include <mutex>

#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::Label;
using record::LabelRequest;
using record::LabelsPut;

constexpr int wal_pages_max = 1'000;  ///< 4 MB; then the log is moved into the file.

constexpr const char* columns =
    "SELECT interaction, dimension, annotator, rubric, score, queued, inclusion, time_ns, note"
    " FROM labels";

Label read(Statement& row) {
    Label label;
    label.interaction = TraceId::from_bytes(row.bytes(0)).value_or(TraceId{});
    label.dimension = row.bytes(1);
    label.annotator = row.bytes(2);
    label.rubric = row.bytes(3);
    label.score = row.real(4);
    label.queued = record::label_reason_named(row.bytes(5)).value_or(record::LabelReason::by_hand);
    label.inclusion = row.real(6);
    label.time = row.integer(7);
    label.note = row.bytes(8);
    return label;
}

bool says_the_same(const Label& a, const Label& b) {
    return a.score == b.score && a.queued == b.queued && a.inclusion == b.inclusion &&
           a.note == b.note;
}

class SqliteLabels final : public record::Labels {
  public:
    explicit SqliteLabels(Database database) : database_(std::move(database)) {}

    Result<LabelsPut> put(std::span<const Label> labels) override {
        const std::lock_guard lock(mutex_);
        LabelsPut counts;
        const auto done = in_transaction(database_, [&]() -> Result<Done> {
            auto known = database_.prepare(
                std::string(columns) +
                " WHERE interaction = ? AND dimension = ? AND annotator = ? AND rubric = ?"
                " ORDER BY replaced, id");
            if (!known) return known.error();
            auto replace = database_.prepare(
                "UPDATE labels SET replaced = 1 WHERE interaction = ? AND dimension = ?"
                " AND annotator = ? AND rubric = ? AND replaced = 0");
            if (!replace) return replace.error();
            auto insert = database_.prepare(
                "INSERT INTO labels (interaction, dimension, annotator, rubric, score, queued,"
                " inclusion, time_ns, note, replaced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            if (!insert) return insert.error();
            for (const Label& label : labels)
                if (auto put = put_one(label, *known, *replace, *insert, counts); !put) return put;
            return Done{};
        });
        if (!done) return done.error();
        if (database_.wal_pages() > wal_pages_max)
            if (const auto moved = database_.checkpoint(); !moved) return counts;  // Next time.
        return counts;
    }

    Result<std::vector<Label>> labels(const record::LabelFilter& filter) override {
        const std::lock_guard lock(mutex_);
        std::string sql =
            std::string(columns) + (filter.history ? " WHERE true" : " WHERE replaced = 0");
        if (!filter.dimension.empty()) sql += " AND dimension = ?1";
        if (!filter.annotator.empty()) sql += " AND annotator = ?2";
        if (filter.interaction) sql += " AND interaction = ?3";
        auto select = database_.prepare(sql + " ORDER BY time_ns, id");
        if (!select) return select.error();
        if (!filter.dimension.empty()) select->bind_text(1, filter.dimension);
        if (!filter.annotator.empty()) select->bind_text(2, filter.annotator);
        if (filter.interaction) select->bind_blob(3, filter.interaction->raw());
        std::vector<Label> found;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return found;
            found.push_back(read(*select));
        }
    }

    Result<Done> ask(std::span<const LabelRequest> requests) override {
        const std::lock_guard lock(mutex_);
        return in_transaction(database_, [&]() -> Result<Done> {
            auto insert = database_.prepare(
                "INSERT OR IGNORE INTO label_requests (interaction, dimension, reason, inclusion,"
                " time_ns) VALUES (?, ?, ?, ?, ?)");
            if (!insert) return insert.error();
            for (const LabelRequest& one : requests)
                if (auto done = insert->bind_blob(1, one.interaction.raw())
                                    .bind_text(2, one.dimension)
                                    .bind_text(3, to_word(one.reason))
                                    .bind_real(4, one.inclusion)
                                    .bind(5, one.time)
                                    .run();
                    !done)
                    return done;
            return Done{};
        });
    }

    Result<std::vector<LabelRequest>> requests(const std::string& dimension) override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT interaction, dimension, reason, inclusion, time_ns FROM label_requests"
            " WHERE dimension = ? ORDER BY id");
        if (!select) return select.error();
        select->bind_text(1, dimension);
        std::vector<LabelRequest> found;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return found;
            found.push_back({TraceId::from_bytes(select->bytes(0)).value_or(TraceId{}),
                             std::string(select->bytes(1)),
                             record::label_reason_named(select->bytes(2))
                                 .value_or(record::LabelReason::by_hand),
                             select->real(3), select->integer(4)});
        }
    }

  private:
    static Statement& bind_key(Statement& statement, const Label& label) {
        return statement.bind_blob(1, label.interaction.raw())
            .bind_text(2, label.dimension)
            .bind_text(3, label.annotator)
            .bind_text(4, label.rubric);
    }

    static Result<Done> put_one(const Label& label, Statement& known, Statement& replace,
                                Statement& insert, LabelsPut& counts) {
        bind_key(known, label);
        bool first = true, same = false;
        std::optional<UnixNanos> counts_since;  // Of the label that counts: it comes first.
        for (;;) {
            const auto stepped = known.step();
            if (!stepped) return stepped.error();
            if (!*stepped) break;
            const Label other = read(known);
            if (says_the_same(label, other)) same = same || first || label.time == other.time;
            if (first) counts_since = other.time;
            first = false;
        }
        known.reset();
        if (same) {
            ++counts.same;
            return Done{};
        }
        const bool older = counts_since && label.time < *counts_since;
        if (counts_since && !older)
            if (auto done = bind_key(replace, label).run(); !done) return done;
        ++(older ? counts.older : counts_since ? counts.replaced : counts.added);
        return bind_key(insert, label)
            .bind_real(5, label.score)
            .bind_text(6, to_word(label.queued))
            .bind_real(7, label.inclusion)
            .bind(8, label.time)
            .bind_text(9, label.note)
            .bind(10, older)
            .run();
    }

    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::Labels>> open_sqlite_labels(const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::Labels>(std::make_unique<SqliteLabels>(std::move(*database)));
}

}  // namespace plimsoll::store
