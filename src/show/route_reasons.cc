#include <algorithm>

#include <fmt/format.h>

#include "evaluate/sampling/late_reasons.h"
#include "evaluate/sampling/sampling_reason.h"
#include "show/label_requests.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

std::string known_words() {
    std::string words;
    for (const auto& info : evaluate::sampling_reasons)
        words += (words.empty() ? "" : ", ") + std::string(info.word);
    return words;
}

HttpAnswer answer(const Call& call) {
    const ApiParts& parts = call.api.parts();
    if (parts.reasons == nullptr)
        return error_answer(503, "no judge is configured, so nothing is sampled", call.request.path,
                            "Add a judge under `judges`.");
    const auto trace = TraceId::from_hex(call.path[0]);
    if (!trace) return error_answer(400, "not a trace id", call.path[0], "Send 32 hex digits.");
    auto body = json_body(call.request);
    if (auto* unread = std::get_if<HttpAnswer>(&body)) return std::move(*unread);
    const auto list = std::get<json::Document>(body).root().find("reasons");
    evaluate::ReasonSet reasons;
    if (list)
        for (const json::Value word : list->elements()) {
            const auto reason = evaluate::sampling_reason_named(word.as_string());
            if (!reason)
                return error_answer(
                    400, fmt::format("no reason is called '{}'", word.as_string().substr(0, 60)),
                    "reasons", fmt::format("There is {}.", known_words()));
            reasons |= *reason;
        }
    if (reasons.empty())
        return error_answer(
            400, "no reason is named", "reasons",
            fmt::format("Send {{\"reasons\":[…]}} with some of {}.", known_words()));
    const UnixNanos now = parts.clock.now();
    const auto fact = parts.facts.interaction(*trace);
    if (!fact) return store_answer(fact.error());
    const bool late = *fact && evaluate::is_frozen((*fact)->start, now);
    if (!late) {
        const auto kept =
            parts.reasons->put({.interaction = *trace, .reasons = reasons.bits(), .time = now});
        if (!kept) return store_answer(kept.error());
    }
    Writer w;
    w.begin_object().key("heard").value(!late).key("known").value(fact->has_value()).end_object();
    return json_answer(w);
}

void write_property(Writer& w, std::string_view name, std::string_view type,
                    std::string_view says) {
    w.key(name).begin_object().key("type").value(type).key("description").value(says).end_object();
}

}  // namespace

const Route put_reasons_route{
    .path = "/api/v1/interactions/{trace}/reasons",
    .says =
        "Says why an interaction is more worth judging than another: the user complained, asked "
        "again, was handed to a person. Heard until 72 hours after it began; also before it came.",
    .takes_filter = false,
    .takes = {},
    .answer = answer,
    .schema =
        [](Writer& w) {
            write_property(w, "heard", "boolean", "false: too late, its probability stands.");
            write_property(w, "known", "boolean", "Whether the interaction is here already.");
        },
    .method = "POST",
    .needs = record::KeyRole::ingest,
    .body = [](Writer& w) { write_property(w, "reasons", "array", "Some of: " + known_words()); }};

}  // namespace plimsoll::show
