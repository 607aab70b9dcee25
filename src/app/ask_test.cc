#include "app/ask.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "show/routes.h"

namespace plimsoll::app {
namespace {

TEST(AskedOfFiles, every_route_without_parameters_is_answered_by_an_empty_directory) {
    std::string name = (std::filesystem::temp_directory_path() / "ask-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    {
        AskOptions options;
        options.data = name;
        const auto asked = Asked::open(options);
        ASSERT_TRUE(asked.ok()) << asked.error().what;
        for (const show::Route* route : show::all_routes) {
            if (route->method != "GET" || route->path.find('{') != std::string_view::npos) continue;
            const auto answer = (*asked)->get(std::string(route->path), {});
            // Some want a dimension; none may fall over or have no store.
            if (!answer) {
                EXPECT_NE(answer.error().what.find("query parameter"), std::string::npos)
                    << route->path << ": " << answer.error().what;
            }
        }
        EXPECT_EQ((*asked)->get("/api/v1/due", {}).value(), R"({"due":[]})");
        EXPECT_FALSE((*asked)->get("/api/v1/bundles/00000000000000aa", {}).ok());
    }
    std::filesystem::remove_all(name);
}

}  // namespace
}  // namespace plimsoll::app
