/// session.h: one conversation: who has it, about what; and what happens in each of its turns.
#pragma once

#include <cstdint>

#include "app/demo/fill.h"
#include "app/demo/step.h"

namespace plimsoll::app::demo {

struct Session {
    std::uint64_t seed = 0;  ///< Everything about it comes from here.
    const Story* story = nullptr;
    const Customer* customer = nullptr;
    unsigned user = 0;
    double position = 0;  ///< On the timeline.
    Values values;
};

/// The conversation with this number; the same for the same seed. `start` only dates its texts.
Session make_session(std::uint64_t seed, std::uint64_t number, double position, UnixNanos start);

/// What happens when the user asks question `turn` of the session.
Happening compose(const Session& session, std::size_t turn);

}  // namespace plimsoll::app::demo
