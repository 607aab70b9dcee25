/// corpus_for_bench.h: bodies of the size and make-up that senders have, the same in every run.
///
///   fat    64 spans of 9 KB: a chat with its history as JSON text, some of it not ASCII
///   thin   64 spans of 600 bytes: HTTP calls with a dozen short attributes
#pragma once

#include <cstdint>
#include <string>

#include "wire/otlp_writer.h"

namespace plimsoll::wire {

class Corpus {
  public:
    outgoing::Request fat() {
        std::vector<outgoing::Span> spans;
        for (int i = 0; i < 64; ++i) {
            outgoing::Span span = base("chat model-small");
            span.attributes = {{"gen_ai.operation.name", "chat"},
                               {"gen_ai.provider.name", "openai"},
                               {"gen_ai.request.model", "model-small"},
                               {"gen_ai.response.model", "model-small-2026-01"},
                               {"gen_ai.request.temperature", 0.2},
                               {"gen_ai.usage.input_tokens", number() % 4000},
                               {"gen_ai.usage.output_tokens", number() % 800},
                               {"gen_ai.response.finish_reasons",
                                outgoing::Value(std::vector<std::string>{"stop"})},
                               {"session.id", "session-" + std::to_string(number() % 1000)},
                               {"gen_ai.input.messages", messages(8)},
                               {"gen_ai.output.messages", messages(2)}};
            spans.push_back(std::move(span));
        }
        return outgoing::request({{"service.name", "support"}}, "instrumentation", spans);
    }

    outgoing::Request thin() {
        std::vector<outgoing::Span> spans;
        for (int i = 0; i < 64; ++i) {
            outgoing::Span span = base("GET /orders/{id}");
            span.attributes = {{"http.request.method", "GET"},
                               {"http.response.status_code", 200},
                               {"http.route", "/orders/{id}"},
                               {"url.path", "/orders/" + std::to_string(number())},
                               {"url.scheme", "https"},
                               {"server.address", "orders.internal"},
                               {"server.port", 443},
                               {"client.address", "10.0.3.17"},
                               {"network.protocol.version", "1.1"},
                               {"user_agent.original", "support-assistant/1.2 (linux; x86_64)"},
                               {"thread.name", "worker-" + std::to_string(number() % 16)},
                               {"customer.segment", "enterprise"},
                               {"query.category", "shipping"},
                               {"region", "eu-central"}};
            spans.push_back(std::move(span));
        }
        return outgoing::request({{"service.name", "orders"}}, "instrumentation", spans);
    }

  private:
    std::uint64_t number() {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return state_ >> 33;
    }

    std::string raw_id(std::size_t size) {
        std::string id(size, '\0');
        for (char& byte : id) byte = static_cast<char>(number() | 1);
        return id;
    }

    outgoing::Span base(std::string name) {
        return {.trace = raw_id(16),
                .id = raw_id(8),
                .parent = raw_id(8),
                .name = std::move(name),
                .kind = SpanKind::client,
                .start = 1'767'600'000'000'000'000 + number(),
                .end = 1'767'600'003'000'000'000 + number()};
    }

    /// `count` messages of about 800 bytes each, as JSON; one word in thirty is not ASCII.
    std::string messages(int count) {
        static constexpr const char* words[] = {
            "the",    "order",    "was",  "shipped", "on",         "Monday",  "and",    "should",
            "arrive", "tomorrow", "if",   "not",     "please",     "contact", "our",    "support",
            "team",   "with",     "your", "number",  "\\\"42\\\"", "refund",  "within", "fourteen",
            "days",   "of",       "a",    "return",  "Grüße",      "thank",   "you"};
        std::string text = "[";
        for (int i = 0; i < count; ++i) {
            if (i != 0) text += ",";
            text += i % 2 ? R"({"role":"assistant","parts":[{"type":"text","content":")"
                          : R"({"role":"user","parts":[{"type":"text","content":")";
            const std::size_t end = text.size() + 800;
            while (text.size() < end) text.append(words[number() % std::size(words)]).append(" ");
            text += R"("}]})";
        }
        return text + "]";
    }

    std::uint64_t state_ = 20260105;
};

}  // namespace plimsoll::wire
