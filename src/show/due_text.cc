#include "show/due_text.h"

#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::show {

namespace {

std::string text(json::Value object, std::string_view key, std::size_t most) {
    const auto found = object.find(key);
    return found ? printable(found->as_string(), most) : "";
}

/// The dimension and its evaluator, or the slice.
std::string about(json::Value item) {
    std::string words = text(item, "dimension", 40);
    if (const std::string evaluator = text(item, "evaluator", 40); !evaluator.empty())
        words += "/" + evaluator;
    if (const auto slice = item.find("slice"))
        for (const json::Member member : slice->members())
            words += (words.empty() ? "" : " ") + printable(member.key, 40) + "=" +
                     printable(member.value.as_string(), 40);
    return words;
}

}  // namespace

std::string due_text(json::Value answer) {
    const auto list = answer.find("due");
    if (!list || list->size() == 0) return "nothing is due\n";
    TextTable table({"due", "what", "about", "why", "command"});
    for (const json::Value item : list->elements())
        table.add({text(item, "due", 24).substr(0, 10), text(item, "kind", 20), about(item),
                   text(item, "why", 160), text(item, "command", 80)});
    return table.text();
}

}  // namespace plimsoll::show
