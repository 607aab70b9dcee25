#include "evaluate/json_schema/keywords.h"

namespace plimsoll::evaluate::schema {

using json::Value;

namespace {

void apply_list(Compiler& compiler, Applicator::Kind kind, Value schemas) {
    auto ids = compiler.list(schemas);
    if (ids.empty() && schemas.is_array()) compiler.fail("expected at least one schema");
    compiler.apply(kind, std::move(ids));
}

}  // namespace

void compile_all_of(Compiler& compiler, Value schemas) {
    apply_list(compiler, Applicator::all_of, schemas);
}

void compile_any_of(Compiler& compiler, Value schemas) {
    apply_list(compiler, Applicator::any_of, schemas);
}

void compile_one_of(Compiler& compiler, Value schemas) {
    apply_list(compiler, Applicator::one_of, schemas);
}

void compile_not(Compiler& compiler, Value schema) {
    compiler.apply(Applicator::none_of, {compiler.inside(schema)});
}

/// Compiles `then` and `else` as well: without `if` they mean nothing. Even alone, `if` says what
/// it has looked at to unevaluatedProperties.
void compile_if(Compiler& compiler, Value schema) {
    std::vector<SubschemaId> branches{compiler.inside(schema)};
    for (const std::string_view branch : {"then", "else"}) {
        const auto found = compiler.schema().find(branch);
        branches.push_back(found ? compiler.inside(branch, *found) : none);
    }
    compiler.apply(Applicator::conditional, std::move(branches));
}

}  // namespace plimsoll::evaluate::schema
