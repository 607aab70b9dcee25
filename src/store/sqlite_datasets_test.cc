#include "store/sqlite_datasets.h"

#include <gmock/gmock.h>

namespace plimsoll::store {
namespace {

using record::Dataset;
using record::dataset_of;

constexpr const char* two_lines =
    "{\"interaction\":\"0af7651916cd43dd8448eb211c80319c\", \"answer\": \"4\"}\n\n"
    "{\"interaction\":\"0af7651916cd43dd8448eb211c80319d\"}";

struct SqliteDatasetsTest : ::testing::Test {
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "datasets-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        open();
    }
    void TearDown() override { std::filesystem::remove_all(directory); }
    void open() {
        datasets = std::move(*open_sqlite_datasets(directory / "state.db"));
    }
    std::filesystem::path directory;
    std::unique_ptr<record::Datasets> datasets;
};

TEST(Datasets, the_version_is_the_content_whatever_the_spaces) {
    const auto one = dataset_of("probe", two_lines, 1, "first");
    ASSERT_TRUE(one.ok()) << one.error().what;
    EXPECT_EQ(one->items, 2u);
    EXPECT_EQ(one->lines.find("\": \""), std::string::npos) << "compact";
    EXPECT_EQ(dataset_of("other", one->lines, 9, "")->version, one->version);
    EXPECT_NE(dataset_of("probe", one->lines.substr(0, one->lines.find('\n')), 1, "")->version,
              one->version);
}

TEST(Datasets, lines_that_cannot_be_one_are_named) {
    const auto why = [](const char* name, const char* lines) {
        const auto made = dataset_of(name, lines, 0, "");
        return made ? std::string() : made.error().what;
    };
    EXPECT_THAT(why("a b", two_lines), testing::HasSubstr("no name"));
    EXPECT_THAT(why("", two_lines), testing::HasSubstr("no name"));
    EXPECT_THAT(why("p", "\n{\"interaction\":7}"), testing::HasSubstr("line 2: \"interaction\""));
    EXPECT_THAT(why("p", "{"), testing::HasSubstr("line 1: "));
    EXPECT_THAT(why("p", "\n"), testing::HasSubstr("no line"));
    const std::string twice = std::string(two_lines) + "\n" + two_lines;
    EXPECT_THAT(why("p", twice.c_str()), testing::HasSubstr("line 4: interaction 0af7"));
}

TEST_F(SqliteDatasetsTest, a_version_is_kept_once_and_never_changes) {
    const Dataset first = *dataset_of("probe", two_lines, 1, "first");
    EXPECT_TRUE(*datasets->put(first));
    EXPECT_FALSE(*datasets->put(*dataset_of("probe", two_lines, 5, "again")));
    open();
    const auto kept = datasets->get("probe", "");
    ASSERT_TRUE(kept.ok() && kept->has_value());
    EXPECT_EQ((*kept)->lines, first.lines);
    EXPECT_EQ((*kept)->note, "first");
    EXPECT_EQ((*kept)->created, 1);
}

TEST_F(SqliteDatasetsTest, the_newest_of_a_name_or_one_by_the_first_digits_of_its_version) {
    const Dataset old = *dataset_of("probe", two_lines, 1, "");
    const Dataset young = *dataset_of(
        "probe", "{\"interaction\":\"0af7651916cd43dd8448eb211c80319e\"}", 2, "");
    ASSERT_TRUE(datasets->put(old).ok() && datasets->put(young).ok());
    EXPECT_EQ((**datasets->get("probe", "")).version, young.version);
    EXPECT_EQ((**datasets->get("probe", old.version.substr(0, 12))).lines, old.lines);
    EXPECT_FALSE(datasets->get("probe", "zz")->has_value());
    EXPECT_FALSE(datasets->get("other", "")->has_value());
    const auto all = datasets->list();
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ((*all)[0].version, old.version);
    EXPECT_EQ((*all)[0].items, 2u);
    EXPECT_EQ((*all)[0].lines, "");
}

}  // namespace
}  // namespace plimsoll::store
