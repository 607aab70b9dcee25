#include "analyse/watch/version_events.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace plimsoll::analyse {

namespace {

constexpr std::int32_t day = 24, week = 168;
constexpr double gone_share = .01, appeared_share = .05;
constexpr double traffic_min = 5;  ///< Interactions of the day before, to say what was not there.

using Hours = std::map<std::int32_t, double>;

double sum(const Hours& hours, std::int32_t from, std::int32_t to) {
    double total = 0;
    for (auto at = hours.lower_bound(from); at != hours.end() && at->first < to; ++at)
        total += at->second;
    return total;
}

struct Element {
    Hours all;
    std::map<std::string, Hours> values;

    /// Of "name@version" only those of that name are its predecessors.
    std::string predecessor(const std::string& of, std::int32_t from, std::int32_t to) const {
        const std::string name = of.substr(0, of.rfind('@') == of.npos ? 0 : of.rfind('@') + 1);
        std::string best;
        double most = 0;
        for (const auto& [value, hours] : values)
            if (const double n = value.starts_with(name) ? sum(hours, from, to) : 0; n > most)
                best = value, most = n;
        return best;
    }
    bool appears(const Hours& value, std::int32_t hour) const {
        const double before = sum(all, hour - day, hour);
        if (before < traffic_min || sum(value, hour - day, hour) >= gone_share * before)
            return false;
        return std::ranges::any_of(std::initializer_list{day, week}, [&](std::int32_t ahead) {
            return sum(value, hour, hour + ahead) >= appeared_share * sum(all, hour, hour + ahead);
        });
    }
};

}  // namespace

std::string element_of(std::string_view key) {
    constexpr std::pair<std::string_view, std::string_view> kinds[] = {
        {"prompt", "prompt"},
        {"data_source", "retriever"},
        {"retriev", "retriever"},
        {"index", "retriever"},
        {"tool", "tool_schema"},
        {"schema", "tool_schema"},
        {"judge", "judge"},
        {"rubric", "rubric"},
        {"dataset", "dataset"},
        {"model", "model"},
        {"provider", "provider"},
        {"price", "price_list"},
        {"service.version", "service"},
        {"service_version", "service"},
        {"flags", "feature flags"},
        {"agent", "agent"}};
    if (key.find("feature_flag") != std::string_view::npos)
        return "feature flag " + std::string(key.substr(key.rfind('.') + 1));
    for (const auto& [part, element] : kinds)
        if (key.find(part) != std::string_view::npos) return std::string(element);
    return std::string(key);
}

std::vector<VersionEvent> version_events(std::span<const record::VersionCount> counts) {
    std::map<std::string, Element> by_key;
    for (const record::VersionCount& one : counts) {
        Element& element = by_key[one.element];
        const auto n = static_cast<double>(one.interactions);
        element.all[one.hour] += n;
        element.values[one.value][one.hour] += n;
    }
    std::vector<VersionEvent> events;
    for (const auto& [key, element] : by_key) {
        for (const auto& [value, hours] : element.values) {
            std::int32_t quiet_to = element.all.begin()->first + day;
            for (const auto& [hour, n] : hours) {
                if (n == 0 || hour < quiet_to || !element.appears(hours, hour)) continue;
                quiet_to = hour + day;
                events.push_back(
                    {hour, element_of(key), element.predecessor(value, hour - day, hour), value});
            }
        }
    }
    // Of one hour the keys keep their order, in which what was sent comes before what we derived.
    std::ranges::stable_sort(
        events, {}, [](const VersionEvent& one) { return std::tie(one.hour, one.element); });
    // Two keys, or the names of several prompts, may say the same: the first of a day speaks.
    std::map<std::string, std::int32_t> last;
    std::erase_if(events, [&](const VersionEvent& one) {
        const auto [at, first] = last.try_emplace(one.element, one.hour);
        if (!first && one.hour - at->second < day) return true;
        at->second = one.hour;
        return false;
    });
    return events;
}

}  // namespace plimsoll::analyse
