#include "app/commands/configured.h"

#include <fmt/format.h>

#include "app/configuration/disk_files.h"

namespace plimsoll::app {

std::unique_ptr<const Configuration> configured(const std::string& path) {
    LoadResult result = path.empty() ? LoadResult(default_configuration())
                                     : load_configuration(path, DiskFiles());
    if (const auto* complaints = std::get_if<std::vector<Complaint>>(&result)) {
        for (const Complaint& complaint : *complaints)
            fmt::print(stderr, "{}\n", to_text(complaint));
        return nullptr;
    }
    auto& loaded = std::get<Loaded>(result);
    for (const Complaint& warning : loaded.warnings)
        fmt::print(stderr, "warning: {}\n", to_text(warning));
    return std::make_unique<const Configuration>(std::move(loaded.configuration));
}

}  // namespace plimsoll::app
