#include "interaction/gather.h"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <random>
#include <set>

namespace plimsoll::interaction {
namespace {

using std::chrono::milliseconds;
constexpr UnixNanos second = nanos_per_second;

TraceId trace_number(std::uint64_t number) {
    TraceId id;
    for (int i = 0; i < 8; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    id.bytes[0] = 1;
    return id;
}

SpanId span_number(std::uint64_t number) {
    SpanId id;
    for (int i = 0; i < 8; ++i) id.bytes[7 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

wire::SpanKey key(std::uint64_t trace, std::uint64_t span, std::uint64_t parent,
                  UnixNanos end = 1) {
    wire::SpanKey made;
    made.trace = trace_number(trace);
    made.id = span_number(span);
    made.parent = span_number(parent);
    made.end = end;
    return made;
}

std::vector<std::uint64_t> seqs(const ClosedTrace& closed) {
    std::vector<std::uint64_t> all;
    for (const SpanPlace& place : closed.spans) all.push_back(place.seq);
    return all;
}

TEST(Gather, closes_a_trace_when_its_root_has_ended_and_all_is_quiet) {
    Gather gather({.quiet = milliseconds(2000)});
    gather.add(1, 0, 10 * second, key(7, 2, 1));
    gather.add(2, 0, 11 * second, key(7, 1, 0));
    EXPECT_TRUE(gather.advance(13 * second - 1).empty());
    const auto closed = gather.advance(13 * second);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_EQ(closed[0].trace, trace_number(7));
    EXPECT_FALSE(closed[0].incomplete);
    EXPECT_EQ(closed[0].last_arrival, 11 * second);
    EXPECT_THAT(seqs(closed[0]), testing::ElementsAre(1, 2));
    EXPECT_EQ(gather.open_traces(), 0u);
    EXPECT_EQ(gather.open_spans(), 0u);
}

TEST(Gather, every_span_that_comes_begins_the_quiet_period_anew) {
    Gather gather({.quiet = milliseconds(2000)});
    gather.add(1, 0, 0, key(7, 1, 0));
    gather.add(2, 0, 1 * second, key(7, 2, 1));
    gather.add(3, 0, 2 * second, key(7, 3, 1));
    EXPECT_TRUE(gather.advance(4 * second - 1).empty());
    EXPECT_EQ(gather.advance(4 * second).size(), 1u);
}

TEST(Gather, gives_up_on_a_root_that_never_comes) {
    Gather gather({.age_max = milliseconds(60'000)});
    gather.add(1, 0, 0, key(7, 2, 1));
    gather.add(2, 0, 59 * second, key(7, 3, 1));
    EXPECT_TRUE(gather.advance(60 * second - 1).empty());
    const auto closed = gather.advance(60 * second);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_TRUE(closed[0].incomplete);
}

TEST(Gather, a_trickle_that_never_rests_ends_at_the_age_but_is_complete_if_its_root_ended) {
    Gather gather({.quiet = milliseconds(2000), .age_max = milliseconds(10'000)});
    for (std::uint64_t i = 0; i < 10; ++i) {
        gather.add(i, 0, static_cast<UnixNanos>(i) * second, key(7, i + 1, i));
    }
    const auto closed = gather.advance(10 * second);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_FALSE(closed[0].incomplete);
}

TEST(Gather, a_pending_root_has_not_ended_and_gives_way_to_the_one_that_has) {
    Gather gather({.quiet = milliseconds(2000), .age_max = milliseconds(60'000)});
    gather.add(1, 0, 0, key(7, 1, 0, 0));
    gather.add(2, 0, 0, key(7, 2, 1));
    EXPECT_TRUE(gather.advance(30 * second).empty());
    gather.add(3, 4, 30 * second, key(7, 1, 0, 5));
    const auto closed = gather.advance(32 * second);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_FALSE(closed[0].incomplete);
    EXPECT_THAT(closed[0].spans, testing::ElementsAre(SpanPlace{span_number(2), 2, 0},
                                                      SpanPlace{span_number(1), 3, 4}));
}

TEST(Gather, a_span_sent_twice_lies_where_it_first_lay_and_does_not_prolong_the_wait) {
    Gather gather({.quiet = milliseconds(2000)});
    gather.add(1, 0, 0, key(7, 1, 0));
    gather.add(2, 0, 1 * second, key(7, 1, 0));
    const auto closed = gather.advance(2 * second);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_THAT(seqs(closed[0]), testing::ElementsAre(1));
}

TEST(Gather, a_late_span_opens_its_trace_again_and_waits_for_quiet_only) {
    Gather gather({.quiet = milliseconds(2000), .age_max = milliseconds(60'000)});
    gather.add(1, 0, 0, key(7, 1, 0));
    EXPECT_EQ(gather.advance(2 * second).size(), 1u);
    gather.add(2, 0, 5 * second, key(7, 2, 1));
    EXPECT_EQ(gather.open_traces(), 1u);
    const auto closed = gather.advance(7 * second);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_FALSE(closed[0].incomplete);
    EXPECT_THAT(seqs(closed[0]), testing::ElementsAre(2));
}

TEST(Gather, a_root_that_closed_long_ago_is_forgotten) {
    Gather gather(
        {.quiet = milliseconds(2000), .age_max = milliseconds(60'000), .recent_traces_max = 1});
    gather.add(1, 0, 0, key(7, 1, 0));
    gather.add(2, 0, 1, key(8, 1, 0));
    EXPECT_EQ(gather.advance(3 * second).size(), 2u);
    gather.add(3, 0, 5 * second, key(7, 2, 1));
    EXPECT_TRUE(gather.advance(64 * second).empty());
    EXPECT_EQ(gather.advance(65 * second).size(), 1u);
}

TEST(Gather, past_its_room_the_oldest_trace_closes_first) {
    Gather gather({.open_spans_max = 3});
    gather.add(1, 0, 0, key(7, 2, 1));
    gather.add(2, 0, 0, key(8, 2, 1));
    gather.add(3, 0, 0, key(7, 3, 1));
    gather.add(4, 0, 0, key(9, 2, 1));
    const auto closed = gather.advance(0);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_EQ(closed[0].trace, trace_number(7));
    EXPECT_TRUE(closed[0].incomplete);
    EXPECT_EQ(gather.open_spans(), 2u);
}

TEST(Gather, the_lowest_row_is_that_of_the_oldest_trace_not_handed_out) {
    Gather gather({.quiet = milliseconds(2000)});
    EXPECT_EQ(gather.lowest_seq(99), 99u);
    gather.add(5, 0, 0, key(7, 2, 1));
    gather.add(6, 0, 0, key(8, 1, 0));
    EXPECT_EQ(gather.lowest_seq(99), 5u);
    gather.add(7, 0, 0, key(7, 1, 0));
    gather.add(8, 0, 9 * second, key(9, 1, 0));  // Closes 7 and 8, which nobody has taken yet.
    EXPECT_EQ(gather.lowest_seq(99), 5u);
    EXPECT_EQ(gather.advance(9 * second).size(), 2u);
    EXPECT_EQ(gather.lowest_seq(99), 8u);
}

TEST(Gather, A07_a_span_that_is_its_own_parent_is_a_root_and_a_cycle_has_none) {
    Gather gather({.quiet = milliseconds(2000), .age_max = milliseconds(60'000)});
    gather.add(1, 0, 0, key(7, 1, 1));
    gather.add(2, 0, 0, key(8, 1, 2));
    gather.add(2, 1, 0, key(8, 2, 1));
    const auto own_parent = gather.advance(2 * second);
    ASSERT_EQ(own_parent.size(), 1u);
    EXPECT_FALSE(own_parent[0].incomplete);
    const auto cycle = gather.advance(60 * second);
    ASSERT_EQ(cycle.size(), 1u);
    EXPECT_TRUE(cycle[0].incomplete);
    EXPECT_EQ(cycle[0].spans.size(), 2u);
}

TEST(Gather, A07_a_trace_of_100000_spans_closes_and_the_rest_begins_anew) {
    Gather gather({.spans_per_trace_max = 100'000});
    for (std::uint64_t i = 1; i <= 100'010; ++i) {
        gather.add(i, 0, 0, key(7, i, 0));
        gather.add(i, 1, 0, key(7, i, 0));  // Each twice.
    }
    const auto closed = gather.advance(0);
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_TRUE(closed[0].incomplete);
    EXPECT_EQ(closed[0].spans.size(), 100'000u);
    EXPECT_EQ(gather.open_spans(), 11u);  // The copy of the last one opened it again.
}

TEST(Gather, A08_times_at_the_ends_of_the_scale_do_no_harm) {
    Gather gather(GatherOptions{});
    gather.add(1, 0, std::numeric_limits<UnixNanos>::min(), key(1, 1, 0));
    gather.add(2, 0, std::numeric_limits<UnixNanos>::max(), key(2, 1, 0));
    gather.add(3, 0, 0, key(3, 1, 0));  // A clock that went back counts as the latest time seen.
    EXPECT_EQ(gather.advance(std::numeric_limits<UnixNanos>::max()).size(), 3u);
}

/// The same rules, told in the plainest way, with neither lists nor tables.
class PlainGather {
  public:
    explicit PlainGather(GatherOptions options) : options_(options) {}

    void add(std::uint64_t seq, std::uint32_t ordinal, UnixNanos now, const wire::SpanKey& span) {
        settle(now);
        auto known = std::find_if(open_.begin(), open_.end(), [&](const Open& each) {
            return each.closed.trace == span.trace;
        });
        if (known == open_.end()) {
            open_.push_back({.closed = {.trace = span.trace},
                             .first = now,
                             .root_ended = rooted_.contains(span.trace)});
            known = open_.end() - 1;
        }
        for (const SpanPlace& place : known->closed.spans) {
            if (place.span == span.id) return;
        }
        known->closed.spans.push_back({span.id, seq, ordinal});
        known->closed.last_arrival = now;
        known->order = ++order_;
        known->root_ended |= span.parent.is_zero() && span.end != 0;
        if (known->closed.spans.size() >= options_.spans_per_trace_max) close(known, true);
        const auto held = [&] {
            std::size_t count = 0;
            for (const Open& each : open_) count += each.closed.spans.size();
            return count;
        };
        while (held() > options_.open_spans_max) close(open_.begin(), true);
    }

    std::vector<ClosedTrace> finish() {
        settle(std::numeric_limits<UnixNanos>::max());
        return closed_;
    }

  private:
    struct Open {
        ClosedTrace closed;
        UnixNanos first = 0;
        std::uint64_t order = 0;
        bool root_ended = false;
    };

    void settle(UnixNanos now) {
        for (;;) {
            // Due time; then the quiet before the aged; then by order.
            std::optional<std::tuple<UnixNanos, int, std::uint64_t, std::size_t>> next;
            for (std::size_t i = 0; i < open_.size(); ++i) {
                const UnixNanos aged = open_[i].first + options_.age_max.count() * 1'000'000;
                const UnixNanos quiet =
                    open_[i].closed.last_arrival + options_.quiet.count() * 1'000'000;
                auto due = std::tuple(aged, 1, std::uint64_t{i}, i);
                if (open_[i].root_ended) due = std::min(due, {quiet, 0, open_[i].order, i});
                if (!next || due < *next) next = due;
            }
            if (!next || std::get<0>(*next) > now) return;
            const auto at = open_.begin() + static_cast<std::ptrdiff_t>(std::get<3>(*next));
            close(at, !at->root_ended);
        }
    }

    void close(std::vector<Open>::iterator at, bool incomplete) {
        at->closed.incomplete = incomplete;
        if (at->root_ended) rooted_.insert(at->closed.trace);
        closed_.push_back(at->closed);
        open_.erase(at);
    }

    GatherOptions options_;
    std::vector<Open> open_;
    std::vector<ClosedTrace> closed_;
    std::set<TraceId> rooted_;
    std::uint64_t order_ = 0;
};

TEST(Gather, the_outcome_depends_on_what_arrived_and_not_on_when_one_looked) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 dice(seed);
        const GatherOptions options{.quiet = milliseconds(dice() % 4),
                                    .age_max = milliseconds(1 + dice() % 40),
                                    .open_spans_max = 5 + dice() % 60,
                                    .spans_per_trace_max = 2 + dice() % 40};
        Gather eager(options), lazy(options);
        GatherOptions other_hash = options;
        other_hash.hash_seed = seed + 1;
        Gather rare(other_hash);
        PlainGather plain(options);
        std::vector<ClosedTrace> from_eager, from_rare;
        const auto take = [](Gather& gather, UnixNanos now, std::vector<ClosedTrace>& into) {
            for (ClosedTrace& closed : gather.advance(now)) into.push_back(std::move(closed));
        };
        UnixNanos now = 0;
        for (std::uint64_t seq = 0; seq < 400; ++seq) {
            const UnixNanos before = now;
            now += dice() % 3 * (dice() % 2'000'000);
            for (int i = 0; i < 3; ++i) take(eager, before + (now - before) * i / 2, from_eager);
            const auto span = key(dice() % 12, 3 + dice() % 50, dice() % 3, dice() % 4);
            if (span.end == 0) continue;  // Pending spans have their own test.
            eager.add(seq, 0, now, span);
            lazy.add(seq, 0, now, span);
            rare.add(seq, 0, now, span);
            plain.add(seq, 0, now, span);
            take(eager, now, from_eager);
            if (dice() % 20 == 0) take(rare, now, from_rare);
        }
        const UnixNanos end = std::numeric_limits<UnixNanos>::max();
        take(eager, end, from_eager);
        take(rare, end, from_rare);
        ASSERT_EQ(from_eager, lazy.advance(end)) << "seed " << seed;
        ASSERT_EQ(from_eager, from_rare) << "seed " << seed;
        ASSERT_EQ(eager.open_spans() + lazy.open_spans() + rare.open_spans(), 0u);

        const auto expected = plain.finish();
        ASSERT_EQ(expected.size(), from_eager.size()) << "seed " << seed;
        ASSERT_EQ(expected, from_eager) << "seed " << seed;
    }
}

}  // namespace
}  // namespace plimsoll::interaction
