#include "load/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "base/json.h"
#include "load/dice.h"
#include "load/prose.h"
#include "wire/otlp_writer.h"

namespace plimsoll::load {
namespace {

namespace out = wire::outgoing;
using json::quoted;

/// What many interactions share: a few applications with their system prompts and tools.
struct Application {
    std::string service;
    std::string system;
    std::string tools;
};

Application make_application(std::size_t number, Prose& prose) {
    std::string tools = "[";
    for (int i = 0; i < 4; ++i)
        tools += fmt::format(
            R"({}{{"type":"function","name":"tool_{}_{}","description":{},"parameters":{{"type":"object","properties":{{"query":{{"type":"string"}},"limit":{{"type":"integer","minimum":1}},"kind":{{"enum":["a","b","c"]}}}},"required":["query"]}}}})",
            i ? "," : "", number, i, quoted(prose.text(90)));
    return {fmt::format("service-{}", number),
            fmt::format(R"([{{"type":"text","content":{}}}])", quoted(prose.text(1'100))),
            tools + "]"};
}

std::string message(std::string_view role, const std::string& text) {
    return fmt::format(R"({{"role":"{}","parts":[{{"type":"text","content":{}}}]}})", role,
                       quoted(text));
}

/// What every model call says of itself without its content: about 550 bytes.
out::Span thin_span(Dice& dice, const std::string& session) {
    const auto input = static_cast<std::int64_t>(dice.lognormal(900, .8));
    const auto output = static_cast<std::int64_t>(dice.lognormal(120, .8));
    out::Span span;
    span.name = "chat nimbus-large-2";
    span.kind = wire::SpanKind::client;
    span.attributes = {{"gen_ai.operation.name", "chat"},
                       {"gen_ai.provider.name", "openai"},
                       {"gen_ai.request.model", "nimbus-large-2"},
                       {"gen_ai.response.model", "nimbus-large-2-0611"},
                       {"gen_ai.response.id", fmt::format("resp-{:016x}", dice.word())},
                       {"gen_ai.request.temperature", .2},
                       {"gen_ai.usage.input_tokens", input},
                       {"gen_ai.usage.output_tokens", output},
                       {"gen_ai.response.time_to_first_chunk", dice.lognormal(.3, .4)},
                       {"gen_ai.response.finish_reasons", std::vector<std::string>{"stop"}},
                       {"gen_ai.conversation.id", session},
                       {"app.customer.segment", dice.uniform() < .4 ? "enterprise" : "smb"},
                       {"user.id", fmt::format("u-{:08x}", dice.below(5'000))}};
    return span;
}

/// A model call with its messages, `bytes` long in all.
out::Span fat_span(Dice& dice, Prose& prose, const Application& application,
                   const std::string& session, std::size_t bytes) {
    out::Span span = thin_span(dice, session);
    span.attributes.push_back({"gen_ai.system_instructions", application.system});
    if (dice.uniform() < .5)
        span.attributes.push_back({"gen_ai.tool.definitions", application.tools});
    std::size_t used = 700;
    for (const auto& attribute : span.attributes)
        if (const auto* text = std::get_if<std::string>(&attribute.value.held))
            used += text->size();
    const std::size_t left = bytes > used + 300 ? bytes - used : 300;
    const std::size_t answer = std::min<std::size_t>(left / 4, 2'500);
    const std::size_t turns = 1 + 2 * dice.below(4);
    std::string input = "[";
    for (std::size_t turn = 0; turn < turns; ++turn)
        input += (turn ? "," : "") +
                 message(turn % 2 ? "assistant" : "user", prose.text((left - answer) / turns));
    span.attributes.push_back({"gen_ai.input.messages", input + "]"});
    span.attributes.push_back(
        {"gen_ai.output.messages",
         fmt::format(
             R"([{{"role":"assistant","parts":[{{"type":"text","content":{}}}],"finish_reason":"stop"}}])",
             quoted(prose.text(answer)))});
    return span;
}

/// Log-normal between 2 and 50 KB. The median that gives a mean of 9.2 KB within those bounds.
std::size_t fat_bytes(Dice& dice) {
    for (;;)
        if (const double bytes = dice.lognormal(7'350, .72); bytes >= 2'000 && bytes <= 50'000)
            return static_cast<std::size_t>(bytes);
}

constexpr std::uint64_t no_run = ~0ull;  // The ids a body is built with; every send replaces them.

std::string raw(const auto& id) {
    return {id.data(), id.size()};
}

std::size_t spans_in_body(Workload workload) {
    switch (workload) {
        case Workload::W1:
            return 64;
        case Workload::W3:
            return 512;
        case Workload::W7:
            return 1;
    }
    return 1;
}

Body build_body(Workload workload, Dice& dice, Prose& prose,
                const std::vector<Application>& applications, std::uint64_t number,
                std::int64_t now) {
    const Application& application = applications[dice.below(applications.size())];
    Body body;
    std::vector<out::Span> spans;
    std::uint32_t trace = 0;
    while (spans.size() < spans_in_body(workload)) {
        const std::size_t left = spans_in_body(workload) - spans.size();
        const std::size_t size = std::min(left, workload == Workload::W7 ? 1 : 1 + dice.below(7));
        const auto root = static_cast<std::uint32_t>(spans.size());
        const std::string session = fmt::format("s-{:08x}", dice.below(1u << 30));
        std::int64_t start =
            now - 60'000'000'000 - static_cast<std::int64_t>(dice.below(1'000'000'000));
        const std::int64_t root_start = start;
        for (std::size_t i = 0; i < size; ++i) {
            out::Span span = workload == Workload::W1
                                 ? fat_span(dice, prose, application, session, fat_bytes(dice))
                                 : thin_span(dice, session);
            const auto ordinal = static_cast<std::uint32_t>(spans.size());
            span.trace = raw(trace_id(no_run, number, trace));
            span.id = raw(span_id(no_run, number, ordinal));
            if (i > 0) span.parent = raw(span_id(no_run, number, root));
            span.start = static_cast<std::uint64_t>(start);
            start += static_cast<std::int64_t>(dice.lognormal(8e8, .5));
            span.end = static_cast<std::uint64_t>(start);
            spans.push_back(std::move(span));
            body.spans.push_back(
                {0, 0, i > 0 ? std::optional<std::size_t>(0) : std::nullopt, trace, root});
        }
        spans[root].start = static_cast<std::uint64_t>(root_start);
        spans[root].end = static_cast<std::uint64_t>(start);
        ++trace;
    }
    body.bytes = out::to_otlp({out::request({{"service.name", application.service},
                                             {"deployment.environment.name", "production"},
                                             {"telemetry.sdk.language", "python"}},
                                            "bench.load", std::move(spans))});
    return body;
}

/// Finds every id that `build_body` put in. Ids are random, so the bytes of one stand nowhere else;
/// each span's own fields come in the order trace, id, parent.
void find_places(Body& body, std::uint64_t number) {
    std::size_t from = 0;
    const auto find = [&](const std::string& id) {
        const std::size_t at = body.bytes.find(id, from);
        assert(at != body.bytes.npos);
        from = at + id.size();
        return at;
    };
    for (std::size_t i = 0; i < body.spans.size(); ++i) {
        SpanPlace& place = body.spans[i];
        place.trace_at = find(raw(trace_id(no_run, number, place.trace)));
        place.id_at = find(raw(span_id(no_run, number, static_cast<std::uint32_t>(i))));
        if (place.parent_at) place.parent_at = find(raw(span_id(no_run, number, place.root)));
    }
}

}  // namespace

std::optional<Workload> workload_named(std::string_view name) {
    if (name == "W1") return Workload::W1;
    if (name == "W3") return Workload::W3;
    if (name == "W7") return Workload::W7;
    return std::nullopt;
}

std::size_t usual_bodies(Workload workload) {
    switch (workload) {
        case Workload::W1:
            return 64;
        case Workload::W3:
            return 64;
        case Workload::W7:
            return 4'096;
    }
    return 1;
}

std::vector<Body> build_corpus(Workload workload, std::uint64_t seed, std::size_t bodies,
                               std::int64_t now) {
    Dice dice(seed);
    Prose prose(seed + 1);
    std::vector<Application> applications;
    for (std::size_t i = 0; i < 12; ++i) applications.push_back(make_application(i, prose));
    std::vector<Body> corpus;
    for (std::size_t number = 0; number < bodies; ++number) {
        corpus.push_back(build_body(workload, dice, prose, applications, number, now));
        find_places(corpus.back(), number);
    }
    return corpus;
}

TraceBytes trace_id(std::uint64_t run, std::uint64_t send, std::uint32_t trace) {
    const std::uint64_t first = spread(run ^ spread(send << 12 | trace));
    const std::uint64_t second = spread(first ^ (send << 12 | trace));
    TraceBytes id;
    std::memcpy(id.data(), &first, 8);
    std::memcpy(id.data() + 8, &second, 8);
    return id;
}

SpanBytes span_id(std::uint64_t run, std::uint64_t send, std::uint32_t span) {
    const std::uint64_t word = spread(~run ^ spread(send << 12 | span));
    SpanBytes id;
    std::memcpy(id.data(), &word, 8);
    return id;
}

void write_ids(const Body& body, std::uint64_t run, std::uint64_t send, char* bytes) {
    std::uint32_t ordinal = 0;
    for (const SpanPlace& place : body.spans) {
        const TraceBytes trace = trace_id(run, send, place.trace);
        const SpanBytes id = span_id(run, send, ordinal++);
        std::memcpy(bytes + place.trace_at, trace.data(), trace.size());
        std::memcpy(bytes + place.id_at, id.data(), id.size());
        if (place.parent_at) {
            const SpanBytes parent = span_id(run, send, place.root);
            std::memcpy(bytes + *place.parent_at, parent.data(), parent.size());
        }
    }
}

}  // namespace plimsoll::load
