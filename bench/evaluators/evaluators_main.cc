// plimsoll_evaluators [--write-weights]: the figures of bench/EVALUATORS.md, from ../shared/data.
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "evaluators/figures.h"

int main(int argc, char** argv) {
    using namespace plimsoll::bench;
    CLI::App app("How well the deterministic evaluators agree with people.");
    bool write = false;
    app.add_flag("--write-weights", write, "Write the fitted weights into src/evaluate/checks.");
    CLI11_PARSE(app, argc, argv);
    if (!std::filesystem::exists(data_folder)) {
        fmt::print(stderr, "No data: {} is not there.\n", data_folder);
        return 3;
    }
    const std::string checks = PLIMSOLL_ROOT "/src/evaluate/checks/";
    print_refusal(write ? checks + "refusal_weights.inc" : "");
    print_grounded();
}
