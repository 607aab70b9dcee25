#include "evaluate/judges/judge_scale.h"

#include <cassert>

#include <fmt/format.h>

#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

JudgeScale JudgeScale::binary() {
    return {Kind::binary, {{"pass", 1.0}, {"fail", 0.0}}};
}

JudgeScale JudgeScale::graded(std::int64_t lowest, std::int64_t highest) {
    assert(lowest < highest && highest - lowest <= graded_span_max);
    JudgeScale scale{Kind::graded, {}};
    const double span = static_cast<double>(highest - lowest);
    for (std::int64_t grade = lowest; grade <= highest; ++grade)
        scale.classes.push_back(
            {fmt::format("{}", grade), static_cast<double>(grade - lowest) / span});
    return scale;
}

JudgeScale JudgeScale::of_classes(std::vector<JudgeClass> classes) {
    assert(classes.size() >= 2);
    return {Kind::classes, std::move(classes)};
}

const JudgeClass* JudgeScale::find(std::string_view word) const {
    const std::string wanted = folded(word);
    for (const JudgeClass& one : classes)
        if (folded(one.name) == wanted) return &one;
    return nullptr;
}

const JudgeClass* JudgeScale::find(json::Value answer) const {
    if (answer.is_string()) return find(answer.as_string());
    if (const auto number = answer.as_integer()) {
        if (kind != Kind::binary) return find(fmt::format("{}", *number));
        return *number == 1 ? &classes[0] : *number == 0 ? &classes[1] : nullptr;
    }
    if (const auto truth = answer.as_boolean(); truth && kind == Kind::binary)
        return &classes[*truth ? 0 : 1];
    return nullptr;
}

std::string JudgeScale::says() const {
    if (kind == Kind::graded)
        return fmt::format("a whole number from {} to {}; {} is best", classes.front().name,
                           classes.back().name, classes.back().name);
    std::string words;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (i > 0) words += i + 1 == classes.size() ? " or " : ", ";
        words += json::quoted(classes[i].name);
    }
    return words;
}

std::string JudgeScale::output_schema() const {
    json::Writer w;
    w.begin_object().key("type").value("object").key("properties").begin_object();
    w.key("reason").begin_object().key("type").value("string").end_object();
    w.key("verdict").begin_object().key("type").value(kind == Kind::graded ? "integer" : "string");
    w.key("enum").begin_array();
    for (const JudgeClass& one : classes) {
        if (kind == Kind::graded)
            w.raw(one.name);
        else
            w.value(one.name);
    }
    w.end_array().end_object().end_object();
    w.key("required").begin_array().value("reason").value("verdict").end_array();
    w.key("additionalProperties").value(false).end_object();
    return w.take();
}

std::string_view to_word(JudgeScale::Kind kind) {
    switch (kind) {
        case JudgeScale::Kind::binary:
            return "binary";
        case JudgeScale::Kind::graded:
            return "graded";
        case JudgeScale::Kind::classes:
            return "classes";
    }
    return "binary";
}

}  // namespace plimsoll::evaluate
