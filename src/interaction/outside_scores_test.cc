#include "interaction/outside_scores.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction {
namespace {

wire::AnyValue text(std::string_view words) {
    wire::AnyValue value;
    value.kind = wire::AnyValue::Kind::string;
    value.text = words;
    return value;
}
wire::AnyValue number(std::int64_t integer) {
    wire::AnyValue value;
    value.kind = wire::AnyValue::Kind::integer;
    value.integer = integer;
    return value;
}

/// Example E5 of the OpenInference specification: spec/annotations.md.
TEST(OutsideScores, annotations_keep_who_made_them) {
    wire::SpanView span;
    span.id.bytes[7] = 1;
    span.attributes.add({"annotations.0.annotation.name", text("hallucination")});
    span.attributes.add({"annotations.0.annotation.score", number(1)});
    span.attributes.add({"annotations.0.annotation.label", text("hallucinated")});
    span.attributes.add({"annotations.0.annotation.annotator_kind", text("LLM")});
    span.attributes.add({"annotations.0.annotation.identifier", text("judge-v2")});
    span.attributes.add({"session.annotations.10.annotation.name", text("solved")});
    span.attributes.add({"session.annotations.10.annotation.label", text("yes")});
    span.attributes.add({"evaluations.0.evaluation.name", text("says nothing")});
    const auto scores = outside_scores_of(span);
    ASSERT_EQ(scores.size(), 2u);
    EXPECT_EQ(scores[0].name, "hallucination");
    EXPECT_EQ(scores[0].value, 1.0);
    EXPECT_EQ(scores[0].label, "hallucinated");
    EXPECT_EQ(scores[0].annotator, "llm");
    EXPECT_EQ(scores[0].evaluator, "judge-v2");
    EXPECT_EQ(scores[0].step, span.id);
    EXPECT_EQ(scores[1].about, OutsideScore::About::session);
    EXPECT_TRUE(scores[1].step.is_zero());
}

TEST(OutsideScores, a_carrier_with_one_link_speaks_of_the_linked_span) {
    wire::SpanView span;
    span.id.bytes[7] = 1;
    wire::ScopeView scope{.name = "ragas"};
    span.scope = &scope;
    wire::LinkView link;
    link.span.bytes[7] = 9;
    span.links.push_back(link);
    span.events.push_back({.name = "gen_ai.evaluation.groundedness"});
    span.events[0].attributes.add({"gen_ai.evaluation.score", text("0.25")});
    const auto scores = outside_scores_of(span);
    ASSERT_EQ(scores.size(), 1u);
    EXPECT_EQ(scores[0].name, "groundedness");
    EXPECT_EQ(scores[0].value, 0.25);
    EXPECT_EQ(scores[0].step, link.span);
    EXPECT_EQ(scores[0].evaluator, "ragas");
}

}  // namespace
}  // namespace plimsoll::interaction
