#include "record/follower.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "record/memory_stores.h"
#include "wire/otlp_writer.h"

namespace plimsoll::record {
namespace {

using wire::outgoing::Span;

constexpr UnixNanos second = nanos_per_second;
constexpr UnixNanos monday = 1'767'571'200 * second;  // 2026-01-05

TraceId trace_of(int number) {
    TraceId id;
    id.bytes[0] = 1;
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

/// Span `span` of trace `trace`; span 1 is the root, others are its children.
Span span_of(int trace, int span, std::string answer = "Your parcel arrives on Tuesday.") {
    const auto id = [](int number) {
        SpanId id;
        id.bytes[7] = static_cast<std::uint8_t>(number);
        return std::string(id.raw());
    };
    const auto start = static_cast<std::uint64_t>(monday + span * second);
    Span built{.trace = std::string(trace_of(trace).raw()), .id = id(span),
               .parent = span == 1 ? "" : id(1), .name = span == 1 ? "invoke_agent" : "chat",
               .start = start, .end = start + 500'000'000};
    built.attributes = {{"gen_ai.operation.name", span == 1 ? "invoke_agent" : "chat"}};
    if (span != 1)
        built.attributes.push_back(
            {"gen_ai.output.messages",
             fmt::format(R"([{{"role":"assistant","parts":[{{"type":"text","content":"{}"}}]}}])",
                         answer)});
    return built;
}

std::string body(std::vector<Span> spans) {
    return to_otlp(wire::outgoing::request({{"service.name", "support"}}, "test", std::move(spans)));
}

struct FollowerTest : ::testing::Test {
    MemoryJournal journal;
    MemoryFacts facts;
    evaluate::Scorecard scorecard;
    std::unique_ptr<Follower> follower = make(facts);

    std::unique_ptr<Follower> make(Facts& into) {
        return std::move(*Follower::create(journal, into, scorecard, "configuration-1", {}));
    }
    void follow_to(UnixNanos now) { follow(*follower, now); }
    static void follow(Follower& one, UnixNanos now) {
        for (;;) {
            const auto more = one.step(now);
            ASSERT_TRUE(more) << more.error().what;
            if (!*more) return;
        }
    }
    const InteractionFact& fact(int trace) { return facts.interactions_by_trace.at(trace_of(trace)); }
};

TEST_F(FollowerTest, a_whole_trace_becomes_an_interaction_after_the_quiet_period) {
    journal.receive(monday, body({span_of(1, 2), span_of(1, 1)}));
    follow_to(monday + 1 * second);
    EXPECT_TRUE(facts.interactions_by_trace.empty()) << "the quiet period is two seconds";
    follow_to(monday + 3 * second);
    EXPECT_EQ(fact(1).revision, 1u);
    EXPECT_EQ(fact(1).places.size(), 2u);
    EXPECT_FALSE(fact(1).incomplete);
    EXPECT_EQ(fact(1).answer, "Your parcel arrives on Tuesday.");
    EXPECT_EQ(fact(1).configuration, "configuration-1");
    EXPECT_EQ(facts.applied, 1u);
}

TEST_F(FollowerTest, an_open_trace_holds_back_the_applied_row) {
    journal.receive(monday, body({span_of(1, 2)}));
    journal.receive(monday + second, body({span_of(2, 1)}));
    follow_to(monday + 10 * second);
    EXPECT_TRUE(facts.interactions_by_trace.contains(trace_of(2)));
    EXPECT_EQ(facts.applied, 0u) << "trace 1, on row 1, still waits for its root";
}

TEST_F(FollowerTest, A19_what_is_sent_again_changes_nothing) {
    journal.receive(monday, body({span_of(1, 2), span_of(1, 1)}));
    follow_to(monday + 3 * second);
    journal.receive(monday + 60 * second, body({span_of(1, 2), span_of(1, 1)}));
    follow_to(monday + 90 * second);
    EXPECT_EQ(fact(1).revision, 1u);
    EXPECT_EQ(fact(1).places.size(), 2u);
    EXPECT_EQ(facts.applied, 2u);
}

TEST_F(FollowerTest, a_late_span_makes_a_new_revision_of_the_whole) {
    journal.receive(monday, body({span_of(1, 2), span_of(1, 1)}));
    follow_to(monday + 3 * second);
    journal.receive(monday + 60 * second, body({span_of(1, 3, "It is on its way.")}));
    follow_to(monday + 63 * second);
    EXPECT_EQ(fact(1).revision, 2u) << "a late span is not kept waiting for a root that came long ago";
    EXPECT_EQ(fact(1).places.size(), 3u);
    EXPECT_FALSE(fact(1).incomplete);
    EXPECT_EQ(fact(1).answer, "It is on its way.");
}

TEST_F(FollowerTest, a_trace_without_its_root_closes_as_incomplete_at_its_maximum_age) {
    journal.receive(monday, body({span_of(1, 2)}));
    follow_to(monday + 599 * second);
    EXPECT_TRUE(facts.interactions_by_trace.empty());
    follow_to(monday + 601 * second);
    EXPECT_TRUE(fact(1).incomplete);
}

TEST_F(FollowerTest, a_restart_in_the_middle_comes_to_the_same_facts) {
    journal.receive(monday, body({span_of(1, 2), span_of(2, 1), span_of(2, 2)}));
    follow_to(monday + 30 * second);  // Trace 2 is in the facts, trace 1 waits.
    ASSERT_TRUE(facts.interactions_by_trace.contains(trace_of(2)));

    follower = make(facts);  // As after kill -9.
    journal.receive(monday + 40 * second, body({span_of(1, 1)}));
    follow_to(monday + 60 * second);
    EXPECT_EQ(fact(1).places.size(), 2u);
    EXPECT_FALSE(fact(1).incomplete);
    EXPECT_EQ(fact(2).revision, 1u) << "met twice, left alone";
    EXPECT_EQ(facts.applied, 2u);
}

TEST_F(FollowerTest, A20_facts_that_cannot_be_written_are_tried_again) {
    journal.receive(monday, body({span_of(1, 2), span_of(1, 1)}));
    facts.failures_left = 2;
    EXPECT_FALSE(follower->step(monday + 3 * second).ok() && follower->step(monday + 3 * second).ok());
    EXPECT_EQ(facts.applied, 0u);
    facts.failures_left = 0;
    follow_to(monday + 4 * second);
    EXPECT_EQ(fact(1).places.size(), 2u);
    EXPECT_EQ(facts.applied, 1u);
}

TEST_F(FollowerTest, A21_a_damaged_row_costs_what_stood_on_it) {
    journal.receive(monday, body({span_of(1, 2)}));
    journal.receive(monday + second, body({span_of(1, 1), span_of(2, 1), span_of(2, 2)}));
    journal.damage(1);
    follow_to(monday + 10 * second);
    EXPECT_EQ(fact(1).places.size(), 1u);
    EXPECT_EQ(fact(2).places.size(), 2u);
}

TEST_F(FollowerTest, a_rebuild_gives_the_same_facts_whatever_the_rhythm) {
    // Live: looked at after every row. Rebuilt: all at once, at the end.
    for (int trace = 1; trace <= 40; ++trace) {
        const UnixNanos at = monday + trace * second;
        journal.receive(at, body({span_of(trace, 2), span_of(trace, 3)}));
        follow_to(at);
        if (trace > 3) journal.receive(at + 1, body({span_of(trace - 3, 1)}));
        if (trace > 20) journal.receive(at + 2, body({span_of(trace - 15, 4, "late")}));
        follow_to(at + 2);
    }
    follow_to(monday + 3600 * second);

    MemoryFacts rebuilt;
    const auto again = make(rebuilt);
    follow(*again, monday + 3600 * second);
    ASSERT_EQ(rebuilt.interactions_by_trace.size(), facts.interactions_by_trace.size());
    for (const auto& [trace, live] : facts.interactions_by_trace) {
        const InteractionFact& same = rebuilt.interactions_by_trace.at(trace);
        EXPECT_EQ(same.places, live.places);
        EXPECT_EQ(same.revision, live.revision);
        EXPECT_EQ(same.incomplete, live.incomplete);
        EXPECT_EQ(same.answer, live.answer);
    }
    EXPECT_EQ(rebuilt.applied, facts.applied);
}

}  // namespace
}  // namespace plimsoll::record
