/// two_sd_rule.h: the usual rule of thumb, on the verdicts of the same traffic: a week whose mean
/// is more than two standard deviations from that of the eight weeks before it.
///
/// Series: each judge's verdicts, of a service and of each value of each attribute of it. Judged at
/// the end of each week, on all that came by then.
#pragma once

#include <string>
#include <vector>

#include "traffic/known.h"

namespace plimsoll::bench {

struct RuleAlarm {
    std::string judge, service, attribute, value;  ///< attribute "": all of the service.
    UnixNanos week = 0;                            ///< It began; the alarm is a week later.
    double mean = 0, before = 0;
};

/// The first eight weeks are only looked back at. `series`, if not null, is how many there are.
std::vector<RuleAlarm> two_sd_rule(const Known& known, std::size_t* series = nullptr);

}  // namespace plimsoll::bench
