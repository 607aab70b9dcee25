/// Cost of the checks on one interaction with 9 KB of output, the size of a fat span, and of
/// looking for 10,000 phrases.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "evaluate/checks/checks.h"
#include "evaluate/phrases.h"
#include "evaluate/scorecard.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {
namespace {

/// Words of one to four syllables, as text and as phrases: the phrases are made of the same
/// syllables that the text is made of, so that nearly all of their bytes occur in it.
class Speaker {
  public:
    explicit Speaker(unsigned seed) : random_(seed) {}

    std::string word() {
        static constexpr const char* syllables[] = {
            "the",  "re",   "to", "in",   "con",  "ver",  "sa",  "tion", "ing",
            "al",   "ter",  "na", "tive", "pro",  "vi",   "der", "es",   "ti",
            "mate", "or",   "an", "com",  "ple",  "ment", "un",  "der",  "sta",
            "nd",   "able", "be", "fore", "ward", "ex",   "cel", "lent", "qua"};
        std::string text;
        for (unsigned n = 1 + random_() % 4; n > 0; --n) text += syllables[random_() % 36];
        return text;
    }
    std::string text(std::size_t bytes) {
        std::string text;
        while (text.size() < bytes) {
            std::string next = word();
            if (random_() % 12 == 0) next[0] = static_cast<char>(next[0] - 32);
            text += next + (random_() % 15 == 0 ? ", " : " ");
        }
        return text;
    }
    std::string phrase(unsigned words) {
        std::string phrase = word();
        while (--words > 0) phrase += " " + word();
        return phrase;
    }

  private:
    std::mt19937 random_;
};

std::vector<std::string> phrases(std::size_t count, unsigned words_min, unsigned words_max) {
    Speaker speaker(11);
    std::vector<std::string> phrases;
    for (unsigned i = 0; phrases.size() < count; ++i) {
        phrases.push_back(speaker.phrase(words_min + i % (words_max - words_min + 1)) + "x");
    }
    return phrases;
}

void find_phrases(benchmark::State& state, unsigned words_min, unsigned words_max,
                  bool whole_words) {
    const PhraseSet set(phrases(static_cast<std::size_t>(state.range(0)), words_min, words_max),
                        {.whole_words = whole_words});
    const std::string text = Speaker(3).text(1u << 20);
    for (auto _ : state) {
        // As outputs come: some kilobytes each.
        for (std::size_t at = 0; at < text.size(); at += 4096) {
            benchmark::DoNotOptimize(set.find(std::string_view(text).substr(at, 4096)));
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(find_phrases, two_to_four_words, 2, 4, true)->Arg(100)->Arg(10'000);
BENCHMARK_CAPTURE(find_phrases, one_to_three_words, 1, 3, true)->Arg(10'000);
BENCHMARK_CAPTURE(find_phrases, one_to_three_words_anywhere, 1, 3, false)->Arg(10'000);

void fold_text(benchmark::State& state, const std::string& piece) {
    std::string text, out;
    while (text.size() < 8192) text += piece;
    for (auto _ : state) {
        fold(text, out);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(fold_text, ascii, std::string("The Answer is in Document 7. "));
BENCHMARK_CAPTURE(fold_text, cyrillic, std::string("Ответ Находится в документе. "));

/// 9 KB that every check reads to the end: JSON, and tool calls with a schema.
Interaction fat_interaction() {
    Speaker speaker(5);
    json::Writer output;
    output.begin_object().key("answer").begin_array();
    while (output.text().size() < 9'000) output.value(speaker.text(200));
    output.end_array().end_object();
    json::Writer story;
    story.begin_object().key("output").value(output.text()).key("finish_reason").value("stop");
    story.key("cost_usd")
        .value(0.01)
        .key("first_token_ms")
        .value(300)
        .key("latency_ms")
        .value(2000);
    story.key("input_tokens").value(900).key("output_tokens").value(2000);
    story.key("tools").raw(
        R"([{"name":"find","parameters":{"type":"object","required":["q"],)"
        R"("properties":{"q":{"type":"string"},"n":{"type":"integer","minimum":1}}}}])");
    story.key("tool_calls")
        .raw(R"([{"name":"find","arguments":{"q":"late parcel","n":3},"result":"ok"},)"
             R"({"name":"find","arguments":{"q":"refund","n":1},"result":"ok"}])");
    story.end_object();
    return example_interaction(story.text());
}

std::string generous_parameters(const Check& check) {
    if (check.name == "banned_phrase") {
        json::Writer w;
        w.begin_object().key("phrases").begin_array();
        for (const std::string& phrase : phrases(10'000, 2, 4)) w.value(phrase);
        return w.end_array().end_object().take();
    }
    if (check.name == "json_schema") {
        return R"({"schema":{"type":"object","required":["answer"],"properties":{"answer":)"
               R"({"type":"array","items":{"type":"string","minLength":1}}}}})";
    }
    if (check.name == "required_pattern") return R"({"patterns":["\\]\\}$"]})";
    if (check.name == "forbidden_pattern") {
        return R"({"patterns":["\\b\\d{4} \\d{4}\\b","internal use only"]})";
    }
    if (check.name == "length_bounds") return R"({"words_max":100000,"characters_max":100000})";
    return std::string(check.example.params);
}

std::unique_ptr<const Configured> configured(const Check& check) {
    const auto params = json::Document::parse(generous_parameters(check));
    return std::get<0>(configure(check, params->root(), NoFiles()));
}

void one_check(benchmark::State& state) {
    const Check& check = *all_checks[static_cast<std::size_t>(state.range(0))];
    const Interaction interaction = fat_interaction();
    const auto asked = configured(check);
    for (auto _ : state) benchmark::DoNotOptimize(asked->verdict(interaction));
    state.SetLabel(std::string(check.name));
}
BENCHMARK(one_check)->DenseRange(0, std::size(all_checks) - 1);

/// The target: p99 at most 60 µs for all checks together, 20 aimed at.
void all_together(benchmark::State& state) {
    Scorecard scorecard;
    scorecard.dimensions.push_back({.name = "all"});
    for (const Check* check : all_checks) {
        scorecard.dimensions[0].evaluators.push_back(
            {.name = std::string(check->name), .check = check, .configured = configured(*check)});
    }
    const Interaction interaction = fat_interaction();
    std::vector<double> us;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(scorecard.score(interaction));
        us.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
                .count());
    }
    std::sort(us.begin(), us.end());
    state.counters["p50_us"] = us[us.size() / 2];
    state.counters["p99_us"] = us[us.size() * 99 / 100];
}
BENCHMARK(all_together);

}  // namespace
}  // namespace plimsoll::evaluate
