/// money_budget.h: dollars per day, for each judge and for all together.
///
///   reserve(judge, most it can cost) ──▶ yes │ later: paced │ no: spent ──▶ settle(what it cost)
///
/// A day is a UTC day, and money belongs to the day in which it was reserved. Plain interactions
/// are paced: of the day's money they get what has elapsed of the day, and an hour more. Anomalies
/// may have all that is left, and so they are judged even late on a bad day. Pure; not for several
/// threads at once.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/time.h"

namespace plimsoll::evaluate {

enum class MayAsk : std::uint8_t {
    yes,
    later,        ///< Not yet: the pace of the day.
    judge_spent,  ///< Nothing is left today for this judge.
    all_spent,    ///< Nothing is left today for all judges together.
};
std::string_view to_word(MayAsk may);

class MoneyBudget {
  public:
    /// nullopt: no limit, as for judges that are not named.
    MoneyBudget(std::optional<double> usd_per_day,
                std::map<std::string, std::optional<double>> usd_per_day_of_judge);

    /// What the ledger knows of this day when the server starts.
    void already_spent(const std::string& judge, double usd, UnixNanos now);

    /// Only MayAsk::yes reserves. `anomaly`: see above.
    MayAsk reserve(const std::string& judge, double usd, bool anomaly, UnixNanos now);

    /// It cost `used` instead of `reserved`; 0 if it was certainly not paid. `at`: when it was
    /// reserved; an earlier day's money changes nothing today.
    void settle(const std::string& judge, double reserved, double used, UnixNanos at);

    double spent_today(const std::string& judge, UnixNanos now);
    double spent_today(UnixNanos now);

  private:
    void begin_day(UnixNanos now);

    const std::optional<double> limit_;
    const std::map<std::string, std::optional<double>> limit_of_;
    UnixNanos day_ = -1;
    double spent_ = 0;
    std::map<std::string, double> spent_by_;
};

}  // namespace plimsoll::evaluate
