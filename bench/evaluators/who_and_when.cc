#include "evaluators/who_and_when.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/json.h"
#include "evaluators/figures.h"

namespace plimsoll::bench {

namespace {

/// "Orchestrator (-> WebSurfer)" is a message of Orchestrator.
std::string agent_of(json::Value message) {
    const auto name = message.find("name");
    const std::string_view sent =
        (name && name->is_string() ? *name : *message.find("role")).as_string();
    return std::string(sent.substr(0, sent.find(" (")));
}

FailedRun run_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    const auto document = json::Document::parse(text.str());
    if (!document) throw std::runtime_error(path.string() + ": " + document.error().what);
    const json::Value root = document->root();
    FailedRun run;
    run.agent = root.find("mistake_agent")->as_string();
    const json::Value step = *root.find("mistake_step");
    run.step = step.is_string() ? std::stoul(std::string(step.as_string()))
                                : static_cast<std::size_t>(*step.as_integer());
    for (const json::Value message : root.find("history")->elements()) {
        const std::string name = agent_of(message);
        const std::string content(message.find("content").value_or(json::Value()).as_string());
        Step turn;
        turn.start = turn.end = run.interaction.steps.size() + 1;
        turn.content = ContentStatus::full;
        if (name == "Computer_terminal" || name == "ComputerTerminal") {
            turn.kind = StepKind::tool_call;
            turn.tool_name = name;
            turn.tool_result = content;
        } else {
            turn.kind = StepKind::agent;
            turn.agent = name == "human" ? "" : name;
            Part part;
            part.text = content;
            Message said;
            said.role = Role::assistant;
            said.parts.push_back(std::move(part));
            turn.output.push_back(std::move(said));
        }
        run.speakers.push_back(name);
        run.interaction.steps.push_back(std::move(turn));
    }
    return run;
}

}  // namespace

std::vector<FailedRun> who_and_when(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(data_folder + "who_and_when/" + folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<FailedRun> runs;
    for (const auto& file : files) runs.push_back(run_of(file));
    return runs;
}

}  // namespace plimsoll::bench
