#include "store/sqlite_labels.h"

#include <fstream>

#include "record/labels_contract.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, LabelsContract,
                         testing::Values(LabelsMaker{[](const std::filesystem::path& directory) {
                             EXPECT_TRUE(store::open_sqlite_state({.data_dir = directory}).ok());
                             auto opened = store::open_sqlite_labels(directory / "state.db");
                             return opened ? std::move(*opened) : nullptr;
                         }}));

}  // namespace plimsoll::record

namespace plimsoll::store {
namespace {

TEST(SqliteLabels, are_saved_from_a_damaged_state_as_far_as_they_can_be_read) {  // A21
    std::string name = (std::filesystem::temp_directory_path() / "labels-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    const std::filesystem::path directory = name, path = directory / "state.db";
    record::Label label{.interaction = *TraceId::from_hex("0af7651916cd43dd8448eb211c80319c"),
                        .dimension = "tone",
                        .annotator = "ana",
                        .rubric = "",
                        .score = 1,
                        .inclusion = {},
                        .note = ""};
    {
        ASSERT_TRUE(open_sqlite_state({.data_dir = directory}).ok());
        const auto labels = open_sqlite_labels(path);
        for (UnixNanos time = 0; time < 400; ++time) {
            label.time = time;
            label.note = std::string(200, 'x') + std::to_string(time);
            ASSERT_TRUE((*labels)->put({&label, 1}).ok());
        }
    }
    // Page 2 is the root of the table of keys: damage there leaves the labels readable.
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary)
        .seekp(4'096)
        .write(std::string(4'096, '\x55').data(), 4'096);
    const auto state = open_sqlite_state({.data_dir = directory});
    ASSERT_TRUE(state.ok());
    EXPECT_NE(state->set_aside, "");
    const auto labels = open_sqlite_labels(path);
    const auto saved = (*labels)->labels({});
    ASSERT_EQ(saved->size(), 1u);
    EXPECT_EQ((*saved)[0].time, 399);
    EXPECT_EQ((*labels)->labels({.history = true})->size(), 400u);
    std::filesystem::remove_all(directory);
}

TEST(SqliteTrustLog, steps_are_read_back_in_the_order_they_were_told) {
    std::string name = (std::filesystem::temp_directory_path() / "labels-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    const std::filesystem::path path = std::filesystem::path(name) / "state.db";
    const std::vector<record::TrustEvent> two{
        {9, "tone", "judge", "j1", record::TrustStep::labels, "", "open", 0.88, "P = 0.88", 0},
        {5, "tone", "judge", "j1", record::TrustStep::suspended, "open", "provisional",
         std::nullopt, "12 of 200 sentinels", 4}};
    ASSERT_TRUE((*open_sqlite_trust_log(path))->append(two).ok());
    const auto events = (*open_sqlite_trust_log(path))->events();
    ASSERT_TRUE(events.ok());
    ASSERT_EQ(events->size(), 2u);
    EXPECT_EQ((*events)[0].time, 9);
    EXPECT_EQ((*events)[0].probability, 0.88);
    EXPECT_EQ((*events)[1].step, record::TrustStep::suspended);
    EXPECT_EQ((*events)[1].before, "open");
    EXPECT_EQ((*events)[1].after, "provisional");
    EXPECT_EQ((*events)[1].probability, std::nullopt);
    EXPECT_EQ((*events)[1].since, 4);
    std::filesystem::remove_all(name);
}

}  // namespace
}  // namespace plimsoll::store
