#include "evaluators/tau_bench.h"

#include <fstream>
#include <stdexcept>

#include "base/json.h"
#include "evaluators/figures.h"

namespace plimsoll::bench {

namespace {

using json::Value;

std::string text_at(Value value, std::string_view key) {
    const auto found = value.find(key);
    if (!found) return "";
    return found->is_string() ? std::string(found->as_string()) : json::to_text(*found);
}

Message message_of(Value sent) {
    Message message;
    message.role_sent = text_at(sent, "role");
    message.role = message.role_sent == "system"      ? Role::system
                   : message.role_sent == "user"      ? Role::user
                   : message.role_sent == "assistant" ? Role::assistant
                                                      : Role::tool;
    if (message.role == Role::tool) {
        message.parts.push_back({.kind = PartKind::tool_result,
                                 .text = text_at(sent, "content"),
                                 .id = text_at(sent, "tool_call_id"),
                                 .name = text_at(sent, "name")});
    } else if (const auto content = sent.find("content"); content && content->is_string()) {
        message.parts.push_back({.text = std::string(content->as_string())});
    }
    for (const Value call : sent.find("tool_calls").value_or(Value()).elements()) {
        const Value function = call.find("function").value_or(Value());
        message.parts.push_back({.kind = PartKind::tool_call,
                                 .id = text_at(call, "id"),
                                 .name = text_at(function, "name"),
                                 .json = text_at(function, "arguments")});
    }
    return message;
}

std::string required(Value actions) {
    json::Writer out;
    out.begin_array();
    for (const Value action : actions.elements()) {
        out.begin_object().key("name").value(action.find("name")->as_string());
        out.key("arguments").value(*action.find("kwargs")).end_object();
    }
    return out.end_array().take();
}

Interaction interaction_of(Value row) {
    Interaction interaction;
    std::vector<Message> since;
    for (const Value sent : row.find("traj")->elements()) {
        Message message = message_of(sent);
        if (message.role != Role::assistant) {
            since.push_back(std::move(message));
            continue;
        }
        Step step;
        step.id.bytes[7] = static_cast<std::uint8_t>(interaction.steps.size() + 1);
        step.id.bytes[6] = static_cast<std::uint8_t>((interaction.steps.size() + 1) >> 8);
        step.kind = StepKind::model_call;
        step.content = ContentStatus::full;
        step.start = interaction.steps.size() + 1;
        step.end = step.start + 1;
        step.input = std::move(since);
        since.clear();
        interaction.answer = message.text();
        step.output = {std::move(message)};
        interaction.steps.push_back(std::move(step));
    }
    if (interaction.steps.empty()) throw std::runtime_error("tau_bench: no answer of the agent");
    if (!since.empty()) {  // The run ended with a tool's result or the user's good-bye.
        Step last;
        last.kind = StepKind::agent;
        last.input = std::move(since);
        interaction.steps.push_back(std::move(last));
    }
    const Value task = *row.find("info")->find("task");
    interaction.steps.front().attributes.emplace_back("plimsoll.expected.writes",
                                                      required(*task.find("actions")));
    return interaction;
}

}  // namespace

std::vector<Trajectory> tau_bench() {
    std::vector<Trajectory> all;
    std::ifstream in(data_folder + "tau_bench/gpt-4o-airline.jsonl");
    for (std::string line; std::getline(in, line);) {
        const auto row = json::Document::parse(line);
        if (!row) throw std::runtime_error("tau_bench: " + row.error().what);
        all.push_back({text_at(row->root(), "task_id"),
                       row->root().find("reward")->as_number() == 1.0,
                       interaction_of(row->root())});
    }
    return all;
}

}  // namespace plimsoll::bench
