#include "app/gate/candidate_outputs.h"

#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "base/json.h"

namespace plimsoll::app {

Result<CandidateOutputs> parse_outputs(std::string_view lines, const std::string& name) {
    CandidateOutputs outputs;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const std::size_t end = lines.find('\n');
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto document = json::Document::parse(line);
        if (!document) return Error{fmt::format("{}:{}: {}", name, number, document.error().what)};
        const auto id = document->root().find("id"), output = document->root().find("output");
        if (!id || !id->is_string() || !output || (!output->is_string() && !output->is_null()))
            return Error{fmt::format(
                "{}:{}: a line is {{\"id\":\"…\",\"output\":\"…\"}}, output null if there is none",
                name, number)};
        auto& runs = outputs.by_input[std::string(id->as_string())];
        if (output->is_string())
            runs.emplace_back(output->as_string());
        else
            outputs.failures.push_back(fmt::format("{}: no output", id->as_string()));
    }
    return outputs;
}

Result<CandidateOutputs> read_outputs(const std::string& path) {
    std::string lines;
    if (path == "-") {
        lines.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream file(path, std::ios::binary);
        if (!file) return Error{"cannot read " + path};
        lines.assign(std::istreambuf_iterator<char>(file), {});
    }
    return parse_outputs(lines, path == "-" ? "stdin" : path);
}

}  // namespace plimsoll::app
