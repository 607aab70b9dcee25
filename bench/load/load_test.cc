#include <gmock/gmock.h>
#include <zstd.h>

#include <fstream>
#include <set>
#include <sstream>

#include "load/corpus.h"
#include "load/histogram.h"
#include "load/ledger.h"
#include "load/sender.h"
#include "wire/otlp.h"

namespace plimsoll::load {
namespace {

constexpr std::int64_t now = 1'795'392'000'000'000'000;

const std::vector<Body>& fat_corpus() {
    static const std::vector<Body> corpus = build_corpus(Workload::W1, 1, 16, now);
    return corpus;
}

TEST(Corpus, fat_spans_are_9200_bytes_in_the_mean) {
    // performance.md: log-normal 2-50 KB, mean 9.2 KB, 64 spans per body.
    double bytes = 0, spans = 0;
    for (const Body& body : fat_corpus()) {
        EXPECT_EQ(body.spans.size(), 64u);
        bytes += static_cast<double>(body.bytes.size());
        spans += static_cast<double>(body.spans.size());
    }
    EXPECT_NEAR(bytes / spans, 9'200, 700);
}

TEST(Corpus, fat_bodies_compress_by_about_three) {
    // performance.md: zstd level 1 has ratio 2.85 on such bodies.
    double raw = 0, small = 0;
    for (const Body& body : fat_corpus()) {
        std::string out(ZSTD_compressBound(body.bytes.size()), '\0');
        raw += static_cast<double>(body.bytes.size());
        small += static_cast<double>(
            ZSTD_compress(out.data(), out.size(), body.bytes.data(), body.bytes.size(), 1));
    }
    EXPECT_NEAR(raw / small, 2.95, .25);
}

TEST(Corpus, thin_spans_are_600_bytes) {
    const auto corpus = build_corpus(Workload::W3, 1, 4, now);
    EXPECT_EQ(corpus[0].spans.size(), 512u);
    EXPECT_NEAR(static_cast<double>(corpus[0].bytes.size()) / 512, 600, 40);
    EXPECT_EQ(build_corpus(Workload::W7, 1, 1, now)[0].spans.size(), 1u);
}

TEST(Corpus, the_same_seed_gives_the_same_bytes) {
    const auto once = build_corpus(Workload::W3, 7, 2, now);
    const auto again = build_corpus(Workload::W3, 7, 2, now);
    EXPECT_EQ(once[1].bytes, again[1].bytes);
    EXPECT_NE(once[1].bytes, build_corpus(Workload::W3, 8, 2, now)[1].bytes);
}

TEST(Corpus, ids_are_fresh_for_every_send_and_parents_follow) {
    std::set<std::string> seen;
    for (const Workload workload : {Workload::W1, Workload::W3, Workload::W7}) {
        const auto corpus = build_corpus(workload, 1, 2, now);
        for (std::uint64_t send = 0; send < 4; ++send) {
            const Body& body = corpus[send % 2];
            std::string bytes = body.bytes;
            const auto run = static_cast<std::uint64_t>(workload);
            write_ids(body, run, send, bytes.data());
            const auto admitted = wire::admit(bytes, wire::Encoding::protobuf, {});
            EXPECT_EQ(admitted.span_count, body.spans.size());
            std::set<SpanId> ids;
            wire::for_each_span_key(bytes, [&](std::uint32_t ordinal, const wire::SpanKey& key) {
                EXPECT_TRUE(
                    seen.insert(std::string(key.trace.raw()) + std::string(key.id.raw())).second);
                const auto trace = trace_id(run, send, body.spans[ordinal].trace);
                EXPECT_EQ(key.trace.raw(), std::string_view(trace.data(), trace.size()));
                const auto span = span_id(run, send, ordinal);
                EXPECT_EQ(key.id.raw(), std::string_view(span.data(), span.size()));
                ids.insert(key.id);
                EXPECT_TRUE(key.parent.is_zero() || ids.contains(key.parent));
            });
        }
    }
}

TEST(Histogram, quantiles_are_right_to_two_percent) {
    Histogram histogram;
    for (std::uint64_t value = 1; value <= 100'000; ++value) histogram.add(value);
    EXPECT_NEAR(static_cast<double>(histogram.quantile(.5)), 50'000, 1'000);
    EXPECT_NEAR(static_cast<double>(histogram.quantile(.99)), 99'000, 2'000);
    EXPECT_EQ(histogram.quantile(1), 100'000u);
    EXPECT_EQ(histogram.max(), 100'000u);
    EXPECT_EQ(Histogram().quantile(.5), 0u);
    Histogram one;
    one.add(63);
    EXPECT_EQ(one.quantile(.01), 63u);
}

SpanName name(char trace, char span) {
    SpanName made{};
    made.trace.fill(trace);
    made.span.fill(span);
    return made;
}

TEST(Ledger, lost_doubled_and_unasked_spans_are_counted) {
    const auto result = compare({name(1, 1), name(1, 2), name(2, 1), name(3, 1)},
                                {name(1, 2), name(2, 1), name(2, 1), name(2, 1), name(4, 1)});
    EXPECT_EQ(result.lost, 2u);
    EXPECT_EQ(result.doubled, 1u);
    EXPECT_EQ(result.unasked, 1u);
    EXPECT_FALSE(result.whole());
    EXPECT_TRUE(compare({name(1, 1)}, {name(1, 1), name(2, 2)}).whole());
}

TEST(Ledger, comes_back_from_its_file_and_from_lines) {
    const std::string path = testing::TempDir() + "/ledger";
    ASSERT_TRUE(write_ledger(path, {name(1, 2), name(3, 4)}));
    EXPECT_EQ(*read_ledger(path), (std::vector{name(1, 2), name(3, 4)}));
    std::ofstream(path, std::ios::app) << "x";
    EXPECT_FALSE(read_ledger(path));

    std::istringstream lines("01010101010101010101010101010101 0202020202020202\n");
    EXPECT_EQ(*read_spans(lines), std::vector{name(1, 2)});
    for (const char* bad : {"\n", "0101\n", "01010101010101010101010101010101\n",
                            "01010101010101010101010101010101-0202020202020202\n"}) {
        std::istringstream broken(bad);
        EXPECT_FALSE(read_spans(broken)) << bad;
    }
}

}  // namespace
}  // namespace plimsoll::load
