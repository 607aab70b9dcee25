#include "store/sqlite_judge_ledger.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <set>

#include "record/judge_ledger_contract.h"
#include "store/packed_bytes.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, JudgeLedgerContract,
                         testing::Values(LedgerMaker{[](const std::filesystem::path& directory) {
                             auto opened = store::open_sqlite_judge_ledger({.data_dir = directory});
                             EXPECT_TRUE(opened.ok() && opened->set_aside.empty());
                             return opened ? std::move(opened->ledger) : nullptr;
                         }}));

}  // namespace plimsoll::record

namespace plimsoll::store {
namespace {

using namespace record;

class SqliteJudgeLedgerTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "ledger-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        options_.data_dir = name;
    }
    void TearDown() override { std::filesystem::remove_all(options_.data_dir); }
    std::unique_ptr<JudgeLedger> open() {
        auto opened = open_sqlite_judge_ledger(options_);
        EXPECT_TRUE(opened.ok());
        if (!opened) return nullptr;
        set_aside_ = opened->set_aside;
        return std::move(opened->ledger);
    }
    static TraceId trace(std::uint64_t number) {
        TraceId id;
        std::memcpy(id.bytes.data(), &number, sizeof number);
        id.bytes[15] = 1;
        return id;
    }
    SqliteJudgeLedgerOptions options_;
    std::string set_aside_;
};

constexpr std::uint64_t judgements = 1'000;
constexpr std::size_t at_once = 16;

/// Asks whatever is due, `at_once` at a time; every request paid is a line in `paid`.
void run_judge(JudgeLedger& ledger, int paid) {
    for (;;) {
        const auto due = ledger.due("tone", at_once);
        if (!due) ::_exit(3);
        if (due->empty()) return;
        std::vector<Claim> claims;
        for (const KnownJudgement& each : *due)
            claims.push_back({.judgement = each.id,
                              .content = each.judgement.interaction.hex(),
                              .request = "REQUEST",
                              .revision = each.judgement.revision,
                              .usd = 0.01,
                              .time = 1});
        const auto outcomes = ledger.claim(claims);
        if (!outcomes) ::_exit(4);
        std::vector<Settlement> settlements;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            if ((*outcomes)[i] != Claimed::ask) ::_exit(5);
            const std::string line = claims[i].content + "\n";
            if (::write(paid, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
                ::_exit(6);
            Settlement settlement{.judgement = claims[i].judgement, .reply = "REPLY", .time = 2};
            settlement.said.score = 1.0;
            settlements.push_back(std::move(settlement));
        }
        if (!ledger.settle(settlements)) ::_exit(7);
    }
}

/// kill -9 at random moments: what is in flight then is the only thing without a score, nothing is
/// paid twice, and nothing is forgotten.
TEST_F(SqliteJudgeLedgerTest, kill_9_pays_nothing_twice_and_loses_nothing) {
    const std::string paid_file = options_.data_dir / "paid";
    {
        std::vector<Judgement> wanted;
        for (std::uint64_t i = 0; i < judgements; ++i)
            wanted.push_back({.interaction = trace(i),
                              .judge = "tone",
                              .occasion = "",
                              .inclusion = 0.5,
                              .stratum = "plain"});
        ASSERT_TRUE(open()->want(wanted).ok());
    }
    std::mt19937_64 random(20260106);
    std::uint64_t lost = 0, kills = 0;
    for (bool done = false; !done;) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            const int paid = ::open(paid_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            auto opened = open_sqlite_judge_ledger(options_);
            if (paid < 0 || !opened) ::_exit(1);
            run_judge(*opened->ledger, paid);
            ::_exit(0);
        }
        // Ten rounds are cut off at random moments; then one may come to its end.
        if (kills < 10) {
            ::usleep(static_cast<useconds_t>(5'000 + random() % 40'000));
            ::kill(child, SIGKILL);
            ++kills;
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        done = WIFEXITED(status);
        ASSERT_TRUE(!done || WEXITSTATUS(status) == 0) << WEXITSTATUS(status);
        auto ledger = open();
        const auto found = ledger->reconcile(3, [](const std::string&) { return false; });
        ASSERT_TRUE(found.ok());
        lost += found->lost;
    }
    const auto counts = open()->counts();
    const JudgementCounts& tone = counts->at("tone");
    EXPECT_EQ(tone.due + tone.in_flight, 0u);
    EXPECT_EQ(tone.scored + lost, judgements);
    const auto unscored = tone.unscored.find(std::string(reply_lost));
    EXPECT_EQ(unscored == tone.unscored.end() ? 0 : unscored->second, lost);
    EXPECT_LE(lost, kills * at_once);

    std::ifstream paid(paid_file);
    std::set<std::string> seen;
    for (std::string line; std::getline(paid, line);)
        EXPECT_TRUE(seen.insert(line).second) << "paid twice: " << line;
    EXPECT_GE(seen.size(), tone.scored);
}

TEST_F(SqliteJudgeLedgerTest, a_damaged_file_is_set_aside_and_counting_goes_on) {  // A21
    {
        auto ledger = open();
        const Judgement wanted{
            .interaction = trace(1), .judge = "tone", .occasion = "", .stratum = "plain"};
        ASSERT_TRUE(ledger->want({&wanted, 1}).ok());
    }
    std::ofstream(options_.data_dir / "judge.db", std::ios::trunc) << "this is no database";
    options_.changed_at_least = 40;
    auto ledger = open();
    EXPECT_THAT(set_aside_, testing::HasSubstr("judge.db.damaged-1"));
    const Judgement wanted{
        .interaction = trace(2), .judge = "tone", .occasion = "", .stratum = "plain"};
    ASSERT_TRUE(ledger->want({&wanted, 1}).ok());
    const auto due = ledger->due("tone", 10);
    ASSERT_EQ(due->size(), 1u);
    const std::uint64_t id = (*due)[0].id;
    ASSERT_TRUE(ledger->leave_out({&id, 1}, "over_budget").ok());
    EXPECT_EQ(ledger->changed_since(40, 10)->size(), 1u);
}

TEST(PackedBytes, are_the_same_when_unpacked_and_damage_is_noticed) {
    const std::string bytes = "a request, a request, a request, a request, a request";
    const std::string packed = pack_bytes(bytes);
    EXPECT_EQ(*unpack_bytes(packed), bytes);
    EXPECT_EQ(*unpack_bytes(pack_bytes("")), "");
    EXPECT_FALSE(unpack_bytes(packed, 10).ok());
    EXPECT_FALSE(unpack_bytes("no frame").ok());
    for (std::size_t i = 0; i < packed.size(); ++i) {
        EXPECT_FALSE(unpack_bytes(packed.substr(0, i)).ok());
        std::string flipped = packed;
        flipped[i] ^= 1;
        const auto got = unpack_bytes(flipped);
        EXPECT_FALSE(got.ok() && *got != bytes);
    }
}

}  // namespace
}  // namespace plimsoll::store
