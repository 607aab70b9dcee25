/// progress.h: how far a long task has come: a bar on a terminal, a line every 10% in a log.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace plimsoll::app {

class Progress {
  public:
    /// On stderr, as a bar if that is a terminal.
    Progress(std::string says, std::uint64_t total);
    /// `terminal`: whether what was written to `out` may be drawn over.
    Progress(std::string says, std::uint64_t total, std::FILE* out, bool terminal);

    void at(std::uint64_t done);
    /// All of it is done; `says` stands behind the full bar.
    void done(const std::string& says = "");

  private:
    void draw(const std::string& behind);

    const std::string says_;
    const std::uint64_t total_;
    std::FILE* const out_;
    const bool terminal_;
    std::uint64_t done_ = 0;
    int shown_ = -1;  ///< Percent on a terminal, tenths in a log.
};

}  // namespace plimsoll::app
