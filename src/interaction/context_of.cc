#include "interaction/context_of.h"

#include <map>
#include <set>
#include <string>

#include "interaction/plain_json.h"
#include "interaction/prompt_fingerprint.h"

namespace plimsoll::interaction {
namespace {

constexpr std::size_t value_bytes_max = 48;  ///< Of a flag or a parameter; the rest is cut.

/// "a=1 b=on", by name. No value of them may look like two.
std::string listed(const std::map<std::string, std::string>& values) {
    std::string made;
    for (const auto& [name, value] : values) {
        if (!made.empty()) made += ' ';
        made += name + '=';
        for (const char c : value.substr(0, value_bytes_max)) made += c == ' ' ? '_' : c;
    }
    return made;
}

/// Another seed is no other behaviour, and who asked is no parameter.
bool tells_behavior(std::string_view parameter) {
    return parameter != "seed" && parameter != "user" && parameter != "metadata" &&
           parameter != "model" && parameter != "messages" && parameter != "tools";
}

std::string system_of(const Step& step) {
    std::string system = step.system;
    for (const Message& message : step.input) {
        if (message.role != Role::system) break;
        if (!system.empty()) system += '\n';
        system += message.text();
    }
    return system;
}

}  // namespace

ContextVersions context_of(const Interaction& made, const Family& family, const Usage& usage,
                           std::uint32_t call, std::uint32_t teller) {
    ContextVersions context;
    std::set<std::string> sources;
    std::map<std::string, std::string> flags;
    for (std::uint32_t i = 0; i < made.steps.size(); ++i) {
        const Step& step = made.steps[i];
        const bool retrieves = step.kind == StepKind::retrieval || step.kind == StepKind::agent ||
                               step.kind == StepKind::model_call;
        if (retrieves && !step.data_source.empty()) sources.insert(step.data_source);
        for (const auto& [name, variant] : step.flags) flags.insert_or_assign(name, variant);
    }
    for (const std::string& source : sources)
        context.data_source += (context.data_source.empty() ? "" : " ") + source;
    context.flags = listed(flags);
    if (const auto version = made.resource.find("service.version"); version != made.resource.end())
        context.service_version = plain_json(version->second);

    const auto take_prompt = [&](const Step& step) {
        if (!context.prompt_name.empty() || !context.prompt_version.empty()) return;
        context.prompt_name = step.prompt_name;
        context.prompt_version = step.prompt_version;
    };
    std::string system;
    const std::vector<ToolDefinition>* tools = nullptr;
    const auto take_words = [&](const Step& step) {
        if (system.empty()) system = system_of(step);
        if (!tools && !step.tools.empty()) tools = &step.tools;
    };
    if (call != no_step) {
        const Step& step = made.steps[call];
        context.model_requested = step.model_requested;
        context.model_answered = step.model_answered;
        std::map<std::string, std::string> parameters;
        for (const auto& [name, value] : step.parameters)
            if (tells_behavior(name)) parameters.emplace(name, value);
        context.parameters = listed(parameters);
        take_prompt(step);
        take_words(step);
    }
    if (teller != no_step) take_words(made.steps[teller]);
    for (const std::uint32_t i : family.outermost_first) {
        if (usage.judging[i]) continue;
        const Step& step = made.steps[i];
        take_prompt(step);
        if (step.kind == StepKind::agent || (call == no_step && step.kind != StepKind::other))
            take_words(step);
    }
    static const std::vector<ToolDefinition> none;
    context.prompt_fingerprint = prompt_fingerprint(system, tools ? *tools : none);
    context.tools = tools_digest(tools ? *tools : none);
    return context;
}

std::string prompt_of(const ContextVersions& context) {
    const std::string& version =
        context.prompt_version.empty() ? context.prompt_fingerprint : context.prompt_version;
    if (context.prompt_name.empty()) return version;
    if (version.empty()) return context.prompt_name;
    return context.prompt_name + "@" + version;
}

}  // namespace plimsoll::interaction
