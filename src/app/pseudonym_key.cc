#include "app/pseudonym_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>

#include <fmt/format.h>

namespace plimsoll::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t hex_digits = 32;

bool parse(const std::string& text, interaction::privacy::PseudonymKey& key) {
    if (text.size() < hex_digits ||
        text.find_first_not_of("0123456789abcdef\n") != std::string::npos) {
        return false;
    }
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<std::uint8_t>(std::stoi(text.substr(2 * i, 2), nullptr, 16));
    return true;
}

Result<Done> write_durably(const fs::path& path, const std::string& text) {
    const auto failed = [&](const char* what) {
        return Error{fmt::format("{} {}: {}", what, path.string(), std::strerror(errno))};
    };
    const fs::path fresh = path.string() + ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return failed("create");
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    ::close(file);
    if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) return failed("write");
    const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return Done{};
}

}  // namespace

Result<OpenedKey> open_pseudonym_key(const fs::path& data_dir) {
    const fs::path path = data_dir / "pseudonym.key";
    OpenedKey opened{};
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        std::string line;
        std::ifstream(path) >> line;
        if (parse(line, opened.key)) return opened;
        fs::path aside = path.string() + ".damaged";
        for (int n = 1; fs::exists(aside, ignored); ++n)
            aside = fmt::format("{}.damaged-{}", path.string(), n);
        fs::rename(path, aside, ignored);
        opened.set_aside = aside.string();
    }
    std::random_device dice;
    std::string hex;
    for (auto& byte : opened.key) {
        byte = static_cast<std::uint8_t>(dice());
        hex += fmt::format("{:02x}", byte);
    }
    if (auto written = write_durably(path, hex + "\n"); !written) return written.error();
    return opened;
}

}  // namespace plimsoll::app
