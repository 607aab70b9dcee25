/// demo_traffic.h: the traffic of the demo's weeks, interaction by interaction. Pure: a seed and a
/// number give the same spans on every machine; `now` only moves them in time.
///
///   Traffic        size() interactions that end at `now`, oldest first
///   LiveTraffic    goes on from there, for as long as one likes
#pragma once

#include <cstdint>
#include <vector>

#include "app/demo/session.h"
#include "app/demo/speak.h"

namespace plimsoll::app::demo {

struct TrafficOptions {
    unsigned weeks = 3;
    unsigned per_day = 600;  ///< Interactions, on the average over the weeks.
    std::uint64_t seed = 1;
    UnixNanos now = 0;  ///< The last of them ends here or shortly before.
};

class Traffic {
  public:
    explicit Traffic(const TrafficOptions& options);

    std::size_t size() const { return turns_.size(); }
    UnixNanos start(std::size_t index) const { return turns_[index].start; }
    /// What happens, before it is put in words; tests compare it with the timeline.
    Happening happening(std::size_t index) const;
    wire::outgoing::ResourceSpans spans(std::size_t index) const;

  private:
    struct PlannedTurn {
        UnixNanos start;
        std::uint32_t session;
        std::uint32_t turn;
    };
    std::vector<Session> sessions_;
    std::vector<PlannedTurn> turns_;
};

class LiveTraffic {
  public:
    /// `salt` tells one run from the next, so that trace ids do not come twice: the time it began.
    LiveTraffic(std::uint64_t seed, std::uint64_t salt);

    /// The next interaction; it ends at `now`. Three conversations go on at once, turn by turn.
    wire::outgoing::ResourceSpans next(UnixNanos now);

  private:
    struct Lane {
        Session session;
        std::size_t turn = 0;
    };
    const std::uint64_t seed_;
    std::uint64_t sessions_begun_ = 0;
    std::uint64_t taken_ = 0;
    std::vector<Lane> lanes_;
};

}  // namespace plimsoll::app::demo
