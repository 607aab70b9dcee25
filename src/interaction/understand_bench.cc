/// How fast fat chat becomes interactions: bytes of OTLP per second, one core. Log-normal spans of
/// 2 to 50 KB whose messages are JSON strings, sixty-four to a body, as workload W1 sends them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/json.h"
#include "interaction/understand.h"

namespace plimsoll::interaction {
namespace {

/// Protobuf by hand: a few fields are all that is needed.
void varint(std::string& into, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) into += static_cast<char>(value | 0x80);
    into += static_cast<char>(value);
}
void bytes(std::string& into, int field, std::string_view value) {
    varint(into, static_cast<std::uint64_t>(field) << 3 | 2);
    varint(into, value.size());
    into += value;
}
void fixed64(std::string& into, int field, std::uint64_t value) {
    varint(into, static_cast<std::uint64_t>(field) << 3 | 1);
    into.append(reinterpret_cast<const char*>(&value), 8);
}
void attribute(std::string& span, std::string_view key, std::string_view text) {
    std::string value, pair;
    bytes(value, 1, text);
    bytes(pair, 1, key);
    bytes(pair, 2, value);
    bytes(span, 9, pair);
}
void attribute(std::string& span, std::string_view key, std::uint64_t number) {
    std::string value, pair;
    varint(value, 3 << 3);
    varint(value, number);
    bytes(pair, 1, key);
    bytes(pair, 2, value);
    bytes(span, 9, pair);
}

std::string prose(std::mt19937& dice, std::size_t size) {
    static constexpr std::string_view words[] = {"the",    "garden",  "needs", "water",  "and",
                                                 "light",  "spade",   "in",    "spring", "soil",
                                                 "\"no\"", "roots\n", "grow",  "slowly", "für"};
    std::string text;
    while (text.size() < size) {
        text += words[dice() % std::size(words)];
        text += ' ';
    }
    return text;
}

std::string fat_chat(std::size_t spans) {
    std::mt19937 dice(7);
    std::lognormal_distribution<double> sizes(std::log(6'500.0), 0.8);
    std::string scope_spans;
    for (std::size_t i = 0; i < spans; ++i) {
        const auto size = static_cast<std::size_t>(std::clamp(sizes(dice), 2'000.0, 50'000.0));
        json::Writer input;
        input.begin_array();
        for (std::size_t turn = 0; turn < 8; ++turn) {
            input.begin_object().key("role").value(turn % 2 ? "assistant" : "user").key("parts");
            input.begin_array().begin_object().key("type").value("text").key("content");
            input.value(prose(dice, size / 10)).end_object().end_array().end_object();
        }
        input.end_array();
        json::Writer output;
        output.begin_array().begin_object().key("role").value("assistant").key("parts");
        output.begin_array().begin_object().key("type").value("text").key("content");
        output.value(prose(dice, size / 10)).end_object().end_array();
        output.key("finish_reason").value("stop").end_object().end_array();

        std::string span, id(8, '\0'), trace(16, 'x');
        for (std::size_t b = 0; b < 8; ++b) {
            id[b] = static_cast<char>(dice());
            trace[b] = static_cast<char>(dice());
        }
        bytes(span, 1, trace);
        bytes(span, 2, id);
        bytes(span, 5, "chat gpt-4o");
        fixed64(span, 7, 1'767'607'200'000'000'000);
        fixed64(span, 8, 1'767'607'201'000'000'000);
        attribute(span, "gen_ai.operation.name", "chat");
        attribute(span, "gen_ai.provider.name", "openai");
        attribute(span, "gen_ai.request.model", "gpt-4o");
        attribute(span, "gen_ai.response.model", "gpt-4o-2024-08-06");
        attribute(span, "gen_ai.response.id", "chatcmpl-CQF10eCkoFphJZJQkzzN6EkTD0AVF");
        attribute(span, "gen_ai.conversation.id", "conversation-1234");
        attribute(span, "gen_ai.usage.input_tokens", 900);
        attribute(span, "gen_ai.usage.output_tokens", 90);
        attribute(span, "gen_ai.system_instructions",
                  R"([{"type":"text","content":"You answer questions about gardens."}])");
        attribute(span, "gen_ai.input.messages", input.text());
        attribute(span, "gen_ai.output.messages", output.text());
        attribute(span, "app.customer.segment", "enterprise");
        attribute(span, "app.prompt.version", "p7.2");
        attribute(span, "app.feature", "search");
        bytes(scope_spans, 2, span);
    }
    std::string resource, pair, value, resource_spans, body;
    bytes(value, 1, "support-assistant");
    bytes(pair, 1, "service.name");
    bytes(pair, 2, value);
    bytes(resource, 1, pair);
    bytes(resource_spans, 1, resource);
    bytes(resource_spans, 2, scope_spans);
    bytes(body, 1, resource_spans);
    return body;
}

void understand_fat_chat(benchmark::State& state) {
    const std::string body = fat_chat(64);
    std::size_t spans = 0;
    for (auto _ : state) {
        wire::for_each_span(body, [&](std::uint32_t, const wire::SpanView& span) {
            std::vector<Step> steps;
            steps.push_back(understand_span(span));
            benchmark::DoNotOptimize(
                assemble(span.trace, std::move(steps), origin_of(span), false).tokens);
            ++spans;
        });
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(spans));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(understand_fat_chat);

void walk_only(benchmark::State& state) {
    const std::string body = fat_chat(64);
    for (auto _ : state) {
        wire::for_each_span(body, [&](std::uint32_t, const wire::SpanView& span) {
            benchmark::DoNotOptimize(span.attributes.size());
        });
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(walk_only);

}  // namespace
}  // namespace plimsoll::interaction
