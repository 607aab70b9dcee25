/// Whole stories: test/replay/<case>/otlp.json goes in, interaction.txt must come out. With
/// PLIMSOLL_ACCEPT=1 (`./run accept`) the files are written anew, and their diff is the review.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "interaction/describe.h"
#include "interaction/understand.h"

namespace plimsoll::interaction {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

/// Every trace of the body, as text; in the order of their first spans.
std::string replayed(const std::string& body) {
    const wire::Admitted admitted = wire::admit(body, wire::Encoding::json, wire::Limits{});
    EXPECT_TRUE(admitted.decodable) << admitted.why;
    EXPECT_EQ(admitted.rejected, 0u) << admitted.why;
    struct Trace {
        std::vector<Step> steps;
        Origin origin;
        bool root_ended = false;
    };
    std::map<TraceId, Trace> traces;
    std::vector<TraceId> order;
    wire::for_each_span(admitted.otlp, [&](std::uint32_t, const wire::SpanView& span) {
        if (!traces.contains(span.trace)) order.push_back(span.trace);
        Trace& trace = traces[span.trace];
        if (trace.steps.empty()) trace.origin = origin_of(span);
        trace.root_ended |= (span.parent.is_zero() || span.parent == span.id) && span.end != 0;
        trace.steps.push_back(understand_span(span));
    });
    std::string all;
    for (const TraceId& id : order) {
        Trace& trace = traces[id];
        all += to_text(assemble(id, std::move(trace.steps), trace.origin, !trace.root_ended),
                       {.sources = true});
    }
    return all;
}

class Replay : public testing::TestWithParam<std::string> {};

TEST_P(Replay, gives_the_interaction_that_was_accepted) {
    const fs::path folder = fs::path(PLIMSOLL_ROOT) / "test/replay" / GetParam();
    const std::string got = replayed(contents(folder / "otlp.json"));
    if (const char* accept = std::getenv("PLIMSOLL_ACCEPT"); accept && *accept == '1') {
        std::ofstream(folder / "interaction.txt", std::ios::binary) << got;
        return;
    }
    EXPECT_EQ(got, contents(folder / "interaction.txt"))
        << "If the change is meant: ./run accept, then review the diff.";
}

std::vector<std::string> cases() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(fs::path(PLIMSOLL_ROOT) / "test/replay")) {
        if (fs::exists(entry.path() / "otlp.json")) names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Stories, Replay, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace plimsoll::interaction
