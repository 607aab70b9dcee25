#include "app/demo/speak.h"

#include <fmt/format.h>

#include "app/demo/chance.h"
#include "base/json.h"

namespace plimsoll::app::demo {
namespace {

namespace out = wire::outgoing;

SpanId span_id(const Happening& happening, std::size_t event) {
    SpanId id;
    const std::uint64_t word = mix({happening.seed, event, 0x7370616eu});
    std::memcpy(id.bytes.data(), &word, sizeof word);
    return id;
}

/// A version of the application per vocabulary: three deployments of one product.
out::Attributes resource_of(const Happening& happening) {
    const char* names[] = {"pakkolin-assistant", "pakkolin-classic", "pakkolin-labs"};
    const char* versions[] = {"4.18.0", "2.31.4", "0.9.1"};
    const char* languages[] = {"python", "java", "nodejs"};
    const auto which = static_cast<std::size_t>(happening.vocabulary);
    return {{"service.name", names[which]},
            {"service.version", versions[which]},
            {"deployment.environment.name", "production"},
            {"cloud.region", happening.customer->region},
            {"telemetry.sdk.name", "opentelemetry"},
            {"telemetry.sdk.language", languages[which]},
            {"telemetry.sdk.version", "1.38.0"}};
}

std::string_view scope_of(Vocabulary vocabulary) {
    switch (vocabulary) {
        case Vocabulary::current:
            return "pakkolin.assistant.telemetry";
        case Vocabulary::older:
            return "pakkolin.classic.tracing";
        case Vocabulary::openinference:
            return "openinference.instrumentation.pakkolin";
    }
    return "";
}

/// What the team puts on the outermost span to slice by, in every vocabulary.
void add_context(const Happening& happening, out::Span& span) {
    out::Attributes& list = span.attributes;
    list.push_back({"app.customer.segment", happening.customer->segment});
    list.push_back({"app.customer.id", happening.customer->id});
    list.push_back({"app.feature", to_word(happening.feature)});
    list.push_back({"app.query.category", happening.category});
    list.push_back({"app.query.language", happening.language});
    list.push_back({"app.prompt.version", happening.prompt_version});
    list.push_back({"session.id", happening.session});
    list.push_back({"user.id", happening.user});
}

}  // namespace

std::string as_json(const std::string& text) {
    return json::Document::parse(text) ? text : json::quoted(text);
}

std::string chat_json(const Said& said) {
    json::Writer json;
    json.begin_object().key("role").value(said.role);
    if (said.role == "tool") {
        json.key("tool_call_id").value(said.call->id).key("content").value(said.text);
    } else if (said.call) {
        json.key("content").null().key("tool_calls").begin_array().begin_object();
        json.key("id").value(said.call->id).key("type").value("function");
        json.key("function").begin_object().key("name").value(said.call->name);
        json.key("arguments").value(said.call->arguments).end_object();
        json.end_object().end_array();
    } else {
        json.key("content").value(said.text);
    }
    return json.end_object().take();
}

wire::outgoing::ResourceSpans speak(const Happening& happening, UnixNanos start) {
    std::vector<out::Span> spans;
    const SpanId root = span_id(happening, 0);
    for (std::size_t i = 0; i < happening.events.size(); ++i) {
        const Event& event = happening.events[i];
        if (i == 0 && !happening.root_arrives) continue;
        out::Span& span = spans.emplace_back();
        span.trace = happening.trace.raw();
        span.id = span_id(happening, i).raw();
        if (i > 0) span.parent = root.raw();
        span.start = static_cast<std::uint64_t>(start + event.start);
        span.end = static_cast<std::uint64_t>(start + event.end);
        // Without its root an interaction must still tell whose it is: the first span that comes
        // does.
        if (spans.size() == 1) add_context(happening, span);
        switch (happening.vocabulary) {
            case Vocabulary::current:
                speak_current(happening, event, start, span);
                break;
            case Vocabulary::older:
                speak_older(happening, event, start, span);
                break;
            case Vocabulary::openinference:
                speak_openinference(happening, event, start, span);
                break;
        }
        if (!event.error_type.empty()) {
            span.status = wire::StatusCode::error;
            span.status_message = event.error_message;
            span.attributes.push_back({"error.type", event.error_type});
        }
    }
    out::ResourceSpans told;
    told.attributes = resource_of(happening);
    out::ScopeSpans& scope = told.scopes.emplace_back();
    scope.name = scope_of(happening.vocabulary);
    scope.version = "1.2.0";
    scope.spans = std::move(spans);
    return told;
}

}  // namespace plimsoll::app::demo
