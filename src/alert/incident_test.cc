#include "alert/incident.h"

#include <gmock/gmock.h>

#include "alert/findings_for_test.h"

namespace plimsoll::alert {
namespace {

using record::Finding;
using testing::ElementsAre;

TEST(Incidents, one_cause_at_one_time_in_one_service_is_one) {
    const Finding a = finding("a"), b = finding("b", "tone", monday + 2 * hour);
    EXPECT_TRUE(same_change(a, b));
    Finding other_cause = b, elsewhere = b, later = finding("b", "tone", monday + 5 * hour),
            better = b;
    other_cause.causes[0].to = "v9";
    elsewhere.service = "drafts";
    better.worse = false;
    EXPECT_FALSE(same_change(a, other_cause));
    EXPECT_FALSE(same_change(a, elsewhere));
    EXPECT_FALSE(same_change(a, later));
    EXPECT_FALSE(same_change(a, better));
}

TEST(Incidents, slices_within_each_other_are_one_change_without_a_cause) {
    Finding all = finding("a"), german = finding("b"), spanish = finding("c");
    german.slice = {{"language", "de"}};
    spanish.slice = {{"language", "es"}};
    for (Finding* one : {&all, &german, &spanish}) one->causes.clear();
    EXPECT_TRUE(same_change(all, german));
    EXPECT_FALSE(same_change(german, spanish)) << "neither lies in the other";
    spanish.related = {"b"};
    EXPECT_TRUE(same_change(german, spanish));
}

TEST(Incidents, join_through_others) {
    Finding a = finding("a"), b = finding("b", "tone"), c = finding("c", "latency"),
            d = finding("d", "cost");
    for (Finding* one : {&a, &b, &c, &d}) one->causes.clear();
    c.related = {"a"};
    b.related = {"c"};
    const std::vector<const Finding*> all{&a, &b, &c, &d};
    EXPECT_THAT(incidents(all), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3)));
}

}  // namespace
}  // namespace plimsoll::alert
