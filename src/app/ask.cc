#include "app/ask.h"

#include <fmt/format.h>

#include "app/commands/configured.h"
#include "app/fetch.h"
#include "app/system_clock.h"
#include "show/api.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_journal.h"

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
    record::IntakeCounts counts;
    show::Api api({.version = PLIMSOLL_VERSION, .started = clock.now(),
                   .configuration = configuration->version, .configuration_file = options.config,
                   .scorecard = &configuration->scorecard,
                   .on_call = [&](const std::string& owner, UnixNanos time) {
                       return on_call(*configuration, owner, time);
                   }},
                  {*facts->facts, **journal, counts, clock, [] { return show::LiveStatus{}; }});
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
