#include "app/traffic/arrivals.h"

namespace plimsoll::app::traffic {
namespace {

constexpr UnixNanos hour = 3'600 * nanos_per_second;

double weight_at(const Specification& specification, UnixNanos time) {
    const auto hours = time / hour;
    double weight = specification.hours.front().second;
    for (const auto& [from, here] : specification.hours)
        if (hours % 24 >= from) weight = here;
    return (hours / 24 + 3) % 7 >= 5 ? weight * specification.weekend : weight;  // 0 is Monday.
}

}  // namespace

Arrivals::Arrivals(const Specification& specification, std::vector<double> gaps)
    : specification_(specification), gaps_(std::move(gaps)), hour_(specification.starts) {
    double week = 0;
    for (int i = 0; i < 7 * 24; ++i) week += weight_at(specification, i * hour);
    per_weight_ = specification.per_day * 7 / week;
}

double Arrivals::expected_in_hour(UnixNanos time) const {
    double expected = per_weight_ * weight_at(specification_, time);
    for (const Event& event : specification_.events)
        if (event.active(time)) expected *= event.volume;
    return expected;
}

std::size_t Arrivals::expected() const {
    double sum = 0;
    for (UnixNanos time = specification_.starts; time < specification_.ends(); time += hour)
        sum += expected_in_hour(time);
    return static_cast<std::size_t>(sum);
}

void Arrivals::fill_hour() {
    demo::Chance chance(
        demo::mix({specification_.seed, 0x686f7572, static_cast<std::uint64_t>(hour_ / hour)}));
    const auto count = static_cast<std::size_t>(expected_in_hour(hour_) + chance.uniform());
    std::size_t at = gaps_.empty() ? 0 : chance.below(gaps_.size());
    std::vector<double> ends;
    double sum = 0;
    for (std::size_t i = 0; i <= count; ++i)
        ends.push_back(sum += gaps_.empty() ? -std::log(1 - chance.uniform())
                                            : gaps_[(at + i) % gaps_.size()]);
    moments_.clear();
    taken_ = 0;
    for (std::size_t i = 0; i < count; ++i)
        moments_.push_back(hour_ + static_cast<UnixNanos>(ends[i] / sum * double(hour)));
    hour_ += hour;
}

std::optional<UnixNanos> Arrivals::next() {
    while (taken_ == moments_.size()) {
        if (hour_ >= specification_.ends()) return std::nullopt;
        fill_hour();
    }
    return moments_[taken_++];
}

}  // namespace plimsoll::app::traffic
