/// Questions and answers through every check that takes no parameters: `question NUL answer NUL
/// document`.
#include "base/json.h"
#include "evaluate/checks/checks.h"
#include "fuzz.h"

using namespace plimsoll;

namespace {

struct Named {
    const evaluate::Check* check;
    std::unique_ptr<const evaluate::Configured> configured;
};

std::vector<Named> without_parameters() {
    std::vector<Named> all;
    for (const evaluate::Check* check : evaluate::all_checks) {
        const auto none = json::Document::parse("{}");
        auto made = evaluate::configure(*check, none->root(), evaluate::NoFiles{});
        if (auto* configured = std::get_if<std::unique_ptr<const evaluate::Configured>>(&made))
            all.push_back({check, std::move(*configured)});
    }
    return all;
}

}  // namespace

void fuzz_one(std::string_view bytes) {
    static const std::vector<Named> checks = without_parameters();
    promise(checks.size() > 10, "most checks take no parameters");
    std::string_view part[3];
    for (std::string_view& text : part) {
        text = bytes.substr(0, bytes.find('\0'));
        bytes.remove_prefix(std::min(bytes.size(), text.size() + 1));
    }
    json::Writer line;
    line.begin_object().key("input").value(part[0]).key("output").value(part[1]);
    line.key("documents").begin_array().value(part[2]).end_array().end_object();
    const auto interaction = evaluate::example_interaction(line.text());
    for (const Named& named : checks) {
        const Verdict verdict = named.configured->verdict(interaction);
        if (const Score* score = verdict.score())
            promise(score->value() >= 0 && score->value() <= 1, "a score is in [0, 1]");
    }
}
