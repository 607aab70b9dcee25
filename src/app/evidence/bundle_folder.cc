#include "app/evidence/bundle_folder.h"

#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace plimsoll::app {

namespace fs = std::filesystem;

namespace {

/// A name in a bundle is a path below its folder, on this machine too.
bool safe(const std::string& name) {
    const fs::path path(name);
    if (name.empty() || path.is_absolute()) return false;
    for (const fs::path& part : path)
        if (part == ".." || part == "." || part.empty()) return false;
    return true;
}

}  // namespace

Result<Done> write_bundle_folder(const fs::path& folder, const analyse::BundleFiles& files) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error))
        return Error{fmt::format("{} holds something already", folder.string())};
    for (const auto& [name, bytes] : files) {
        if (!safe(name)) return Error{fmt::format("'{}' is no name of a file", name)};
        const fs::path path = folder / name;
        fs::create_directories(path.parent_path(), error);
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) return Error{fmt::format("cannot write {}", path.string())};
    }
    return Done{};
}

Result<analyse::BundleFiles> read_bundle_folder(const fs::path& folder) {
    analyse::BundleFiles files;
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, error);
    if (error) return Error{fmt::format("cannot read {}: {}", folder.string(), error.message())};
    for (; entries != fs::recursive_directory_iterator(); entries.increment(error)) {
        if (error)
            return Error{fmt::format("cannot read {}: {}", folder.string(), error.message())};
        const fs::file_status status = entries->symlink_status();
        if (fs::is_directory(status)) continue;
        const std::string name = fs::relative(entries->path(), folder).generic_string();
        if (!fs::is_regular_file(status))
            return Error{fmt::format("{} is no regular file", entries->path().string())};
        std::ifstream file(entries->path(), std::ios::binary);
        files[name].assign(std::istreambuf_iterator<char>(file), {});
        if (!file && !file.eof())
            return Error{fmt::format("cannot read {}", entries->path().string())};
    }
    return files;
}

}  // namespace plimsoll::app
