#include "store/sqlite_schema.h"

#include <fmt/format.h>

namespace plimsoll::store {

Result<Done> in_transaction(Database& database, const std::function<Result<Done>()>& change) {
    if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
    Result<Done> done = change();
    if (done) done = database.run("COMMIT");
    if (!done)
        if (auto rolled_back = database.run("ROLLBACK"); !rolled_back) return done;
    return done;
}

Result<Done> bring_up_to_date(Database& database, std::span<const char* const> steps) {
    return in_transaction(database, [&]() -> Result<Done> {
        const auto version = database.integer("PRAGMA user_version");
        if (!version) return version.error();
        const auto newest = static_cast<std::int64_t>(steps.size());
        if (*version > newest)
            return Error{fmt::format("{} was written by a newer Plimsoll (schema {}, known: {})",
                                     database.file(), *version, newest)};
        for (std::int64_t step = *version; step < newest; ++step) {
            if (auto made = database.run(steps[static_cast<std::size_t>(step)]); !made) return made;
            const std::string moved = fmt::format("PRAGMA user_version = {}", step + 1);
            if (auto set = database.run(moved.c_str()); !set) return set;
        }
        return Done{};
    });
}

}  // namespace plimsoll::store
