#include "analyse/calibration/label_queue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "record/memory_stores.h"

namespace plimsoll::analyse {
namespace {

constexpr UnixNanos monday = 1'767'571'200 * nanos_per_second;  // 2026-01-05T00:00:00Z

struct KeptLabels : record::Labels {
    std::vector<record::Label> kept;
    std::vector<record::LabelRequest> asked;
    Result<record::LabelsPut> put(std::span<const record::Label> labels) override {
        kept.insert(kept.end(), labels.begin(), labels.end());
        return record::LabelsPut{};
    }
    Result<std::vector<record::Label>> labels(const record::LabelFilter&) override { return kept; }
    Result<Done> ask(std::span<const record::LabelRequest> requests) override {
        asked.insert(asked.end(), requests.begin(), requests.end());
        return Done{};
    }
    Result<std::vector<record::LabelRequest>> requests(const std::string&) override {
        return asked;
    }
};

struct KeptFacts : record::MemoryFacts {
    Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() override {
        return std::optional(std::pair(monday, monday + 86'400 * nanos_per_second));
    }
};

struct LabelQueueTest : ::testing::Test {
    KeptFacts facts;
    KeptLabels labels;

    static TraceId trace(int number) {
        TraceId id;
        id.bytes[15] = static_cast<std::uint8_t>(number);
        return id;
    }
    void scored(int number, double score) {
        record::InteractionFact fact;
        fact.trace = trace(number);
        fact.start = monday + number * nanos_per_second;
        fact.scores.push_back({"tone", "judge", "j1", score, "", "", 1.0});
        facts.interactions_by_trace[fact.trace] = fact;
    }
    void says(const TraceId& item, const std::string& annotator, std::optional<double> score) {
        record::Label label;
        label.interaction = item;
        label.dimension = "tone";
        label.annotator = annotator;
        label.score = score;
        labels.kept.push_back(label);
    }
    LabelQueue queue(const std::string& annotator) {
        const auto found = label_queue(facts, labels, {"tone", annotator, ""});
        EXPECT_TRUE(found.ok());
        return *found;
    }
    static std::size_t open(const LabelQueue& queue) {
        return std::ranges::count_if(queue.items,
                                     [&](const QueuedItem& item) { return queue.open(item); });
    }
};

TEST_F(LabelQueueTest, few_items_are_asked_about_all_of_them) {
    for (int i = 1; i <= 20; ++i) scored(i, i % 4 == 0 ? 0 : 1);
    EXPECT_EQ(open(queue("ana")), 20u);
}

TEST_F(LabelQueueTest, what_has_its_labels_is_closed_and_unsure_asks_somebody_else) {
    for (int i = 1; i <= 20; ++i) scored(i, 1);
    const auto items = queue("ana").items;
    const auto one = std::ranges::find(items, 1u, &QueuedItem::wanted);
    const auto two = std::ranges::find(items, 2u, &QueuedItem::wanted);
    ASSERT_NE(two, items.end());
    says(one->interaction, "ana", 1);
    says(two->interaction, "ana", 1);
    EXPECT_EQ(open(queue("ana")), 18u);
    EXPECT_EQ(open(queue("bo")), 19u) << "one of them wants a second person";
    says(std::find_if(items.begin(), items.end(),
                      [&](const QueuedItem& item) {
                          return item.interaction != one->interaction &&
                                 item.interaction != two->interaction;
                      })
             ->interaction,
         "ana", std::nullopt);
    EXPECT_EQ(open(queue("ana")), 17u);
    EXPECT_EQ(open(queue("bo")), 19u);
}

TEST_F(LabelQueueTest, where_two_differ_a_third_decides_and_is_asked_first) {
    for (int i = 1; i <= 20; ++i) scored(i, 1);
    const TraceId item = queue("cy").items.back().interaction;
    says(item, "ana", 1);
    says(item, "bo", 0);
    const auto third = queue("cy");
    EXPECT_EQ(third.items.front().interaction, item);
    EXPECT_TRUE(third.open(third.items.front()));
    EXPECT_FALSE(queue("bo").open(queue("bo").items.front()));
    says(item, "cy", 0);
    EXPECT_FALSE(queue("di").items.front().split);
}

TEST_F(LabelQueueTest, flips_come_before_what_was_drawn_and_keep_their_probability) {
    for (int i = 1; i <= 20; ++i) scored(i, 1);
    labels.asked.push_back({trace(7), "tone", record::LabelReason::flip, std::nullopt, 1});
    labels.asked.push_back({trace(99), "tone", record::LabelReason::flip, std::nullopt, 2});
    const auto items = queue("ana").items;
    EXPECT_EQ(items[0].interaction, trace(7));
    EXPECT_EQ(items[0].inclusion, 1.0);
    EXPECT_EQ(items[1].interaction, trace(99));
    EXPECT_EQ(items[1].reason, record::LabelReason::flip);
    EXPECT_FALSE(items[1].inclusion);
    EXPECT_EQ(items.size(), 21u);
}

TEST_F(LabelQueueTest, labels_under_another_rubric_do_not_count) {
    scored(1, 1);
    says(trace(1), "ana", 1);
    labels.kept.back().rubric = "old";
    const auto found = label_queue(facts, labels, {"tone", "ana", "new"});
    EXPECT_TRUE(found->open(found->items[0]));
}

}  // namespace
}  // namespace plimsoll::analyse
