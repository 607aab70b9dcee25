/// Chat messages as they stand in gen_ai.input.messages: a few long strings with some escapes.
#include <benchmark/benchmark.h>

#include "base/json.h"
#include "base/json_strict.h"

namespace {

using plimsoll::json::Document;

std::string chat(std::size_t bytes) {
    plimsoll::json::Writer writer;
    writer.begin_array();
    while (writer.text().size() < bytes) {
        std::string prose;
        while (prose.size() < 700) {
            prose +=
                "Your order 4411-9 left our house on Monday, and should be with you \"soon\". ";
            if (prose.size() % 3 == 0)
                prose +=
                    "\nAnything else? Caf\xC3\xA9 hours are 9\xE2\x80\x93"
                    "17. ";
        }
        writer.begin_object().key("role").value("assistant").key("parts").begin_array();
        writer.begin_object().key("type").value("text").key("content").value(prose).end_object();
        writer.begin_object().key("type").value("tool_call").key("name").value("find_order");
        writer.key("arguments").begin_object().key("order").value(44119).key("open").value(true);
        writer.end_object().end_object().end_array().end_object();
    }
    return writer.end_array().take();
}

void parse(benchmark::State& state) {
    const std::string text = chat(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(Document::parse(text));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse)->Arg(300)->Arg(3'000)->Arg(9'000)->Arg(100'000)->Arg(3'000'000);

void read_strictly(benchmark::State& state) {
    const std::string text = chat(9'000);
    for (auto _ : state) benchmark::DoNotOptimize(plimsoll::json::read_strictly(text, {}, 0));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_strictly);

void write(benchmark::State& state) {
    const Document document = std::move(*Document::parse(chat(9'000)));
    std::size_t bytes = 0;
    for (auto _ : state) bytes += to_text(document.root()).size();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(write);

}  // namespace
