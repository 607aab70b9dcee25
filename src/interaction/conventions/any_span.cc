/// What every OpenTelemetry span may say, whichever convention it follows: session, user, errors,
/// and the names in use for a cost and for the version of a prompt, which no convention has
/// settled.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"session.id", Field::session},
    {"user.id", Field::user},
    {"enduser.id", Field::user},
    {"error.type", Field::error_type},
    {"gen_ai.usage.cost", Field::cost_usd},
    {"gen_ai.usage.total_cost", Field::cost_usd},
    {"operation.cost", Field::cost_usd},
    {"app.prompt.name", Field::prompt_name},
    {"prompt.name", Field::prompt_name},
    {"app.prompt.version", Field::prompt_version},
    {"prompt.version", Field::prompt_version},
};

constexpr Row last_resort[] = {
    {"input", Field::input_words},
    {"output", Field::output_words},
};

/// Set by web and database libraries on every span, different on each.
constexpr std::string_view content_prefixes[] = {"exception.",
                                                 "thread.",
                                                 "http.request.header.",
                                                 "http.response.header.",
                                                 "url.",
                                                 "db.query.",
                                                 "db.statement",
                                                 "code.",
                                                 "server.address",
                                                 "server.port",
                                                 "net.peer.",
                                                 "network.peer."};

/// OpenTelemetry's names for everything but models, and what teams add by its advice.
constexpr std::string_view slice_prefixes[] = {
    "http.",   "server.",     "network.", "net.",  "db.",           "rpc.",   "messaging.",
    "client.", "deployment.", "service.", "faas.", "feature_flag.", "cloud.", "user_agent.",
    "app.",    "enduser.",    "session.", "user.", "error.",        "otel.",  "telemetry."};

constexpr std::string_view events[] = {"exception", "gen_ai.content.completion.chunk",
                                       "llm.content.completion.chunk"};

void read(const wire::SpanView& span, Draft& draft) {
    for (const wire::EventView& event : span.events) {
        if (event.name == "exception" && span.status != wire::StatusCode::ok) {
            const auto text = [&event](std::string_view key) {
                const wire::AnyValue* found = event.attributes.find(key);
                return found ? plain_text(*found) : "";
            };
            draft.mark_failed(text("exception.type"), text("exception.message"));
        } else if (event.name == "gen_ai.content.completion.chunk" ||
                   event.name == "llm.content.completion.chunk") {
            draft.offer_first_token(event.time, "completion.chunk", any_span);
        }
    }
}

}  // namespace

const Convention any_span{
    .name = "any_span",
    .says = "Any OpenTelemetry span.",
    .table = table,
    .last_resort = last_resort,
    .content_prefixes = content_prefixes,
    .slice_prefixes = slice_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
