#include "evaluate/tool_calls/expected_calls.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluate/quote.h"
#include "evaluate/tool_calls/accepted_value.h"

namespace plimsoll::evaluate {

namespace {

using json::Value;

/// A plain value as the one accepted: of a dictionary, each member's value becomes a list of one.
void write_accepted(json::Writer& out, Value value) {
    if (value.is_object()) {
        out.begin_object();
        for (const json::Member member : value.members()) {
            out.key(member.key).begin_array().value(member.value).end_array();
        }
        out.end_object();
    } else if (value.is_array()) {
        out.begin_array();
        for (const Value element : value.elements()) {
            if (element.is_object()) {
                write_accepted(out, element);
            } else {
                out.value(element);
            }
        }
        out.end_array();
    } else {
        out.value(value);
    }
}

/// Writes {name: {parameter: [accepted, …]}}; false if `call` is in neither form.
bool write_call(json::Writer& out, Value call) {
    if (const auto name = call.find("name"); name && name->is_string()) {
        out.begin_object().key(name->as_string()).begin_object();
        if (const auto arguments = call.find("arguments")) {
            if (!arguments->is_object()) return false;
            for (const json::Member member : arguments->members()) {
                out.key(member.key).begin_array();
                write_accepted(out, member.value);
                out.end_array();
            }
        }
        out.end_object().end_object();
        return true;
    }
    if (!call.is_object() || call.size() != 1) return false;
    const Value accepted = (*call.members().begin()).value;
    if (!accepted.is_object()) return false;
    for (const json::Member member : accepted.members()) {
        if (!member.value.is_array()) return false;
    }
    out.value(call);
    return true;
}

std::string name_called(std::string_view name, const ComparisonRules& rules) {
    std::string called(name);
    if (rules.dots_as_underscores) std::ranges::replace(called, '.', '_');
    return called;
}

}  // namespace

Result<ExpectedCalls> ExpectedCalls::parse(std::string_view text) {
    const auto sent = json::Document::parse(text);
    if (!sent) return Error{sent.error().what};
    json::Writer out;
    out.begin_array();
    std::size_t number = 0;
    for (const Value call : sent->root().elements()) {
        if (!write_call(out, call)) {
            return Error{
                fmt::format("call {} is neither {{\"name\", \"arguments\"}} nor "
                            "{{name: {{parameter: [accepted values]}}}}",
                            number)};
        }
        ++number;
    }
    out.end_array();
    auto document = json::Document::parse(out.text());
    if (!document) return Error{document.error().what};
    ExpectedCalls expected(std::move(*document));
    expected.any_ = sent->root().as_string() == "any";
    if (!sent->root().is_array() && !expected.any_) {
        return Error{"expected calls are a list, or \"any\""};
    }
    for (const Value call : expected.document_.root().elements()) {
        const json::Member member = *call.members().begin();
        expected.calls_.push_back({member.key, member.value});
    }
    return expected;
}

std::optional<Mismatch> ExpectedCalls::mismatch_of_call(const Call& expected, const MadeCall& made,
                                                        std::span<const OfferedTool> offered,
                                                        const ComparisonRules& rules) {
    const std::string name = name_called(expected.name, rules);
    if (made.name != name) {
        return Mismatch{Family::wrong_name, fmt::format("{} was called instead of {}.",
                                                        quote(made.name, 40), quote(name, 40))};
    }
    if (!made.arguments.is_object()) {
        return Mismatch{Family::unreadable,
                        fmt::format("The arguments of {} are no JSON object.", quote(name, 40))};
    }
    const auto tool = std::ranges::find_if(offered, [&](const OfferedTool& one) {
        return one.name == expected.name || one.name == name;
    });
    const Value schema = tool == offered.end() ? Value() : tool->parameters;
    const auto properties = schema.find("properties");
    for (const Value required : schema.find("required").value_or(Value()).elements()) {
        if (made.arguments.find(required.as_string())) continue;
        return Mismatch{Family::missing_required,
                        fmt::format("{}: its required {} is missing.", quote(name, 40),
                                    quote(required.as_string(), 40))};
    }
    for (const json::Member argument : made.arguments.members()) {
        const auto accepted = expected.accepted.find(argument.key);
        const auto declared = properties ? properties->find(argument.key) : std::nullopt;
        if (!accepted || (properties && !declared)) {
            return Mismatch{
                Family::unexpected_parameter,
                fmt::format("{}: {} is not expected.", quote(name, 40), quote(argument.key, 40))};
        }
        auto wrong = mismatch_of_argument(argument.key, *made.arguments.find(argument.key),
                                          declared.value_or(Value()), *accepted, rules.language);
        if (!wrong) continue;
        wrong->why = fmt::format("{}: {}", quote(name, 40), wrong->why);
        return wrong;
    }
    for (const json::Member parameter : expected.accepted.members()) {
        if (made.arguments.find(parameter.key) || may_be_omitted(parameter.value)) continue;
        return Mismatch{Family::missing_optional,
                        fmt::format("{}: {} is missing, which the question needs.", quote(name, 40),
                                    quote(parameter.key, 40))};
    }
    return std::nullopt;
}

std::optional<Mismatch> ExpectedCalls::mismatch(std::span<const MadeCall> made,
                                                std::span<const OfferedTool> offered,
                                                const ComparisonRules& rules) const {
    if (any_) {
        if (!made.empty()) return std::nullopt;
        return Mismatch{Family::call_expected, "No tool was called, though one fits."};
    }
    if (calls_.empty()) {
        if (made.empty()) return std::nullopt;
        return Mismatch{Family::no_call_expected, fmt::format("{} was called, though no tool fits.",
                                                              quote(made.front().name, 40))};
    }
    if (made.size() != calls_.size()) {
        return Mismatch{Family::wrong_count,
                        fmt::format("{} calls where {} are expected.", made.size(), calls_.size())};
    }
    if (calls_.size() == 1) return mismatch_of_call(calls_[0], made[0], offered, rules);

    std::vector<bool> taken(made.size());
    for (const Call& expected : calls_) {
        std::optional<Mismatch> nearest;  ///< With a call of the same name, if there is one.
        bool met = false;
        for (std::size_t i = 0; i < made.size() && !met; ++i) {
            if (taken[i]) continue;
            auto wrong = mismatch_of_call(expected, made[i], offered, rules);
            met = taken[i] = !wrong;
            if (wrong && (!nearest || (nearest->family == Family::wrong_name &&
                                       wrong->family != Family::wrong_name))) {
                nearest = std::move(wrong);
            }
        }
        if (!met) {
            return Mismatch{Family::no_match, fmt::format("No call is the expected {}: {}",
                                                          quote(expected.name, 40), nearest->why)};
        }
    }
    return std::nullopt;
}

}  // namespace plimsoll::evaluate
