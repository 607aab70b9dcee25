#include "app/gate/gate_examples.h"

#include <fmt/format.h>

#include "analyse/evidence/input_text.h"
#include "app/evidence/opened_bundle.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return std::string(found ? found->as_string() : "");
}

Role role_of(const std::string& word) {
    for (const Role role : {Role::system, Role::user, Role::assistant, Role::tool})
        if (to_word(role) == word) return role;
    return Role::other;
}

PartKind kind_of(const std::string& word) {
    for (const PartKind kind : {PartKind::text, PartKind::reasoning, PartKind::tool_call,
                                PartKind::tool_result, PartKind::media})
        if (to_word(kind) == word) return kind;
    return PartKind::other;
}

/// Messages as the API writes them.
std::vector<Message> messages_of(json::Value line, std::string_view key) {
    std::vector<Message> messages;
    const auto list = line.find(key);
    if (!list) return messages;
    for (const json::Value each : list->elements()) {
        Message message{.role = role_of(text(each, "role")),
                        .role_sent = text(each, "role_sent"),
                        .name = text(each, "name"),
                        .finish_reason = text(each, "finish_reason")};
        if (const auto parts = each.find("parts"))
            for (const json::Value part : parts->elements())
                message.parts.push_back({.kind = kind_of(text(part, "kind")),
                                         .text = text(part, "text"),
                                         .id = text(part, "id"),
                                         .name = text(part, "name"),
                                         .json = text(part, "json")});
        messages.push_back(std::move(message));
    }
    return messages;
}

/// One model call, after a retrieval if there are documents.
std::optional<Interaction> interaction_of_line(json::Value line) {
    const auto id = TraceId::from_hex(text(line, "interaction"));
    if (!id) return std::nullopt;
    Interaction interaction;
    interaction.id = *id;
    if (const auto attributes = line.find("attributes"))
        for (const json::Member member : attributes->members())
            interaction.attributes[std::string(member.key)] = member.value.as_string();
    interaction.service = interaction.attributes["service"];
    interaction.session = id->hex();
    if (const auto documents = line.find("documents"); documents && documents->size() > 0) {
        Step retrieval{.kind = StepKind::retrieval, .content = ContentStatus::full};
        for (const json::Value document : documents->elements())
            retrieval.documents.push_back(
                {.id = text(document, "id"), .text = text(document, "text")});
        interaction.steps.push_back(std::move(retrieval));
    }
    Step call{.kind = StepKind::model_call,
              .system = text(line, "system"),
              .input = messages_of(line, "input"),
              .output = messages_of(line, "output"),
              .content = ContentStatus::full};
    for (const Message& message : call.input)
        if (message.role == Role::user) interaction.question = message.text();
    if (!call.output.empty()) interaction.answer = call.output.back().text();
    interaction.steps.push_back(std::move(call));
    return interaction;
}

GateExample example_of(const Interaction& interaction) {
    return {.id = interaction.id.hex(),
            .input = analyse::input_text(interaction),
            .cluster = interaction.session,
            .recorded = {}};
}

}  // namespace

Result<GateExamples> examples_of_bundle(const std::string& folder) {
    auto bundle = open_bundle(folder);
    if (!bundle) return bundle.error();
    GateExamples set{.configuration = std::move(bundle->configuration)};
    const auto who = analyse::concerned(set.configuration->scorecard, bundle->evidence.finding);
    if (!who) return who.error();
    set.targets.push_back({bundle->evidence.finding.dimension, *who});
    for (const analyse::EvidenceLine& line : bundle->evidence.lines) {
        if (line.after) continue;
        Interaction interaction = analyse::interaction_of(line);
        GateExample example = example_of(interaction);
        example.interaction = std::move(interaction);
        example.weight = line.weight();
        example.recorded = line.score;
        set.examples.push_back(std::move(example));
    }
    return set;
}

Result<GateExamples> examples_of_dataset(std::string_view lines,
                                         std::unique_ptr<const Configuration> configuration,
                                         bool judges) {
    GateExamples set{.configuration = std::move(configuration)};
    for (const evaluate::Dimension& dimension : set.configuration->scorecard.dimensions) {
        GateTarget target{.name = dimension.name, .who = {.dimension = &dimension}};
        // A line of a dataset has no clock and no bill: these would pass whatever a candidate is.
        for (const auto& check : dimension.evaluators)
            if (check.check->dimension != "latency" && check.check->dimension != "cost")
                target.who.checks.push_back(&check);
        if (judges)
            for (const auto& judge : dimension.judges) target.who.judges.push_back(&judge);
        if (!target.who.checks.empty() || !target.who.judges.empty())
            set.targets.push_back(std::move(target));
    }
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const std::size_t end = lines.find('\n');
        const auto document = json::Document::parse(lines.substr(0, end));
        auto interaction = document ? interaction_of_line(document->root()) : std::nullopt;
        if (!interaction) return Error{fmt::format("line {} is none of a dataset", number)};
        GateExample example = example_of(*interaction);
        example.interaction = std::move(*interaction);
        set.examples.push_back(std::move(example));
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    return set;
}

}  // namespace plimsoll::app
