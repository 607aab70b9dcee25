#include "evaluate/spending/money_budget.h"

#include <algorithm>
#include <utility>

namespace plimsoll::evaluate {

namespace {

constexpr UnixNanos day_length = 86'400 * nanos_per_second;

/// A millionth of a cent: sums of many prices are not exact.
constexpr double crumb = 1e-8;

bool fits(double spent, double usd, double limit) {
    return spent + usd <= limit + crumb;
}

}  // namespace

std::string_view to_word(MayAsk may) {
    switch (may) {
        case MayAsk::yes:
            return "yes";
        case MayAsk::later:
            return "later";
        case MayAsk::judge_spent:
            return "judge_budget_spent";
        case MayAsk::all_spent:
            return "budget_spent";
    }
    return "yes";
}

MoneyBudget::MoneyBudget(std::optional<double> usd_per_day,
                         std::map<std::string, std::optional<double>> usd_per_day_of_judge)
    : limit_(usd_per_day), limit_of_(std::move(usd_per_day_of_judge)) {}

void MoneyBudget::begin_day(UnixNanos now) {
    const UnixNanos day = now / day_length;
    if (day <= day_) return;  // A clock that was set back does not give money twice.
    day_ = day;
    spent_ = 0;
    spent_by_.clear();
}

void MoneyBudget::already_spent(const std::string& judge, double usd, UnixNanos now) {
    begin_day(now);
    spent_ += usd;
    spent_by_[judge] += usd;
}

MayAsk MoneyBudget::reserve(const std::string& judge, double usd, bool anomaly, UnixNanos now) {
    begin_day(now);
    const auto own = limit_of_.find(judge);
    const std::optional<double> limit = own == limit_of_.end() ? std::nullopt : own->second;
    double& spent = spent_by_[judge];
    if (limit && !fits(spent, usd, *limit)) return MayAsk::judge_spent;
    if (limit_ && !fits(spent_, usd, *limit_)) return MayAsk::all_spent;
    if (!anomaly) {
        const double elapsed = static_cast<double>(now - day_ * day_length) / day_length;
        const double share = std::clamp(elapsed + 1.0 / 24, 0.0, 1.0);
        // The first request of a tight budget may be larger than the share: it waits for its time.
        if (limit && !fits(spent, usd, *limit * share)) return MayAsk::later;
        if (limit_ && !fits(spent_, usd, *limit_ * share)) return MayAsk::later;
    }
    spent += usd;
    spent_ += usd;
    return MayAsk::yes;
}

void MoneyBudget::settle(const std::string& judge, double reserved, double used, UnixNanos at) {
    if (at / day_length != day_) return;
    spent_ += used - reserved;
    spent_by_[judge] += used - reserved;
}

double MoneyBudget::spent_today(const std::string& judge, UnixNanos now) {
    begin_day(now);
    return spent_by_[judge];
}

double MoneyBudget::spent_today(UnixNanos now) {
    begin_day(now);
    return spent_;
}

}  // namespace plimsoll::evaluate
