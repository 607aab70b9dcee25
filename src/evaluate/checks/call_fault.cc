#include "evaluate/checks/call_fault.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluate/json_place.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

using Judged = std::variant<std::optional<CallFault>, Verdict>;

CallFault fault(const Part& call, std::string why, std::string explanation,
                std::string_view pointer = "") {
    const JsonPlace whole{0, call.json.size()};
    const JsonPlace place = pointer.empty() ? whole : place_of(call.json, pointer).value_or(whole);
    return {&call, place.begin, place.end, std::move(why), std::move(explanation)};
}

Judged against_schema(const ToolDefinition& tool, const Part& call, json::Value arguments,
                      const ToolSchemas& schemas) {
    const auto schema = schemas.compiled(tool.parameters_json);
    if (!schema->ok()) {
        return Verdict::unscored(Reason::unparsable,
                                 fmt::format("The schema of {} cannot be used: {}",
                                             quote(tool.name, 40), schema->error().what));
    }
    const Finding finding = (*schema)->examine(arguments);
    if (const auto* violation = std::get_if<Violation>(&finding)) {
        return fault(call, violation->expected,
                     fmt::format("{}: {}", quote(tool.name, 40), violation->text()),
                     violation->pointer);
    }
    if (const auto* complex = std::get_if<TooComplex>(&finding)) {
        return Verdict::unscored(Reason::too_large, complex->why);
    }
    return std::nullopt;
}

}  // namespace

Judged fault_of(const Interaction& interaction, const AskedCall& call, const ToolSchemas& schemas) {
    const Part& part = *call.part;
    if (call.step->content == ContentStatus::truncated) {
        return Verdict::unscored(Reason::truncated, "The call was cut before it reached us.");
    }
    const auto* tools = offered_tools(interaction, *call.step);
    if (!tools) {
        return Verdict::unscored(Reason::missing_content, "The tools offered were not sent.");
    }
    const auto tool = std::ranges::find(*tools, part.name, &ToolDefinition::name);
    if (tool == tools->end()) {
        return fault(part, "no such tool was offered",
                     fmt::format("{} is none of the {} tools offered.", quote(part.name, 40),
                                 tools->size()));
    }
    const auto arguments = json::Document::parse(part.json.empty() ? "{}" : part.json);
    if (!arguments) {
        return fault(part, "not JSON: " + arguments.error().what,
                     fmt::format("The arguments of {} are not JSON: {}: {}", quote(part.name, 40),
                                 arguments.error().what, quote(part.json)));
    }
    if (!arguments->root().is_object()) {
        return fault(part, "not an object",
                     fmt::format("The arguments of {} are no object: {}", quote(part.name, 40),
                                 quote(part.json)));
    }
    if (tool->parameters_json.empty()) return std::nullopt;
    return against_schema(*tool, part, arguments->root(), schemas);
}

std::vector<CallFault> call_faults(const Interaction& interaction) {
    const ToolSchemas schemas;
    std::vector<CallFault> faults;
    for (const AskedCall& call : asked_calls(interaction)) {
        auto judged = fault_of(interaction, call, schemas);
        auto* fault = std::get_if<std::optional<CallFault>>(&judged);
        if (fault && *fault) faults.push_back(std::move(**fault));
    }
    return faults;
}

}  // namespace plimsoll::evaluate
