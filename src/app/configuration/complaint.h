/// complaint.h: one thing wrong with a configuration: where, what, and the mend.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::app {

/// Counted from 1.
struct Mark {
    std::size_t line = 1;
    std::size_t column = 1;

    auto operator<=>(const Mark&) const = default;
};

struct Complaint {
    std::string file;
    Mark mark;
    std::string what;  ///< What is wrong, and why it matters where that is not plain.
    std::string mend;  ///< What to write instead; "" if `what` says it.

    bool operator==(const Complaint&) const = default;
};

/// "plimsoll.yaml:12:5: unknown key `ownr` in a dimension. Did you mean `owner`?"
std::string to_text(const Complaint& complaint);

/// The one of `known` that `word` was probably meant to be; "" if none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace plimsoll::app
