#include "store/set_aside.h"

#include <fmt/format.h>

#include <system_error>

namespace plimsoll::store {

namespace fs = std::filesystem;

Result<fs::path> set_aside(const fs::path& path) {
    std::error_code error;
    unsigned number = 1;
    const auto name = [&] { return fs::path(fmt::format("{}.damaged-{}", path.string(), number)); };
    while (fs::exists(name(), error)) ++number;
    const fs::path aside = name();
    fs::rename(path, aside, error);
    if (error) return Error{fmt::format("set {} aside: {}", path.string(), error.message())};
    fs::rename(path.string() + "-wal", aside.string() + "-wal", error);
    fs::remove(path.string() + "-shm", error);
    return aside;
}

}  // namespace plimsoll::store
