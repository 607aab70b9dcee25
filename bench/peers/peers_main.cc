// plimsoll_peers: reads lines of arguments (functions.h) and answers each with a line of numbers.
#include <array>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "peers/functions.h"

namespace plimsoll::peers {
namespace {

const Function* function_called(std::string_view name) {
    for (const auto& functions : std::array{agreement_functions(), comparison_functions(),
                                            distribution_functions(), mean_functions()}) {
        for (const Function& one : functions) {
            if (one.name == name) return &one;
        }
    }
    return nullptr;
}

int answer_lines() {
    for (std::string line; std::getline(std::cin, line);) {
        const auto document = json::Document::parse(line);
        if (!document) {
            fmt::print(stderr, "{}: {}\n", document.error().what, line);
            return 3;
        }
        const auto name = document->root().find("function");
        const Function* function = name ? function_called(name->as_string()) : nullptr;
        if (!function) {
            fmt::print(stderr, "no such function: {}\n", line);
            return 3;
        }
        const Answer answer = function->of(Arguments(document->root()));
        if (answer) {
            fmt::print("{}\n", fmt::join(*answer, " "));
        } else {
            fmt::print("undefined {}\n", answer.why());
        }
    }
    return 0;
}

}  // namespace
}  // namespace plimsoll::peers

int main() {
    return plimsoll::peers::answer_lines();
}
