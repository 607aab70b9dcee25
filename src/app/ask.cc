#include "app/ask.h"

#include <filesystem>

#include <fmt/format.h>

#include "app/alerting/alert_service.h"
#include "app/commands/configured.h"
#include "app/due_desk.h"
#include "app/evidence/bundle_desk.h"
#include "app/fetch.h"
#include "app/system_clock.h"
#include "app/trust_parts.h"
#include "app/watch/watch_parts.h"
#include "record/memory_findings.h"
#include "show/api.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_alert_log.h"
#include "store/sqlite_findings.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_judge_ledger.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_run_records.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"

namespace plimsoll::app {

/// The stores of a directory, opened the way a server would.
struct Asked::Files {
    std::unique_ptr<const Configuration> configuration;
    SystemClock clock;
    std::unique_ptr<record::Facts> facts;
    std::unique_ptr<record::Journal> journal;
    std::unique_ptr<record::Labels> labels;
    std::unique_ptr<record::TrustLog> trust_log;
    std::unique_ptr<record::RunRecords> records;
    record::MemoryFindings findings;  ///< Those of state.db; what a look adds is not kept.
    std::unique_ptr<analyse::WatchBook> watch;
    std::unique_ptr<record::JudgeLedger> judge_ledger;  ///< nullptr: there never was a judge.
    std::unique_ptr<BundleDesk> bundle_desk;
    std::unique_ptr<DueDesk> due_desk;
    std::unique_ptr<record::AlertLog> alert_log;
    std::unique_ptr<alert::AlertBook> alerts;
    std::unique_ptr<analyse::TrustBook> trust;
    record::IntakeCounts counts;
    std::unique_ptr<show::Api> api;

    Result<Done> open(const AskOptions& options) {
        configuration = configured(options.config);
        if (!configuration) return Error{"the configuration could not be read"};
        // The facts fork: before threads.
        auto opened_facts = store::open_duckdb_facts({.data_dir = options.data});
        if (!opened_facts) return opened_facts.error();
        facts = std::move(opened_facts->facts);
        auto opened_journal = store::open_sqlite_journal(clock, {.data_dir = options.data});
        if (!opened_journal) return opened_journal.error();
        journal = std::move(*opened_journal);
        // The state first: it sets a damaged file aside.
        if (const auto state = store::open_sqlite_state({.data_dir = options.data}); !state)
            return state.error();
        const auto state_file = std::filesystem::path(options.data) / "state.db";
        auto opened_labels = store::open_sqlite_labels(state_file);
        if (!opened_labels) return opened_labels.error();
        labels = std::move(*opened_labels);
        auto opened_log = store::open_sqlite_trust_log(state_file);
        if (!opened_log) return opened_log.error();
        trust_log = std::move(*opened_log);
        auto opened_records = store::open_sqlite_run_records(state_file);
        if (!opened_records) return opened_records.error();
        records = std::move(*opened_records);
        auto said = store::open_sqlite_findings(state_file);
        if (!said) return said.error();
        const auto known = (*said)->all();
        if (!known) return known.error();
        if (auto put = findings.put(*known); !put) return put.error();
        watch = std::make_unique<analyse::WatchBook>(*facts, *opened_facts->session_hours, findings,
                                                     clock, watch_options(*configuration), nullptr,
                                                     trust_log.get());
        auto opened_alerts = store::open_sqlite_alert_log(state_file);
        if (!opened_alerts) return opened_alerts.error();
        alert_log = std::move(*opened_alerts);
        trust = std::make_unique<analyse::TrustBook>(*facts, *labels, *trust_log, clock,
                                                     evaluators_of(configuration->scorecard),
                                                     configuration->slices);
        const std::filesystem::path data = options.data;
        if (std::filesystem::exists(data / "judge.db")) {
            auto ledger = store::open_sqlite_judge_ledger({.data_dir = data});
            if (!ledger) return ledger.error();
            judge_ledger = std::move(ledger->ledger);
        }
        auto desk = BundleDesk::open(data, *facts, *journal, judge_ledger.get(), findings,
                                     *configuration);
        if (!desk) return desk.error();
        bundle_desk = std::move(*desk);
        auto due = DueDesk::open(data, *facts, findings, *trust, clock, configuration->slices);
        if (!due) return due.error();
        due_desk = std::move(*due);
        alerts = std::make_unique<alert::AlertBook>(
            alert::AlertBook::Parts{*alert_log, findings, trust.get(), records.get(), clock},
            policy_of(*configuration, configuration->server.page), configuration->version);
        show::Deployment deployment{.version = PLIMSOLL_VERSION,
                                    .started = clock.now(),
                                    .configuration = configuration->version,
                                    .configuration_file = options.config,
                                    .scorecard = &configuration->scorecard,
                                    .slices = configuration->slices};
        deployment.on_call = [this](const std::string& owner, UnixNanos time) {
            return on_call(*configuration, owner, time);
        };
        api = std::make_unique<show::Api>(
            std::move(deployment),
            show::ApiParts{*facts, *journal, counts, clock, [] { return show::LiveStatus{}; },
                           labels.get(), trust.get(), nullptr, records.get(),
                           watch.get(),
                           [this](const std::string& id, const analyse::BundleOptions& what) {
                               // What was not said yet while a server ran is found now.
                               const auto looked = watch->latest();
                               if (!looked) return Result<analyse::BundleFiles>(looked.error());
                               return bundle_desk->bundle(id, what);
                           },
                           [this] { return due_desk->due(); }, nullptr, nullptr, nullptr, nullptr, nullptr,
                           alerts.get()});
        return Done{};
    }
};

Asked::Asked(AskOptions options) : options_(std::move(options)) {}
Asked::~Asked() = default;

Result<std::unique_ptr<Asked>> Asked::open(const AskOptions& options) {
    std::unique_ptr<Asked> asked(new Asked(options));
    if (!options.data.empty()) {
        asked->files_ = std::make_unique<Files>();
        if (auto opened = asked->files_->open(options); !opened) return opened.error();
    }
    return asked;
}

Result<std::string> Asked::get(const std::string& path, const std::vector<std::string>& query) {
    show::HttpRequest request{.method = "GET", .path = path};
    std::string url = options_.server + path;
    for (const std::string& pair : query) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos)
            return Error{fmt::format("'{}' is not name=value, like service=support", pair)};
        const std::string name = pair.substr(0, equals), value = pair.substr(equals + 1);
        url += fmt::format("{}{}={}", request.query.empty() ? '?' : '&', url_encoded(name),
                           url_encoded(value));
        request.query[name] = value;
    }
    if (!files_) return fetch(url, options_.key);
    show::HttpAnswer answer = files_->api->answer(request);
    if (answer.status != 200) return Error{sentence_of(answer.body)};
    return std::move(answer.body);
}

Result<std::string> Asked::post(const std::string& path, const std::string& json) {
    if (!files_) return send(options_.server + path, options_.key, json);
    show::HttpAnswer answer =
        files_->api->answer({.method = "POST", .path = path, .query = {},
                             .headers = {{"content-type", "application/json"}}, .body = json});
    if (answer.status != 200) return Error{sentence_of(answer.body)};
    return std::move(answer.body);
}

Result<std::string> ask(const AskOptions& options, const std::string& path,
                        const std::vector<std::string>& query) {
    const auto asked = Asked::open(options);
    if (!asked) return asked.error();
    return (*asked)->get(path, query);
}

}  // namespace plimsoll::app
