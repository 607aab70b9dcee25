/// One person is erased: every store forgets her, nobody else loses a word, and a rebuild of the
/// facts does not bring her back.
#include "store/erase.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/configuration/configuration.h"
#include "record/datasets.h"
#include "record/follower.h"
#include "record/labels.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_datasets.h"
#include "store/sqlite_journal.h"
#include "store/sqlite_judge_ledger.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_state.h"
#include "wire/otlp_writer.h"

namespace plimsoll::app {
namespace {

namespace fs = std::filesystem;
using wire::outgoing::Span;

constexpr UnixNanos second = nanos_per_second;
constexpr UnixNanos monday = 1'767'571'200 * second;  // 2026-01-05

struct Stopped final : Clock {
    UnixNanos now() const override { return monday; }
};

TraceId trace_of(unsigned char number) {
    TraceId id;
    id.bytes[0] = 7;
    id.bytes[15] = number;
    return id;
}

/// Ana's even ones, Bo's odd ones; two spans each, and only the root bears the user.
std::string body_of(unsigned char number) {
    const bool ana = number % 2 == 0;
    const std::string raw(trace_of(number).raw());
    const std::string words = ana ? "zebrafish of ana" : fmt::format("wombat {} of bo", number);
    Span root{.trace = raw,
              .id = std::string(7, 1) + char(1),
              .name = "invoke_agent",
              .start = static_cast<std::uint64_t>(monday + number * second),
              .end = static_cast<std::uint64_t>(monday + (number + 1) * second)};
    root.attributes = {{"gen_ai.operation.name", "invoke_agent"}, {"user.id", ana ? "ana" : "bo"}};
    Span chat{.trace = raw,
              .id = std::string(7, 1) + char(2),
              .parent = root.id,
              .name = "chat",
              .start = root.start,
              .end = root.end};
    chat.attributes = {
        {"gen_ai.operation.name", "chat"},
        {"gen_ai.output.messages",
         fmt::format(R"([{{"role":"assistant","parts":[{{"type":"text","content":"{}"}}]}}])",
                     words)}};
    return to_otlp(
        wire::outgoing::request({{"service.name", "s"}, {"host", words}}, "t", {chat, root}));
}

class Erase : public testing::Test {
  protected:
    void SetUp() override {
        data_ = fs::temp_directory_path() / fmt::format("plimsoll-erase-{}", getpid());
        fs::remove_all(data_);
        auto journal = store::open_sqlite_journal(clock_, {.data_dir = data_});
        ASSERT_TRUE(journal) << journal.error().what;
        for (unsigned char number = 0; number < 6; ++number)
            (*journal)->append(body_of(number), 2, [](const auto& seq) { ASSERT_TRUE(seq); });
        journal->reset();
        follow();
        ASSERT_TRUE(store::open_sqlite_state({.data_dir = data_}));
        auto labels = store::open_sqlite_labels(data_ / "state.db");
        ASSERT_TRUE(labels);
        for (unsigned char number : {0, 1}) {
            const record::Label label{.interaction = trace_of(number),
                                      .dimension = "format",
                                      .annotator = "cy",
                                      .score = 1.0,
                                      .time = monday,
                                      .note = number == 0 ? "zebrafish note" : "wombat note"};
            ASSERT_TRUE((*labels)->put({&label, 1}));
        }
        auto datasets = store::open_sqlite_datasets(data_ / "state.db");
        ASSERT_TRUE(datasets);
        const auto made =
            record::dataset_of("probe",
                               fmt::format("{{\"interaction\":\"{}\",\"answer\":\"zebrafish\"}}\n"
                                           "{{\"interaction\":\"{}\",\"answer\":\"wombat\"}}\n",
                                           trace_of(2).hex(), trace_of(3).hex()),
                               monday, "");
        ASSERT_TRUE(made);
        ASSERT_TRUE((*datasets)->put(*made));
    }
    void TearDown() override { fs::remove_all(data_); }

    /// What a server does with the journal; the traces that the facts know then.
    std::set<TraceId> follow() {
        std::set<TraceId> traces;
        auto journal = store::open_sqlite_journal(clock_, {.data_dir = data_});
        auto facts = store::open_duckdb_facts({.data_dir = data_});
        EXPECT_TRUE(journal && facts);
        auto follower = record::Follower::create(**journal, *facts->facts, configuration_.scorecard,
                                                 "c", {}, nullptr);
        EXPECT_TRUE(follower);
        for (bool more = true; more;) more = (*follower)->step(monday + 86'400 * second).value();
        EXPECT_TRUE(facts->facts->for_each_known(
            [&](const record::KnownTrace& known) { traces.insert(known.trace); }));
        return traces;
    }
    store::Erased erase(bool only_count = false) {
        auto erased = store::erase({.data_dir = data_, .users = {"ana"}, .only_count = only_count});
        EXPECT_TRUE(erased) << erased.error().what;
        return erased ? *erased : store::Erased{};
    }
    /// All bytes of all files, and of the journal's rows unpacked.
    std::string everything() {
        std::stringstream all;
        for (const auto& entry : fs::recursive_directory_iterator(data_))
            if (entry.is_regular_file())
                all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        auto journal = store::open_sqlite_journal(clock_, {.data_dir = data_});
        EXPECT_TRUE(journal);
        const auto rows = (*journal)->read(0, 1 << 30);
        for (const auto& row : *rows) all << row.otlp;
        auto datasets = store::open_sqlite_datasets(data_ / "state.db");
        all << (*datasets)->get("probe", "").value().value().lines;
        return all.str();
    }

    const Stopped clock_;
    const Configuration configuration_ = default_configuration().configuration;
    fs::path data_;
};

TEST_F(Erase, every_store_forgets_her_and_nobody_else_loses_a_word) {
    ASSERT_NE(everything().find("zebrafish"), std::string::npos);
    const store::Erased erased = erase();
    EXPECT_EQ(erased.traces, 3u);
    EXPECT_EQ(erased.spans, 6u);  // Those without a user too.
    EXPECT_EQ(erased.interactions, 3u);
    EXPECT_EQ(erased.labels, 1u);
    EXPECT_EQ(erased.dataset_items, 1u);
    ASSERT_EQ(erased.dataset_versions.size(), 1u);
    EXPECT_TRUE(erased.unsearched.empty());
    const std::string left = everything();
    EXPECT_EQ(left.find("zebrafish"), std::string::npos);
    for (const char* words : {"wombat 1 of bo", "wombat 3 of bo", "wombat 5 of bo", "wombat note"})
        EXPECT_NE(left.find(words), std::string::npos) << words;
}

TEST_F(Erase, a_rebuild_does_not_bring_her_back) {
    erase();
    const std::set<TraceId> bo{trace_of(1), trace_of(3), trace_of(5)};
    EXPECT_EQ(follow(), bo);
    fs::remove(data_ / "facts.duckdb");
    EXPECT_EQ(follow(), bo);
}

TEST_F(Erase, twice_and_only_counted_change_nothing) {
    EXPECT_EQ(erase(true).spans, 6u);
    EXPECT_NE(everything().find("zebrafish"), std::string::npos);
    erase();
    const store::Erased again = erase();
    EXPECT_EQ(again.traces + again.spans + again.labels + again.dataset_items, 0u);
}

TEST_F(Erase, a_server_on_the_directory_is_told_of) {
    auto journal = store::open_sqlite_journal(clock_, {.data_dir = data_});
    const auto refused = store::erase({.data_dir = data_, .users = {"ana"}});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("another"), std::string::npos) << refused.error().what;
}

TEST_F(Erase, what_was_set_aside_is_named) {
    std::ofstream(data_ / "journal" / "2026-01-01.db.damaged-1") << "?";
    EXPECT_EQ(erase().unsearched.size(), 1u);
}

}  // namespace
}  // namespace plimsoll::app
