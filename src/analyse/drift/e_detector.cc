#include "analyse/drift/e_detector.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plimsoll::analyse {

namespace {

constexpr double save_version = 1;
constexpr std::size_t save_head = 9;  ///< Numbers before the banks.

void write(std::vector<double>& out, const std::vector<EBank>& banks) {
    for (const EBank& bank : banks) out.insert(out.end(), bank.m.begin(), bank.m.end() - 1);
}

void read(std::span<const double>& in, std::vector<EBank>& banks) {
    for (EBank& bank : banks) {
        std::copy_n(in.begin(), e_bets_count, bank.m.begin());
        in = in.subspan(e_bets_count);
    }
}

}  // namespace

double page_threshold(double series, double sessions_per_day, double false_pages, double days) {
    assert(series > 0 && sessions_per_day > 0 && false_pages > 0 && days > 0);
    return std::max(1.0, days * series * sessions_per_day / false_pages);
}

EDetector::EDetector(std::vector<EStratum> strata, EDetectorOptions options)
    : strata_(std::move(strata)), options_(options) {
    assert(!strata_.empty() && options_.threshold >= 1);
    // A loss cannot rise above 1, nor fall below 0: there a side has nothing to watch for. The
    // bound itself is never moved towards the data, since that would void the guarantee.
    const bool falls = std::ranges::any_of(
        strata_, [](const EStratum& one) { return one.baseline.high_max() < 1; });
    const bool rises = options_.two_sided && std::ranges::any_of(strata_, [](const EStratum& one) {
                           return one.baseline.low_min() > 0;
                       });
    if (falls) fell_.banks.resize(strata_.size());
    if (rises) rose_.banks.resize(strata_.size());
    side_threshold_ = options_.threshold * (falls && rises ? 2 : 1);
}

/// A session moves one stratum's bank, so it is the sum over strata that grows by at most one per
/// session; their mean would promise as many times more than was asked for, and be as much later.
double EDetector::Side::value() const {
    double sum = 0;
    for (const EBank& bank : banks) sum += bank.value();
    return sum;
}

double EDetector::level(Direction direction) const {
    return (direction == Direction::score_fell ? fell_ : rose_).value() / side_threshold_;
}

bool EDetector::grow(Side& side, std::size_t stratum, double excess, Direction direction,
                     double time_s) {
    if (side.banks.empty()) return false;
    side.banks[stratum].update(options_.form, excess);
    const double value = side.value();
    if (value < side_threshold_) return false;
    ++alarms_;
    last_ = EAlarm{direction, sessions_, time_s, value, side_threshold_};
    return true;
}

EDetector::Taken EDetector::update(double time_s, double weight, double score,
                                   std::size_t stratum) {
    assert(stratum < strata_.size());
    const EStratum& of = strata_[stratum];
    constexpr double rounding = 1 + 1e-9;  // 1 / 0.02 is not 50 to the last bit everywhere.
    if (!(score >= 0 && score <= 1) || !(weight > 0 && weight <= of.weight_max * rounding)) {
        ++refused_;
        return Taken::refused;
    }
    ++sessions_;
    const double share = std::min(1.0, weight / of.weight_max), loss = 1 - score;
    const LossBaseline& base = of.baseline;
    const double more = share * (loss - base.high_at(time_s)) / base.high_max();
    const double less = share * (base.low_at(time_s) - loss) / (1 - base.low_min());
    const bool fell = grow(fell_, stratum, more, Direction::score_fell, time_s);
    if (!fell && !grow(rose_, stratum, less, Direction::score_rose, time_s)) return Taken::counted;
    std::ranges::fill(fell_.banks, EBank{});
    std::ranges::fill(rose_.banks, EBank{});
    return Taken::alarm;
}

std::vector<double> EDetector::save() const {
    const EAlarm last = last_.value_or(EAlarm{});
    std::vector<double> out = {save_version,
                               static_cast<double>(sessions_),
                               static_cast<double>(refused_),
                               static_cast<double>(alarms_),
                               last.direction == Direction::score_rose ? 1.0 : 0.0,
                               static_cast<double>(last.session),
                               last.time_s,
                               last.value,
                               last.threshold};
    write(out, fell_.banks);
    write(out, rose_.banks);
    return out;
}

bool EDetector::restore(std::span<const double> saved) {
    const std::size_t banks = fell_.banks.size() + rose_.banks.size();
    const auto is_count = [](double n) { return n >= 0 && n < 0x1p53; };
    if (saved.size() != save_head + banks * e_bets_count || saved[0] != save_version ||
        !std::ranges::all_of(saved, [](double x) { return std::isfinite(x); }) ||
        !std::ranges::all_of(saved.subspan(save_head), [](double m) { return m >= 0; }) ||
        !is_count(saved[1]) || !is_count(saved[2]) || !is_count(saved[3]) || !is_count(saved[5])) {
        return false;
    }
    sessions_ = static_cast<std::uint64_t>(saved[1]);
    refused_ = static_cast<std::uint64_t>(saved[2]);
    alarms_ = static_cast<std::uint64_t>(saved[3]);
    last_.reset();
    if (alarms_ > 0) {
        last_ = EAlarm{saved[4] == 1 ? Direction::score_rose : Direction::score_fell,
                       static_cast<std::uint64_t>(saved[5]), saved[6], saved[7], saved[8]};
    }
    saved = saved.subspan(save_head);
    read(saved, fell_.banks);
    read(saved, rose_.banks);
    return true;
}

}  // namespace plimsoll::analyse
