#include "interaction/privacy/encoded.h"

#include <algorithm>

#include "wire/base64.h"

namespace plimsoll::interaction::privacy {

namespace {

bool printable(char c) {
    return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

std::optional<std::string> decoded_text(std::string_view run, std::size_t phase) {
    run = run.substr(std::min(phase, run.size()), encoded_bytes_max);
    if (run.size() % 4 == 1) run.remove_suffix(1);
    constexpr std::size_t sample_bytes = 16;
    if (run.size() < sample_bytes) return std::nullopt;
    const std::size_t whole = run.size() / 4 * 4;
    const auto sample = wire::from_base64(run.substr(whole - sample_bytes, sample_bytes));
    if (!sample || std::count_if(sample->begin(), sample->end(), printable) < 11)
        return std::nullopt;
    return wire::from_base64(run);
}

}  // namespace plimsoll::interaction::privacy
