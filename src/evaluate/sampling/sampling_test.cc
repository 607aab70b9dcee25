/// Stories of the sampler: docs/statistics/2-sampling.md.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <string>

#include "base/counter_random.h"
#include "evaluate/sampling/late_reasons.h"
#include "evaluate/sampling/reasons_of.h"
#include "evaluate/sampling/sampling_design.h"

namespace plimsoll::evaluate {
namespace {

constexpr UnixNanos hour = 3600 * nanos_per_second;

std::string id_of(std::uint64_t number) {
    char text[33];
    std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(number));
    return text;
}

SamplingDesign design() {
    SamplingDesign design{.rate = 0.1};
    design.by_reason = {1.0, 0.8, 0.6, 0.5, 0.4, 0.3};
    return design;
}

TEST(SamplingDesign, the_largest_rate_among_the_reasons_counts) {
    EXPECT_EQ(inclusion(design(), {}), 0.1);
    EXPECT_EQ(inclusion(design(), SamplingReason::error), 0.5);
    EXPECT_EQ(inclusion(design(), ReasonSet(SamplingReason::error) | SamplingReason::re_submission),
              0.6);
    EXPECT_EQ(inclusion({.rate = 0.001}, {}), 0.02);  // The floor.
    EXPECT_EQ(inclusion(SamplingDesign::of_rate(0.2), SamplingReason::error), 0.2 * 3.0);
    EXPECT_EQ(inclusion(SamplingDesign::of_rate(0.5), SamplingReason::error), 1.0);
}

TEST(SamplingDesign, a_million_interactions_are_drawn_at_the_rates_that_are_stored) {
    struct Seen {
        double n = 0, judged = 0, weight = 0;
    };
    std::map<std::string_view, Seen> strata;
    CounterRandom random(4);
    for (std::uint64_t i = 0; i < 1'000'000; ++i) {
        ReasonSet reasons;  // A tenth has one; some of them have more.
        if (random.below(10) == 0) reasons |= sampling_reasons[random.below(6)].reason;
        if (random.below(50) == 0) reasons |= sampling_reasons[random.below(6)].reason;
        const Draw drawn = draw(design(), id_of(i), reasons);
        Seen& seen = strata[drawn.stratum];
        ++seen.n;
        if (!drawn.judged) continue;
        ++seen.judged;
        seen.weight += 1 / *drawn.inclusion;
    }
    ASSERT_EQ(strata.size(), 7u);
    EXPECT_EQ(strata["anomaly/escalation"].judged, strata["anomaly/escalation"].n);
    for (const auto& [name, seen] : strata) {
        // Weights add up to the population: the integrity check of 2-sampling.md, four errors wide.
        const double pi = seen.judged / seen.n;
        EXPECT_NEAR(seen.weight / seen.n, 1, 4 * std::sqrt((1 - pi) / seen.judged) + 1e-12) << name;
    }
    const Seen& rest = strata["plain"];
    EXPECT_NEAR(rest.judged / rest.n, 0.1, 4 * std::sqrt(0.1 * 0.9 / rest.n));
}

TEST(SamplingDesign, one_more_reason_removes_nobody) {
    for (std::uint64_t i = 0; i < 2'000; ++i) {
        const std::string id = id_of(i);
        for (std::uint32_t bits = 0; bits < 64; ++bits) {
            const Draw before = draw(design(), id, ReasonSet::from_bits(bits));
            for (const SamplingReasonInfo& each : sampling_reasons) {
                const Draw after = draw(design(), id, before.reasons | each.reason);
                EXPECT_GE(*after.inclusion, *before.inclusion);
                EXPECT_TRUE(after.judged || !before.judged);
            }
        }
    }
}

TEST(SamplingDesign, a_smaller_sample_lies_inside_a_larger_one) {
    std::size_t both = 0;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        const bool tone = draw({.rate = 0.05}, id_of(i), {}).judged;
        const bool faithfulness = draw({.rate = 0.2}, id_of(i), {}).judged;
        EXPECT_TRUE(faithfulness || !tone);
        both += tone && faithfulness;
    }
    EXPECT_NEAR(static_cast<double>(both), 500, 4 * std::sqrt(10'000 * 0.05 * 0.95));
}

TEST(SamplingDesign, the_trace_decides_on_every_machine) {
    // TV-2.1: u = 0.541396858212847.
    const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";
    EXPECT_TRUE(draw({.rate = 0.5414}, id, {}).judged);
    EXPECT_FALSE(draw({.rate = 0.5413}, id, {}).judged);
}

TEST(SamplingDesign, a_plan_sets_the_rates_of_its_strata_and_keeps_the_floor) {
    // TV-2.4: pi = 0.5393724636 of the anomalies, 0.1622919485 of the rest.
    const StratumRate plan[] = {
        {"anomaly/error", 0.5393724636}, {"plain", 0.1622919485}, {"anomaly/escalation", 0.001}};
    const SamplingDesign after = planned(design(), plan);
    EXPECT_EQ(inclusion(after, {}), 0.1622919485);
    EXPECT_EQ(inclusion(after, SamplingReason::error), 0.5393724636);
    EXPECT_EQ(after.by_reason[0], 0.02);
    EXPECT_EQ(after.by_reason[1], 0.8);
    // Two reasons: still the larger rate, so still nobody leaves.
    EXPECT_EQ(inclusion(after, ReasonSet(SamplingReason::error) | SamplingReason::escalation),
              0.5393724636);
}

TEST(SamplingDesign, what_somebody_asked_for_has_no_probability) {
    const Draw asked = outside_the_sampler(SamplingReason::error);
    EXPECT_TRUE(asked.judged);
    EXPECT_FALSE(asked.inclusion);
}

TEST(SamplingDesign, anomalies_come_first_and_of_equals_the_smaller_number) {
    const auto priority = [](std::uint64_t i, ReasonSet reasons) {
        return priority_of(design(), id_of(i), reasons);
    };
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        EXPECT_GT(priority(i, SamplingReason::low_score_elsewhere), priority(i + 1, {}));
        EXPECT_GT(priority(i, SamplingReason::escalation), priority(i + 1, SamplingReason::error));
        // What a smaller rate would have drawn comes before what only a larger one draws.
        if (draw({.rate = 0.3}, id_of(i), {}).judged &&
            !draw({.rate = 0.3}, id_of(i + 1), {}).judged) {
            EXPECT_GT(priority(i, {}), priority(i + 1, {}));
        }
    }
}

TEST(ReasonsOf, an_attribute_says_what_nothing_computes_yet) {
    Interaction interaction;
    EXPECT_TRUE(reasons_of(interaction, {}, "tone").empty());
    interaction.attributes = {{"plimsoll.reason.escalation", "true"},
                              {"plimsoll.reason.negative_feedback", "thumbs down"},
                              {"plimsoll.reason.re_submission", "false"}};
    EXPECT_EQ(reasons_of(interaction, {}, "tone"),
              ReasonSet(SamplingReason::escalation) | SamplingReason::negative_feedback);
}

TEST(ReasonsOf, a_failed_call_is_an_error_though_the_answer_came) {
    Interaction interaction;
    Step& step = interaction.steps.emplace_back();
    step.failed = true;  // Of a web handler, say.
    EXPECT_TRUE(reasons_of(interaction, {}, "tone").empty());
    step.kind = StepKind::tool_call;
    EXPECT_EQ(reasons_of(interaction, {}, "tone"), ReasonSet(SamplingReason::error));
}

TEST(ReasonsOf, a_judge_does_not_choose_by_its_own_score) {
    const OtherScore scores[] = {
        {"json_schema", false, 1.0}, {"tone", true, 0.0}, {"faithfulness", true, std::nullopt}};
    EXPECT_TRUE(reasons_of({}, scores, "tone").empty());
    EXPECT_EQ(reasons_of({}, scores, "faithfulness"),
              ReasonSet(SamplingReason::low_score_elsewhere));
    const OtherScore failed[] = {{"json_schema", false, 0.49}};
    EXPECT_EQ(reasons_of({}, failed, "tone"), ReasonSet(SamplingReason::failed_check));
}

TEST(ReasonsOf, every_reason_has_a_name_to_be_called_by) {
    for (const SamplingReasonInfo& each : sampling_reasons) {
        EXPECT_EQ(sampling_reason_named(each.word), each.reason);
        EXPECT_EQ(each.attribute, "plimsoll.reason." + std::string(each.word));
        EXPECT_EQ(stratum_of(each.reason), "anomaly/" + std::string(each.word));
    }
    EXPECT_FALSE(sampling_reason_named("because"));
}

TEST(LateReasons, an_escalation_after_hours_brings_in_who_was_passed_over) {
    const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";  // u = 0.5413…
    const Draw first = draw(design(), id, {});
    EXPECT_FALSE(first.judged);
    const auto later = [&](const Draw& before, ReasonSet reasons) {
        return raised(design(), id, *before.inclusion, before.stratum, reasons);
    };
    const Draw failed = later(first, SamplingReason::failed_check);  // pi 0.4
    EXPECT_NE(failed, first);
    EXPECT_FALSE(failed.judged);
    EXPECT_EQ(later(failed, SamplingReason::failed_check), failed);
    const Draw escalated = later(failed, SamplingReason::escalation);
    EXPECT_TRUE(escalated.judged);
    EXPECT_EQ(escalated.inclusion, 1.0);
    EXPECT_EQ(escalated.stratum, "anomaly/escalation");
    // Less than what is known takes nothing back.
    const Draw again = later(escalated, SamplingReason::error);
    EXPECT_TRUE(again.judged);
    EXPECT_EQ(again.inclusion, 1.0);
    EXPECT_EQ(again.stratum, "anomaly/escalation");
}

TEST(LateReasons, the_freeze_comes_after_72_hours) {
    EXPECT_FALSE(is_frozen(100 * hour, 172 * hour - 1));
    EXPECT_TRUE(is_frozen(100 * hour, 172 * hour));
}

TEST(LateReasons, reasons_in_any_order_give_the_same_draw) {
    const auto both = ReasonSet(SamplingReason::error) | SamplingReason::re_submission;
    for (const auto& [first, second] :
         {std::pair(SamplingReason::error, SamplingReason::re_submission),
          std::pair(SamplingReason::re_submission, SamplingReason::error)}) {
        const Draw one = draw(design(), id_of(7), first);
        const Draw two = raised(design(), id_of(7), *one.inclusion, one.stratum, second);
        const Draw at_once = draw(design(), id_of(7), both);
        EXPECT_EQ(two.judged, at_once.judged);
        EXPECT_EQ(two.inclusion, at_once.inclusion);
        EXPECT_EQ(two.stratum, at_once.stratum);
    }
}

TEST(ReasonsOf, signals_of_the_traffic_are_reasons) {
    Interaction interaction;
    interaction.traits = Traits(Trait::re_submission) | Trait::escalation;
    EXPECT_EQ(reasons_of(interaction, {}, "judge"),
              ReasonSet(SamplingReason::escalation) | SamplingReason::re_submission);
}

}  // namespace
}  // namespace plimsoll::evaluate
