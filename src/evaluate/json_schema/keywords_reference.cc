#include "evaluate/json_schema/keywords.h"
#include "evaluate/json_schema/uri.h"

namespace plimsoll::evaluate::schema {

using json::Value;

void compile_ref(Compiler& compiler, Value reference) {
    if (const auto found = compiler.find(reference)) compiler.apply_reference(*found);
}

/// Dynamic only if the reference, followed as an ordinary one, ends at a `$dynamicAnchor` of the
/// same name.
void compile_dynamic_ref(Compiler& compiler, Value reference) {
    const auto found = compiler.find(reference);
    if (!found) return;
    const std::string name = percent_decoded(split_fragment(reference.as_string()).fragment);
    const auto& anchors = compiler.resource_at(*found).dynamic_anchors;
    const auto anchor = anchors.find(name);
    if (anchor != anchors.end() && anchor->second.place() == found->schema.place()) {
        compiler.apply_dynamic_reference(*found, name);
    } else {
        compiler.apply_reference(*found);
    }
}

void compile_recursive_ref(Compiler& compiler, Value reference) {
    const auto found = compiler.find(reference);
    if (!found) return;
    if (compiler.resource_at(*found).recursive_anchor) {
        compiler.apply_dynamic_reference(*found, "");
    } else {
        compiler.apply_reference(*found);
    }
}

}  // namespace plimsoll::evaluate::schema
