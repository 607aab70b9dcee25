#include "record/record_chain.h"

#include "record/memory_run_records.h"
#include "record/run_records_contract.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Memory, RunRecordsContract,
                         testing::Values(RunRecordsMaker{
                             [](const auto&) { return std::make_unique<MemoryRunRecords>(); },
                             true}));

namespace {

using testing::HasSubstr;

/// Five links, and what one of them becomes.
ChainReport after(const std::function<void(std::vector<RunRecord>&)>& spoil,
                  const std::optional<ChainHead>& remembered = {}) {
    MemoryRunRecords records;
    for (int i = 1; i <= 5; ++i)
        EXPECT_TRUE(records.append({.time = i, .kind = "watch", .result = "{}"}).ok());
    spoil(records.links_);
    return *verify_chain(records, remembered);
}

ChainHead head_of_five() {
    return after([](auto&) {}).head;
}

TEST(RecordChain, the_hash_is_the_documented_one) {
    // docs/evidence.md: by Python's hashlib over the fields as the page says.
    RunRecord record{.seq = 1, .time = 1767571200000000000, .kind = "watch", .subject = "tone"};
    record.tuple = R"({"model":"m1"})";
    record.result = "{}";
    EXPECT_EQ(link_hash(record),
              "9e2bc7b5349098f48563bb3850cd283f975bb60c466627a1a9dd6d4ea9ebc619");
}

TEST(RecordChain, a_changed_byte_of_any_field_is_noticed_at_its_link) {
    const std::vector<std::function<void(RunRecord&)>> changes{
        [](RunRecord& r) { r.time += 1; },
        [](RunRecord& r) { r.kind = "Watch"; },
        [](RunRecord& r) { r.subject = "x"; },
        [](RunRecord& r) { r.tuple = "{}"; },
        [](RunRecord& r) { r.from = 1; },
        [](RunRecord& r) { r.to = 1; },
        [](RunRecord& r) { r.inputs = "0"; },
        [](RunRecord& r) { r.configuration = "0"; },
        [](RunRecord& r) { r.methods = "0"; },
        [](RunRecord& r) { r.result = "{ }"; },
        [](RunRecord& r) { r.previous = "0"; },
        [](RunRecord& r) { r.hash[0] ^= 1; },
        [](RunRecord& r) { r.kind = "wat", r.subject = "ch"; }};
    for (const auto& change : changes) {
        const auto report = after([&](auto& links) { change(links[2]); });
        EXPECT_EQ(report.broken_at, 3u) << report.why;
    }
}

TEST(RecordChain, a_removed_link_a_doubled_one_and_a_moved_one_are_noticed) {
    const auto removed = after([](auto& links) { links.erase(links.begin() + 1); });
    EXPECT_EQ(removed.broken_at, 2u);
    EXPECT_THAT(removed.why, HasSubstr("link 2 is missing"));
    EXPECT_EQ(after([](auto& links) { links.insert(links.begin() + 1, links[0]); }).broken_at, 2u);
    EXPECT_EQ(after([](auto& links) { std::swap(links[2], links[3]); }).broken_at, 3u);
    EXPECT_EQ(after([](auto& links) { links.erase(links.begin()); }).broken_at, 1u);
}

TEST(RecordChain, a_cut_tail_and_a_rewritten_end_show_against_a_remembered_head_only) {
    const auto cut = [](auto& links) { links.resize(3); };
    const auto rewritten = [](auto& links) {
        links[3].result = "{\"nothing\":true}";
        forge_link(links[3], &links[2]);
        forge_link(links[4], &links[3]);
    };
    EXPECT_TRUE(after(cut).whole());
    EXPECT_TRUE(after(rewritten).whole());
    const ChainHead head = head_of_five();
    EXPECT_TRUE(after([](auto&) {}, head).whole());
    EXPECT_EQ(after(cut, head).broken_at, 4u);
    EXPECT_THAT(after(cut, head).why, HasSubstr("cut off"));
    EXPECT_EQ(after(rewritten, head).broken_at, 5u);
    EXPECT_THAT(after(rewritten, head).why, HasSubstr("rewritten"));
}

TEST(RecordChain, a_head_is_a_number_and_a_hash) {
    const ChainHead head = head_of_five();
    EXPECT_EQ(chain_head_of(to_text(head)), head);
    for (const char* bad : {"", "5", "5:", ":ab", "0:ab", "5:AB", "x:5"})
        EXPECT_EQ(chain_head_of(bad), std::nullopt) << bad;
}

TEST(RecordChain, no_link_is_a_whole_chain) {
    MemoryRunRecords none;
    EXPECT_TRUE(verify_chain(none)->whole());
    EXPECT_FALSE(verify_chain(none, head_of_five())->whole());
}

}  // namespace
}  // namespace plimsoll::record
