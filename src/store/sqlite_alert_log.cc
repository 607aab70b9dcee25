#include "store/sqlite_alert_log.h"

#include <algorithm>
#include <mutex>

#include "base/json.h"
#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::AlertEvent;
using record::Delivery;
using record::Notification;
using record::Outgoing;

std::string list_text(const std::vector<std::string>& texts) {
    json::Writer w;
    w.begin_array();
    for (const std::string& text : texts) w.value(text);
    return w.end_array().take();
}

std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> texts;
    if (const auto document = json::Document::parse(text))
        for (const json::Value one : document->root().elements())
            texts.emplace_back(one.as_string());
    return texts;
}

constexpr const char* notification_columns =
    "SELECT id, alert, channel, step, created_ns, due_ns, message, repeat_ns, state, attempts,"
    " next_ns, delivered_ns, error FROM notifications";

Outgoing read_outgoing(Statement& row) {
    Outgoing out;
    out.notification.id = row.bytes(0);
    out.notification.alert = row.bytes(1);
    out.notification.channel = row.bytes(2);
    out.notification.step =
        record::alert_step_named(row.bytes(3)).value_or(record::AlertStep::updated);
    out.notification.created = row.integer(4);
    out.notification.due = row.integer(5);
    out.notification.message = row.bytes(6);
    out.notification.repeat = row.integer(7);
    const auto state = std::ranges::find(record::deliveries, row.bytes(8),
                                         [](Delivery each) { return to_word(each); });
    out.state = state == record::deliveries.end() ? Delivery::given_up : *state;
    out.attempts = static_cast<std::uint64_t>(row.integer(9));
    out.next = row.integer(10);
    out.delivered = row.integer(11);
    out.error = row.bytes(12);
    return out;
}

Result<std::vector<Outgoing>> read_all(Statement& select) {
    std::vector<Outgoing> found;
    for (;;) {
        const auto stepped = select.step();
        if (!stepped) return stepped.error();
        if (!*stepped) return found;
        found.push_back(read_outgoing(select));
    }
}

class SqliteAlertLog final : public record::AlertLog {
  public:
    explicit SqliteAlertLog(Database database) : database_(std::move(database)) {}

    Result<Done> append(std::span<const AlertEvent> events,
                        std::span<const Notification> notifications) override {
        const std::lock_guard lock(mutex_);
        return in_transaction(database_, [&]() -> Result<Done> {
            for (const AlertEvent& event : events)
                if (auto done = add(event); !done) return done;
            for (const Notification& one : notifications)
                if (auto done = add(one); !done) return done;
            return Done{};
        });
    }

    Result<std::vector<AlertEvent>> events() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT id, alert, time_ns, step, person, says, owner, urgency, critical, findings,"
            " asked, told_ns, channels, decision, link FROM alert_events ORDER BY id");
        if (!select) return select.error();
        std::vector<AlertEvent> events;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return events;
            const auto step = record::alert_step_named(select->bytes(3));
            if (!step) continue;  // Of a newer version.
            AlertEvent event;
            event.seq = static_cast<std::uint64_t>(select->integer(0));
            event.alert = select->bytes(1);
            event.time = select->integer(2);
            event.step = *step;
            event.by = select->bytes(4);
            event.says = select->bytes(5);
            event.owner = select->bytes(6);
            event.urgency =
                record::urgency_named(select->bytes(7)).value_or(record::Urgency::silent);
            event.critical = select->integer(8) != 0;
            event.findings = list_of(select->bytes(9));
            event.asked = select->bytes(10);
            event.told = select->integer(11);
            event.channels = list_of(select->bytes(12));
            event.decision = select->bytes(13);
            event.link = select->bytes(14);
            events.push_back(std::move(event));
        }
    }

    Result<std::vector<Outgoing>> due(const std::string& channel, UnixNanos now) override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            std::string(notification_columns) +
            " AS one WHERE channel = ?1 AND state = 'pending' AND next_ns <= ?2 AND NOT EXISTS"
            " (SELECT 1 FROM notifications AS older WHERE older.channel = one.channel AND"
            "  older.alert = one.alert AND older.state = 'pending' AND older.seq < one.seq)"
            " ORDER BY seq");
        if (!select) return select.error();
        select->bind_text(1, channel).bind(2, now);
        return read_all(*select);
    }

    Result<Done> settle(const std::string& notification, const record::Attempt& attempt) override {
        const std::lock_guard lock(mutex_);
        // What was superseded meanwhile stays so; that it was delivered is kept all the same.
        auto update = database_.prepare(
            "UPDATE notifications SET attempts = attempts + 1, error = ?2, next_ns = ?3,"
            " delivered_ns = CASE WHEN ?4 > 0 THEN ?4 ELSE delivered_ns END,"
            " state = CASE WHEN state = 'pending' THEN ?5 ELSE state END WHERE id = ?1");
        if (!update) return update.error();
        return update->bind_text(1, notification)
            .bind_text(2, attempt.error)
            .bind(3, attempt.next)
            .bind(4, attempt.error.empty() ? attempt.time : 0)
            .bind_text(5, to_word(attempt.state))
            .run();
    }

    Result<std::vector<Outgoing>> outgoing(const std::string& alert) override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(std::string(notification_columns) +
                                        " WHERE ?1 = '' OR alert = ?1 ORDER BY seq");
        if (!select) return select.error();
        select->bind_text(1, alert);
        return read_all(*select);
    }

    Result<std::map<std::string, std::uint64_t>> pending() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT channel, count(*) FROM notifications WHERE state = 'pending' GROUP BY channel");
        if (!select) return select.error();
        std::map<std::string, std::uint64_t> counts;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return counts;
            counts[std::string(select->bytes(0))] = static_cast<std::uint64_t>(select->integer(1));
        }
    }

  private:
    Result<Done> add(const AlertEvent& event) {
        auto insert = database_.prepare(
            "INSERT INTO alert_events (alert, time_ns, step, person, says, owner, urgency,"
            " critical, findings, asked, told_ns, channels, decision, link)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!insert) return insert.error();
        const std::string findings = list_text(event.findings),
                          channels = list_text(event.channels);
        return insert->bind_text(1, event.alert)
            .bind(2, event.time)
            .bind_text(3, to_word(event.step))
            .bind_text(4, event.by)
            .bind_text(5, event.says)
            .bind_text(6, event.owner)
            .bind_text(7, to_word(event.urgency))
            .bind(8, event.critical)
            .bind_text(9, findings)
            .bind_text(10, event.asked)
            .bind(11, event.told)
            .bind_text(12, channels)
            .bind_text(13, event.decision)
            .bind_text(14, event.link)
            .run();
    }

    Result<Done> add(const Notification& one) {
        auto older = database_.prepare(
            "UPDATE notifications SET state = 'superseded' WHERE alert = ?1 AND channel = ?2 AND"
            " state = 'pending' AND id <> ?4 AND (due_ns > ?3 OR repeat_ns > 0)");
        if (!older) return older.error();
        if (auto done = older->bind_text(1, one.alert)
                            .bind_text(2, one.channel)
                            .bind(3, one.created)
                            .bind_text(4, one.id)
                            .run();
            !done)
            return done;
        auto insert = database_.prepare(
            "INSERT OR IGNORE INTO notifications (id, alert, channel, step, created_ns, due_ns,"
            " message, repeat_ns, state, attempts, next_ns, delivered_ns, error)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'pending', 0, ?6, 0, '')");
        if (!insert) return insert.error();
        return insert->bind_text(1, one.id)
            .bind_text(2, one.alert)
            .bind_text(3, one.channel)
            .bind_text(4, to_word(one.step))
            .bind(5, one.created)
            .bind(6, one.due)
            .bind_text(7, one.message)
            .bind(8, one.repeat)
            .run();
    }

    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::AlertLog>> open_sqlite_alert_log(const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::AlertLog>(
        std::make_unique<SqliteAlertLog>(std::move(*database)));
}

}  // namespace plimsoll::store
