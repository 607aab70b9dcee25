#include "app/configuration/disk_files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace plimsoll::app {

namespace {

constexpr std::uintmax_t bytes_max = 64u << 20;

}  // namespace

Result<std::string> DiskFiles::read(std::string_view path) const {
    const std::filesystem::path file(path);
    const auto refusal = [&](std::string_view why) {
        return Error{fmt::format("read {}: {}", path, why)};
    };
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return refusal("there is no such file");
    if (error) return refusal(error.message());
    if (status.type() == std::filesystem::file_type::directory) return refusal("it is a folder");
    if (status.type() != std::filesystem::file_type::regular)
        return refusal("it is no regular file");
    const auto size = std::filesystem::file_size(file, error);
    if (error) return refusal(error.message());
    if (size > bytes_max) return refusal("it is larger than 64 MiB");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string content(size, '\0');
    if (!stream || !stream.read(content.data(), static_cast<std::streamsize>(size))) {
        return refusal(errno != 0 ? std::strerror(errno) : "it ended early");
    }
    return content;
}

}  // namespace plimsoll::app
