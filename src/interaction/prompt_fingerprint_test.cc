#include "interaction/prompt_fingerprint.h"

#include <gtest/gtest.h>

namespace plimsoll::interaction {
namespace {

std::string of(std::string_view prompt) {
    return prompt_fingerprint(prompt, {});
}

TEST(PromptFingerprint, does_not_change_with_what_a_template_is_filled_with) {
    const std::string version =
        of("You help Ana Ruiz of Nordwind Ltd. Today is Monday, 24 May 2026, 10:04 AM UTC.\n"
           "Her balance is $1,204.50 and her id is 7f3a-22b1.\n- Order: 12\n- Order: 13\n"
           "Write to ana@nordwind.example or see https://nordwind.example/u/1.");
    EXPECT_EQ(version, of("You help Bo Li of Acme. Today is 2027-01-02T03:04:05Z.\n"
                          "Her balance is 9 and her id is 99.\n- Order: 7\n"
                          "Write to <EMAIL_qwmzrtb> or see http://acme.example/?q=a%20b."));
    EXPECT_TRUE(version.starts_with("~"));
    EXPECT_EQ(version.size(), 9u);
}

TEST(PromptFingerprint, changes_with_the_words_of_the_template) {
    const std::string version = of("Answer in two sentences. Always cite the source.");
    EXPECT_NE(version, of("Answer in two sentences. Never cite the source."));
    EXPECT_NE(version, of("Answer in two sentences."));
    EXPECT_NE(version, of("Answer in short sentences. Always cite the source."));
    EXPECT_NE(of("Note: Always apologise."), of("Note: Never apologise."));
    EXPECT_EQ(version, of("  answer in two sentences: always cite the source\n\n"));
}

TEST(PromptFingerprint, does_not_take_the_nouns_of_german_for_names) {
    const std::string_view german =
        "Du bist ein Assistent für den Kundendienst. Antworte in ganzen Sätzen und nenne die "
        "Quelle "
        "der Antwort. Wenn der Kunde nach einer Rechnung fragt, prüfe zuerst die Nummer der "
        "Rechnung "
        "und den Namen des Kunden. Verweise bei Fragen zum Versand auf die Seite mit den "
        "Bedingungen.";
    std::string other(german);
    other.replace(other.find("Rechnung"), 8, "Bestellung");
    EXPECT_NE(of(german), of(other));
}

TEST(PromptFingerprint, tools_have_a_part_of_their_own) {
    ToolDefinition find{"find", "Finds parcels since 2024.", R"({"type":"object","a":{"b":1}})"};
    ToolDefinition send{"send", "Sends mail.", ""};
    const std::string system = "You help people.";
    const std::string both = prompt_fingerprint(system, {find, send});
    EXPECT_EQ(both, prompt_fingerprint(system, {send, find}));
    EXPECT_EQ(both.substr(0, 9), of(system));
    EXPECT_EQ(prompt_fingerprint("", {find, send}), "~" + both.substr(9));
    ToolDefinition later = find;
    later.description = "Finds parcels since 2025.";
    EXPECT_EQ(both, prompt_fingerprint(system, {later, send}));
    later.parameters_json = R"({"a":{"b":1},"type":"object"})";
    EXPECT_EQ(both, prompt_fingerprint(system, {later, send}));
    later.parameters_json = R"({"a":{"c":1},"type":"object"})";
    EXPECT_NE(both, prompt_fingerprint(system, {later, send}));
    EXPECT_EQ(of(""), "");
}

TEST(ToolsDigest, sees_every_word_but_no_order) {
    const ToolDefinition find{"find", "Finds parcels since 2024.", R"({"a":1,"b":[1,2]})"};
    const std::string digest = tools_digest({find});
    EXPECT_EQ(digest.size(), 12u);
    EXPECT_EQ(digest, tools_digest({{"find", find.description, R"({ "b":[1,2], "a":1 })"}}));
    EXPECT_NE(digest, tools_digest({{"find", find.description, R"({"b":[2,1],"a":1})"}}));
    EXPECT_NE(digest, tools_digest({{"find", "Finds parcels since 2025.", find.parameters_json}}));
    EXPECT_NE(digest, tools_digest({find, find}));
    EXPECT_EQ(tools_digest({}), "");
}

}  // namespace
}  // namespace plimsoll::interaction
