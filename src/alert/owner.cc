#include "alert/owner.h"

namespace plimsoll::alert {

UnixNanos end_of_quiet(const QuietHours& quiet, UnixNanos time) {
    using std::chrono::minutes;
    constexpr UnixNanos minute = 60 * nanos_per_second, day = 1'440 * minute;
    const UnixNanos local = time + quiet.offset.count() * minute;
    const UnixNanos of_day = ((local % day) + day) % day;
    const UnixNanos from = quiet.from.count() * minute, to = quiet.to.count() * minute;
    const bool over_midnight = from > to;
    const bool inside =
        over_midnight ? of_day >= from || of_day < to : of_day >= from && of_day < to;
    if (!inside) return time;
    return time - of_day + to + (over_midnight && of_day >= from ? day : 0);
}

std::string person_on_call(const Owner& owner, UnixNanos time, std::size_t ahead) {
    if (owner.rotation.empty()) return "";
    std::uint64_t turn = 0;
    if (time >= owner.starts)
        turn = static_cast<std::uint64_t>(time - owner.starts) / 1'000'000 /
               static_cast<std::uint64_t>(owner.every.count());
    return owner.rotation[(turn + ahead) % owner.rotation.size()];
}

}  // namespace plimsoll::alert
