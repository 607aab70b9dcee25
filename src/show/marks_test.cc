#include "show/marks.h"

#include <gmock/gmock.h>

#include "evaluate/checks/checks.h"

namespace plimsoll::show {
namespace {

using testing::ElementsAre;

evaluate::Scorecard scorecard_of(const evaluate::Check& check, std::string_view params) {
    const auto parsed = json::Document::parse(params);
    auto made = evaluate::configure(check, parsed->root(), evaluate::NoFiles());
    evaluate::Scorecard scorecard;
    scorecard.dimensions.push_back({.name = "d"});
    scorecard.dimensions[0].evaluators.push_back(
        {.name = std::string(check.name),
         .check = &check,
         .version = "v1",
         .configured = std::move(std::get<std::unique_ptr<const evaluate::Configured>>(made))});
    return scorecard;
}

/// "output 0, part 1: “7”, expected string": each mark, with the text it is about.
std::vector<std::string> told(const evaluate::Check& check, const Interaction& interaction,
                              const std::string& version = "v1") {
    const evaluate::Scorecard scorecard = scorecard_of(check, check.example.params);
    const record::ScoreFact score{
        .dimension = "d", .evaluator = std::string(check.name), .version = version};
    std::vector<std::string> lines;
    for (const PlacedMark& mark : marks_of(&scorecard, score, interaction)) {
        for (const Step& step : interaction.steps) {
            if (step.id != mark.step) continue;
            const Part& part = step.output[mark.message].parts[mark.part];
            const std::string& text = part.kind == PartKind::tool_call ? part.json : part.text;
            lines.push_back(std::to_string(mark.part) + ": " +
                            text.substr(mark.begin, mark.end - mark.begin) + ": " + mark.why);
        }
    }
    return lines;
}

TEST(Marks, a_wrong_argument_is_marked_where_it_stands) {
    const Interaction interaction = evaluate::example_interaction(
        R"({"tools":[{"name":"find","parameters":{"properties":{"q":{"type":"string"}}}}],)"
        R"("tool_calls":[{"name":"find","arguments":{"n":1,"q":17}},)"
        R"({"name":"find","arguments":{"q":"ok"}},{"name":"drop","arguments":{}}]})");
    EXPECT_THAT(
        told(evaluate::tool_call_well_formed, interaction),
        ElementsAre("0: 17: expected string, found integer", "2: {}: no such tool was offered"));
}

TEST(Marks, of_an_answer_in_two_parts_each_has_its_piece) {
    Interaction interaction = evaluate::example_interaction(
        R"({"documents":["The library opens at nine."],"output":"x"})");
    interaction.answer = "The library opens at nine.\nParking costs 12 euros.";
    for (Step& step : interaction.steps) {
        for (Message& message : step.output) {
            message.parts = {{.text = "The library opens at nine."},
                             {.kind = PartKind::reasoning, .text = "hm"},
                             {.text = ""},
                             {.text = "Parking costs 12 euros."}};
        }
    }
    EXPECT_THAT(told(evaluate::grounded, interaction),
                ElementsAre("3: Parking costs 12 euros.: little of this stands in the evidence",
                            "3: 12: this number is not in the evidence"));
}

TEST(Marks, are_none_where_the_evaluator_that_scored_is_gone) {
    const Interaction interaction =
        evaluate::example_interaction(R"({"output":"I'm sorry, but I cannot help with that."})");
    EXPECT_FALSE(told(evaluate::refusal, interaction).empty());
    EXPECT_TRUE(told(evaluate::refusal, interaction, "v0").empty());
}

}  // namespace
}  // namespace plimsoll::show
