#include "app/demo/progress.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

namespace plimsoll::app {
namespace {

std::string written(bool terminal, std::uint64_t steps) {
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* out = open_memstream(&text, &size);
    Progress progress("Sending", steps, out, terminal);
    for (std::uint64_t i = 0; i < steps; ++i) progress.at(i);
    progress.done("in 2 s");
    std::fclose(out);
    const std::string all(text, size);
    free(text);
    return all;
}

TEST(Progress, a_log_gets_a_line_each_ten_percent) {
    const std::string log = written(false, 1'000);
    EXPECT_EQ(std::ranges::count(log, '\n'), 11);
    EXPECT_THAT(log, testing::StartsWith("Sending: 0%\nSending: 10%\n"));
    EXPECT_THAT(log, testing::EndsWith("Sending: 90%\nSending: 100%  in 2 s\n"));
}

TEST(Progress, a_terminal_gets_one_line_drawn_over) {
    const std::string bar = written(true, 1'000);
    EXPECT_EQ(std::ranges::count(bar, '\n'), 1);
    EXPECT_EQ(std::ranges::count(bar, '\r'), 101);
    EXPECT_THAT(bar, testing::EndsWith("100%  in 2 s\n"));
}

TEST(Progress, nothing_to_do_is_done) {
    EXPECT_EQ(written(false, 0), "Sending: 100%  in 2 s\n");
}

}  // namespace
}  // namespace plimsoll::app
