#include "base/id.h"

#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

static_assert(!std::is_convertible_v<SpanId, TraceId> && !std::is_convertible_v<TraceId, SpanId>);

// The ids of opentelemetry-proto's examples/trace.json.
constexpr std::string_view trace_hex = "5B8EFFF798038103D269B633813FC60C";

TEST(Id, reads_hex_of_either_case_and_writes_lower) {
    const auto id = TraceId::from_hex(trace_hex);
    ASSERT_TRUE(id);
    EXPECT_EQ(id->hex(), "5b8efff798038103d269b633813fc60c");
    EXPECT_EQ(TraceId::from_hex(id->hex()), id);
    EXPECT_EQ(TraceId::from_bytes(id->raw()), id);
}

TEST(Id, A07_wrong_lengths_and_letters_are_refused) {
    EXPECT_FALSE(TraceId::from_hex(""));
    EXPECT_FALSE(TraceId::from_hex(trace_hex.substr(1)));
    EXPECT_FALSE(SpanId::from_hex(trace_hex));
    EXPECT_FALSE(SpanId::from_hex("EEE19B7EC3C1B17G"));
    EXPECT_FALSE(SpanId::from_bytes("1234567"));
    EXPECT_FALSE(SpanId::from_bytes("123456789"));
}

TEST(Id, zero_is_absent) {
    EXPECT_TRUE(SpanId{}.is_zero());
    EXPECT_TRUE(SpanId::from_hex("0000000000000000")->is_zero());
    EXPECT_FALSE(SpanId::from_hex("0000000000000001")->is_zero());
}

TEST(Id, A09_ids_counted_up_in_any_byte_spread_over_buckets) {
    for (const std::size_t varied : {0u, 7u, 8u, 15u}) {
        std::unordered_set<std::size_t> low_bits;
        for (int i = 0; i < 256; ++i) {
            TraceId id;
            id.bytes[varied] = static_cast<std::uint8_t>(i);
            low_bits.insert(std::hash<TraceId>{}(id)&1023);
        }
        EXPECT_GT(low_bits.size(), 128u) << "byte " << varied;
    }
}

}  // namespace
}  // namespace plimsoll
