#include "evaluate/json_schema/examination.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "evaluate/json_schema/count_characters.h"
#include "evaluate/json_schema/describe.h"
#include "evaluate/json_schema/place_text.h"

namespace plimsoll::evaluate::schema {

using json::Value;

Finding Examination::of(Value instance) {
    const bool satisfied = satisfies(0, instance, nullptr, nullptr, "");
    if (!too_complex_.empty()) return TooComplex{std::string(too_complex_)};
    if (satisfied) return Satisfied{};
    return std::move(violation_);
}

bool Examination::satisfies(SubschemaId id, Value value, const Step* at, Evaluated* seen,
                            std::string_view keyword) {
    const Subschema& schema = graph_.subschemas[id];
    if (schema.constant == Subschema::always) return true;
    if (schema.constant == Subschema::never) {
        return differs(at, keyword, [] { return "not allowed here"; });
    }
    if (!spend(1)) return false;
    if (depth_ == graph_.limits.depth_max) {
        return too_complex("the schema is applied to itself too deep");
    }
    ++depth_;
    const bool enters =
        graph_.has_dynamic_refs && (scope_.empty() || scope_.back() != schema.resource);
    if (enters) scope_.push_back(schema.resource);
    const bool satisfied = satisfies_rules(schema, value, at, seen);
    if (enters) scope_.pop_back();
    --depth_;
    return satisfied;
}

bool Examination::satisfies_rules(const Subschema& schema, Value value, const Step* at,
                                  Evaluated* outer_seen) {
    if (schema.types != type_any && !type(schema, value, at)) return false;
    const bool asks_for_rest =
        (value.is_array() && schema.array && schema.array->unevaluated != none) ||
        (value.is_object() && schema.object && schema.object->unevaluated != none);
    Evaluated own;  // What schemas beside this one have looked at does not count here.
    Evaluated* const seen = asks_for_rest ? &own : outer_seen;

    if (schema.number && value.is_number() && !number(*schema.number, value, at)) return false;
    if (schema.string && value.is_string() && !string(*schema.string, value, at)) return false;
    for (const EnumRules& rules : schema.enums) {
        if (!enumerated(rules, value, at)) return false;
    }
    if (schema.array && value.is_array() && !array(*schema.array, value, at, seen)) return false;
    if (schema.object && value.is_object() && !object(*schema.object, value, at, seen)) {
        return false;
    }
    for (const Applicator& applicator : schema.applicators) {
        if (!applied(applicator, value, at, seen)) return false;
    }
    if (!asks_for_rest) return true;
    const bool satisfied = value.is_array() ? rest_of_array(*schema.array, value, at, own)
                                            : rest_of_object(*schema.object, value, at, own);
    if (satisfied && outer_seen) outer_seen->mark_all();
    return satisfied;
}

bool Examination::type(const Subschema& schema, Value value, const Step* at) {
    if (schema.types & type_of(value)) return true;
    return differs(at, "type", [&] {
        return fmt::format("expected {}, found {}", types_text(schema.types_as_written),
                           json::to_word(value.kind()));
    });
}

bool Examination::number(const NumberRules& rules, Value value, const Step* at) {
    const auto fails = [&](std::string_view keyword, std::string_view relation, Value limit) {
        return differs(at, keyword, [&] {
            return fmt::format("expected {} {}, found {}", relation, short_text(limit),
                               short_text(value));
        });
    };
    if (rules.minimum && compare(value, *rules.minimum) < 0) {
        return fails("minimum", "at least", *rules.minimum);
    }
    if (rules.maximum && compare(value, *rules.maximum) > 0) {
        return fails("maximum", "at most", *rules.maximum);
    }
    if (rules.exclusive_minimum && compare(value, *rules.exclusive_minimum) <= 0) {
        return fails("exclusiveMinimum", "more than", *rules.exclusive_minimum);
    }
    if (rules.exclusive_maximum && compare(value, *rules.exclusive_maximum) >= 0) {
        return fails("exclusiveMaximum", "less than", *rules.exclusive_maximum);
    }
    if (rules.multiple_of && !is_multiple(value, rules.divisor)) {
        return fails("multipleOf", "a multiple of", *rules.multiple_of);
    }
    return true;
}

bool Examination::string(const StringRules& rules, Value value, const Step* at) {
    const std::string_view text = value.as_string();
    if (rules.length_min > 0 || rules.length_max != unlimited) {
        if (!spend(1 + text.size() / 32)) return false;
        const std::uint64_t length = count_characters(text);
        const auto fails = [&](std::string_view keyword, std::string_view relation,
                               std::uint64_t limit) {
            return differs(at, keyword, [&] {
                return fmt::format("expected at {} {}, found {}", relation,
                                   counted(limit, "character"), length);
            });
        };
        if (length < rules.length_min) return fails("minLength", "least", rules.length_min);
        if (length > rules.length_max) return fails("maxLength", "most", rules.length_max);
    }
    if (rules.pattern && !matches(*rules.pattern, text)) {
        return differs(at, "pattern", [&] {
            return fmt::format("expected a match of {}, found {}",
                               cut(graph_.patterns[*rules.pattern].expression()), shortened(text));
        });
    }
    if (!rules.format) return true;
    if (!spend(1 + text.size() / 8)) return false;
    if (rules.format(text)) return true;
    return differs(at, "format", [&] {
        return fmt::format("expected format {}, found {}", rules.format_name, shortened(text));
    });
}

bool Examination::enumerated(const EnumRules& rules, Value value, const Step* at) {
    if (value.is_string()) {
        if (rules.strings.find(value.as_string()) != NameTable::absent) return true;
    } else {
        for (const Value allowed : rules.others) {
            if (!spend(1)) return false;
            if (allowed.kind() != value.kind() && !(allowed.is_number() && value.is_number())) {
                continue;
            }
            if (!spend(std::min(allowed.count(), value.count()))) return false;
            if (equal(allowed, value)) return true;
        }
    }
    return differs(at, rules.keyword, [&] {
        return fmt::format("expected {}, found {}",
                           rules.keyword == "const" ? short_text(rules.as_written)
                                                    : alternatives_text(rules.as_written),
                           short_text(value));
    });
}

bool Examination::matches(std::uint32_t index, std::string_view text) {
    const EcmaPattern& pattern = graph_.patterns[index];
    return spend(pattern.work(text.size())) && pattern.matches(text);
}

bool Examination::spend(std::uint64_t steps) {
    if (steps > work_left_) return too_complex("it would take too many steps");
    work_left_ -= steps;
    return true;
}

bool Examination::too_complex(std::string_view why) {
    if (too_complex_.empty()) too_complex_ = why;
    work_left_ = 0;  // All that is still asked ends at once.
    return false;
}

void Examination::report(const Step* at, std::string_view keyword, std::string sentence) {
    std::vector<const Step*> steps;
    for (; at; at = at->outer) steps.push_back(at);
    violation_depth_ = steps.size();
    violation_.place = "$";
    violation_.pointer.clear();
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if ((*step)->element == SIZE_MAX) {
            append_member(violation_.place, (*step)->member);
            append_pointer(violation_.pointer, (*step)->member);
        } else {
            append_element(violation_.place, (*step)->element);
            append_pointer(violation_.pointer, std::to_string((*step)->element));
        }
    }
    violation_.keyword = keyword;
    violation_.expected = std::move(sentence);
}

}  // namespace plimsoll::evaluate::schema
