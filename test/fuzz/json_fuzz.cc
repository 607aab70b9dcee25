/// JSON as senders write it, by the fast reader and the careful one.
#include "base/json.h"
#include "base/json_strict.h"
#include "fuzz.h"

using namespace plimsoll;

void fuzz_one(std::string_view bytes) {
    const json::ParseLimits limits{};
    const auto fast = json::Document::parse(bytes, limits);
    if (!fast) return promise(!fast.error().what.empty(), "an error says why");
    const std::string text = json::to_text(fast->root());
    const auto again = json::Document::parse(text, limits);
    promise(bool(again), "what was written can be read");
    promise(json::to_text(again->root()) == text, "what was read is written alike");
}
