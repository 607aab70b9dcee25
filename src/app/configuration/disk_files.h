/// disk_files.h: the files that a configuration names, from the disk.
#pragma once

#include "evaluate/check.h"

namespace plimsoll::app {

/// Regular files up to 64 MiB: a pipe, a device or an endless file is refused, not waited for.
class DiskFiles : public evaluate::Files {
  public:
    Result<std::string> read(std::string_view path) const override;
};

}  // namespace plimsoll::app
