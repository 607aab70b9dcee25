#include "record/findings_contract.h"
#include "record/memory_findings.h"

namespace plimsoll::record {

INSTANTIATE_TEST_SUITE_P(
    Memory, FindingsContract,
    testing::Values(FindingsMaker{
        [](const std::filesystem::path&) { return std::make_unique<MemoryFindings>(); }, false}));

TEST(Finding, every_kind_has_a_word_of_its_own) {
    for (const FindingKind kind : finding_kinds) EXPECT_EQ(finding_kind_named(to_word(kind)), kind);
    EXPECT_EQ(finding_kind_named("drift"), std::nullopt);
}

TEST(Finding, what_cannot_be_read_is_named) {
    const auto error = [](const char* text) {
        const auto document = json::Document::parse(text);
        const auto finding = finding_of(document->root());
        return finding ? std::string() : finding.error().what;
    };
    EXPECT_EQ(error(R"({"kind":"slice_drift","level":0.5,"of a later version":[1]})"), "");
    EXPECT_THAT(error(R"({"kind":"slice_drift","level":"high"})"), testing::HasSubstr("\"level\""));
    EXPECT_THAT(error(R"({"kind":"slice_drift","causes":[{"effect":"x"}]})"),
                testing::HasSubstr("\"causes\""));
    EXPECT_THAT(error(R"({"kind":"weather"})"), testing::HasSubstr("unknown kind"));
}

}  // namespace plimsoll::record
