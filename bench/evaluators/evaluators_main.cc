// plimsoll_evaluators [--write-weights] [--write-calls FILE] [--only NAME]: the figures of
// bench/EVALUATORS.md, from ../shared/data.
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "evaluators/figures.h"

int main(int argc, char** argv) {
    using namespace plimsoll::bench;
    CLI::App app("How well the deterministic evaluators agree with people.");
    bool write = false;
    app.add_flag("--write-weights", write, "Write the fitted weights into src/evaluate/checks.");
    std::string calls;
    app.add_option("--write-calls", calls, "Write the tool calls that are compared, and stop.");
    std::set<std::string> only;
    app.add_option("--only", only,
                   "Print these alone: refusal, grounded, tool_calls, outcomes, blame, texts.");
    CLI11_PARSE(app, argc, argv);
    if (!std::filesystem::exists(data_folder)) {
        fmt::print(stderr, "No data: {} is not there.\n", data_folder);
        return 3;
    }
    const std::string checks = PLIMSOLL_ROOT "/src/evaluate/checks/";
    if (!calls.empty()) {
        write_tool_calls(calls);
        return 0;
    }
    const auto wanted = [&](const char* name) { return only.empty() || only.contains(name); };
    if (wanted("refusal")) print_refusal(write ? checks + "refusal_weights.inc" : "");
    if (wanted("grounded")) print_grounded();
    if (wanted("tool_calls")) print_tool_calls();
    if (wanted("outcomes")) print_outcomes();
    if (wanted("blame")) print_blame();
    if (wanted("texts")) print_texts();
}
