#include <fmt/format.h>

#include "app/ask.h"
#include "base/json.h"
#include "show/coverage_text.h"
#include "show/findings_text.h"
#include "show/due_text.h"
#include "show/scorecard_text.h"
#include "show/trace_text.h"
#include "show/trust_text.h"

namespace plimsoll::app {

namespace {

int show_answer(const AskOptions& options, const Result<std::string>& answer,
                std::string (*text)(json::Value)) {
    if (!answer) return complain(answer.error().what);
    if (options.json) {
        print(*answer);
        return 0;
    }
    const auto document = json::Document::parse(*answer);
    if (!document) return complain("the server's answer is not JSON: " + document.error().what);
    print(text(document->root()));
    return 0;
}

}  // namespace

int scorecard(const ScorecardOptions& options) {
    return show_answer(options.ask, ask(options.ask, "/api/v1/scorecard", options.filters),
                       show::scorecard_text);
}

int trust(const AskOptions& options) {
    return show_answer(options, ask(options, "/api/v1/trust", {}), show::trust_text);
}

int findings(const FindingsOptions& options) {
    return show_answer(options.ask, ask(options.ask, "/api/v1/findings", options.filters),
                       show::findings_text);
}

int due(const AskOptions& options) {
    return show_answer(options, ask(options, "/api/v1/due", {}), show::due_text);
}

int coverage(const FindingsOptions& options) {
    return show_answer(options.ask, ask(options.ask, "/api/v1/coverage", options.filters),
                       show::coverage_text);
}

int trace(const TraceOptions& options) {
    return show_answer(options.ask, ask(options.ask, "/api/v1/interactions/" + options.trace, {}),
                       show::trace_text);
}

}  // namespace plimsoll::app
