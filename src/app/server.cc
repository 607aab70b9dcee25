#include "app/server.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <filesystem>
#include <random>

#include <fmt/format.h>

#include "analyse/calibration/judge_watch.h"
#include "app/access.h"
#include "app/evidence/bundle_desk.h"
#include "app/due_desk.h"
#include "app/alerting/alert_service.h"
#include "app/follow_thread.h"
#include "app/judging/judging_service.h"
#include "app/page.h"
#include "app/pseudonym_key.h"
#include "app/trust_parts.h"
#include "app/trust_thread.h"
#include "app/watch/accepted_baselines.h"
#include "app/watch/watch_parts.h"
#include "app/watch/watch_thread.h"
#include "net/grpc_door.h"
#include "net/otlp_http_door.h"
#include "net/page_server.h"
#include "record/follower.h"
#include "record/intake.h"
#include "record/judging.h"
#include "show/api.h"
#include "show/metrics.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_alert_log.h"
#include "store/sqlite_findings.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_datasets.h"
#include "store/sqlite_judge_ledger.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_reasons.h"
#include "store/sqlite_run_records.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"

namespace plimsoll::app {

namespace {

/// "127.0.0.1:4317", "[::1]:0". The error says what was wrong with it.
Result<net::ListenAddress> address_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
    if (colon == 0 || port.empty() || port.size() > 5 ||
        port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65'535)
        return Error{fmt::format("'{}' is not an address and a port, like 127.0.0.1:4318", text)};
    return net::ListenAddress{text.substr(0, colon), static_cast<std::uint16_t>(std::stoi(port))};
}

std::string with_port(net::ListenAddress address, std::uint16_t port) {
    address.port = port;
    return to_text(address);
}

/// Rows that the facts have not applied, as a share of all, once they are many.
double share_done(std::uint64_t applied, std::uint64_t head) {
    return head == 0 ? 1.0 : static_cast<double>(applied) / static_cast<double>(head);
}

}  // namespace

/// In the order of construction; destroyed from the last to the first.
struct Server::Parts {
    const Configuration& configuration;
    const Clock& clock;
    std::vector<std::string> notices;
    std::string grpc, http, page;
    std::atomic<bool> ready{false};  ///< All doors listen, and the addresses above are set.

    std::unique_ptr<record::Journal> journal;
    std::unique_ptr<record::State> state;
    std::unique_ptr<record::Labels> labels;
    std::unique_ptr<record::TrustLog> trust_log;
    std::unique_ptr<record::RunRecords> records;
    std::unique_ptr<record::Findings> findings;
    std::unique_ptr<record::AlertLog> alert_log;
    std::unique_ptr<record::Facts> facts;
    std::unique_ptr<analyse::TrustBook> trust;
    std::unique_ptr<analyse::WatchBook> watch;
    std::unique_ptr<Access> access;
    ByteBudget budget;
    const interaction::privacy::Protection protection;
    record::Intake intake;
    std::unique_ptr<record::JudgeLedger> judge_ledger;  ///< nullptr: no judges.
    std::unique_ptr<record::Reasons> reasons;
    std::unique_ptr<record::Datasets> datasets;
    std::unique_ptr<record::Judging> judging;
    std::unique_ptr<analyse::JudgeWatch> judge_watch;
    std::unique_ptr<record::Follower> follower;
    std::unique_ptr<BundleDesk> bundle_desk;
    std::unique_ptr<DueDesk> due_desk;
    std::unique_ptr<show::Api> api;
    std::unique_ptr<FollowThread> follow_thread;
    std::unique_ptr<JudgingService> judging_service;
    std::unique_ptr<TrustThread> trust_thread;
    std::unique_ptr<WatchThread> watch_thread;
    std::unique_ptr<AlertService> alerts;
    std::unique_ptr<net::OtlpHttpDoor> http_door;
    std::unique_ptr<net::GrpcDoor> grpc_door;
    std::unique_ptr<net::PageServer> page_server;

    Parts(const Configuration& configuration, const Clock& clock,
          std::unique_ptr<record::Journal> opened, const interaction::privacy::PseudonymKey& key)
        : configuration(configuration),
          clock(clock),
          journal(std::move(opened)),
          budget(configuration.server.byte_budget),
          protection(key, configuration.privacy.options),
          intake(*journal, configuration.wire_limits,
                 configuration.privacy.on ? &protection : nullptr) {}

    Result<Done> open_stores(const std::filesystem::path& data, store::OpenedFacts opened_facts);
    Result<Done> open_doors(const ServerOptions& options);
    show::LiveStatus live() const;
    show::HttpAnswer answer(const show::HttpRequest& request);
    std::string redact(const std::string& text) const {
        constexpr std::string_view key = "label.note";
        if (!configuration.privacy.on) return text;
        return protection.text(key, protection.rule(key), text).value_or(text);
    }
};

Result<Done> Server::Parts::open_stores(const std::filesystem::path& data,
                                        store::OpenedFacts opened_facts) {
    auto opened_state = store::open_sqlite_state({.data_dir = data});
    if (!opened_state) return opened_state.error();
    state = std::move(opened_state->state);
    if (opened_state->keys_may_be_lost)
        notices.push_back(fmt::format(
            "state.db was damaged and set aside as {}: keys in it are lost, and no door opens "
            "without one. `plimsoll key create --role admin --data {}` makes one.",
            opened_state->set_aside, data.string()));
    access = std::make_unique<Access>(*state, clock, opened_state->keys_may_be_lost);
    auto opened_labels = store::open_sqlite_labels(data / "state.db");
    if (!opened_labels) return opened_labels.error();
    labels = std::move(*opened_labels);
    auto opened_datasets = store::open_sqlite_datasets(data / "state.db");
    if (!opened_datasets) return opened_datasets.error();
    datasets = std::move(*opened_datasets);
    auto opened_log = store::open_sqlite_trust_log(data / "state.db");
    if (!opened_log) return opened_log.error();
    trust_log = std::move(*opened_log);
    auto opened_findings = store::open_sqlite_findings(data / "state.db");
    if (!opened_findings) return opened_findings.error();
    findings = std::move(*opened_findings);
    auto opened_records = store::open_sqlite_run_records(data / "state.db");
    if (!opened_records) return opened_records.error();
    records = std::move(*opened_records);
    auto opened_alerts = store::open_sqlite_alert_log(data / "state.db");
    if (!opened_alerts) return opened_alerts.error();
    alert_log = std::move(*opened_alerts);

    facts = std::move(opened_facts.facts);
    if (!opened_facts.set_aside.empty())
        notices.push_back(fmt::format("facts.duckdb was set aside and is rebuilt from the journal: {}",
                                      opened_facts.set_aside));
    trust = std::make_unique<analyse::TrustBook>(*facts, *labels, *trust_log, clock,
                                                 evaluators_of(configuration.scorecard),
                                                 configuration.slices);
    watch = std::make_unique<analyse::WatchBook>(*facts, *opened_facts.session_hours, *findings,
                                                 clock, watch_options(configuration),
                                                 [this] { return accepted_baselines(*alert_log, *findings); },
                                                 trust_log.get());
    watch->keep_records(*records);
    for (const auto& damage : journal->status().damage)
        notices.push_back(fmt::format("{}: rows {} to {} are lost: {}", damage.file,
                                      damage.first_seq, damage.last_seq, damage.why));

    const auto remembered = state->remember_configuration(
        {configuration.version, configuration.effective_text, clock.now()});
    if (!remembered) notices.push_back(remembered.error().what);

    if (auto judges = record::judges_of(configuration.scorecard); !judges.empty()) {
        const auto changed = facts->judged_changed();
        if (!changed) return changed.error();
        auto ledger =
            store::open_sqlite_judge_ledger({.data_dir = data, .changed_at_least = *changed});
        if (!ledger) return ledger.error();
        judge_ledger = std::move(ledger->ledger);
        if (!ledger->set_aside.empty())
            notices.push_back(
                fmt::format("judge.db was set aside: {}. What judges said before is lost with it, "
                            "and may be asked and paid for again.",
                            ledger->set_aside));
        judge_watch = std::make_unique<analyse::JudgeWatch>(*judge_ledger, *facts, *labels,
                                                            *trust_log, *trust, clock, judges);
        auto opened_reasons = store::open_sqlite_reasons(data / "state.db");
        if (!opened_reasons) return opened_reasons.error();
        reasons = std::move(*opened_reasons);
        judging = std::make_unique<record::Judging>(*judge_ledger, std::move(judges), reasons.get());
    }

    interaction::GatherOptions gather = configuration.gather;
    std::random_device dice;
    gather.hash_seed = std::uint64_t{dice()} << 32 | dice();
    auto made = record::Follower::create(*journal, *facts, configuration.scorecard,
                                         configuration.version, {.gather = gather}, judging.get());
    if (!made) return made.error();
    follower = std::move(*made);
    return Done{};
}

Result<Done> Server::Parts::open_doors(const ServerOptions& options) {
    const auto chosen = [](const std::string& flag, const std::string& configured) {
        return address_of(flag.empty() ? configured : flag);
    };
    const auto http_address = chosen(options.http, configuration.server.http);
    const auto grpc_address = chosen(options.grpc, configuration.server.grpc);
    const auto page_address = chosen(options.page, configuration.server.page);
    for (const auto* address : {&http_address, &grpc_address, &page_address}) {
        if (!*address) return address->error();
        if (!is_loopback(**address) && !access->required())
            return Error{fmt::format(
                "{} can be reached from other machines, and no API key exists. Make one first: "
                "plimsoll key create --role ingest --data {}",
                to_text(**address), options.data)};
    }

    const net::KeyCheck check = [this](std::string_view key, record::KeyRole needed) {
        return access->allows(key, needed);
    };
    const net::HttpDeadlines deadlines{.head = configuration.server.head_timeout,
                                       .body_total = configuration.server.body_timeout,
                                       .keep_alive = configuration.server.idle_timeout};
    auto opened_http = net::OtlpHttpDoor::open(
        {.address = *http_address, .connections_max = configuration.server.connections_max,
         .deadlines = deadlines},
        intake, budget, check);
    if (!opened_http) return opened_http.error();
    http_door = std::move(*opened_http);
    http = with_port(*http_address, http_door->port());

    auto opened_grpc = net::GrpcDoor::open({.address = *grpc_address}, intake, budget, check);
    if (!opened_grpc) return opened_grpc.error();
    grpc_door = std::move(*opened_grpc);
    grpc = with_port(*grpc_address, grpc_door->port());

    auto opened_page = net::PageServer::open(
        {.address = *page_address, .connections_max = configuration.server.connections_max,
         .deadlines = deadlines},
        [this](const show::HttpRequest& request) { return answer(request); });
    if (!opened_page) return opened_page.error();
    page_server = std::move(*opened_page);
    page = with_port(*page_address, page_server->port());
    return Done{};
}

show::LiveStatus Server::Parts::live() const {
    show::LiveStatus live{.generation = follower->generation(),
                          .read_seq = follower->read_seq(),
                          .open_traces = follower->open_traces(),
                          .budget_used = budget.used(),
                          .budget_bytes_max = budget.bytes_max(),
                          .unmapped = follower->unmapped().most(50),
                          .notices = notices};
    if (follow_thread && !follow_thread->caught_up())
        live.rebuilding = share_done(follower->read_seq(), journal->status().head_seq);
    return live;
}

show::HttpAnswer Server::Parts::answer(const show::HttpRequest& request) {
    if (!ready) return show::error_answer(503, "the server is starting", request.path, "Try again.");
    const bool metrics = request.path == "/metrics" && request.method == "GET";
    if (!request.path.starts_with("/api/") && !metrics) return page_answer(request);
    const auto credential = request.headers.find("authorization");
    const record::KeyRole needs = show::Api::needs(request);
    if (!access->allows(credential == request.headers.end() ? "" : credential->second, needs)) {
        show::HttpAnswer refusal = show::error_answer(
            401, fmt::format("a key with role {} or admin is needed", to_word(needs)),
            "header Authorization",
            fmt::format("Send 'Authorization: Bearer <key>'; `plimsoll key create --role {}` makes "
                        "one.",
                        to_word(needs)));
        refusal.headers["WWW-Authenticate"] = "Bearer";
        return refusal;
    }
    return metrics ? show::metrics_answer(*api) : api->answer(request);
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(const Configuration& configuration,
                                              const Clock& clock, const ServerOptions& options) {
    // The facts first: a forked child tries their file, and a fork beside the journal's threads can
    // leave that child waiting for a lock nobody holds.
    auto facts = store::open_duckdb_facts(
        {.data_dir = options.data, .memory_bytes = configuration.facts_memory_bytes});
    if (!facts) return facts.error();
    const auto applied = facts->facts->applied_seq();
    if (!applied) return applied.error();
    auto journal = store::open_sqlite_journal(
        clock, {.data_dir = options.data,
                .disk_reserve_bytes = configuration.journal_disk_reserve_bytes,
                .seq_at_least = *applied});
    if (!journal) return journal.error();
    auto key = open_pseudonym_key(options.data);
    if (!key) return key.error();
    auto parts = std::make_unique<Parts>(configuration, clock, std::move(*journal), key->key);
    if (!key->set_aside.empty())
        parts->notices.push_back(fmt::format(
            "pseudonym.key could not be read and was set aside as {}: from now on the same person or "
            "address has another placeholder than before",
            key->set_aside));
    if (auto opened = parts->open_stores(options.data, std::move(*facts)); !opened)
        return opened.error();

    show::Deployment deployment{.version = PLIMSOLL_VERSION, .started = clock.now(),
                                .configuration = configuration.version,
                                .configuration_file = options.configuration_file,
                                .scorecard = &configuration.scorecard,
                                .slices = configuration.slices};
    for (const Owner& owner : configuration.owners)
        deployment.owners.push_back({owner.name, owner.rotation, owner.notify});
    deployment.on_call = [&configuration](const std::string& owner, UnixNanos time) {
        return on_call(configuration, owner, time);
    };
    Parts& p = *parts;
    auto desk = BundleDesk::open(options.data, *p.facts, *p.journal, p.judge_ledger.get(),
                                 *p.findings, configuration);
    if (!desk) return desk.error();
    p.bundle_desk = std::move(*desk);
    auto due = DueDesk::open(options.data, *p.facts, *p.findings, *p.trust, clock,
                             configuration.slices);
    if (!due) return due.error();
    p.due_desk = std::move(*due);
    p.alerts = std::make_unique<AlertService>(
        configuration,
        alert::AlertBook::Parts{*p.alert_log, *p.findings, p.trust.get(), p.records.get(), clock},
        p.notices);
    p.api = std::make_unique<show::Api>(
        std::move(deployment),
        show::ApiParts{*p.facts, *p.journal, p.intake.counts(), clock, [&p] { return p.live(); },
                       p.labels.get(), p.trust.get(), [&p](const std::string& text) { return p.redact(text); },
                       p.records.get(), p.watch.get(),
                       [&p](const std::string& id, const analyse::BundleOptions& what) {
                           return p.bundle_desk->bundle(id, what);
                       },
                       [&p] { return p.due_desk->due(); },
                       p.judge_ledger.get(), p.judge_watch.get(), p.reasons.get(),
                       [&p](const std::string& judge) {
                           return p.judging_service ? p.judging_service->runner().waits(judge) : "";
                       },
                       p.datasets.get(), &p.alerts->book()});
    if (p.judge_ledger) {
        auto service = JudgingService::start(configuration, *p.judge_ledger, *p.facts, *p.journal,
                                             clock, p.notices);
        if (!service) return service.error();
        p.judging_service = std::move(*service);
    }
    p.follow_thread = std::make_unique<FollowThread>(*p.follower, *p.journal);
    p.trust_thread = std::make_unique<TrustThread>(*p.trust, p.judge_watch.get());
    p.watch_thread = std::make_unique<WatchThread>(
        *p.watch, [&p] { return p.follow_thread->caught_up(); });
    std::unique_ptr<Server> server(new Server(std::move(parts)));
    if (auto opened = p.open_doors(options); !opened) return opened.error();
    p.api->listens_on(p.grpc, p.http, p.page);
    p.alerts->start(p.page);
    p.ready = true;
    return server;
}

void Server::stop() {
    // Doors first: what they accepted is in the journal, and the follower may stop anywhere.
    if (parts_->http_door) parts_->http_door->stop();
    if (parts_->grpc_door) parts_->grpc_door->stop();
    if (parts_->page_server) parts_->page_server->stop();
    if (parts_->judging_service) parts_->judging_service->stop();
    if (parts_->follow_thread) parts_->follow_thread->stop();
    if (parts_->trust_thread) parts_->trust_thread->stop();
    if (parts_->watch_thread) parts_->watch_thread->stop();
    if (parts_->alerts) parts_->alerts->stop();
}

const std::string& Server::grpc() const { return parts_->grpc; }
const std::string& Server::http() const { return parts_->http; }
const std::string& Server::page() const { return parts_->page; }
const std::vector<std::string>& Server::notices() const { return parts_->notices; }
std::uint64_t Server::interactions() const {
    const auto status = parts_->facts->status();
    return status ? status->interactions : 0;
}
double Server::caught_up() const {
    if (parts_->follow_thread->caught_up()) return 1.0;
    return share_done(parts_->follower->read_seq(), parts_->journal->status().head_seq);
}

}  // namespace plimsoll::app
