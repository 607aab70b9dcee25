#include "analyse/calibration/judge_comparison.h"

#include <set>

#include <fmt/format.h>

namespace plimsoll::analyse {

JudgeComparison compare_judges(std::span<const JudgedTwice> items) {
    JudgeComparison found;
    Bridge bridge;
    PairedVerdicts verdicts(2);
    std::set<std::string_view> clusters;
    for (const JudgedTwice& item : items) {
        ++found.items;
        found.flips += item.flipped();
        bridge.add(item.before, item.after, item.cluster);
        clusters.insert(item.cluster);
        if (!item.people) continue;
        const bool fails = *item.people < 0.5, before = item.before < 0.5, after = item.after < 0.5;
        if (!item.asked_as_flip) {
            ++found.labelled;
            verdicts.add(fails, before, after);
        }
        if (item.flipped())
            ++(before == fails ? found.labelled_flips.new_wrong : found.labelled_flips.old_wrong);
    }
    if (found.items == 0) return found;
    found.shift = bridge.shift(static_cast<double>(clusters.size()));
    if (found.labelled > 0) found.agreement = matthews_change(verdicts);
    found.mcnemar_p = mcnemar_mid_p(found.labelled_flips);
    return found;
}

std::string to_sentence(const JudgeComparison& c) {
    std::string text = fmt::format("of {} items scored by both, {} flipped", c.items, c.flips);
    if (c.shift)
        text +=
            fmt::format("; the mean moved by {:+.3f} ({:+.3f} to {:+.3f})", c.shift->shift.value,
                        c.shift->shift.interval.low, c.shift->shift.interval.high);
    if (c.agreement)
        text += fmt::format(
            "; on {} labelled ones agreement was {:.2f} and is {:.2f} (change {:+.2f}, {:+.2f} to "
            "{:+.2f}; p that it did not fall: {:.3f})",
            c.labelled, c.agreement->before, c.agreement->after, c.agreement->change.value,
            c.agreement->change.interval.low, c.agreement->change.interval.high,
            c.agreement->p_fell);
    else
        text += fmt::format("; {} are labelled: agreement cannot be compared, {}", c.labelled,
                            c.agreement.why());
    if (c.mcnemar_p)
        text += fmt::format(
            "; of labelled flips the new one is wrong in {}, the old one in {} "
            "(mid-p {:.3f})",
            c.labelled_flips.new_wrong, c.labelled_flips.old_wrong, *c.mcnemar_p);
    return text;
}

}  // namespace plimsoll::analyse
