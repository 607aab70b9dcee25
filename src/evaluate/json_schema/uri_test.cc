#include "evaluate/json_schema/uri.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate::schema {
namespace {

TEST(Uri, resolves_as_the_examples_of_RFC_3986_section_5_4) {
    const struct {
        const char* reference;
        const char* meant;
    } examples[] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    for (const auto& [reference, meant] : examples) {
        EXPECT_EQ(resolve("http://a/b/c/d;p?q", reference), meant) << reference;
    }
}

TEST(Uri, resolves_without_a_base_and_on_names_that_are_no_places) {
    EXPECT_EQ(resolve("", "#/a"), "#/a");
    EXPECT_EQ(resolve("", "order.json#x"), "order.json#x");
    EXPECT_EQ(resolve("schemas/order.json", "item.json"), "schemas/item.json");
    EXPECT_EQ(resolve("urn:uuid:feed", "#a"), "urn:uuid:feed#a");
    EXPECT_EQ(resolve("http://a", "b"), "http://a/b");
    EXPECT_EQ(resolve("tag:x,2021:y", "tag:x,2021:z"), "tag:x,2021:z");
}

TEST(Uri, is_taken_apart_and_decoded) {
    EXPECT_EQ(split_fragment("http://a/b#/c#d").name, "http://a/b");
    EXPECT_EQ(split_fragment("http://a/b#/c#d").fragment, "/c#d");
    EXPECT_EQ(split_fragment("http://a/b").fragment, "");
    EXPECT_EQ(percent_decoded("/a%25b%2F%zz%4"), "/a%b/%zz%4");
    EXPECT_EQ(percent_decoded("%41%"), "A%");
}

}  // namespace
}  // namespace plimsoll::evaluate::schema
