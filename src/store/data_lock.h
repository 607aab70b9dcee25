/// data_lock.h: one server per data directory. The kernel drops the lock with the process, however
/// it ends, so a lock file left behind by a kill -9 stops nobody.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace plimsoll::store {

class DataLock {
  public:
    /// Makes the directory if need be. The Error names the process that holds it.
    static Result<DataLock> take(const std::filesystem::path& data_dir);

    DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    DataLock& operator=(DataLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~DataLock();

  private:
    explicit DataLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace plimsoll::store
