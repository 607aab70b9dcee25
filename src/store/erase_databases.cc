#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "record/datasets.h"
#include "store/erase_parts.h"
#include "store/judge_database.h"
#include "store/packed_bytes.h"
#include "store/state_database.h"

namespace plimsoll::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t lines_bytes_max = 1u << 30;

/// A table `gone` of these traces, for one connection.
Result<Done> name_gone(Database& database, const std::set<TraceId>& traces) {
    if (auto made = database.run("PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                                 "CREATE TEMP TABLE gone (trace BLOB PRIMARY KEY) WITHOUT ROWID;");
        !made)
        return made;
    auto insert = database.prepare("INSERT INTO gone VALUES (?)");
    if (!insert) return insert.error();
    for (const TraceId& trace : traces) {
        const std::string bytes(trace.bytes.begin(), trace.bytes.end());
        if (auto added = insert->bind_blob(1, bytes).run(); !added) return added;
    }
    return Done{};
}

/// The file without its holes and without its log.
Result<Done> rewrite(Database& database) {
    return database.run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}

/// `lines` without those of these traces.
std::string lines_left(std::string_view lines, const std::set<TraceId>& traces,
                       std::uint64_t& removed) {
    std::string left;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size() - 1) + 1;
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end);
        const auto parsed = json::Document::parse(line);
        const auto id = parsed ? parsed->root().find("interaction") : std::nullopt;
        const auto trace =
            id && id->is_string() ? TraceId::from_hex(id->as_string()) : std::nullopt;
        if (trace && traces.contains(*trace))
            ++removed;
        else
            left += line;
    }
    return left;
}

Result<Done> erase_from_datasets(Database& database, const EraseOptions& options,
                                 const std::set<TraceId>& traces, Erased& erased) {
    struct Changed {
        std::int64_t id;
        std::string name, before, lines;
        std::uint64_t removed;
    };
    std::vector<Changed> changed;
    {
        auto select = database.prepare("SELECT id, name, version, lines FROM datasets");
        if (!select) return select.error();
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) break;
            Changed each{.id = select->integer(0),
                         .name = std::string(select->bytes(1)),
                         .before = std::string(select->bytes(2)),
                         .removed = 0};
            const auto lines = unpack_bytes(select->bytes(3), lines_bytes_max);
            if (!lines) {
                erased.unsearched.push_back(
                    fmt::format("dataset {}@{}: {}", each.name, each.before, lines.error().what));
                continue;
            }
            each.lines = lines_left(*lines, traces, each.removed);
            if (each.removed > 0) changed.push_back(std::move(each));
        }
    }
    for (const Changed& each : changed) {
        const std::string version = content_version(each.lines);
        erased.dataset_items += each.removed;
        erased.dataset_versions.push_back(
            fmt::format("{0}@{1} is now {0}@{2}", each.name, each.before, version));
        if (options.only_count) continue;
        auto update = database.prepare(
            "UPDATE OR REPLACE datasets SET version = ?, items = items - ?, lines = ?,"
            " note = note || ? WHERE id = ?");
        if (!update) return update.error();
        const std::string packed = pack_bytes(each.lines);
        const std::string note = fmt::format(" (was {}; items were erased)", each.before);
        if (auto ran = update->bind_text(1, version)
                           .bind(2, static_cast<std::int64_t>(each.removed))
                           .bind_blob(3, packed)
                           .bind_text(4, note)
                           .bind(5, each.id)
                           .run();
            !ran)
            return ran;
    }
    return Done{};
}

}  // namespace

Result<Done> erase_from_state(const EraseOptions& options, const std::set<TraceId>& traces,
                              Erased& erased) {
    const fs::path path = options.data_dir / "state.db";
    if (!fs::exists(path)) return Done{};
    auto database = open_state_database(path);
    if (!database) return database.error();
    if (auto named = name_gone(*database, traces); !named) return named;
    if (auto begun = database->run("BEGIN IMMEDIATE"); !begun) return begun;
    constexpr const char* theirs = "interaction IN (SELECT trace FROM gone)";
    for (const char* table : {"labels", "label_requests"}) {
        const auto count =
            database->integer(fmt::format("SELECT count(*) FROM {} WHERE {}", table, theirs));
        if (!count) return count.error();
        erased.labels += static_cast<std::uint64_t>(*count);
        if (auto gone =
                database->run(fmt::format("DELETE FROM {} WHERE {}", table, theirs).c_str());
            !gone)
            return gone;
    }
    if (auto done = erase_from_datasets(*database, options, traces, erased); !done) return done;
    if (options.only_count) return database->run("ROLLBACK");
    if (auto done = database->run("COMMIT"); !done) return done;
    return rewrite(*database);
}

Result<Done> erase_from_judge_ledger(const EraseOptions& options, const std::set<TraceId>& traces,
                                     Erased& erased) {
    const fs::path path = options.data_dir / "judge.db";
    if (!fs::exists(path)) return Done{};
    auto database = open_judge_database(path, "");
    if (!database) return database.error();
    if (auto named = name_gone(*database, traces); !named) return named;
    const auto count = database->integer(
        "SELECT count(*) FROM judgements WHERE trace IN (SELECT trace FROM gone)");
    if (!count) return count.error();
    erased.judgements = static_cast<std::uint64_t>(*count);
    if (options.only_count) return Done{};
    // What was spent stays, without what it was spent on. `content` is a hash of it: who guesses
    // the content could tell that it was here.
    auto blank = database->prepare(
        "UPDATE exchanges SET current = 0, content = zeroblob(length(content)), request = ?1,"
        " reply = ?1, explanation = '' WHERE judgement IN (SELECT id FROM judgements WHERE trace IN"
        " (SELECT trace FROM gone)) OR id IN (SELECT exchange FROM judgements WHERE trace IN"
        " (SELECT trace FROM gone))");
    if (!blank) return blank.error();
    const std::string nothing = pack_bytes("");
    if (auto ran = blank->bind_blob(1, nothing).run(); !ran) return ran;
    if (auto gone = database->run("DELETE FROM judgements WHERE trace IN (SELECT trace FROM gone)");
        !gone)
        return gone;
    return rewrite(*database);
}

}  // namespace plimsoll::store
