#include <fmt/format.h>

#include "evaluate/json_schema/describe.h"
#include "evaluate/json_schema/examination.h"
#include "evaluate/json_schema/place_text.h"

namespace plimsoll::evaluate::schema {

using json::Value;

bool Examination::object(const ObjectRules& rules, Value value, const Step* at, Evaluated* seen) {
    if (value.size() < rules.members_min) {
        return differs(at, "minProperties", [&] {
            return fmt::format("expected at least {}, found {}",
                               counted(rules.members_min, "member"), value.size());
        });
    }
    if (value.size() > rules.members_max) {
        return differs(at, "maxProperties", [&] {
            return fmt::format("expected at most {}, found {}",
                               counted(rules.members_max, "member"), value.size());
        });
    }
    return !rules.looks_at_members() || members(rules, value, at, seen);
}

bool Examination::members(const ObjectRules& rules, Value value, const Step* at, Evaluated* seen) {
    Names present(rules.names.size());
    std::size_t ordinal = 0;
    const auto all = value.members();
    for (auto member = all.begin(); member != all.end(); ++member, ++ordinal) {
        const std::string_view name = (*member).key;
        const Value inside = (*member).value;
        const Step step{at, name};
        if (!spend(1)) return false;
        bool evaluated = false;
        if (const auto position = rules.names.find(name); position != NameTable::absent) {
            present.add(position);
            if (const SubschemaId id = rules.properties[position]; id != none) {
                evaluated = true;
                if (!satisfies(id, inside, &step, nullptr, "properties")) return false;
            }
        }
        for (const PatternedMember& patterned : rules.patterned) {
            if (!matches(patterned.pattern, name)) {
                if (!too_complex_.empty()) return false;
                continue;
            }
            evaluated = true;
            if (!satisfies(patterned.schema, inside, &step, nullptr, "patternProperties")) {
                return false;
            }
        }
        if (!evaluated && rules.additional != none) {
            evaluated = true;
            if (!satisfies(rules.additional, inside, &step, nullptr, "additionalProperties")) {
                return false;
            }
        }
        if (rules.member_names != none &&
            !satisfies(rules.member_names, member.name(), &step, nullptr, "propertyNames")) {
            return false;
        }
        if (evaluated && seen) seen->mark(ordinal);
    }
    for (const std::uint32_t position : rules.required) {
        if (present.has(position)) continue;
        const std::string_view missing = rules.names.name(position);
        return differs(at, "required", [missing] {
            return fmt::format("expected the member {}, which is missing", shortened(missing));
        });
    }
    for (const Dependency& each : rules.dependencies) {
        if (present.has(each.trigger) && !dependency(rules, each, value, at, seen, present)) {
            return false;
        }
    }
    return true;
}

bool Examination::dependency(const ObjectRules& rules, const Dependency& dependency, Value value,
                             const Step* at, Evaluated* seen, const Names& present) {
    for (const std::uint32_t position : dependency.required) {
        if (present.has(position)) continue;
        const std::string_view missing = rules.names.name(position);
        const std::string_view trigger = rules.names.name(dependency.trigger);
        return differs(at, dependency.keyword, [missing, trigger] {
            return fmt::format("expected the member {} beside {}, which is missing",
                               shortened(missing), shortened(trigger));
        });
    }
    return dependency.schema == none ||
           satisfies(dependency.schema, value, at, seen, dependency.keyword);
}

bool Examination::rest_of_object(const ObjectRules& rules, Value value, const Step* at,
                                 const Evaluated& seen) {
    std::size_t ordinal = 0;
    for (const json::Member& member : value.members()) {
        const Step step{at, member.key};
        if (!spend(1)) return false;
        if (!seen.has(ordinal) &&
            !satisfies(rules.unevaluated, member.value, &step, nullptr, "unevaluatedProperties")) {
            return false;
        }
        ++ordinal;
    }
    return true;
}

}  // namespace plimsoll::evaluate::schema
