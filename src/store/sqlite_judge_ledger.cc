#include "store/sqlite_judge_ledger.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <system_error>

#include "store/judge_database.h"
#include "store/judge_ledger_reader.h"
#include "store/judge_ledger_writer.h"
#include "store/set_aside.h"
#include "store/sqlite_schema.h"

namespace plimsoll::store {

namespace {

namespace fs = std::filesystem;
using namespace record;

constexpr int wal_pages_max = 4'000;  ///< 16 MB; then the log is moved into the file.

class SqliteJudgeLedger final : public JudgeLedger {
  public:
    explicit SqliteJudgeLedger(Database database) : database_(std::move(database)) {}

    Result<Done> load(std::uint64_t changed_at_least) { return writer_.load(changed_at_least); }

    Result<Done> want(std::span<const Judgement> judgements) override {
        return change([&] { return writer_.want(judgements); });
    }
    Result<std::vector<Claimed>> claim(std::span<const Claim> claims) override {
        std::vector<Claimed> outcomes;
        const auto done = change([&]() -> Result<Done> {
            for (const Claim& claim : claims) {
                const auto outcome = writer_.claim(claim);
                if (!outcome) return outcome.error();
                outcomes.push_back(*outcome);
            }
            return Done{};
        });
        if (!done) return done.error();
        return outcomes;
    }
    Result<Done> settle(std::span<const Settlement> settlements) override {
        return change([&]() -> Result<Done> {
            for (const Settlement& settlement : settlements)
                if (auto done = writer_.settle(settlement); !done) return done;
            return Done{};
        });
    }
    Result<Done> release(std::span<const std::uint64_t> judgements) override {
        return change([&]() -> Result<Done> {
            for (const std::uint64_t judgement : judgements)
                if (auto done = writer_.release(judgement); !done) return done;
            return Done{};
        });
    }
    Result<Done> leave_out(std::span<const std::uint64_t> judgements,
                           std::string_view reason) override {
        return change([&] { return writer_.leave_out(judgements, reason); });
    }
    Result<std::uint64_t> leave_out_older(const std::string& judge, UnixNanos arrived,
                                          std::string_view reason) override {
        std::vector<std::uint64_t> ids;
        {
            const std::lock_guard lock(mutex_);
            const auto known = writer_.marks().judges.find(judge);
            if (known == writer_.marks().judges.end()) return std::uint64_t{0};
            auto select = database_.prepare(
                "SELECT id FROM judgements WHERE judge = ? AND state = 0 AND arrived_ns < ?"
                " ORDER BY id");
            if (!select) return select.error();
            select->bind(1, known->second).bind(2, arrived);
            for (;;) {
                const auto stepped = select->step();
                if (!stepped) return stepped.error();
                if (!*stepped) break;
                ids.push_back(static_cast<std::uint64_t>(select->integer(0)));
            }
        }
        if (ids.empty()) return std::uint64_t{0};
        if (auto left = leave_out(ids, reason); !left) return left.error();
        return std::uint64_t{ids.size()};
    }
    Result<Reconciled> reconcile(
        UnixNanos now, const std::function<bool(const std::string&)>& knows_keys) override {
        Reconciled found;
        const auto done = change([&] { return writer_.reconcile(now, knows_keys, found); });
        if (!done) return done.error();
        return found;
    }

    Result<std::vector<KnownJudgement>> due(const std::string& judge, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        const auto known = writer_.marks().judges.find(judge);
        if (known == writer_.marks().judges.end()) return std::vector<KnownJudgement>();
        return read_due(database_, known->second, limit);
    }
    Result<std::vector<KnownJudgement>> asked_on(const std::string& judge, const std::string& from,
                                                 const std::string& to) override {
        const std::lock_guard lock(mutex_);
        return read_occasions(database_, judge, from, to);
    }
    Result<std::vector<KnownJudgement>> latest(const std::string& judge,
                                               std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        return read_latest(database_, judge, limit);
    }
    Result<std::vector<KnownJudgement>> changed_since(std::uint64_t changed,
                                                      std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        return read_changed(database_, changed, limit);
    }
    Result<std::vector<KnownJudgement>> of(std::span<const TraceId> interactions) override {
        const std::lock_guard lock(mutex_);
        return read_judgements_of(database_, interactions);
    }
    Result<std::optional<Exchange>> exchange(std::uint64_t judgement) override {
        const std::lock_guard lock(mutex_);
        return read_exchange(database_, judgement);
    }
    Result<Done> for_each_exchange(const std::function<void(const Exchange&)>& visit) override {
        const std::lock_guard lock(mutex_);
        return read_exchanges(database_, visit);
    }
    Result<std::map<std::string, Spending>> spending(UnixNanos from, UnixNanos to) override {
        const std::lock_guard lock(mutex_);
        return read_spending(database_, from, to);
    }
    Result<std::map<std::string, JudgementCounts>> counts() override {
        const std::lock_guard lock(mutex_);
        return read_counts(database_);
    }

  private:
    /// One transaction; what was counted on the way is taken back with it.
    template <class Change>
    Result<Done> change(Change inside) {
        const std::lock_guard lock(mutex_);
        const LedgerMarks before = writer_.marks();
        const auto done = in_transaction(database_, inside);
        if (!done) {
            writer_.take_back(before);
            return done;
        }
        // It is durable already; a log that stays long is only slow.
        if (database_.wal_pages() > wal_pages_max && !database_.checkpoint()) return Done{};
        return Done{};
    }

    std::mutex mutex_;
    Database database_;
    JudgeLedgerWriter writer_{database_};
};

Result<std::unique_ptr<SqliteJudgeLedger>> open_ledger(const fs::path& path,
                                                       const SqliteJudgeLedgerOptions& options) {
    auto database = open_judge_database(path, options.vfs);
    if (!database) return database.error();
    auto ledger = std::make_unique<SqliteJudgeLedger>(std::move(*database));
    if (auto loaded = ledger->load(options.changed_at_least); !loaded) return loaded.error();
    return ledger;
}

}  // namespace

Result<OpenedJudgeLedger> open_sqlite_judge_ledger(const SqliteJudgeLedgerOptions& options) {
    std::error_code error;
    fs::create_directories(options.data_dir, error);
    if (error)
        return Error{fmt::format("create {}: {}", options.data_dir.string(), error.message())};
    const fs::path path = options.data_dir / "judge.db";
    const bool existed = fs::exists(path, error);
    if (existed && ::access(path.c_str(), R_OK | W_OK) != 0)
        return Error{fmt::format("open {}: {}", path.string(), std::strerror(errno))};

    OpenedJudgeLedger opened;
    auto ledger = open_ledger(path, options);
    if (!ledger) {
        const std::string why = ledger.error().what;
        if (!existed || why.find("newer Plimsoll") != std::string::npos ||
            why.find("locked") != std::string::npos)
            return ledger.error();
        const auto aside = set_aside(path);
        if (!aside) return aside.error();
        ledger = open_ledger(path, options);
        if (!ledger) return ledger.error();
        opened.set_aside = fmt::format("{} ({})", aside->string(), why);
    }
    opened.ledger = std::move(*ledger);
    return opened;
}

}  // namespace plimsoll::store
