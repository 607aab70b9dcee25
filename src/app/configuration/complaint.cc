#include "app/configuration/complaint.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include <fmt/format.h>

namespace plimsoll::app {

namespace {

/// Letters to add, drop, replace or swap with their neighbour to come from `a` to `b`.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::string to_text(const Complaint& complaint) {
    return fmt::format("{}:{}:{}: {}.{}{}", complaint.file, complaint.mark.line,
                       complaint.mark.column, complaint.what, complaint.mend.empty() ? "" : " ",
                       complaint.mend);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    if (word.size() > 64) return "";
    std::string_view best;
    std::size_t best_distance = 1 + std::max<std::size_t>(1, word.size() / 3);
    for (const std::string_view candidate : known) {
        const std::size_t d = distance(word, candidate);
        if (d < best_distance) {
            best_distance = d;
            best = candidate;
        }
    }
    return best;
}

}  // namespace plimsoll::app
