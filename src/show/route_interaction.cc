#include <algorithm>

#include "show/interaction_columns.h"
#include "show/marks.h"
#include "show/routes.h"
#include "show/step_json.h"

namespace plimsoll::show {

namespace {

using json::Writer;

/// Beyond this an answer holds light steps; a step's content is asked for one by one.
constexpr std::size_t full_steps_max = 500;

record::InteractionRow row_of(const record::InteractionFact& fact) {
    record::InteractionRow row{.trace = fact.trace, .revision = fact.revision,
                               .recognised = fact.recognised, .incomplete = fact.incomplete,
                               .failed = fact.failed, .start = fact.start,
                               .duration_ms = fact.duration_ms, .service = fact.service,
                               .environment = fact.environment, .session = fact.session,
                               .user = fact.user, .provider = fact.provider,
                               .model = fact.versions.model, .prompt = fact.versions.prompt,
                               .question = fact.question, .answer = fact.answer,
                               .input_tokens = fact.input_tokens,
                               .output_tokens = fact.output_tokens, .cost_usd = fact.cost_usd,
                               .first_token_s = fact.first_token_s,
                               .span_count = static_cast<std::uint32_t>(fact.places.size())};
    for (const auto& score : fact.scores) {
        if (!score.score) continue;
        const auto [lowest, first] = row.scores.try_emplace(score.dimension, *score.score);
        if (!first) lowest->second = std::min(lowest->second, *score.score);
    }
    return row;
}

/// A verdict, and what it is about.
struct Told {
    const record::ScoreFact& score;
    std::vector<PlacedMark> marks;
};

constexpr Column<Told> verdict_columns[] = {
    {"dimension", "string", "", [](Writer& w, const Told& told) { w.value(told.score.dimension); }},
    {"evaluator", "string", "", [](Writer& w, const Told& told) { w.value(told.score.evaluator); }},
    {"version", "string", "The evaluator's.",
     [](Writer& w, const Told& told) { w.value(told.score.version); }},
    {"score", "number", "In [0, 1]; null if unscored.",
     [](Writer& w, const Told& told) { w.value(told.score.score); }},
    {"reason", "string", "Why unscored.", [](Writer& w, const Told& told) { w.value(told.score.reason); }},
    {"explanation", "string", "What a person can check.",
     [](Writer& w, const Told& told) { w.value(told.score.explanation); }},
    {"inclusion", "number",
     "Probability with which this interaction was to be evaluated; null outside the sampler.",
     [](Writer& w, const Told& told) { w.value(told.score.inclusion); }},
    {"stratum", "string", "In which a judge's sample counts it; \"\" for checks.",
     [](Writer& w, const Told& told) { w.value(told.score.stratum); }},
    {"marks", "array",
     "The text it is about: step, message and part of its output, bytes [begin, end) of the part's "
     "text or of the call's arguments, and why.",
     [](Writer& w, const Told& told) {
         w.begin_array();
         for (const PlacedMark& mark : told.marks)
             w.begin_object().key("step").value(mark.step.hex()).key("message")
                 .value(std::uint64_t{mark.message}).key("part").value(std::uint64_t{mark.part})
                 .key("begin").value(std::uint64_t{mark.begin}).key("end")
                 .value(std::uint64_t{mark.end}).key("why").value(mark.why).end_object();
         w.end_array();
     }},
};

HttpAnswer unknown(std::string_view what, std::string_view where) {
    return error_answer(404, what, where,
                        "It may still be gathering spans, or have been deleted by retention.");
}

struct Found {
    record::InteractionFact fact;
    Interaction interaction;
};

/// The interaction a call names, or the answer that says why not.
std::variant<Found, HttpAnswer> find(const Call& call, bool keep_attributes) {
    const auto trace = TraceId::from_hex(call.path[0]);
    if (!trace)
        return error_answer(400, "not a trace id", call.path[0], "Send 32 hex digits.");
    auto fact = call.api.parts().facts.interaction(*trace);
    if (!fact) return store_answer(fact.error());
    if (!fact->has_value()) return unknown("no such interaction", call.path[0]);
    auto interaction = call.api.read(**fact, keep_attributes);
    if (!interaction) return store_answer(interaction.error());
    if (!interaction->has_value())
        return unknown("its spans are no longer in the journal", call.path[0]);
    return Found{std::move(**fact), std::move(**interaction)};
}

HttpAnswer answer_interaction(const Call& call) {
    auto found = find(call, false);
    if (auto* answer = std::get_if<HttpAnswer>(&found)) return std::move(*answer);
    const auto& [fact, interaction] = std::get<Found>(found);

    Writer w;
    w.begin_object().key("interaction").begin_object();
    // Who labels must not know what evaluators said.
    const auto asked = call.request.query.find("blind");
    const bool blind = asked != call.request.query.end() && asked->second == "true";
    auto row = row_of(fact);
    if (blind) row.scores.clear();
    write_columns(w, interaction_columns, row);
    w.key("attributes").begin_object();
    for (const auto& [key, value] : fact.attributes) w.key(key).value(value);
    w.end_object().key("resource").begin_object();
    for (const auto& [key, json] : interaction.resource) w.key(key).value(json);
    w.end_object().key("versions").begin_object();
    w.key("model").value(fact.versions.model).key("prompt").value(fact.versions.prompt);
    w.key("judge").value(fact.versions.judge).key("dataset").value(fact.versions.dataset);
    w.key("rubric").value(fact.versions.rubric).end_object();
    w.key("configuration").value(fact.configuration).end_object();

    w.key("verdicts").begin_array();
    for (const auto& score : fact.scores) {
        if (blind) break;
        w.begin_object();
        write_columns(w, verdict_columns,
                      Told{score, marks_of(call.api.deployment().scorecard, score, interaction)});
        w.end_object();
    }
    w.end_array().key("steps").begin_array();
    const StepDetail detail =
        interaction.steps.size() > full_steps_max ? StepDetail::light : StepDetail::full;
    for (const Step& step : interaction.steps) write_step(w, step, interaction.start, detail);
    w.end_array().end_object();
    return json_answer(w);
}

HttpAnswer answer_step(const Call& call) {
    const auto span = SpanId::from_hex(call.path[1]);
    if (!span) return error_answer(400, "not a span id", call.path[1], "Send 16 hex digits.");
    auto found = find(call, true);
    if (auto* answer = std::get_if<HttpAnswer>(&found)) return std::move(*answer);
    const Interaction& interaction = std::get<Found>(found).interaction;
    const auto step = std::ranges::find(interaction.steps, *span, &Step::id);
    if (step == interaction.steps.end()) return unknown("no such step", call.path[1]);
    Writer writer;
    write_step(writer, *step, interaction.start, StepDetail::with_attributes);
    return json_answer(writer);
}

}  // namespace

const Route interaction_route{
    .path = "/api/v1/interactions/{trace}",
    .says = "One interaction with its verdicts and steps; beyond 500 steps these are light.",
    .takes_filter = false,
    .takes = {{"blind", "boolean", "true: without verdicts and scores, for who labels it."}},
    .answer = answer_interaction, .schema = [](Writer& w) {
        w.key("interaction").begin_object().key("type").value("object").key("properties")
            .begin_object();
        write_schema(w, interaction_columns);
        w.end_object().end_object();
        w.key("verdicts").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, verdict_columns);
        w.end_object().end_object().end_object();
        w.key("steps").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_step_schema(w);
        w.end_object().end_object().end_object();
    }};

const Route step_route{
    .path = "/api/v1/interactions/{trace}/steps/{span}",
    .says = "One step in full, with its raw attributes.", .takes_filter = false,
    .answer = answer_step, .schema = write_step_schema};

}  // namespace plimsoll::show
