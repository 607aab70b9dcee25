#include "evaluate/tool_calls/literals.h"

#include <fmt/format.h>

#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

using json::Kind;

struct Word {
    std::string_view word;
    Kind kind;
};

constexpr Word python_words[] = {
    {"string", Kind::string}, {"integer", Kind::integer}, {"float", Kind::real},
    {"number", Kind::real},   {"boolean", Kind::boolean}, {"array", Kind::array},
    {"tuple", Kind::array},   {"dict", Kind::object},     {"object", Kind::object},
    {"any", Kind::string},    {"null", Kind::null},
};
constexpr Word java_words[] = {
    {"byte", Kind::integer},    {"short", Kind::integer},    {"integer", Kind::integer},
    {"long", Kind::integer},    {"float", Kind::real},       {"double", Kind::real},
    {"boolean", Kind::boolean}, {"char", Kind::string},      {"String", Kind::string},
    {"any", Kind::string},      {"Array", Kind::array},      {"ArrayList", Kind::array},
    {"Set", Kind::array},       {"Queue", Kind::array},      {"Stack", Kind::array},
    {"HashMap", Kind::object},  {"Hashtable", Kind::object},
};
constexpr Word javascript_words[] = {
    {"String", Kind::string},  {"integer", Kind::integer}, {"float", Kind::real},
    {"Bigint", Kind::integer}, {"Boolean", Kind::boolean}, {"dict", Kind::object},
    {"array", Kind::array},    {"any", Kind::string},
};

std::optional<Kind> kind_of(std::string_view word, Language language) {
    const auto in = [&](const auto& words) -> std::optional<Kind> {
        for (const Word& one : words) {
            if (one.word == word) return one.kind;
        }
        return std::nullopt;
    };
    switch (language) {
        case Language::python:
            return in(python_words);
        case Language::java:
            return in(java_words);
        case Language::javascript:
            return in(javascript_words);
    }
    return std::nullopt;
}

/// "" where none, or more than one, is declared.
std::string_view type_word(std::optional<json::Value> declared) {
    const auto type = declared ? declared->find("type") : std::nullopt;
    return type ? type->as_string() : "";
}

}  // namespace

std::optional<Language> language_of(std::string_view word) {
    if (word == "python") return Language::python;
    if (word == "java") return Language::java;
    if (word == "javascript") return Language::javascript;
    return std::nullopt;
}

DeclaredType declared_type(json::Value declared, Language language) {
    const std::string_view word = type_word(declared);
    DeclaredType type{.kind = kind_of(word, language),
                      .items = std::nullopt,
                      .integers_fit = language == Language::python};
    if (word == "array" || word == "tuple" || word == "Array" || word == "ArrayList") {
        type.items = kind_of(type_word(declared.find("items")), language);
    }
    return type;
}

std::optional<Mismatch> mismatch_of_argument(std::string_view parameter, json::Value value,
                                             json::Value declared, json::Value accepted,
                                             Language language) {
    const DeclaredType type = declared_type(declared, language);
    if (language == Language::python || !type.kind) {
        return mismatch_of_value(parameter, value, type, accepted);
    }
    if (!value.is_string()) {
        return Mismatch{Family::literal_type,
                        fmt::format("{}: expected source text, found {}: {}", quote(parameter, 40),
                                    to_word(value.kind()), quote(json::to_text(value), 40))};
    }
    const auto read = language == Language::java ? java_literal : javascript_literal;
    const auto literal = json::Document::parse(
        read(value.as_string(), type_word(declared), type_word(declared.find("items"))));
    return mismatch_of_value(parameter, literal ? literal->root() : value, type, accepted);
}

}  // namespace plimsoll::evaluate
