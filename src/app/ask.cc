#include "app/ask.h"

#include <filesystem>

#include <fmt/format.h>

#include "app/commands/configured.h"
#include "app/fetch.h"
#include "app/system_clock.h"
#include "app/trust_parts.h"
#include "show/api.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"

namespace plimsoll::app {

namespace {

/// Opens the directory the way a server would, asks once, and closes it.
Result<std::string> ask_files(const AskOptions& options, const show::HttpRequest& request) {
    const auto configuration = configured(options.config);
    if (!configuration) return Error{"the configuration could not be read"};
    const SystemClock clock;
    auto facts = store::open_duckdb_facts({.data_dir = options.data});  // It forks: before threads.
    if (!facts) return facts.error();
    auto journal = store::open_sqlite_journal(clock, {.data_dir = options.data});
    if (!journal) return journal.error();
    // The state first: it sets a damaged file aside.
    if (const auto state = store::open_sqlite_state({.data_dir = options.data}); !state)
        return state.error();
    const auto state_file = std::filesystem::path(options.data) / "state.db";
    const auto labels = store::open_sqlite_labels(state_file);
    if (!labels) return labels.error();
    const auto trust_log = store::open_sqlite_trust_log(state_file);
    if (!trust_log) return trust_log.error();
    analyse::TrustBook trust(*facts->facts, **labels, **trust_log, clock,
                             evaluators_of(configuration->scorecard), configuration->slices);
    record::IntakeCounts counts;
    show::Api api({.version = PLIMSOLL_VERSION, .started = clock.now(),
                   .configuration = configuration->version, .configuration_file = options.config,
                   .scorecard = &configuration->scorecard, .slices = configuration->slices,
                   .on_call = [&](const std::string& owner, UnixNanos time) {
                       return on_call(*configuration, owner, time);
                   }},
                  {*facts->facts, **journal, counts, clock, [] { return show::LiveStatus{}; },
                   labels->get(), &trust});
    show::HttpAnswer answer = api.answer(request);
    if (answer.status != 200) return Error{answer.body};
    return std::move(answer.body);
}

}  // namespace

Result<std::string> ask(const AskOptions& options, const std::string& path,
                        const std::vector<std::string>& query) {
    show::HttpRequest request{.method = "GET", .path = path};
    std::string url = options.server + path;
    for (const std::string& pair : query) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos)
            return Error{fmt::format("'{}' is not name=value, like service=support", pair)};
        const std::string name = pair.substr(0, equals), value = pair.substr(equals + 1);
        url += fmt::format("{}{}={}", request.query.empty() ? '?' : '&', url_encoded(name),
                           url_encoded(value));
        request.query[name] = value;
    }
    return options.data.empty() ? fetch(url, options.key) : ask_files(options, request);
}

}  // namespace plimsoll::app
