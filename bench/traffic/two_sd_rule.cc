#include "traffic/two_sd_rule.h"

#include <array>
#include <cmath>
#include <map>

namespace plimsoll::bench {
namespace {

constexpr UnixNanos week = 7 * 86'400 * nanos_per_second;
constexpr std::size_t trailing = 8;
constexpr std::uint16_t all = 0xffff;

struct Tally {
    double passed = 0, judged = 0;
};

}  // namespace

std::vector<RuleAlarm> two_sd_rule(const Known& known, std::size_t* count) {
    std::vector<RuleAlarm> alarms;
    if (known.rows.empty()) return alarms;
    constexpr UnixNanos monday = 4 * 86'400 * nanos_per_second;  // 1970-01-05 was one.
    const UnixNanos begin = (known.rows.front().time - monday) / week * week + monday;
    // Judge, service, attribute, value → weeks.
    std::map<std::array<std::uint16_t, 4>, std::vector<Tally>> series;
    for (const TruthRow& row : known.rows)
        for (const auto& [judge, passed] : row.opinions) {
            const auto at = static_cast<std::size_t>((row.time - begin) / week);
            const auto add = [&](std::uint16_t attribute, std::uint16_t value) {
                auto& weeks = series[{judge, row.service, attribute, value}];
                if (weeks.size() <= at) weeks.resize(at + 1);
                weeks[at].passed += passed;
                ++weeks[at].judged;
            };
            add(all, all);
            for (const auto& [attribute, value] : row.attributes) add(attribute, value);
        }
    if (count) *count = series.size();
    for (const auto& [of, weeks] : series)
        for (std::size_t now = trailing; now < weeks.size(); ++now) {
            double sum = 0, squares = 0;
            bool whole = weeks[now].judged > 0;
            for (std::size_t i = now - trailing; i < now && whole; ++i) {
                whole = weeks[i].judged > 0;
                const double mean = whole ? weeks[i].passed / weeks[i].judged : 0;
                sum += mean;
                squares += mean * mean;
            }
            if (!whole) continue;
            const double before = sum / trailing;
            const double deviation =
                std::sqrt(std::max(0.0, (squares - trailing * before * before) / (trailing - 1)));
            const double mean = weeks[now].passed / weeks[now].judged;
            if (std::abs(mean - before) <= 2 * deviation) continue;
            const auto word = [&](std::uint16_t number) {
                return number == all ? std::string() : known.words[number];
            };
            alarms.push_back({word(of[0]), word(of[1]), word(of[2]), word(of[3]),
                              begin + static_cast<UnixNanos>(now) * week, mean, before});
        }
    return alarms;
}

}  // namespace plimsoll::bench
