#include "show/filter.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace plimsoll::show {

namespace {

using Set = bool (*)(record::Filter&, const std::string& value);

struct FilterParameter {
    QueryParameter parameter;
    std::string_view wanted;  ///< What a value must look like.
    Set set;
};

std::optional<UnixNanos> time_of(const std::string& text) {
    std::int64_t millis = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), millis);
    if (error == std::errc{} && end == text.data() + text.size()) {
        if (std::abs(millis) > 9'000'000'000'000) return std::nullopt;
        return millis * 1'000'000;
    }
    return from_iso8601(text);
}

template <auto member>
bool set_text(record::Filter& filter, const std::string& value) {
    filter.*member = value;
    return true;
}

template <auto member>
bool set_time(record::Filter& filter, const std::string& value) {
    filter.*member = time_of(value);
    return (filter.*member).has_value();
}

bool set_score_below(record::Filter& filter, const std::string& value) {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size()) return false;
    if (!(number >= 0 && number <= 1)) return false;
    filter.score_below = number;
    return true;
}

bool set_failed(record::Filter& filter, const std::string& value) {
    filter.failed = value == "true";
    return value == "true" || value == "false";
}

template <auto member>
bool set_flag(record::Filter& filter, const std::string& value) {
    filter.*member = value == "true";
    return value == "true" || value == "false";
}

using record::Filter;

constexpr std::string_view a_time = "ISO 8601 (2026-01-05T10:00:00Z) or milliseconds since 1970";
constexpr std::string_view a_flag = "true or false";

const FilterParameter parameters[] = {
    {{"from", "string", "Interactions that started at this time or later."}, a_time,
     set_time<&Filter::from>},
    {{"to", "string", "Interactions that started before this time."}, a_time,
     set_time<&Filter::to>},
    {{"service", "string", "service.name of the sender."}, "text", set_text<&Filter::service>},
    {{"environment", "string", "deployment.environment.name of the sender."}, "text",
     set_text<&Filter::environment>},
    {{"model", "string", "Model that answered."}, "text", set_text<&Filter::model>},
    {{"prompt", "string", "Prompt version, name@version."}, "text", set_text<&Filter::prompt>},
    {{"session", "string", "Conversation."}, "text", set_text<&Filter::session>},
    {{"user", "string", "User id as sent."}, "text", set_text<&Filter::user>},
    {{"text", "string", "Words in the beginning of question or answer, case ignored."}, "text",
     set_text<&Filter::text>},
    {{"dimension", "string", "Interactions this dimension scored; see score_below, unscored."},
     "text", set_text<&Filter::dimension>},
    {{"evaluator", "string", "One evaluator of that dimension."}, "text",
     set_text<&Filter::evaluator>},
    {{"score_below", "number", "Some score of the dimension is below this."},
     "a number from 0 to 1", set_score_below},
    {{"unscored", "boolean", "Some evaluator of the dimension gave no score."}, a_flag,
     set_flag<&Filter::unscored>},
    {{"failed", "boolean", "Whether the interaction ended in an error."}, a_flag, set_failed},
    {{"unrecognised", "boolean", "Also traces in which no model took part."}, a_flag,
     set_flag<&Filter::unrecognised>},
};

}  // namespace

std::span<const QueryParameter> filter_parameters() {
    static const std::vector<QueryParameter> list = [] {
        std::vector<QueryParameter> all;
        for (const auto& parameter : parameters) all.push_back(parameter.parameter);
        all.push_back({"attr.*", "string", "attr.KEY=VALUE: a slice attribute; may repeat."});
        return all;
    }();
    return list;
}

std::variant<record::Filter, BadQuery> filter_of(const HttpRequest& request,
                                                 std::span<const QueryParameter> also) {
    record::Filter filter;
    for (const auto& [name, value] : request.query) {
        if (name.starts_with("attr.") && name.size() > 5) {
            filter.attributes[name.substr(5)] = value;
            continue;
        }
        const auto known = std::ranges::find(parameters, name,
                                             [](const auto& p) { return p.parameter.name; });
        if (known != std::end(parameters)) {
            if (!value.empty() && !known->set(filter, value))
                return BadQuery{fmt::format("'{}' is not {}", value, known->wanted),
                                fmt::format("query parameter '{}'", name),
                                fmt::format("Send {}.", known->wanted)};
        } else if (std::ranges::find(also, name, &QueryParameter::name) == also.end()) {
            return BadQuery{"unknown query parameter", fmt::format("query parameter '{}'", name),
                            "See /api/v1/openapi.json for the ones this path takes."};
        }
    }
    return filter;
}

}  // namespace plimsoll::show
