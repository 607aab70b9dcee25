#include "evaluate/checks/checks.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

constexpr Column<evaluate::Check> check_columns[] = {
    {"name", "string", "As in the configuration.",
     [](Writer& w, const evaluate::Check& check) { w.value(check.name); }},
    {"version", "integer", "Grows when a verdict can change.",
     [](Writer& w, const evaluate::Check& check) { w.value(check.version); }},
    {"dimension", "string", "Where it usually belongs.",
     [](Writer& w, const evaluate::Check& check) { w.value(check.dimension); }},
    {"says", "string", "True when the score is 1.",
     [](Writer& w, const evaluate::Check& check) { w.value(check.says); }},
    {"takes", "array", "Parameters.",
     [](Writer& w, const evaluate::Check& check) {
         w.begin_array();
         for (const auto& parameter : check.takes)
             w.begin_object().key("name").value(parameter.name).key("says").value(parameter.says)
                 .key("example").raw(parameter.example).key("required").value(parameter.required)
                 .end_object();
         w.end_array();
     }},
    {"example", "object", "An interaction in a line, parameters, and the score that comes out.",
     [](Writer& w, const evaluate::Check& check) {
         w.begin_object().key("params").raw(check.example.params).key("interaction")
             .raw(check.example.interaction).key("score").value(check.example.score).end_object();
     }},
};

HttpAnswer answer_catalogue(const Call&) {
    Writer writer;
    writer.begin_object().key("checks").begin_array();
    for (const evaluate::Check* check : evaluate::all_checks) {
        writer.begin_object();
        write_columns(writer, check_columns, *check);
        writer.end_object();
    }
    writer.end_array().end_object();
    return json_answer(writer);
}

constexpr Column<Deployment> dimension_columns[] = {
    {"dimensions", "array", "In the order of the configuration.",
     [](Writer& w, const Deployment& deployment) {
         w.begin_array();
         for (const auto& dimension : deployment.scorecard->dimensions) {
             w.begin_object().key("name").value(dimension.name).key("says").value(dimension.says);
             w.key("owner").value(dimension.owner).key("evaluators").begin_array();
             for (const auto& evaluator : dimension.evaluators) {
                 w.begin_object().key("name").value(evaluator.name);
                 w.key("check").value(evaluator.check->name);
                 w.key("version").value(evaluator.version).key("says").value(evaluator.check->says);
                 w.key("where").begin_object();
                 for (const auto& [key, value] : evaluator.where) w.key(key).value(value);
                 w.end_object().end_object();
             }
             w.end_array().end_object();
         }
         w.end_array();
     }},
    {"owners", "object", "Who answers for a dimension.",
     [](Writer& w, const Deployment& deployment) {
         w.begin_object();
         for (const auto& owner : deployment.owners) {
             w.key(owner.name).begin_object().key("rotation").begin_array();
             for (const auto& person : owner.rotation) w.value(person);
             w.end_array().key("notify").begin_array();
             for (const auto& channel : owner.notify) w.value(channel);
             w.end_array().end_object();
         }
         w.end_object();
     }},
    {"slices", "array", "Attributes that every dimension is watched by.",
     [](Writer& w, const Deployment& deployment) {
         w.begin_array();
         for (const auto& slice : deployment.slices) w.value(slice);
         w.end_array();
     }},
};

HttpAnswer answer_dimensions(const Call& call) {
    Writer writer;
    writer.begin_object();
    write_columns(writer, dimension_columns, call.api.deployment());
    writer.end_object();
    return json_answer(writer);
}

}  // namespace

const Route catalogue_route{
    .path = "/api/v1/catalogue", .says = "Every deterministic check we ship.",
    .takes_filter = false, .answer = answer_catalogue, .schema = [](Writer& w) {
        w.key("checks").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, check_columns);
        w.end_object().end_object().end_object();
    }};

const Route dimensions_route{
    .path = "/api/v1/dimensions", .says = "What is watched, by which evaluators, and for whom.",
    .takes_filter = false, .answer = answer_dimensions,
    .schema = [](Writer& w) { write_schema(w, dimension_columns); }};

}  // namespace plimsoll::show
