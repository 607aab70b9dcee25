#include "store/sqlite_alert_log.h"

#include "record/alert_log_contract.h"
#include "store/sqlite_state.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, AlertLogContract,
                         testing::Values(AlertLogMaker{[](const std::filesystem::path& directory) {
                             EXPECT_TRUE(store::open_sqlite_state({.data_dir = directory}).ok());
                             auto opened = store::open_sqlite_alert_log(directory / "state.db");
                             return opened ? std::move(*opened) : nullptr;
                         }}));

}  // namespace plimsoll::record
