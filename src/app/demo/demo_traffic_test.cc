#include "app/demo/demo_traffic.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "app/demo/calendar.h"
#include "base/json.h"
#include "interaction/understand.h"
#include "wire/otlp.h"

namespace plimsoll::app::demo {
namespace {

constexpr UnixNanos monday = 1'795'392'000 * nanos_per_second;  // 2026-11-23 00:00 UTC
constexpr UnixNanos day = 86'400 * nanos_per_second;

const Traffic& three_weeks() {
    static const Traffic traffic({3, 600, 1, monday});
    return traffic;
}

const std::vector<Happening>& happenings() {
    static const std::vector<Happening> all = [] {
        std::vector<Happening> list;
        for (std::size_t i = 0; i < three_weeks().size(); ++i)
            list.push_back(three_weeks().happening(i));
        return list;
    }();
    return all;
}

TEST(DemoTraffic, three_weeks_at_600_a_day_are_12600_interactions_that_end_by_now) {
    const Traffic& traffic = three_weeks();
    ASSERT_EQ(traffic.size(), 12'600u);
    EXPECT_GE(traffic.start(0), monday - 21 * day - 3'600 * nanos_per_second);
    for (std::size_t i = 0; i < traffic.size(); ++i) {
        EXPECT_LE(traffic.start(i) + happenings()[i].duration, monday);
        if (i == 0) continue;
        EXPECT_LE(traffic.start(i - 1), traffic.start(i));
    }
}

TEST(DemoTraffic, the_same_seed_and_now_give_the_same_bytes) {
    const Traffic again({3, 600, 1, monday});
    for (std::size_t i = 0; i < again.size(); i += 97)
        EXPECT_EQ(wire::outgoing::to_otlp({again.spans(i)}),
                  wire::outgoing::to_otlp({three_weeks().spans(i)}));
}

TEST(DemoTraffic, another_now_moves_the_interactions_and_leaves_what_happens) {
    const Traffic moved({1, 200, 7, monday + 3 * day + 12'345});
    const Traffic first({1, 200, 7, monday});
    std::map<TraceId, UnixNanos> durations;
    for (std::size_t i = 0; i < first.size(); ++i)
        durations[first.happening(i).trace] = first.happening(i).duration;
    ASSERT_EQ(moved.size(), first.size());
    for (std::size_t i = 0; i < moved.size(); ++i) {
        const Happening happening = moved.happening(i);
        ASSERT_TRUE(durations.contains(happening.trace));
        EXPECT_EQ(happening.duration, durations[happening.trace]);
    }
}

TEST(DemoTraffic, another_seed_gives_other_interactions) {
    const Traffic other({1, 100, 2, monday});
    const Traffic first({1, 100, 1, monday});
    std::set<TraceId> traces;
    for (std::size_t i = 0; i < first.size(); ++i) traces.insert(first.happening(i).trace);
    for (std::size_t i = 0; i < other.size(); ++i)
        EXPECT_FALSE(traces.contains(other.happening(i).trace));
}

TEST(DemoTraffic, no_trace_and_no_span_id_comes_twice_live_ones_included) {
    std::set<std::string> traces, spans;
    const auto take = [&](const wire::outgoing::ResourceSpans& told) {
        const auto& list = told.scopes[0].spans;
        ASSERT_FALSE(list.empty());
        EXPECT_TRUE(traces.insert(list[0].trace).second);
        for (const auto& span : list) EXPECT_TRUE(spans.insert(span.trace + span.id).second);
    };
    for (std::size_t i = 0; i < three_weeks().size(); i += 5) take(three_weeks().spans(i));
    std::set<TraceId> all;
    for (const Happening& happening : happenings()) EXPECT_TRUE(all.insert(happening.trace).second);
    for (std::uint64_t run : {1, 2}) {
        LiveTraffic live(1, run);
        for (int i = 0; i < 200; ++i) take(live.next(monday));
    }
}

TEST(DemoTraffic, a_door_admits_every_span_as_it_is) {
    for (std::size_t i = 0; i < three_weeks().size(); i += 31) {
        const auto told = three_weeks().spans(i);
        const auto admitted =
            wire::admit(wire::outgoing::to_otlp({told}), wire::Encoding::protobuf, {});
        EXPECT_TRUE(admitted.decodable);
        EXPECT_EQ(admitted.span_count, told.scopes[0].spans.size());
        EXPECT_EQ(admitted.rejected, 0u) << admitted.why;
        EXPECT_EQ(admitted.repaired, 0u);
    }
}

TEST(DemoTraffic, all_three_vocabularies_are_spoken_in_their_shares) {
    std::map<Vocabulary, double> shares;
    for (const Happening& happening : happenings())
        shares[happening.vocabulary] += 1.0 / happenings().size();
    EXPECT_NEAR(shares[Vocabulary::current], .8, .02);
    EXPECT_NEAR(shares[Vocabulary::older], .1, .02);
    EXPECT_NEAR(shares[Vocabulary::openinference], .1, .02);
}

TEST(DemoTraffic, no_place_of_a_text_stays_empty) {
    for (const Happening& happening : happenings())
        for (const Event& event : happening.events)
            for (const std::string* text :
                 {&event.query, &event.output.text, &event.call.arguments, &event.result})
                for (std::string_view place : {"<order", "<city>", "<date>", "<name>", "<amount>"})
                    ASSERT_THAT(*text, testing::Not(testing::HasSubstr(place)));
}

TEST(DemoTraffic, every_customer_asks_and_segments_have_their_shares) {
    std::set<std::string_view> seen;
    std::map<std::string_view, double> shares;
    for (const Happening& happening : happenings()) {
        seen.insert(happening.customer->id);
        shares[happening.customer->segment] += 1.0 / happenings().size();
    }
    EXPECT_EQ(seen.size(), customers().size());
    EXPECT_NEAR(shares["enterprise"], .38, .03);
    EXPECT_NEAR(shares["free"], .15, .03);
}

/// The interaction that a server makes of what was told.
Interaction understood(const wire::outgoing::ResourceSpans& told) {
    const std::string otlp = wire::outgoing::to_otlp({told});
    std::vector<Step> steps;
    interaction::Origin origin;
    TraceId trace;
    wire::for_each_span(otlp, [&](std::uint32_t, const wire::SpanView& span) {
        trace = span.trace;
        origin = interaction::origin_of(span);
        steps.push_back(interaction::understand_span(span));
    });
    return interaction::assemble(trace, std::move(steps), origin, false);
}

TEST(DemoTraffic, every_vocabulary_is_understood_alike) {
    std::map<Vocabulary, int> compared;
    for (std::size_t i = 0; i < three_weeks().size(); i += 17) {
        const Happening& happening = happenings()[i];
        const Event& last = happening.events.back();
        if (!happening.root_arrives || !last.error_type.empty() || last.output.text.empty())
            continue;
        const Interaction seen = understood(three_weeks().spans(i));
        SCOPED_TRACE(testing::Message() << "interaction " << i << ", " << seen.service);
        ++compared[happening.vocabulary];
        std::string asked;
        std::int64_t input = 0, output = 0;
        double cost = 0;
        for (const Event& event : happening.events) {
            input += event.input_tokens;
            output += event.output_tokens;
            cost += event.cost_usd;
            for (const Said& said : event.input)
                if (said.role == "user") asked = said.text;
        }
        EXPECT_EQ(seen.question, asked);
        EXPECT_EQ(seen.answer, last.output.text);
        EXPECT_EQ(seen.tokens.input, input);
        EXPECT_EQ(seen.tokens.output, output);
        EXPECT_NEAR(seen.cost_usd.value_or(-1), cost, 1e-9);
        EXPECT_EQ(seen.session, happening.session);
        EXPECT_EQ(seen.user, happening.user);
        EXPECT_EQ(seen.versions.model, last.model.build);
        EXPECT_THAT(seen.versions.prompt, testing::EndsWith(happening.prompt_version));
        EXPECT_EQ(seen.attributes.at("app.customer.segment"), happening.customer->segment);
        EXPECT_FALSE(seen.failed);
        for (std::size_t e = 0; e < happening.events.size(); ++e) {
            const Event& event = happening.events[e];
            if (event.what == What::tool) {
                EXPECT_EQ(seen.steps[e].kind, StepKind::tool_call);
                EXPECT_EQ(seen.steps[e].tool_arguments, event.call.arguments);
                EXPECT_EQ(seen.steps[e].failed, !event.error_type.empty());
            }
            if (event.what == What::retrieval && happening.vocabulary != Vocabulary::older) {
                EXPECT_EQ(seen.steps[e].documents.size(), event.found.size());
                EXPECT_EQ(seen.steps[e].documents[0].text, event.found[0].article->text);
            }
        }
    }
    for (const auto& [vocabulary, count] : compared) EXPECT_GT(count, 20);
    EXPECT_EQ(compared.size(), 3u);
}

/// Share of the chosen interactions that show a fault.
template <class Chosen, class Faulty>
double share(Chosen chosen, Faulty faulty) {
    double all = 0, bad = 0;
    for (std::size_t i = 0; i < happenings().size(); ++i) {
        const double position = static_cast<double>(i) / static_cast<double>(happenings().size());
        if (!chosen(happenings()[i], position)) continue;
        ++all;
        bad += faulty(happenings()[i]);
    }
    return bad / all;
}

TEST(DemoTimeline, the_new_build_of_the_small_model_breaks_json_until_p4) {
    const auto broken = [](const Happening& happening) {
        const std::string& text = happening.events.back().output.text;
        return !text.empty() && happening.events.back().finish == "stop" &&
               !json::Document::parse(text);
    };
    const auto triage = [](double from, double to) {
        return [=](const Happening& happening, double position) {
            return happening.feature == Feature::ticket_triage && from <= position && position < to;
        };
    };
    EXPECT_LT(share(triage(0, .44), broken), .02);
    EXPECT_NEAR(share(triage(.46, .79), broken), .085, .04);
    EXPECT_LT(share(triage(.81, 1), broken), .02);
}

TEST(DemoTimeline, p3_costs_more_than_p2) {
    const auto cost = [](std::string_view version) {
        double sum = 0, count = 0;
        for (const Happening& happening : happenings()) {
            if (happening.prompt_version != version || happening.feature != Feature::help_chat)
                continue;
            ++count;
            for (const Event& event : happening.events) sum += event.cost_usd;
        }
        return sum / count;
    };
    EXPECT_GT(cost("p3"), 1.4 * cost("p2"));
    EXPECT_LT(cost("p4"), 1.1 * cost("p2"));
}

TEST(DemoTimeline, a_slow_day_shows_in_the_durations) {
    const auto slow = [](const Happening& happening) { return happening.duration > 3'000'000'000; };
    const auto within = [](double from, double to) {
        return [=](const Happening&, double position) { return from <= position && position < to; };
    };
    EXPECT_GT(share(within(.665, .705), slow), 3 * share(within(.56, .65), slow));
}

TEST(DemoTimeline, rates_take_the_highest_line_that_fits) {
    EXPECT_DOUBLE_EQ(fault_rate(Fault::tool_error, {.37, "search_orders", "en", "p2"}), .45);
    EXPECT_DOUBLE_EQ(fault_rate(Fault::tool_error, {.37, "order_status", "en", "p2"}), .015);
    EXPECT_DOUBLE_EQ(fault_rate(Fault::tool_error, {.40, "search_orders", "en", "p2"}), .015);
    EXPECT_DOUBLE_EQ(fault_rate(Fault::empty_answer, {1.0, "", "es", "p4"}), .02);
}

TEST(Calendar, nights_and_weekends_are_quieter) {
    const Calendar week(monday, monday + 7 * day);
    EXPECT_EQ(week.moment(0), monday);
    EXPECT_EQ(week.moment(1), monday + 7 * day);
    // Weights per day: 6*.35 + 3*.8 + 3*1.3 + 5*1.2 + 4*.9 + 3*.5 = 19.5; weekend x .55, so five
    // working days hold 97.5 of 118.95.
    EXPECT_NEAR(static_cast<double>(week.moment(97.5 / 118.95) - monday) / day, 5.0, 1e-6);
    EXPECT_NEAR(static_cast<double>(week.moment(2.1 / 118.95) - monday) / day, .25, 1e-6);
}

TEST(Fill, places_are_filled_and_unknown_ones_left) {
    EXPECT_EQ(fill("to <city> by <date>", {{"city", "Porto"}, {"date", "2026-01-05"}}),
              "to Porto by 2026-01-05");
    EXPECT_EQ(fill("a < b, <unknown>, <city", {{"city", "Porto"}}), "a < b, <unknown>, <city");
}

TEST(Stories, there_are_at_least_eighty_questions_in_three_languages) {
    std::size_t turns = 0;
    std::set<std::string_view> languages;
    for (const Story& story : stories()) {
        turns += story.turns.size();
        languages.insert(story.language);
        for (const Turn& turn : story.turns)
            for (std::string_view id : turn.articles) EXPECT_EQ(article(id).id, id);
    }
    EXPECT_GE(turns, 80u);
    EXPECT_EQ(languages.size(), 3u);
}

TEST(Stories, tools_are_offered_and_their_texts_are_json) {
    for (const Tool& tool : tools())
        EXPECT_TRUE(json::Document::parse(tool.parameters)) << tool.name;
    const Values values{{"amount", "12.50"}};
    for (const Story& story : stories())
        for (const Turn& turn : story.turns) {
            if (story.feature == Feature::ticket_triage) {
                EXPECT_TRUE(json::Document::parse(turn.answer)) << turn.answer;
            }
            if (!turn.tool) continue;
            EXPECT_TRUE(std::ranges::any_of(
                tools(), [&](const Tool& tool) { return tool.name == turn.tool->name; }));
            EXPECT_TRUE(json::Document::parse(fill(turn.tool->arguments, values)));
            EXPECT_TRUE(json::Document::parse(fill(turn.tool->result, values)));
        }
}

}  // namespace
}  // namespace plimsoll::app::demo
