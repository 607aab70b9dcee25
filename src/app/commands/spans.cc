#include <fmt/format.h>

#include <filesystem>

#include "app/commands/commands.h"
#include "store/data_lock.h"
#include "store/duckdb_facts.h"

namespace plimsoll::app {

int spans(const std::string& data) {
    if (!std::filesystem::exists(std::filesystem::path(data) / "facts.duckdb"))
        return complain(fmt::format("{} holds no facts", data));
    const auto lock = store::DataLock::take(data);
    if (!lock) return complain(lock.error().what);
    auto opened = store::open_duckdb_facts({.data_dir = data});
    if (!opened) return complain(opened.error().what);
    const auto done = opened->facts->for_each_known([](const record::KnownTrace& known) {
        for (const auto& place : known.places)
            fmt::print("{} {}\n", known.trace.hex(), place.span.hex());
    });
    return done ? 0 : complain(done.error().what);
}

}  // namespace plimsoll::app
