#include "evaluate/tool_calls/accepted_value.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "evaluate/quote.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

using json::Kind;
using json::Value;

bool is_empty_string(Value value) {
    return value.is_string() && value.size() == 0;
}

std::string standard(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (std::string_view(" ,./-_*^").find(c) == std::string_view::npos) kept += c;
    }
    kept = folded(kept);
    std::ranges::replace(kept, '\'', '"');
    return kept;
}

std::optional<double> as_quantity(Value value) {
    if (const auto boolean = value.as_boolean()) return *boolean ? 1.0 : 0.0;
    return value.as_number();
}

/// As Python compares: 1 == 1.0 == True.
bool same(Value a, Value b) {
    if (const auto quantity = as_quantity(a)) {
        const auto x = a.as_integer(), y = b.as_integer();
        return x && y ? *x == *y : quantity == as_quantity(b);
    }
    if (a.kind() != b.kind()) return false;
    if (a.is_array()) {
        return std::ranges::equal(std::vector<Value>(a.elements().begin(), a.elements().end()),
                                  std::vector<Value>(b.elements().begin(), b.elements().end()),
                                  same);
    }
    if (!a.is_object()) return a.as_string() == b.as_string();
    const auto holds = [](Value outer, Value inner) {
        for (const json::Member member : inner.members()) {
            const auto found = outer.find(member.key);
            if (!found || !same(*found, *inner.find(member.key))) return false;
        }
        return true;
    };
    return holds(a, b) && holds(b, a);
}

/// The same, strings compared in their standard form.
bool alike(Value a, Value b) {
    if (a.is_string() && b.is_string()) return standard(a.as_string()) == standard(b.as_string());
    return same(a, b);
}

template <class Like>
bool any_of(Value accepted, Like like) {
    if (!accepted.is_array()) return like(accepted);
    return std::any_of(accepted.elements().begin(), accepted.elements().end(), like);
}

/// The kind of the first value that is more than leave to omit it.
std::optional<Kind> kind_of_answers(Value accepted) {
    for (const Value answer : accepted.elements()) {
        if (!is_empty_string(answer)) return answer.kind();
    }
    return std::nullopt;
}

std::string shown(Value value) {
    return quote(json::to_text(value), 40);
}

struct TypeFinding {
    std::optional<Family> wrong = std::nullopt;
    bool is_variable = false;  ///< Of the type of the accepted values instead of the declared one.
};

bool element_fits(Value element, Kind declared, Value answer) {
    return element.kind() == declared || kind_of_answers(answer) == element.kind();
}

TypeFinding type_of(Value value, Kind kind, const DeclaredType& type, Value accepted) {
    const auto answers = kind_of_answers(accepted);
    if (kind == *type.kind) {
        const bool is_variable = answers && *answers != *type.kind;
        if (!type.items) return {.is_variable = is_variable};
        const bool fits =
            std::any_of(accepted.elements().begin(), accepted.elements().end(), [&](Value answer) {
                return !answer.is_array() ||
                       std::all_of(
                           value.elements().begin(), value.elements().end(),
                           [&](Value one) { return element_fits(one, *type.items, answer); });
            });
        if (fits) return {.is_variable = is_variable};
        return {.wrong = answers == kind ? Family::nested_type : Family::type};
    }
    if (answers == kind) return {.is_variable = true};
    return {.wrong = Family::type};
}

std::optional<Mismatch> mismatch_of_dictionary(std::string_view parameter, Value value,
                                               Value answer) {
    if (!value.is_object()) {
        return Mismatch{Family::nested_type, fmt::format("{}: expected a dictionary, found {}.",
                                                         quote(parameter, 40), shown(value))};
    }
    for (const json::Member member : value.members()) {
        const auto values = answer.find(member.key);
        if (!values) {
            return Mismatch{Family::dictionary_key,
                            fmt::format("{}: {} is not expected in it.", quote(parameter, 40),
                                        quote(member.key, 40))};
        }
        const Value given = *value.find(member.key);
        if (!any_of(*values, [&](Value one) { return alike(given, one); })) {
            return Mismatch{Family::dictionary_value,
                            fmt::format("{}: {}: {} is none of {}.", quote(parameter, 40),
                                        quote(member.key, 40), shown(given), shown(*values))};
        }
    }
    for (const json::Member member : answer.members()) {
        if (value.find(member.key) || may_be_omitted(member.value)) continue;
        return Mismatch{
            Family::dictionary_key,
            fmt::format("{}: {} is missing in it.", quote(parameter, 40), quote(member.key, 40))};
    }
    return std::nullopt;
}

/// The mismatch with the last of the dictionaries, if none of them is met.
std::optional<Mismatch> mismatch_of_dictionaries(std::string_view parameter, Value value,
                                                 Value accepted) {
    std::optional<Mismatch> last = Mismatch{
        Family::dictionary_unclear,
        fmt::format("{}: {} is none of {}.", quote(parameter, 40), shown(value), shown(accepted))};
    for (const Value answer : accepted.elements()) {
        if (!answer.is_object()) continue;
        last = mismatch_of_dictionary(parameter, value, answer);
        if (!last) break;
    }
    return last;
}

std::optional<Mismatch> mismatch_of_list_of_dictionaries(std::string_view parameter, Value value,
                                                         Value accepted) {
    std::optional<Mismatch> last = Mismatch{
        Family::dictionary_unclear, fmt::format("{}: no list is accepted.", quote(parameter, 40))};
    for (const Value answer : accepted.elements()) {
        if (value.size() != answer.size() || (!answer.is_array() && answer.size() > 0)) {
            last = Mismatch{Family::dictionary_count,
                            fmt::format("{}: {} elements where {} are expected.",
                                        quote(parameter, 40), value.size(), answer.size())};
            continue;
        }
        last = std::nullopt;
        auto expected = answer.elements().begin();
        for (const Value element : value.elements()) {
            last = mismatch_of_dictionary(parameter, element, *expected);
            if (last) break;
            ++expected;
        }
        if (!last) break;
    }
    return last;
}

bool alike_lists(Value value, Value answer) {
    if (!answer.is_array()) return value.size() == 0 && answer.size() == 0;
    return std::ranges::equal(
        std::vector<Value>(value.elements().begin(), value.elements().end()),
        std::vector<Value>(answer.elements().begin(), answer.elements().end()), alike);
}

}  // namespace

bool may_be_omitted(json::Value accepted) {
    return any_of(accepted, is_empty_string);
}

std::optional<Mismatch> mismatch_of_value(std::string_view parameter, json::Value value,
                                          DeclaredType type, json::Value accepted) {
    Kind kind = value.kind();
    if (type.kind == Kind::real && type.integers_fit && kind == Kind::integer) kind = Kind::real;
    if (!type.kind) type.kind = kind;
    const TypeFinding found = type_of(value, kind, type, accepted);
    if (found.wrong) {
        return Mismatch{*found.wrong,
                        fmt::format("{}: expected {}{}, found {}: {}", quote(parameter, 40),
                                    to_word(*type.kind),
                                    type.items ? fmt::format(" of {}", to_word(*type.items)) : "",
                                    to_word(kind), shown(value))};
    }
    const auto unless = [&](Family family, auto like) -> std::optional<Mismatch> {
        if (any_of(accepted, like)) return std::nullopt;
        return Mismatch{family, fmt::format("{}: {} is none of {}.", quote(parameter, 40),
                                            shown(value), shown(accepted))};
    };
    if (!found.is_variable) {
        switch (*type.kind) {
            case Kind::object:
                return mismatch_of_dictionaries(parameter, value, accepted);
            case Kind::string:
                return unless(Family::string_value, [&](Value one) { return alike(value, one); });
            case Kind::array:
                if (type.items == Kind::object) {
                    return mismatch_of_list_of_dictionaries(parameter, value, accepted);
                }
                return unless(Family::list_value,
                              [&](Value one) { return alike_lists(value, one); });
            default:
                break;
        }
    }
    return unless(Family::other_value, [&](Value one) { return same(value, one); });
}

}  // namespace plimsoll::evaluate
