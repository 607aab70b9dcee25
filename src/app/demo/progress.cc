#include "app/demo/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace plimsoll::app {

Progress::Progress(std::string says, std::uint64_t total)
    : Progress(std::move(says), total, stderr, isatty(STDERR_FILENO)) {}

Progress::Progress(std::string says, std::uint64_t total, std::FILE* out, bool terminal)
    : says_(std::move(says)),
      total_(std::max<std::uint64_t>(total, 1)),
      out_(out),
      terminal_(terminal) {}

void Progress::at(std::uint64_t done) {
    done_ = std::min(done, total_);
    const int now = static_cast<int>(done_ * (terminal_ ? 100 : 10) / total_);
    if (now == shown_) return;
    shown_ = now;
    draw("");
}

void Progress::done(const std::string& says) {
    done_ = total_;
    draw(says);
    if (terminal_) std::fputc('\n', out_);
    std::fflush(out_);
}

void Progress::draw(const std::string& behind) {
    const auto percent = static_cast<int>(done_ * 100 / total_);
    if (terminal_) {
        constexpr int width = 32;
        std::string bar;
        for (int i = 0; i < width; ++i) bar += i < percent * width / 100 ? "█" : "░";
        fmt::print(out_, "\r\033[K{} {} {:3}%  {}", says_, bar, percent, behind);
    } else {
        fmt::print(out_, "{}: {}%{}{}\n", says_, percent, behind.empty() ? "" : "  ", behind);
    }
    std::fflush(out_);
}

}  // namespace plimsoll::app
