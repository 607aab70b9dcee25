#include <fmt/format.h>

#include "store/clean_text.h"
#include "store/duck.h"
#include "store/erase_parts.h"
#include "store/facts_writer.h"

namespace plimsoll::store {

namespace fs = std::filesystem;

namespace {

Result<Done> forget(DuckDatabase& database, const std::vector<TraceId>& traces) {
    auto connection = database.connect();
    if (!connection) return connection.error();
    auto writer = FactsWriter::open(std::move(*connection));
    if (!writer) return writer.error();
    return writer->forget(traces);
}

/// DuckDB leaves what was deleted in the free blocks of its file: a copy of the tables has none.
Result<Done> copy_tables(const fs::path& path) {
    const fs::path fresh = path.string() + ".new";
    std::error_code none;
    fs::remove(fresh, none);
    {
        auto database = DuckDatabase::open(path, {.other_files = true});
        if (!database) return database.error();
        auto connection = database->connect();
        if (!connection) return connection.error();
        auto name = connection->ask("SELECT current_database()");
        if (!name) return name.error();
        if (!name->next()) return Error{"facts: DuckDB does not tell the name of its database"};
        if (auto ran = connection->run_script(fmt::format(
                "ATTACH '{}' AS fresh; COPY FROM DATABASE \"{}\" TO fresh; DETACH fresh",
                fresh.string(), name->text(0)));
            !ran)
            return ran;
    }
    std::error_code error;
    fs::remove(path.string() + ".wal", none);
    fs::rename(fresh, path, error);
    if (error) return Error{fmt::format("rename {}: {}", fresh.string(), error.message())};
    return Done{};
}

}  // namespace

Result<Done> find_in_facts(const EraseOptions& options, std::set<TraceId>& traces) {
    const fs::path path = options.data_dir / "facts.duckdb";
    if (!fs::exists(path)) return Done{};
    auto database = DuckDatabase::open(path, {});
    if (!database) return database.error();
    auto connection = database->connect();
    if (!connection) return connection.error();
    for (const std::string& user : options.users) {
        auto found =
            connection->ask("SELECT trace FROM interactions WHERE client = ?", {clean_text(user)});
        if (!found) return found.error();
        while (found->next()) traces.insert(found->get<DuckTrace>(0).trace());
    }
    return Done{};
}

Result<Done> erase_from_facts(const EraseOptions& options, const std::set<TraceId>& traces,
                              Erased& erased) {
    const fs::path path = options.data_dir / "facts.duckdb";
    if (!fs::exists(path) || traces.empty()) return Done{};
    const std::vector<TraceId> list(traces.begin(), traces.end());
    {
        auto database = DuckDatabase::open(path, {});
        if (!database) return database.error();
        auto connection = database->connect();
        if (!connection) return connection.error();
        auto count = connection->ask(
            "SELECT count(*)::UBIGINT FROM interactions WHERE trace IN"
            " (SELECT unnest(?::UHUGEINT[]))",
            {list});
        if (!count) return count.error();
        if (count->next()) erased.interactions = count->get<std::uint64_t>(0);
        if (options.only_count) return Done{};
        if (auto forgotten = forget(*database, list); !forgotten) return forgotten;
    }
    return copy_tables(path);
}

}  // namespace plimsoll::store
