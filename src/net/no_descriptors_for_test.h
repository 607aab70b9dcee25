/// no_descriptors_for_test.h: a process that may open nothing more, for as long as this lives
/// (A20).
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace plimsoll::net {

class NoDescriptors {
  public:
    NoDescriptors() {
        const int lowest_free = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::close(lowest_free);
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit none{.rlim_cur = static_cast<rlim_t>(lowest_free),
                          .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    NoDescriptors(const NoDescriptors&) = delete;

  private:
    rlimit before_{};
};

}  // namespace plimsoll::net
