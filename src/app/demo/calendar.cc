#include "app/demo/calendar.h"

#include <algorithm>

namespace plimsoll::app::demo {
namespace {

constexpr UnixNanos hour = 3'600 * nanos_per_second;

double weight_at(UnixNanos time) {
    const auto hours = time / hour;
    const auto of_day = hours % 24;
    const auto weekday = (hours / 24 + 3) % 7;  // 1970-01-01 was a Thursday; 0 is Monday.
    const double by_day = of_day < 6    ? .35
                          : of_day < 9  ? .8
                          : of_day < 12 ? 1.3
                          : of_day < 17 ? 1.2
                          : of_day < 21 ? .9
                                        : .5;
    return weekday >= 5 ? by_day * .55 : by_day;
}

}  // namespace

Calendar::Calendar(UnixNanos start, UnixNanos end) : start_(start), end_(end) {
    double sum = 0;
    for (UnixNanos time = start; time < end; time += hour)
        weight_by_hour_end_.push_back(sum +=
                                      weight_at(time) * std::min(1.0, double(end - time) / hour));
}

UnixNanos Calendar::moment(double share) const {
    if (weight_by_hour_end_.empty()) return end_;
    const double wanted = share * weight_by_hour_end_.back();
    const auto found = std::ranges::lower_bound(weight_by_hour_end_, wanted);
    if (found == weight_by_hour_end_.end()) return end_;
    const auto index = found - weight_by_hour_end_.begin();
    const double before = index == 0 ? 0 : *(found - 1);
    const double inside = (wanted - before) / (*found - before);
    const UnixNanos from = start_ + index * hour;
    return from + static_cast<UnixNanos>(inside * static_cast<double>(std::min(hour, end_ - from)));
}

}  // namespace plimsoll::app::demo
