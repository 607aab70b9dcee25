/// labels_contract.h: what every store of labels must do, as tests. An implementation instantiates
/// them:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, LabelsContract, testing::Values(LabelsMaker{…}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "record/labels.h"

namespace plimsoll::record {

/// Opens the labels that live in a directory; called again after the last one was closed.
struct LabelsMaker {
    std::function<std::unique_ptr<Labels>(const std::filesystem::path&)> open;
};

class LabelsContract : public testing::TestWithParam<LabelsMaker> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "labels-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
        open();
    }
    void TearDown() override {
        labels_.reset();
        std::filesystem::remove_all(directory_);
    }
    void open() {
        labels_.reset();
        labels_ = GetParam().open(directory_);
        ASSERT_NE(labels_, nullptr);
    }
    static TraceId trace(std::uint8_t number) {
        TraceId id;
        id.bytes[15] = number;
        return id;
    }
    static Label label(std::uint8_t item, std::string annotator, std::optional<double> score,
                       UnixNanos time) {
        return {.interaction = trace(item),
                .dimension = "tone",
                .annotator = std::move(annotator),
                .rubric = "r1",
                .score = score,
                .time = time};
    }
    LabelsPut put(std::vector<Label> labels) {
        const auto done = labels_->put(labels);
        EXPECT_TRUE(done.ok()) << (done ? "" : done.error().what);
        return done ? *done : LabelsPut{};
    }
    std::vector<Label> all(const LabelFilter& filter = {}) {
        auto found = labels_->labels(filter);
        EXPECT_TRUE(found.ok());
        return found ? std::move(*found) : std::vector<Label>{};
    }
    std::filesystem::path directory_;
    std::unique_ptr<Labels> labels_;
};

TEST_P(LabelsContract, what_was_put_is_read_back_whole) {
    Label whole = label(1, "ana", 0.75, 1'767'571'200'123'000'000);
    whole.queued = LabelReason::by_verdict;
    whole.inclusion = 0.125;
    whole.note = "the tone, \"sir\"; — naïve\n'; DROP TABLE labels; --";
    EXPECT_EQ(put({whole}), (LabelsPut{.added = 1}));
    open();
    const auto found = all();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].interaction, whole.interaction);
    EXPECT_EQ(found[0].dimension, "tone");
    EXPECT_EQ(found[0].annotator, "ana");
    EXPECT_EQ(found[0].rubric, "r1");
    EXPECT_EQ(found[0].score, 0.75);
    EXPECT_EQ(found[0].queued, LabelReason::by_verdict);
    EXPECT_EQ(found[0].inclusion, 0.125);
    EXPECT_EQ(found[0].time, whole.time);
    EXPECT_EQ(found[0].note, whole.note);
}

TEST_P(LabelsContract, unsure_and_an_unknown_probability_are_absent_not_zero) {
    put({label(1, "ana", std::nullopt, 1)});
    EXPECT_EQ(all()[0].score, std::nullopt);
    EXPECT_EQ(all()[0].inclusion, std::nullopt);
}

TEST_P(LabelsContract, the_same_twice_changes_nothing) {
    const std::vector<Label> two{label(1, "ana", 1, 1), label(1, "bo", 0, 2)};
    EXPECT_EQ(put(two), (LabelsPut{.added = 2}));
    EXPECT_EQ(put(two), (LabelsPut{.same = 2}));
    EXPECT_EQ(put({label(1, "ana", 1, 9)}), (LabelsPut{.same = 1})) << "only the time differs";
    EXPECT_EQ(all({.history = true}).size(), 2u);
}

TEST_P(LabelsContract, a_new_word_replaces_and_the_old_one_stays_in_the_history) {
    put({label(1, "ana", 1, 1)});
    EXPECT_EQ(put({label(1, "ana", 0, 2)}), (LabelsPut{.replaced = 1}));
    EXPECT_EQ(put({label(1, "ana", 1, 3)}), (LabelsPut{.replaced = 1})) << "back again";
    open();
    ASSERT_EQ(all().size(), 1u);
    EXPECT_EQ(all()[0].time, 3);
    const auto history = all({.history = true});
    ASSERT_EQ(history.size(), 3u);
    EXPECT_EQ(history[1].score, 0.0);
}

TEST_P(LabelsContract, an_old_file_does_not_undo_a_correction) {
    const Label first = label(1, "ana", 1, 1);
    put({first, label(1, "ana", 0, 5)});
    EXPECT_EQ(put({first}), (LabelsPut{.same = 1}));
    EXPECT_EQ(put({label(1, "ana", std::nullopt, 3)}), (LabelsPut{.older = 1}));
    EXPECT_EQ(all()[0].score, 0.0);
    EXPECT_EQ(all({.history = true}).size(), 3u);
}

TEST_P(LabelsContract, people_dimensions_and_rubrics_have_labels_of_their_own) {
    Label other_rubric = label(1, "ana", 0, 2), other_dimension = label(1, "ana", 0, 3);
    other_rubric.rubric = "r2";
    other_dimension.dimension = "format";
    const LabelsPut done = put({label(1, "ana", 1, 1), label(1, "bo", 1, 1), other_rubric,
                                other_dimension, label(2, "ana", 1, 4)});
    EXPECT_EQ(done, (LabelsPut{.added = 5}));
    EXPECT_EQ(all({.dimension = "tone"}).size(), 4u);
    EXPECT_EQ(all({.annotator = "bo"}).size(), 1u);
    EXPECT_EQ(all({.interaction = trace(2)}).size(), 1u);
    EXPECT_EQ(all({.dimension = "tone", .annotator = "ana", .interaction = trace(1)}).size(), 2u);
}

TEST_P(LabelsContract, an_item_is_asked_about_once_a_dimension) {
    const std::vector<LabelRequest> flips{
        {trace(2), "tone", LabelReason::flip, std::nullopt, 5},
        {trace(1), "tone", LabelReason::flip, 0.5, 7},
        {trace(1), "format", LabelReason::by_hand, std::nullopt, 7}};
    ASSERT_TRUE(labels_->ask(flips).ok());
    ASSERT_TRUE(labels_->ask({{{trace(1), "tone", LabelReason::by_hand, 0.1, 9}}}).ok());
    open();
    const auto asked = labels_->requests("tone");
    ASSERT_TRUE(asked.ok());
    ASSERT_EQ(asked->size(), 2u);
    EXPECT_EQ((*asked)[0].interaction, trace(2));
    EXPECT_EQ((*asked)[0].inclusion, std::nullopt);
    EXPECT_EQ((*asked)[1].reason, LabelReason::flip);
    EXPECT_EQ((*asked)[1].inclusion, 0.5);
    EXPECT_EQ((*asked)[1].time, 7);
}

}  // namespace plimsoll::record
