#include "app/stand_in/stand_in_mind.h"

#include <fmt/format.h>

#include "base/permanent_random.h"

namespace plimsoll::app {

namespace {

std::string drawn(const Shares& shares, double uniform) {
    for (const auto& [label, share] : shares)
        if ((uniform -= share) < 0) return label;
    return shares.empty() ? "" : shares.rbegin()->first;  // The shares' sum was a little below 1.
}

}  // namespace

std::string content_of(std::string_view message) {
    std::string content;
    for (std::string_view rest = message; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (rest.starts_with("| ")) content += std::string(rest.substr(2, end - 2)) + "\n";
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return content.empty() ? std::string(message) : content;
}

std::string truth_of(const StandInModel& model, std::uint64_t seed, std::string_view content) {
    for (const auto& [marker, truth] : model.markers)
        if (content.find(marker) != content.npos) return truth;
    constexpr std::string_view opening = "[[truth:";
    if (const std::size_t at = content.find(opening); at != content.npos) {
        const std::string_view label = content.substr(at + opening.size());
        if (const std::size_t end = label.find("]]"); end != label.npos)
            return std::string(label.substr(0, end));
    }
    return drawn(model.truth, permanent_random(fmt::format("truth {}", seed), content));
}

std::string answer_of(const StandInVersion& version, std::uint64_t seed, std::string_view truth,
                      std::string_view content) {
    const auto says = version.says.find(std::string(truth));
    if (says == version.says.end()) return "";
    return drawn(says->second,
                 permanent_random(fmt::format("answer {} {}", seed, version.name), content));
}

}  // namespace plimsoll::app
