/// plimsoll_ledger: compares ledgers with what `plimsoll spans` prints on its standard input. Exit
/// code 0 if nothing acknowledged is lost and nothing is there twice.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>

#include "load/ledger.h"

using namespace plimsoll;

int main(int argc, char** argv) {
    CLI::App app{"Compares ledgers of acknowledged spans with `plimsoll spans` on standard input."};
    std::vector<std::string> files;
    app.add_option("ledgers", files, "Files of plimsoll_load")->required();
    CLI11_PARSE(app, argc, argv);

    std::vector<load::SpanName> acknowledged;
    for (const std::string& file : files) {
        const auto ledger = load::read_ledger(file);
        if (!ledger) return fmt::print(stderr, "{}\n", ledger.error().what), 2;
        acknowledged.insert(acknowledged.end(), ledger->begin(), ledger->end());
    }
    std::ios::sync_with_stdio(false);
    auto held = load::read_spans(std::cin);
    if (!held) return fmt::print(stderr, "{}\n", held.error().what), 2;
    const auto result = load::compare(std::move(acknowledged), std::move(*held));
    fmt::print(R"({{"acknowledged":{},"held":{},"lost":{},"doubled":{},"unasked":{}}})"
               "\n",
               result.acknowledged, result.held, result.lost, result.doubled, result.unasked);
    return result.whole() ? 0 : 1;
}
