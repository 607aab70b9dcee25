/// metrics.h: how this server is doing, for Prometheus: the text format, version 0.0.4, at /metrics
/// of the page's address.
///
/// Every family is said once, in the list in metrics.cc: name, type, help. Names follow Prometheus'
/// rules: plimsoll_, the unit last, _total for what only grows (metrics_test.cc is strict about
/// it).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "show/api.h"

namespace plimsoll::show {

struct Sample {
    std::map<std::string, std::string> labels;
    double value = 0;
};
struct Family {
    std::string_view name;
    std::string_view type;  ///< "counter" or "gauge"
    std::string_view help;
    std::vector<Sample> samples;  ///< A family without any is left out.
};

/// What is known now. A store that does not answer leaves its families out, and plimsoll_up at 0
/// says so.
std::vector<Family> metrics_of(Api& api);

std::string metrics_text(const std::vector<Family>& families);

/// 200 with all of it.
HttpAnswer metrics_answer(Api& api);

}  // namespace plimsoll::show
