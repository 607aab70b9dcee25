#include "app/demo/demo_traffic.h"

#include <algorithm>

#include "app/demo/calendar.h"

namespace plimsoll::app::demo {
namespace {

constexpr std::size_t lanes = 3;

/// Seconds between the starts of two turns: reading, thinking, typing.
UnixNanos pause(Chance& chance) {
    return static_cast<UnixNanos>(std::clamp(chance.lognormal(55, .6), 15.0, 600.0) * 1e9);
}

/// Longer than any interaction takes, so that the last of them has ended by `now`.
constexpr UnixNanos longest = 120 * nanos_per_second;

}  // namespace

Traffic::Traffic(const TrafficOptions& options) {
    const std::size_t wanted = std::size_t{options.weeks} * 7 * options.per_day;
    const UnixNanos span = static_cast<UnixNanos>(options.weeks) * 7 * 86'400 * nanos_per_second;
    const Calendar calendar(options.now - span, options.now);
    for (std::uint64_t number = 0; turns_.size() < wanted; ++number) {
        // A session's place in the story depends on how many came before, never on the calendar.
        const double position = static_cast<double>(turns_.size()) / static_cast<double>(wanted);
        Chance chance(mix({options.seed, number, 0x74696d65u}));
        UnixNanos start =
            calendar.moment(position + chance.uniform() * 2 / static_cast<double>(wanted));
        Session session = make_session(options.seed, number, position, start);
        const std::size_t turns = std::min(session.story->turns.size(), wanted - turns_.size());
        std::vector<UnixNanos> offsets{0};
        while (offsets.size() < turns) offsets.push_back(offsets.back() + pause(chance));
        start = std::min(start, options.now - longest - offsets.back());
        for (std::size_t turn = 0; turn < turns; ++turn)
            turns_.push_back({start + offsets[turn], static_cast<std::uint32_t>(number),
                              static_cast<std::uint32_t>(turn)});
        sessions_.push_back(std::move(session));
    }
    std::ranges::stable_sort(turns_, {}, &PlannedTurn::start);
}

Happening Traffic::happening(std::size_t index) const {
    const PlannedTurn& planned = turns_[index];
    return compose(sessions_[planned.session], planned.turn);
}

wire::outgoing::ResourceSpans Traffic::spans(std::size_t index) const {
    return speak(happening(index), turns_[index].start);
}

LiveTraffic::LiveTraffic(std::uint64_t seed, std::uint64_t salt)
    : seed_(mix({seed, salt, 0x6c697665u})), lanes_(lanes) {}

wire::outgoing::ResourceSpans LiveTraffic::next(UnixNanos now) {
    Lane& lane = lanes_[taken_++ % lanes];
    if (!lane.session.story || lane.turn == lane.session.story->turns.size())
        lane = {make_session(seed_, sessions_begun_++, 1.0, now), 0};
    const Happening happening = compose(lane.session, lane.turn++);
    return speak(happening, now - happening.duration);
}

}  // namespace plimsoll::app::demo
