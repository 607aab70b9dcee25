#include "app/traffic/traffic.h"

#include <gmock/gmock.h>

#include <set>

#include "app/traffic/tell.h"
#include "interaction/understand.h"
#include "wire/otlp.h"

namespace plimsoll::app::traffic {
namespace {

constexpr UnixNanos day = 86'400 * nanos_per_second;

/// Six weeks of one service: a prompt makes one region worse in the last two.
const char* const two_regions = R"(
seed: 3
starts: 2026-03-02
weeks: 6
per_day: 400
hours: {0: 0.5, 8: 1.5}
weekend: 0.5
labels: {first_week: 50, a_week: 20}
attributes:
  app.region: {north: 0.6, south: 0.4}
applications:
  help:
    share: 1
    content: [own_answers]
    label: faithful
    good: 0.94
    versions: {gen_ai.response.model: m1, app.prompt.version: p1}
judges:
  faithfulness:
    applications: [help]
    rate: 0.5
    sensitivity: 0.9
    specificity: 0.8
    versions: {app.judge.version: v1}
events:
  worse:
    kind: slice
    application: help
    where: {app.region: north}
    from: W05 Mon 12:00
    set: {app.prompt.version: p2}
    good: 0.8
    cause: prompt
    must_alert: true
  quiet:
    kind: benign
    from: W03 Mon
    to: W03 Wed
    volume: 0.25
  rollout:
    kind: benign
    from: W02 Mon
    to: W04 Mon
    shape: ramp
    set: {gen_ai.response.model: m2}
)";

const Specification& specification() {
    static const Specification read =
        std::get<Specification>(read_specification(two_regions, "two_regions.yaml"));
    return read;
}

const std::vector<Happening>& happenings() {
    static const std::vector<Happening> all = [] {
        static Traffic traffic = std::move(*Traffic::make(specification(), own_content));
        std::vector<Happening> list;
        while (auto happening = traffic.next()) list.push_back(std::move(*happening));
        return list;
    }();
    return all;
}

struct Share {
    double of = 0, all = 0;
    double value() const { return of / all; }
    void add(bool is) { of += is, ++all; }
};

TEST(Traffic, as_many_come_as_the_file_says_in_order_and_fewer_in_quiet_days) {
    // 400 a day for 42 days, less 75% of a Monday and a Tuesday, which weigh 7/6 of a mean day.
    const double expected = 400 * (42 - 2 * .75 * 7 / 6);
    EXPECT_NEAR(static_cast<double>(happenings().size()), expected, expected * .01);
    for (std::size_t i = 1; i < happenings().size(); ++i)
        EXPECT_LE(happenings()[i - 1].start, happenings()[i].start);
}

TEST(Traffic, the_rate_of_good_responses_falls_where_and_when_the_event_holds_and_nowhere_else) {
    const UnixNanos from = specification().starts + 28 * day + day / 2;
    Share before, north, south;
    for (const Happening& one : happenings()) {
        const bool good = one.response->good;
        if (one.start < from)
            before.add(good);
        else if (one.attributes.at("app.region") == "north")
            north.add(good);
        else
            south.add(good);
        EXPECT_EQ(one.attributes.at("app.prompt.version") == "p2",
                  one.start >= from && one.attributes.at("app.region") == "north");
    }
    // Three standard errors of shares of about 10,000, 3,000 and 2,000.
    EXPECT_NEAR(before.value(), .94, .007);
    EXPECT_NEAR(north.value(), .80, .022);
    EXPECT_NEAR(south.value(), .94, .016);
}

TEST(Traffic, a_ramp_takes_more_sessions_every_day_and_each_session_whole) {
    Share early, late;
    std::map<std::uint64_t, std::set<std::string>> models;
    const UnixNanos from = specification().starts + 7 * day;
    for (const Happening& one : happenings()) {
        const bool other = one.attributes.at("gen_ai.response.model") == "m2";
        if (one.start >= from && one.start < from + 3 * day) early.add(other);
        if (one.start >= from + 11 * day && one.start < from + 14 * day) late.add(other);
    }
    EXPECT_NEAR(early.value(), 1.5 / 14, .05);
    EXPECT_NEAR(late.value(), 12.5 / 14, .05);
}

TEST(Traffic, a_judge_outside_errs_as_the_file_says) {
    Share looked, passed_good, failed_bad;
    for (const Happening& one : happenings()) {
        looked.add(!one.opinions.empty());
        for (const Opinion& opinion : one.opinions) {
            if (one.response->good)
                passed_good.add(opinion.pass);
            else
                failed_bad.add(!opinion.pass);
        }
    }
    EXPECT_NEAR(looked.value(), .5, .012);
    EXPECT_NEAR(passed_good.value(), .9, .012);
    EXPECT_NEAR(failed_bad.value(), .8, .05);
}

TEST(Traffic, the_same_file_gives_the_same_bytes) {
    Traffic again = std::move(*Traffic::make(specification(), own_content));
    for (std::size_t i = 0; i < 300; ++i)
        EXPECT_EQ(wire::outgoing::to_otlp({tell(*again.next())}),
                  wire::outgoing::to_otlp({tell(happenings()[i])}));
}

TEST(Traffic, every_vocabulary_tells_the_same_model_question_documents_and_answer) {
    std::map<std::string, std::set<std::string>> told;  // Response → how it was understood.
    std::set<std::string> scopes;
    for (std::size_t i = 0; i < 600; ++i) {
        const Happening& one = happenings()[i];
        const auto spans = tell(one);
        scopes.insert(spans.scopes.front().name);
        Happening same = one;
        same.seed = 1;  // The same padding.
        const std::string otlp = wire::outgoing::to_otlp({tell(same)});
        std::string words;
        wire::for_each_span(otlp, [&](std::uint32_t, const wire::SpanView& span) {
            const Step step = interaction::understand_span(span);
            words += std::string(to_word(step.kind)) + " " + step.query;
            if (step.kind == StepKind::model_call) {
                EXPECT_EQ(step.model_answered, one.attributes.at("gen_ai.response.model"));
            }
            for (const Document& document : step.documents) words += document.text;
            for (const Message& message : step.input)
                if (message.role == Role::user) words += message.text();
            for (const Message& message : step.output) words += message.text();
        });
        told[one.response->id].insert(words);
    }
    EXPECT_EQ(scopes.size(), 2u);
    for (const auto& [response, ways] : told) EXPECT_EQ(ways.size(), 1u) << *ways.begin();
}

TEST(Traffic, an_interaction_with_a_tool_is_understood_by_its_last_answer) {
    const auto tasks = *own_content("own_tools");
    Happening happening = happenings().front();
    happening.task = &tasks.front();
    happening.response = &tasks.front().responses.front();
    const std::string otlp = wire::outgoing::to_otlp({tell(happening)});
    std::vector<Step> steps;
    interaction::Origin origin;
    wire::for_each_span(otlp, [&](std::uint32_t, const wire::SpanView& span) {
        origin = interaction::origin_of(span);
        steps.push_back(interaction::understand_span(span));
    });
    EXPECT_EQ(steps.size(), 4u);
    const Interaction understood =
        interaction::assemble(happening.trace, std::move(steps), origin, false);
    EXPECT_EQ(understood.answer, happening.response->says);
}

TEST(Specification, complains_with_line_and_mend) {
    const auto wrong =
        read_specification("starts: 2026-03-02\nper_dya: 3\napplications: {}\n", "x");
    const auto& complaints = std::get<std::vector<Complaint>>(wrong);
    std::string all;
    for (const Complaint& complaint : complaints) all += to_text(complaint) + "\n";
    EXPECT_THAT(all, testing::HasSubstr("x:2:1: unknown key `per_dya` in the specification. Did "
                                        "you mean `per_day`?"));
    EXPECT_THAT(all, testing::HasSubstr("the shares of the applications add up to 0, not to 1"));
}

TEST(Specification, moments_are_weeks_days_and_hours_or_before_the_end) {
    const UnixNanos starts = *from_iso8601("2026-01-05"), ends = *from_iso8601("2026-04-27");
    const auto moment = [&](std::string_view text) {
        const auto found = moment_named(text, starts, ends);
        return found ? to_iso8601(*found) : "none";
    };
    EXPECT_EQ(moment("W09 Tue 10:00"), "2026-03-03T10:00:00.000Z");  // 2026-03-03 is a Tuesday.
    EXPECT_EQ(moment("W16"), "2026-04-20T00:00:00.000Z");
    EXPECT_EQ(moment("end-6d"), "2026-04-21T00:00:00.000Z");
    EXPECT_EQ(moment("2026-03-03 + 90m"), "2026-03-03T01:30:00.000Z");
    EXPECT_EQ(moment("Tuesday"), "none");
    EXPECT_EQ(moment("W09 Tue ten"), "none");
}

TEST(Specification, an_event_knows_from_which_version_to_which_its_cause_went) {
    const Event& worse = specification().events.front();
    EXPECT_EQ(worse.cause.element, "prompt");
    EXPECT_EQ(worse.cause.from, "p1");
    EXPECT_EQ(worse.cause.to, "p2");
}

}  // namespace
}  // namespace plimsoll::app::traffic
