#include "app/traffic/tell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/json.h"

namespace plimsoll::app::traffic {
namespace {

namespace out = wire::outgoing;

enum class Words { current, deprecated, openinference };

UnixNanos nanos(double seconds) {
    return static_cast<UnixNanos>(seconds * 1e9);
}

SpanId span_id(const Happening& happening, std::size_t index) {
    SpanId id;
    const std::uint64_t word = demo::mix({happening.seed, index, 0x7370616e});
    std::memcpy(id.bytes.data(), &word, sizeof word);
    return id;
}

/// What the users' messages begin with: fresh in every interaction; and, where the event says so,
/// data that must not be stored. Nobody's: reserved domains, test cards, example keys.
std::string padding(const Happening& happening) {
    std::string text = fmt::format("[{:08x}] ", happening.seed >> 32);
    if (!happening.personal) return text;
    switch (happening.seed % 4) {
        case 0:
            return text + fmt::format("My mail is u{:06x}@example.org. ", happening.seed >> 40);
        case 1:
            return text + "My card is 4111 1111 1111 1111. ";
        case 2:
            return text + "My account is DE89 3704 0044 0532 0130 00. ";
        default:
            return text + "My key is AKIAIOSFODNN7EXAMPLE. ";
    }
}

/// `input` with the padding before the last user's words.
std::string padded(std::string input, const std::string& padding) {
    constexpr std::string_view opens = R"("content":")";
    const std::size_t user = input.rfind(R"("role":"user")");
    const std::size_t begin = user == input.npos ? user : input.find(opens, user);
    if (begin != input.npos) input.insert(begin + opens.size(), padding);
    return input;
}

/// The part by which a duration is longer, at its place among all durations.
double stretch(const Happening& happening, double quantile) {
    const auto between = [&](double from, double to, double low, double high) {
        return low + (high - low) * std::clamp((quantile - from) / (to - from), 0.0, 1.0);
    };
    double times = 1;
    if (quantile > .5) times = between(.5, .95, 1, happening.latency_p95);
    if (quantile > .95) times = between(.95, .99, happening.latency_p95, happening.latency_p99);
    return happening.latency * times;
}

double normal_of(double quantile) {  // Good to 4.5e-4: Abramowitz and Stegun, 26.2.23.
    const double tail = std::min(quantile, 1 - quantile);
    const double t = std::sqrt(-2 * std::log(std::max(tail, 1e-12)));
    const double z = t - (2.515517 + .802853 * t + .010328 * t * t) /
                             (1 + 1.432788 * t + .189269 * t * t + .001308 * t * t * t);
    return quantile < .5 ? -z : z;
}

class Teller {
  public:
    explicit Teller(const Happening& happening)
        : happening_(happening), chance_(demo::mix({happening.seed, 0x74656c6c})) {
        const double tenth = static_cast<double>(happening.session % 10);
        words_ = tenth == 0   ? Words::deprecated
                 : tenth == 1 ? Words::openinference
                              : Words::current;
        quantile_ = chance_.uniform();
        padding_ = padding(happening);
    }

    out::ResourceSpans tell() {
        clock_ = happening_.start;
        const std::vector<Act>& acts = happening_.response->acts;
        const bool has_agent = acts.front().what == Act::What::agent;
        for (std::size_t i = 0; i < acts.size(); ++i) {
            const Act* act = &acts[i];
            if (happening_.context && act->what == Act::What::retrieval)
                for (const Act& other : happening_.context->acts)
                    if (other.what == Act::What::retrieval) act = &other;
            out::Span span;
            span.trace = happening_.trace.raw();
            span.id = span_id(happening_, i).raw();
            if (i > 0 && has_agent) span.parent = span_id(happening_, 0).raw();
            const UnixNanos began = clock_;
            clock_ += nanos(seconds(*act));
            span.start = static_cast<std::uint64_t>(began);
            span.end = static_cast<std::uint64_t>(clock_);
            if (i == 0) add_context(span);
            describe(*act, acts[i].input, span);
            if (happening_.tools_lost && act->what == Act::What::tool) continue;
            spans_.push_back(std::move(span));
        }
        if (has_agent) spans_.front().end = static_cast<std::uint64_t>(clock_ + 2'000'000);
        add_opinions();
        out::ResourceSpans told;
        told.attributes = {{"service.name", happening_.application->service},
                           {"service.version", attribute("service.version")},
                           {"deployment.environment.name", "production"},
                           {"telemetry.sdk.name", "opentelemetry"},
                           {"telemetry.sdk.language", "python"},
                           {"telemetry.sdk.version", "1.38.0"}};
        told.scopes.emplace_back().name =
            words_ == Words::openinference ? "openinference.instrumentation.app" : "app.telemetry";
        told.scopes.front().spans = std::move(spans_);
        return told;
    }

  private:
    const std::string& attribute(const char* name) const {
        static const std::string none = "1.0.0";
        const auto found = happening_.attributes.find(name);
        return found == happening_.attributes.end() ? none : found->second;
    }

    double seconds(const Act& act) {
        const Application& app = *happening_.application;
        const double times = stretch(happening_, quantile_);
        switch (act.what) {
            case Act::What::agent:
                return .002;
            case Act::What::retrieval:
                return chance_.lognormal(.06, .5);
            case Act::What::tool:
                return chance_.lognormal(.12, .866);  // Its p99 is 0.9 s.
            case Act::What::chat:
                break;
        }
        if (act.seconds > 0) return act.seconds * times;
        first_token_ = app.first_token_s * std::exp(app.first_token_sigma * normal_of(quantile_));
        return times * (first_token_ + static_cast<double>(act.output_tokens) * app.per_token_s *
                                           std::exp(app.per_token_sigma * normal_of(quantile_)));
    }

    /// What the team puts on the outermost span to slice by, in every vocabulary.
    void add_context(out::Span& span) {
        for (const auto& [name, value] : happening_.attributes)
            if (!name.starts_with("gen_ai.") && name != "service.version")
                span.attributes.push_back({name, value});
        span.attributes.push_back({"session.id", fmt::format("s-{:016x}", happening_.session)});
        span.attributes.push_back({"user.id", fmt::format("u-{:010x}", happening_.user)});
    }

    void describe(const Act& act, const std::string& query, out::Span& span) {
        auto& list = span.attributes;
        const bool open = words_ == Words::openinference;
        const char* const kinds[] = {"AGENT", "RETRIEVER", "LLM", "TOOL"};
        const char* const operations[] = {"invoke_agent", "retrieval", "chat", "execute_tool"};
        const auto which = static_cast<std::size_t>(act.what);
        span.name = fmt::format("{} {}", operations[which], act.name);
        if (open)
            list.push_back({"openinference.span.kind", kinds[which]});
        else
            list.push_back({"gen_ai.operation.name", operations[which]});
        switch (act.what) {
            case Act::What::agent:
                list.push_back({open ? "agent.name" : "gen_ai.agent.name", act.name});
                break;
            case Act::What::retrieval:
                tell_retrieval(act, query, list);
                break;
            case Act::What::tool:
                tell_tool(act, list);
                break;
            case Act::What::chat:
                tell_chat(act, span);
                break;
        }
    }

    void tell_retrieval(const Act& act, const std::string& query, out::Attributes& list) {
        const std::string& source = attribute("gen_ai.data_source.id");
        list.push_back({"gen_ai.data_source.id", source});
        if (words_ != Words::openinference) {
            list.push_back({"gen_ai.retrieval.query.text", query});
            list.push_back({"gen_ai.retrieval.documents", act.output});
            return;
        }
        list.push_back({"input.value", query});
        const auto documents = json::Document::parse(act.output);
        int i = 0;
        for (const json::Value found : documents->root().elements())
            for (const char* field : {"id", "content"})
                list.push_back({fmt::format("retrieval.documents.{}.document.{}",
                                            *field == 'i' ? i : i++, field),
                                found.find(field)->as_string()});
    }

    void tell_tool(const Act& act, out::Attributes& list) {
        if (words_ == Words::openinference) {
            list.push_back({"tool.name", act.name});
            list.push_back({"input.value", act.input});
            list.push_back({"output.value", act.output});
            return;
        }
        list.push_back({"gen_ai.tool.name", act.name});
        list.push_back({"gen_ai.tool.type", "function"});
        list.push_back({"gen_ai.tool.call.arguments", act.input});
        list.push_back({"gen_ai.tool.call.result", act.output});
    }

    void tell_chat(const Act& act, out::Span& span) {
        auto& list = span.attributes;
        const Application& app = *happening_.application;
        const std::string input = padded(act.input, padding_);
        const auto tokens_in = static_cast<std::int64_t>(
            std::llround(static_cast<double>(act.input_tokens) * happening_.input_tokens));
        const double cost = happening_.cost * 1e-6 *
                            (static_cast<double>(tokens_in) * app.usd_per_million_input +
                             static_cast<double>(act.output_tokens) * app.usd_per_million_output);
        span.kind = wire::SpanKind::client;
        list.push_back({"gen_ai.usage.cost", cost});
        if (words_ == Words::openinference) {
            list.push_back({"llm.model_name", attribute("gen_ai.response.model")});
            list.push_back({"llm.provider", attribute("gen_ai.provider.name")});
            list.push_back({"llm.token_count.prompt", tokens_in});
            list.push_back({"llm.token_count.completion", act.output_tokens});
            open_messages("llm.input_messages", input, act.system, list);
            open_messages("llm.output_messages", act.output, "", list);
            return;
        }
        list.push_back({"gen_ai.request.model", attribute("gen_ai.request.model")});
        list.push_back({"gen_ai.response.model", attribute("gen_ai.response.model")});
        list.push_back(
            {"gen_ai.response.id", fmt::format("r-{:016x}", happening_.seed + spans_.size())});
        list.push_back({"gen_ai.response.finish_reasons", std::vector<std::string>{act.finish}});
        list.push_back({"gen_ai.conversation.id", fmt::format("s-{:016x}", happening_.session)});
        list.push_back(
            {"gen_ai.system_instructions",
             fmt::format(R"([{{"type":"text","content":{}}}])", json::quoted(act.system))});
        if (!act.tools.empty()) list.push_back({"gen_ai.tool.definitions", act.tools});
        list.push_back({"gen_ai.output.type", act.wants_json ? "json" : "text"});
        list.push_back({"gen_ai.input.messages", input});
        list.push_back({"gen_ai.output.messages", act.output});
        if (first_token_ > 0) list.push_back({"gen_ai.response.time_to_first_chunk", first_token_});
        const bool old = words_ == Words::deprecated;
        list.push_back(
            {old ? "gen_ai.system" : "gen_ai.provider.name", attribute("gen_ai.provider.name")});
        list.push_back(
            {old ? "gen_ai.usage.prompt_tokens" : "gen_ai.usage.input_tokens", tokens_in});
        list.push_back({old ? "gen_ai.usage.completion_tokens" : "gen_ai.usage.output_tokens",
                        act.output_tokens});
    }

    /// messages as OpenInference flattens them.
    static void open_messages(const std::string& prefix, const std::string& messages,
                              const std::string& system, out::Attributes& list) {
        int i = 0;
        const auto add = [&](std::string_view field, std::string_view text) {
            list.push_back({fmt::format("{}.{}.message.{}", prefix, i, field), text});
        };
        if (!system.empty()) {
            add("role", "system");
            add("content", system);
            ++i;
        }
        const auto document = json::Document::parse(messages);
        for (const json::Value message : document->root().elements()) {
            add("role", message.find("role")->as_string());
            int call = 0;
            for (const json::Value part : message.find("parts")->elements()) {
                const std::string_view type = part.find("type")->as_string();
                if (type == "text") add("content", part.find("content")->as_string());
                if (type == "tool_call_response") {
                    add("tool_call_id", part.find("id")->as_string());
                    add("content", json::to_text(*part.find("response")));
                }
                if (type != "tool_call") continue;
                const std::string at = fmt::format("tool_calls.{}.tool_call.", call++);
                const json::Value arguments = *part.find("arguments");
                add(at + "id", part.find("id")->as_string());
                add(at + "function.name", part.find("name")->as_string());
                add(at + "function.arguments", arguments.is_string()
                                                   ? std::string(arguments.as_string())
                                                   : json::to_text(arguments));
            }
            ++i;
        }
    }

    /// Judges outside tell what they found on the last span that a model wrote.
    void add_opinions() {
        for (const Opinion& opinion : happening_.opinions) {
            out::Event event{"gen_ai.evaluation.result", clock_, {}};
            event.attributes = {{"gen_ai.evaluation.name", opinion.judge->name},
                                {"gen_ai.evaluation.score.value", opinion.pass ? 1.0 : 0.0},
                                {"gen_ai.evaluation.score.label", opinion.pass ? "pass" : "fail"}};
            for (const auto& [name, value] : opinion.versions)
                event.attributes.push_back({name, value});
            spans_.back().events.push_back(std::move(event));
        }
    }

    const Happening& happening_;
    demo::Chance chance_;
    Words words_;
    double quantile_ = .5;  ///< Of this interaction's pace among all.
    double first_token_ = 0;
    std::string padding_;
    UnixNanos clock_ = 0;
    std::vector<out::Span> spans_;
};

}  // namespace

wire::outgoing::ResourceSpans tell(const Happening& happening) {
    return Teller(happening).tell();
}

std::string truth_line(const Happening& happening) {
    json::Writer out;
    out.begin_object().key("trace_id").value(happening.trace.hex());
    out.key("time").value(to_iso8601(happening.start));
    out.key("app").value(happening.application->name).key("dataset").value(happening.task->dataset);
    out.key("record_id").value(happening.response->id);
    out.key("service").value(happening.application->service);
    out.key("attributes").begin_object();
    for (const auto& [name, value] : happening.attributes)
        if (!name.starts_with("gen_ai.")) out.key(name).value(value);
    out.end_object().key("labels").begin_object();
    out.key(happening.application->label).value(happening.response->good && !happening.context);
    out.end_object().key("opinions").begin_object();
    for (const Opinion& opinion : happening.opinions)
        out.key(opinion.judge->name).value(opinion.pass);
    out.end_object().key("active_events").begin_array();
    for (const Event* event : happening.active) out.value(event->id);
    return out.end_array().end_object().take();
}

std::string event_line(const Event& event, std::string_view service) {
    constexpr std::string_view shapes[] = {"step", "ramp", "spike"};
    json::Writer out;
    out.begin_object().key("id").value(event.id).key("kind").value(event.kind);
    out.key("dimension").value(event.dimension).key("application").value(event.application);
    out.key("service").value(service);
    out.key("says").value(event.says).key("slice").begin_object();
    for (const auto& [name, value] : event.where) out.key(name).value(value);
    out.end_object().key("start").value(to_iso8601(event.start));
    out.key("end").value(to_iso8601(event.end));
    out.key("shape").value(shapes[static_cast<std::size_t>(event.shape)]);
    out.key("cause").begin_object().key("element").value(event.cause.element);
    out.key("from").value(event.cause.from).key("to").value(event.cause.to).end_object();
    out.key("must_alert").value(event.must_alert).key("must_not_alert").value(!event.must_alert);
    return out.key("owner").value(event.owner).end_object().take();
}

}  // namespace plimsoll::app::traffic
