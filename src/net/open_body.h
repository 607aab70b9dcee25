/// open_body.h: inflates a body within the byte budget.
#pragma once

#include <string>

#include "base/byte_budget.h"
#include "wire/inflate.h"

namespace plimsoll::net {

struct OpenedBody {
    enum class Outcome { ok, damaged, too_large, over_budget };
    Outcome outcome = Outcome::ok;
    std::string body;
    std::string why;  ///< For the sender; "" if ok.
};

/// Opens `body`, of which `held` holds the size; afterwards `held` holds that of what came out.
///
/// Nobody knows how much will come out, so room is reserved for what is usual (sixteen times) and
/// the work begun again with eight times the room when that was not enough: the budget of a bomb is
/// taken only while the bomb is looked at (A01).
OpenedBody open_body(std::string body, wire::Compression compression, std::size_t bytes_max,
                     ByteBudget::Reservation& held);

}  // namespace plimsoll::net
