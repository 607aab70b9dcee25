#include <cstdio>

#include <fmt/format.h>

#include "app/commands/commands.h"

namespace plimsoll::app {

void print(std::string_view text) {
    fmt::print("{}", text);
    if (text.empty() || text.back() != '\n') fmt::print("\n");
}

int complain(std::string_view what, int code) {
    fmt::print(stderr, "plimsoll: {}\n", what);
    return code;
}

}  // namespace plimsoll::app
