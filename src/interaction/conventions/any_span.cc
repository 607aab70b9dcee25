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
    {"db.collection.name", Field::data_source},
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

constexpr std::string_view events[] = {"exception",
                                       "feature_flag",
                                       "feature_flag.evaluation",
                                       "gen_ai.evaluation.result",
                                       "gen_ai.content.completion.chunk",
                                       "llm.content.completion.chunk"};

struct Host {
    std::string_view ends_with;
    std::string_view provider;
};

/// Whose server it was, where only a framework's name was sent.
constexpr Host hosts[] = {
    {"api.openai.com", "openai"},
    {"api.anthropic.com", "anthropic"},
    {"openai.azure.com", "azure.ai.openai"},
    {"generativelanguage.googleapis.com", "gcp.gemini"},
    {"aiplatform.googleapis.com", "gcp.vertex_ai"},
    {"api.mistral.ai", "mistral_ai"},
    {"api.groq.com", "groq"},
    {"api.cohere.com", "cohere"},
    {"api.deepseek.com", "deepseek"},
};

void read_provider(const wire::SpanView& span, Draft& draft) {
    const wire::AnyValue* address = span.attributes.find("server.address");
    if (!address || draft.has(Field::provider)) return;
    std::string_view host = address->text;  // Semantic Kernel sends a whole URL.
    if (const std::size_t scheme = host.find("://"); scheme != host.npos) {
        host.remove_prefix(scheme + 3);
    }
    host = host.substr(0, host.find_first_of("/:"));
    for (const Host& known : hosts) {
        if (host.ends_with(known.ends_with)) {
            draft.offer_text(Field::provider, std::string(known.provider), "server.address",
                             any_span);
        }
    }
}

/// A flag's variant, by the names it has had; a value where no variant was named.
void read_flag(const wire::Attributes& attributes, Draft& draft) {
    const wire::AnyValue* key = attributes.find("feature_flag.key");
    if (!key) return;
    for (const std::string_view name :
         {"feature_flag.result.variant", "feature_flag.variant", "feature_flag.result.value",
          "feature_flag.evaluated_value", "value"}) {
        const wire::AnyValue* found = attributes.find(name);
        if (!found) continue;
        draft.add_flag(plain_text(*key), plain_text(*found));
        return;
    }
}

void read(const wire::SpanView& span, Draft& draft) {
    read_provider(span, draft);
    read_flag(span.attributes, draft);
    for (const wire::EventView& event : span.events) {
        if (event.name == "exception" && span.status != wire::StatusCode::ok) {
            const auto text = [&event](std::string_view key) {
                const wire::AnyValue* found = event.attributes.find(key);
                return found ? plain_text(*found) : "";
            };
            draft.mark_failed(text("exception.type"), text("exception.message"));
        } else if (event.name.starts_with("feature_flag")) {
            read_flag(event.attributes, draft);
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
