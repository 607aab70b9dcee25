#include <fmt/format.h>

#include "evaluate/json_schema/describe.h"
#include "evaluate/json_schema/examination.h"
#include "evaluate/json_schema/value_hash.h"

namespace plimsoll::evaluate::schema {

using json::Value;

bool Examination::array(const ArrayRules& rules, Value value, const Step* at, Evaluated* seen) {
    if (value.size() < rules.items_min) {
        return differs(at, "minItems", [&] {
            return fmt::format("expected at least {}, found {}",
                               counted(rules.items_min, "element"), value.size());
        });
    }
    if (value.size() > rules.items_max) {
        return differs(at, "maxItems", [&] {
            return fmt::format("expected at most {}, found {}", counted(rules.items_max, "element"),
                               value.size());
        });
    }
    if (!rules.prefix.empty() || rules.rest != none) {
        std::size_t position = 0;
        for (const Value element : value.elements()) {
            const bool in_prefix = position < rules.prefix.size();
            const SubschemaId id = in_prefix ? rules.prefix[position] : rules.rest;
            if (id == none) break;
            const Step step{at, {}, position};
            if (!spend(1)) return false;
            if (!satisfies(id, element, &step, nullptr, in_prefix ? "prefixItems" : "items")) {
                return false;
            }
            ++position;
        }
        if (seen && rules.rest != none) seen->mark_all();
        for (std::size_t i = 0; seen && i < position; ++i) seen->mark(i);
    }
    if (rules.contains != none && !contains(rules, value, at, seen)) return false;
    if (!rules.unique || value.size() < 2) return true;
    if (!spend(value.count())) return false;
    const auto twins = equal_elements(value, [&](std::uint64_t steps) { return spend(steps); });
    if (!too_complex_.empty()) return false;
    if (!twins) return true;
    return differs(at, "uniqueItems", [&] {
        return fmt::format("expected no two elements equal, found [{}] and [{}] equal",
                           twins->first, twins->second);
    });
}

bool Examination::contains(const ArrayRules& rules, Value value, const Step* at, Evaluated* seen) {
    Evaluated* const marks = rules.contains_counts_as_evaluated ? seen : nullptr;
    const bool needs_all = marks || rules.contains_max != unlimited;
    std::uint64_t found = 0;
    std::size_t position = 0;
    for (const Value element : value.elements()) {
        if (!needs_all && found >= rules.contains_min) break;
        const Step step{at, {}, position};
        if (!spend(1)) return false;
        if (quietly(rules.contains, element, &step, nullptr)) {
            ++found;
            if (marks) marks->mark(position);
        }
        if (!too_complex_.empty()) return false;
        ++position;
    }
    if (found < rules.contains_min) {
        return differs(at, rules.contains_min == 1 ? "contains" : "minContains", [&] {
            return fmt::format("expected at least {} that satisfies contains, found {}",
                               counted(rules.contains_min, "element"), found);
        });
    }
    if (found <= rules.contains_max) return true;
    return differs(at, "maxContains", [&] {
        return fmt::format("expected at most {} that satisfies contains, found {}",
                           counted(rules.contains_max, "element"), found);
    });
}

bool Examination::rest_of_array(const ArrayRules& rules, Value value, const Step* at,
                                const Evaluated& seen) {
    std::size_t position = 0;
    for (const Value element : value.elements()) {
        const Step step{at, {}, position};
        if (!spend(1)) return false;
        if (!seen.has(position) &&
            !satisfies(rules.unevaluated, element, &step, nullptr, "unevaluatedItems")) {
            return false;
        }
        ++position;
    }
    return true;
}

}  // namespace plimsoll::evaluate::schema
