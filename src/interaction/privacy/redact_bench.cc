#include <benchmark/benchmark.h>

#include "interaction/privacy/redactor.h"
#include "wire/corpus_for_bench.h"
#include "wire/otlp.h"

namespace plimsoll::interaction::privacy {
namespace {

/// The texts of fat chat: every string attribute of the corpus.
std::vector<std::string> chat_texts() {
    std::vector<std::string> texts;
    for (const auto& resource : wire::Corpus().fat()) {
        for (const auto& scope : resource.scopes) {
            for (const auto& span : scope.spans) {
                for (const auto& [key, value] : span.attributes) {
                    if (const auto* text = std::get_if<std::string>(&value.held))
                        texts.push_back(*text);
                }
            }
        }
    }
    return texts;
}

void run(benchmark::State& state, const std::vector<std::string>& texts, bool plain = false) {
    Redactor redactor({1}, {});
    if (plain) redactor.use_plain_loops();
    std::size_t bytes = 0, found = 0;
    for (auto _ : state) {
        for (const std::string& text : texts) {
            found += redactor.redact(text).has_value();
            bytes += text.size();
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.counters["texts_changed"] =
        static_cast<double>(found) / static_cast<double>(state.iterations() * texts.size());
}

void chat(benchmark::State& state) {
    run(state, chat_texts());
}
void chat_without_vectors(benchmark::State& state) {
    run(state, chat_texts(), true);
}

/// About two candidates per KB, half of them personal.
void chat_with_planted_data(benchmark::State& state) {
    constexpr std::string_view planted[] = {"ana.silva@example.com", "4111 1111 1111 1111",
                                            "order 2024-000123",     "at 12:34:56",
                                            "+49 30 901820",         "1,299.00",
                                            "203.0.113.77",          "4 of 17"};
    std::vector<std::string> texts = chat_texts();
    std::size_t turn = 0;
    for (std::string& text : texts) {
        for (std::size_t at = 250; at < text.size(); at += 500) {
            while (at < text.size() && text[at] != ' ') ++at;
            if (at < text.size()) text.insert(at, " " + std::string(planted[turn++ % 8]));
        }
    }
    run(state, texts);
}

/// A picture in a message: nothing but base64.
void base64(benchmark::State& state) {
    std::string text;
    std::uint64_t dice = 7;
    while (text.size() < 1 << 20) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        text += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[dice >> 58];
    }
    run(state, {text});
}

/// Numbers in JSON, as in an embedding: the most candidates there can be.
void numbers(benchmark::State& state) {
    std::string text = "[";
    for (int i = 0; i < 20'000; ++i) text += "0.0" + std::to_string(123456 + i * 37) + ", ";
    run(state, {text + "0]"});
}

BENCHMARK(chat);
BENCHMARK(chat_without_vectors);
BENCHMARK(chat_with_planted_data);
BENCHMARK(base64);
BENCHMARK(numbers);

}  // namespace
}  // namespace plimsoll::interaction::privacy
