#include "store/data_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace plimsoll::store {

Result<DataLock> DataLock::take(const std::filesystem::path& data_dir) {
    std::error_code error;
    std::filesystem::create_directories(data_dir, error);
    if (error) return Error{fmt::format("create {}: {}", data_dir.string(), error.message())};
    const std::filesystem::path path = data_dir / "lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{fmt::format("open {}: {}", path.string(), std::strerror(errno))};
    DataLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return Error{fmt::format("lock {}: {}", path.string(), std::strerror(errno))};
        char pid[32] = {};
        const ssize_t size = ::pread(descriptor, pid, sizeof pid - 1, 0);
        return Error{
            fmt::format("{} is in use by another server (process {}); stop it, or choose "
                        "another data directory",
                        data_dir.string(), size > 0 ? pid : "unknown")};
    }
    // For people only; a full disk must not keep the server from starting.
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    }
    return lock;
}

DataLock::~DataLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace plimsoll::store
