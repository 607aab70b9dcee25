#include "analyse/watch/version_events.h"

#include <gmock/gmock.h>

namespace plimsoll::analyse {
namespace {

using record::VersionCount;

struct Traffic {
    std::vector<VersionCount> counts;
    Traffic& in(std::int32_t from, std::int32_t to, const std::string& element,
                const std::string& value, std::uint64_t each = 100) {
        for (std::int32_t hour = from; hour < to; ++hour)
            counts.push_back({hour, element, value, each});
        return *this;
    }
    std::string events() const {
        std::string text;
        for (const VersionEvent& one : version_events(counts))
            text +=
                std::to_string(one.hour) + " " + one.element + " " + one.from + "→" + one.to + "; ";
        return text;
    }
};

TEST(VersionEvents, a_rollout_and_its_rollback_are_two_events) {
    EXPECT_EQ(Traffic()
                  .in(0, 100, "prompt", "a")
                  .in(100, 180, "prompt", "b")
                  .in(180, 300, "prompt", "a")
                  .events(),
              "100 prompt a→b; 180 prompt b→a; ");
}

TEST(VersionEvents, a_stray_request_is_none_and_a_slow_canary_is_one) {
    EXPECT_EQ(Traffic().in(0, 300, "model", "a").in(100, 101, "model", "stray", 3).events(), "");
    Traffic canary;
    canary.in(0, 400, "model", "a");
    for (std::int32_t hour = 100; hour < 268; ++hour)
        canary.in(hour, hour + 1, "model", "b", static_cast<std::uint64_t>((hour - 99) / 8));
    EXPECT_EQ(canary.events(), "107 model a→b; ");
}

TEST(VersionEvents, keys_and_names_that_say_the_same_are_one_event) {
    EXPECT_EQ(Traffic()
                  .in(0, 100, "prompt", "chat@1")
                  .in(100, 200, "prompt", "chat@2")
                  .in(0, 104, "prompt", "draft@1", 300)
                  .in(104, 200, "prompt", "draft@2", 300)
                  .in(0, 100, "app.prompt.version", "1")
                  .in(100, 200, "app.prompt.version", "2")
                  .events(),
              "100 prompt 1→2; ");
    EXPECT_EQ(Traffic().in(0, 200, "prompt", "chat@1").in(100, 200, "prompt", "draft@1").events(),
              "100 prompt →draft@1; ");
}

TEST(VersionEvents, keys_are_called_by_what_they_speak_of) {
    EXPECT_EQ(element_of("gen_ai.data_source.id"), "retriever");
    EXPECT_EQ(element_of("app.tool_schema.version"), "tool_schema");
    EXPECT_EQ(element_of("app.feature_flag.guard"), "feature flag guard");
    EXPECT_EQ(element_of("service.version"), "service");
    EXPECT_EQ(element_of("os.version"), "os.version");
}

}  // namespace
}  // namespace plimsoll::analyse
