#include "store/sqlite_findings.h"

#include "record/findings_contract.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(Sqlite, FindingsContract,
                         testing::Values(FindingsMaker{[](const std::filesystem::path& dir) {
                             auto opened = store::open_sqlite_findings(dir / "state.db");
                             return opened ? std::move(*opened) : nullptr;
                         }}));

}  // namespace plimsoll::record
