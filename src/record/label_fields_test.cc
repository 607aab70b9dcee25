#include "record/label_fields.h"

#include <gmock/gmock.h>

namespace plimsoll::record {
namespace {

using Words = std::map<std::string, std::string>;

constexpr UnixNanos monday = 1'767'571'200 * nanos_per_second;  // 2026-01-05T00:00:00Z
const Words least{{"interaction", "0af7651916cd43dd8448eb211c80319c"},
                  {"dimension", "tone"},
                  {"annotator", "ana"},
                  {"score", "fail"}};

Words with(std::string name, std::string word) {
    Words words = least;
    words[std::move(name)] = std::move(word);
    return words;
}

TEST(LabelFields, the_least_a_label_needs) {
    const auto label = std::get<Label>(label_of(least, monday));
    EXPECT_EQ(label.score, 0.0);
    EXPECT_EQ(label.queued, LabelReason::by_hand);
    EXPECT_EQ(label.inclusion, std::nullopt);
    EXPECT_EQ(label.time, monday);
}

TEST(LabelFields, every_field_is_read_back_as_it_was_written) {
    Words words = with("rubric", "r1");
    words["score"] = "0.3";
    words["queued"] = "flip";
    words["inclusion"] = "0.05";
    words["time"] = "2026-01-05T10:00:00.250Z";
    words["note"] = "naïve, \"quoted\"\nsecond line";
    const auto label = std::get<Label>(label_of(words, monday));
    for (const LabelField& field : label_fields())
        EXPECT_EQ(field.word(label), words[std::string(field.name)]) << field.name;
    EXPECT_EQ(std::get<Label>(label_of(with("score", "unsure"), 0)).score, std::nullopt);
}

TEST(LabelFields, what_is_wrong_is_named_with_its_mend) {
    const Words wrong[] = {
        with("interaction", "0af7"),
        with("interaction", std::string(32, '0')),
        with("score", "1.01"),
        with("score", "nan"),
        with("score", "maybe"),
        with("score", "0.5x"),
        with("inclusion", "0"),
        with("inclusion", "inf"),
        with("queued", "because"),
        with("time", "yesterday"),
        with("annotator", "\xFF"),
        with("annotator", std::string("a\0b", 3)),
        with("note", std::string(4'001, 'x')),
        with("dimension", ""),
        with("colour", "red"),
    };
    for (const Words& words : wrong) {
        const auto answer = label_of(words, monday);
        const auto* refused = std::get_if<RefusedLabel>(&answer);
        ASSERT_NE(refused, nullptr);
        EXPECT_NE(refused->what, "");
        EXPECT_NE(refused->mend, "");
        EXPECT_TRUE(!least.contains(refused->field) ||
                    words.at(refused->field) != least.at(refused->field));
    }
}

}  // namespace
}  // namespace plimsoll::record
