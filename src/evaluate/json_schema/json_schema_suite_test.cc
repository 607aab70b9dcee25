/// The public JSON Schema test suite, where it is at hand: every required test, and a list of the
/// optional ones that come out otherwise.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "evaluate/json_schema/json_schema.h"

namespace plimsoll::evaluate {
namespace {

namespace fs = std::filesystem;

const fs::path suite = PLIMSOLL_ROOT "/../shared/data/json_schema_test_suite";
const fs::path packaged_suite =
    "/usr/share/json-schema-test-suite";  // Debian's, of 2018: old drafts.

json::Document read(const fs::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    auto document = json::Document::parse(text.str());
    EXPECT_TRUE(document.ok()) << path << (document.ok() ? "" : document.error().what);
    return document.ok() ? std::move(*document) : std::move(*json::Document::parse("[]"));
}

/// What the suite serves at http://localhost:1234/. The documents and what points at them.
struct Remotes {
    explicit Remotes(const fs::path& folder) {
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.path().extension() != ".json") continue;
            documents.push_back(read(entry.path()));
            given.push_back({"http://localhost:1234/" + fs::relative(entry.path(), folder).string(),
                             documents.back().root()});
        }
    }
    std::vector<json::Document> documents;
    std::vector<GivenSchema> given;
};

struct Tally {
    int right = 0;
    std::vector<std::string> wrong;
};

/// `dialect` is the $schema of schemas that name none.
void run_group(json::Value group, std::string_view dialect, const Remotes& remotes,
               bool assert_formats, const std::string& file, Tally& tally) {
    json::Document with_dialect = json::Document::copy_of(*group.find("schema"));
    if (with_dialect.root().is_object() && !with_dialect.root().find("$schema") &&
        file != "no-schema.json") {
        json::Writer writer;
        writer.begin_object().key("$schema").value(dialect);
        for (const auto& member : with_dialect.root().members()) {
            writer.key(member.key).value(member.value);
        }
        with_dialect = std::move(*json::Document::parse(writer.end_object().text()));
    }
    const auto schema = JsonSchema::compile(
        with_dialect.root(), {.given = remotes.given, .assert_formats = assert_formats});
    for (const json::Value test : group.find("tests")->elements()) {
        const std::string name =
            fmt::format("{}: {}: {}", file, group.find("description")->as_string(),
                        test.find("description")->as_string());
        if (!schema) {
            tally.wrong.push_back(name + ": " + schema.error().what);
            continue;
        }
        const Finding finding = schema->examine(*test.find("data"));
        const bool is_valid = std::holds_alternative<Satisfied>(finding);
        if (is_valid == *test.find("valid")->as_boolean() &&
            !std::holds_alternative<TooComplex>(finding)) {
            ++tally.right;
        } else {
            const auto* violation = std::get_if<Violation>(&finding);
            tally.wrong.push_back(name + ": " + (violation ? violation->text() : "satisfied"));
        }
    }
}

Tally run(const fs::path& folder, std::string_view dialect, const Remotes& remotes,
          bool assert_formats = false) {
    Tally tally;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& path : files) {
        const json::Document groups = read(path);
        for (const json::Value group : groups.root().elements()) {
            run_group(group, dialect, remotes, assert_formats, path.filename().string(), tally);
        }
    }
    return tally;
}

struct Draft {
    const char* folder;
    const char* dialect;
};

class JsonSchemaSuite : public testing::TestWithParam<Draft> {};

TEST_P(JsonSchemaSuite, every_required_test_comes_out_right) {
    const auto [folder, dialect] = GetParam();
    if (!fs::exists(suite / "tests" / folder)) GTEST_SKIP() << "no test suite at " << suite;
    const Remotes remotes(suite / "remotes");
    const Tally tally = run(suite / "tests" / folder, dialect, remotes);
    EXPECT_GT(tally.right, 300);
    for (const std::string& wrong : tally.wrong) ADD_FAILURE() << wrong;

    const Tally optional = run(suite / "tests" / folder / "optional", dialect, remotes);
    std::cout << folder << ": " << tally.right << " required tests right, " << tally.wrong.size()
              << " wrong; optional: " << optional.right << " right, " << optional.wrong.size()
              << " otherwise";
    const Tally formats = run(suite / "tests" / folder / "optional" / "format", dialect, remotes,
                              /*assert_formats=*/true);
    std::cout << "; asserted formats: " << formats.right << " right, " << formats.wrong.size()
              << " otherwise\n";
    for (const Tally* tally_of : {&optional, &formats}) {
        for (const std::string& wrong : tally_of->wrong) {
            std::cout << "  otherwise: " << wrong << "\n";
        }
    }
}

TEST_P(JsonSchemaSuite, debians_package_comes_out_right_too) {
    const auto [folder, dialect] = GetParam();
    if (!fs::exists(packaged_suite / "tests" / folder)) {
        GTEST_SKIP() << "no " << folder << " in Debian's json-schema-test-suite";
    }
    const Remotes remotes(packaged_suite / "remotes");
    const Tally tally = run(packaged_suite / "tests" / folder, dialect, remotes);
    EXPECT_GT(tally.right, 300);
    for (const std::string& wrong : tally.wrong) ADD_FAILURE() << wrong;
}

INSTANTIATE_TEST_SUITE_P(
    drafts, JsonSchemaSuite,
    testing::Values(Draft{"draft2020-12", "https://json-schema.org/draft/2020-12/schema"},
                    Draft{"draft2019-09", "https://json-schema.org/draft/2019-09/schema"},
                    Draft{"draft7", "http://json-schema.org/draft-07/schema#"},
                    Draft{"draft6", "http://json-schema.org/draft-06/schema#"},
                    Draft{"draft4", "http://json-schema.org/draft-04/schema#"}),
    [](const auto& draft) {
        std::string name = draft.param.folder;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    });

}  // namespace
}  // namespace plimsoll::evaluate
