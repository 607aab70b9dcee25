#include "wire/pick_spans.h"

#include <gmock/gmock.h>

#include "wire/otlp_writer.h"
#include "wire/span_view.h"

namespace plimsoll::wire {
namespace {

outgoing::Span span(char number) {
    return {.trace = std::string(16, number),
            .id = std::string(8, number),
            .name = std::string("span ") + number,
            .start = 5,
            .end = 9};
}

std::vector<std::string> names(std::string_view otlp) {
    std::vector<std::string> found;
    EXPECT_TRUE(for_each_span(otlp, [&](std::uint32_t, const SpanView& view) {
        std::string name = std::string(view.name) + " of " + std::string(view.scope->name);
        for (const Attribute& attribute : view.resource->attributes.list())
            name += " with " + std::string(attribute.key);
        found.push_back(name);
    }));
    return found;
}

TEST(PickSpans, keeps_the_chosen_ones_with_their_resource_and_scope) {
    const std::string body = outgoing::to_otlp(
        {{{{"a", 1}},
          "",
          {{"s1", "", {}, "", {span('0'), span('1')}}, {"s2", "", {}, "", {span('2')}}}},
         {{{"b", 1}}, "", {{"s3", "", {}, "", {span('3')}}}}});
    const auto picked = [&](std::vector<std::uint32_t> ordinals) {
        return names(pick_spans(body, ordinals));
    };
    EXPECT_THAT(picked({1, 3}), testing::ElementsAre("span 1 of s1 with a", "span 3 of s3 with b"));
    EXPECT_THAT(picked({0, 2}), testing::ElementsAre("span 0 of s1 with a", "span 2 of s2 with a"));
    EXPECT_EQ(pick_spans(body, std::vector<std::uint32_t>{0, 1, 2, 3}), body);
    EXPECT_EQ(pick_spans(body, std::vector<std::uint32_t>{7}), "");
    EXPECT_EQ(pick_spans(body, {}), "");
}

}  // namespace
}  // namespace plimsoll::wire
