#include "evaluate/parameters.h"

#include <fmt/format.h>

#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

std::string found(json::Value value) {
    return quote(json::to_text(value), 40);
}

}  // namespace

std::optional<double> ParameterReader::number(std::string_view name, double above) {
    const auto value = params_.find(name);
    if (!value || wrong_) return std::nullopt;
    const auto number = value->as_number();
    if (number && *number > above) return number;
    refuse(std::string(name),
           fmt::format("must be a number above {}, not {}", above, found(*value)));
    return std::nullopt;
}

std::optional<std::int64_t> ParameterReader::count(std::string_view name) {
    const auto value = params_.find(name);
    if (!value || wrong_) return std::nullopt;
    const auto number = value->as_integer();
    if (number && *number >= 0) return number;
    refuse(std::string(name),
           fmt::format("must be a whole number, 0 or more, not {}", found(*value)));
    return std::nullopt;
}

bool ParameterReader::flag(std::string_view name, bool otherwise) {
    const auto value = params_.find(name);
    if (!value || wrong_) return otherwise;
    if (const auto boolean = value->as_boolean()) return *boolean;
    refuse(std::string(name), fmt::format("must be true or false, not {}", found(*value)));
    return otherwise;
}

std::optional<std::string> ParameterReader::text(std::string_view name) {
    const auto value = params_.find(name);
    if (!value || wrong_) return std::nullopt;
    if (value->is_string() && value->size() > 0) return std::string(value->as_string());
    refuse(std::string(name), fmt::format("must be text, not {}; put it in quotes", found(*value)));
    return std::nullopt;
}

std::vector<std::string> ParameterReader::texts(std::string_view name) {
    const auto value = params_.find(name);
    if (!value || wrong_) return {};
    if (value->is_string() && value->size() > 0) return {std::string(value->as_string())};
    if (!value->is_array() || value->size() == 0) {
        refuse(std::string(name), fmt::format("must be a list of texts, not {}", found(*value)));
        return {};
    }
    std::vector<std::string> texts;
    for (const json::Value element : value->elements()) {
        if (!element.is_string() || element.size() == 0) {
            refuse(fmt::format("{}[{}]", name, texts.size()),
                   fmt::format("must be text, not {}; put it in quotes", found(element)));
            return {};
        }
        texts.emplace_back(element.as_string());
    }
    return texts;
}

void ParameterReader::refuse(std::string parameter, std::string why) {
    if (!wrong_) wrong_ = BadParameter{std::move(parameter), std::move(why)};
}

}  // namespace plimsoll::evaluate
