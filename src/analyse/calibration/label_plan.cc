#include "analyse/calibration/label_plan.h"

#include <algorithm>
#include <string>

#include "analyse/calibration/label_allocation.h"
#include "base/permanent_random.h"

namespace plimsoll::analyse {

namespace {

constexpr double second_share = 0.30;

double random_of(std::string_view what, std::string_view dimension, TraceId interaction) {
    return permanent_random(std::string(what) + std::string(dimension), interaction.hex());
}

double share(double part, std::uint64_t whole) {
    return whole == 0 ? 1 : std::min(1.0, part / static_cast<double>(whole));
}

}  // namespace

LabelPlan label_plan(const VerdictCounts& before, std::uint64_t labels) {
    LabelPlan plan;
    const double audited = audit_share * static_cast<double>(labels);
    plan.audit = share(audited, before.passes + before.fails);
    const LabelsByVerdict rest =
        first_labels(before.fails, before.passes, labels - static_cast<std::uint64_t>(audited));
    plan.pass = std::min(1.0, plan.audit + share(static_cast<double>(rest.pass), before.passes));
    plan.fail = std::min(1.0, plan.audit + share(static_cast<double>(rest.fail), before.fails));
    return plan;
}

std::optional<DrawnForLabel> draw_for_label(const LabelPlan& plan, std::string_view dimension,
                                            TraceId interaction, double score) {
    const double inclusion = score < 0.5 ? plan.fail : plan.pass;
    const double u = random_of("label ", dimension, interaction);
    if (u >= inclusion) return std::nullopt;
    return DrawnForLabel{
        u < plan.audit ? record::LabelReason::random_audit : record::LabelReason::by_verdict,
        inclusion, u / inclusion};
}

std::optional<DrawnForLabel> draw_evenly(double rate, std::string_view dimension,
                                         TraceId interaction) {
    return draw_for_label({.audit = rate, .pass = rate, .fail = rate}, dimension, interaction, 1);
}

bool wants_two(std::string_view dimension, TraceId interaction) {
    return random_of("second label ", dimension, interaction) < second_share;
}

}  // namespace plimsoll::analyse
