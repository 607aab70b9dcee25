/// owner.h: who acts on a dimension, when they are asked, and who is asked next.
///
///   starts       + every      + 2 every
///     │ ana        │ bo         │ ana …      person_on_call(…, ahead) counts on along the rotation
///
/// Values; time is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace plimsoll::alert {

/// A stretch of every day in which only what is critical is told at once. The rest waits for its
/// end, and is told then.
struct QuietHours {
    std::chrono::minutes from{0}, to{0};  ///< Since midnight; over midnight if from > to.
    std::chrono::minutes offset{0};       ///< Of the team's clock from UTC; no daylight saving.
    bool critical_breaks_through = true;
    bool operator==(const QuietHours&) const = default;
};

/// When the quiet hours that `time` lies in end; `time` itself if they are none.
UnixNanos end_of_quiet(const QuietHours& quiet, UnixNanos time);

/// What happens when nobody acknowledged.
enum class Escalation : std::uint8_t {
    next,      ///< The next person of the rotation, on the same channels.
    fallback,  ///< The owner's fallback channels.
};

/// People take turns of equal length.
struct Owner {
    std::string name;
    std::vector<std::string> rotation;  ///< At least one person.
    std::chrono::milliseconds every{std::chrono::weeks{1}};
    UnixNanos starts = 0;               ///< When the first person's first turn begins.
    std::vector<std::string> notify;    ///< Channels.
    std::vector<std::string> fallback;  ///< Channels of last resort.
    std::chrono::milliseconds acknowledge_within{30 * 60'000};  ///< Before each step below.
    std::vector<Escalation> escalate{Escalation::next};  ///< In this order; then nothing more.
    std::optional<QuietHours> quiet;
};

/// Who of `owner` has the turn at `time`, `ahead` places further along; the first person's turn
/// holds before `starts`. "" if there is nobody.
std::string person_on_call(const Owner& owner, UnixNanos time, std::size_t ahead = 0);

}  // namespace plimsoll::alert
