#include "net/open_body.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace plimsoll::net {

OpenedBody open_body(std::string body, wire::Compression compression, std::size_t bytes_max,
                     ByteBudget::Reservation& held) {
    using Outcome = OpenedBody::Outcome;
    if (compression == wire::Compression::identity) return {.body = std::move(body)};
    std::size_t room = std::min(bytes_max, std::max(16 * body.size(), std::size_t{64} * 1024));
    while (true) {
        if (!held.resize(body.size() + room)) {
            return {.outcome = Outcome::over_budget, .why = "too many bytes are under way"};
        }
        wire::Inflated inflated = wire::inflate(body, compression, room);
        switch (inflated.outcome) {
            case wire::Inflated::Outcome::ok:
                held.resize(inflated.body.size());
                return {.body = std::move(inflated.body)};
            case wire::Inflated::Outcome::damaged:
                return {.outcome = Outcome::damaged, .why = std::move(inflated.why)};
            case wire::Inflated::Outcome::too_large:
                break;
        }
        if (room == bytes_max) {
            return {.outcome = Outcome::too_large,
                    .why = fmt::format("inflated, the body has more than the {} bytes that are "
                                       "accepted",
                                       bytes_max)};
        }
        room = room > bytes_max / 8 ? bytes_max : 8 * room;
    }
}

}  // namespace plimsoll::net
