#include "evaluate/json_schema/keywords.h"

namespace plimsoll::evaluate::schema {

using json::Kind;
using json::Value;

namespace {

/// `trigger` present demands names (an array) or a schema.
void add_dependency(Compiler& compiler, std::string_view keyword, std::string_view trigger,
                    Value demand) {
    Dependency dependency{.trigger = compiler.name(trigger), .required = {}, .keyword = keyword};
    if (demand.is_array()) {
        dependency.required = compiler.names(demand);
    } else {
        dependency.schema = compiler.inside(demand, {.member = trigger});
    }
    compiler.object().dependencies.push_back(std::move(dependency));
}

}  // namespace

void compile_min_properties(Compiler& compiler, Value value) {
    compiler.count(compiler.object().members_min, value);
}

void compile_max_properties(Compiler& compiler, Value value) {
    compiler.count(compiler.object().members_max, value);
}

void compile_required(Compiler& compiler, Value value) {
    compiler.object().required = compiler.names(value);
}

void compile_properties(Compiler& compiler, Value value) {
    if (!compiler.expect(Kind::object, value)) return;
    for (const json::Member& member : value.members()) {
        const SubschemaId id = compiler.inside(member.value, {.member = member.key});
        const std::uint32_t position = compiler.name(member.key);
        compiler.object().properties[position] = id;
    }
}

void compile_pattern_properties(Compiler& compiler, Value value) {
    if (!compiler.expect(Kind::object, value)) return;
    for (const json::Member& member : value.members()) {
        const SubschemaId id = compiler.inside(member.value, {.member = member.key});
        const auto pattern = compiler.pattern(member.key);
        if (pattern) compiler.object().patterned.push_back({*pattern, id});
    }
}

void compile_additional_properties(Compiler& compiler, Value value) {
    compiler.object().additional = compiler.inside(value);
}

void compile_property_names(Compiler& compiler, Value value) {
    compiler.object().member_names = compiler.inside(value);
}

void compile_unevaluated_properties(Compiler& compiler, Value value) {
    compiler.object().unevaluated = compiler.inside(value);
}

void compile_dependencies(Compiler& compiler, Value value) {
    if (!compiler.expect(Kind::object, value)) return;
    for (const json::Member& member : value.members()) {
        add_dependency(compiler, "dependencies", member.key, member.value);
    }
}

void compile_dependent_required(Compiler& compiler, Value value) {
    if (!compiler.expect(Kind::object, value)) return;
    for (const json::Member& member : value.members()) {
        if (!compiler.expect(Kind::array, member.value)) return;
        add_dependency(compiler, "dependentRequired", member.key, member.value);
    }
}

void compile_dependent_schemas(Compiler& compiler, Value value) {
    if (!compiler.expect(Kind::object, value)) return;
    for (const json::Member& member : value.members()) {
        if (member.value.is_array()) {
            compiler.expect_found("a schema", member.value);
            return;
        }
        add_dependency(compiler, "dependentSchemas", member.key, member.value);
    }
}

}  // namespace plimsoll::evaluate::schema
