#include <fmt/format.h>

#include <algorithm>

#include "app/demo/content.h"
#include "app/demo/faulty.h"
#include "app/demo/fill.h"
#include "app/traffic/own_refusals.h"
#include "app/traffic/render.h"

namespace plimsoll::app::traffic {
namespace {

using demo::Feature;

/// A turn of a story with its places filled, so that it is one record like those of a data set.
struct Told {
    std::string id, category, language, question, answer;
    const demo::Turn* turn;
    demo::Values values;
};

std::vector<Told> told(Feature feature) {
    std::vector<Told> all;
    for (const demo::Story& story : demo::stories()) {
        if (story.feature != feature) continue;
        for (const demo::Turn& turn : story.turns) {
            demo::Chance chance(demo::mix({0x6f776e, all.size()}));
            const demo::Values values = demo::draw_values(chance, "Lumen & Hage", 0);
            all.push_back({fmt::format("{}-{:03}", to_word(feature), all.size()),
                           std::string(story.category), std::string(story.language),
                           demo::fill(turn.question, values), demo::fill(turn.answer, values),
                           &turn, values});
        }
    }
    return all;
}

std::string system_prompt(Feature feature) {
    return std::string(demo::prompt("p2", feature).text);
}

Response answered(const Told& asked, const Told& answer, bool good) {
    std::vector<Passage> found;
    for (const std::string_view id : asked.turn->articles) {
        const demo::Article& article = demo::article(id);
        found.push_back(
            {std::string(article.id), std::string(article.title), std::string(article.text)});
    }
    Response response{.id = asked.id + "/" + answer.id,
                      .variant = "",
                      .good = good,
                      .acts = {},
                      .says = answer.answer};
    response.acts = {agent("assistant"), retrieval(asked.question, found),
                     chat(system_prompt(Feature::help_chat),
                          {{"user", asked.question}, {"assistant", answer.answer}})};
    return response;
}

/// Questions in one language with their documents; an answer that was given to another question is
/// unfaithful. Without those where a tool helped: what it said stands in no document.
std::vector<Task> answers(const std::string& name, std::string_view language) {
    std::vector<Told> all = told(Feature::help_chat);
    std::erase_if(all, [&](const Told& one) {
        return one.turn->articles.empty() || one.language != language || one.turn->tool;
    });
    std::vector<Task> tasks;
    for (std::size_t i = 0; i < all.size(); ++i) {
        Task task{name, all[i].category, {answered(all[i], all[i], true)}};
        for (std::size_t step = 1; step < all.size() && task.responses.size() < 3; ++step) {
            const Told& other = all[(i + 7 * step) % all.size()];
            const bool apart = std::ranges::none_of(other.turn->articles, [&](auto id) {
                return std::ranges::count(all[i].turn->articles, id) > 0;
            });
            if (apart) task.responses.push_back(answered(all[i], other, false));
        }
        tasks.push_back(std::move(task));
    }
    return tasks;
}

std::string offered() {
    std::vector<Offered> list;
    for (const demo::Tool& one : demo::tools())
        list.push_back(
            {std::string(one.name), std::string(one.description), std::string(one.parameters)});
    return definitions(list);
}

Response called(const Told& asked, const std::string& arguments, bool good) {
    const std::string name(asked.turn->tool->name);
    const std::string result = good ? demo::fill(asked.turn->tool->result, asked.values)
                                    : R"({"error":"the arguments were refused"})";
    const std::string answer = good ? asked.answer : std::string(demo::apology(asked.language));
    const Line question{"user", asked.question};
    const Line call{"assistant", "", {{"call_1", name, arguments}}};
    const Line came{"tool", result, {{"call_1", name, ""}}};
    const std::string system = system_prompt(Feature::order_desk);
    return {.id = asked.id,
            .variant = "",
            .good = good,
            .acts = {agent("desk"), chat(system, {question, call}, offered()),
                     tool(name, arguments, result),
                     chat(system, {question, call, came, {"assistant", answer}}, offered())},
            .says = answer};
}

std::vector<Task> tools() {
    std::vector<Task> tasks;
    for (const Told& asked : told(Feature::order_desk)) {
        if (!asked.turn->tool) continue;
        const std::string arguments = demo::fill(asked.turn->tool->arguments, asked.values);
        Task task{"own_tools", asked.category, {called(asked, arguments, true)}};
        demo::Chance chance(demo::mix({0x746f6f6c, tasks.size()}));
        for (int i = 0; i < 3; ++i)
            task.responses.push_back(called(
                asked, demo::wrong_arguments(asked.turn->tool->name, arguments, chance), false));
        tasks.push_back(std::move(task));
    }
    return tasks;
}

std::vector<Task> json_answers() {
    std::vector<Task> tasks;
    for (const Told& asked : told(Feature::ticket_triage)) {
        Task task{"own_json", asked.category, {}};
        demo::Chance chance(demo::mix({0x6a736f6e, tasks.size()}));
        for (int i = 0; i < 4; ++i) {
            const std::string text =
                i == 0 ? asked.answer : demo::invalid_json(asked.answer, i == 1 ? 0 : 1, chance);
            Act act = chat(system_prompt(Feature::ticket_triage),
                           {{"user", asked.question}, {"assistant", text}});
            act.wants_json = true;
            task.responses.push_back(
                {fmt::format("{}/{}", asked.id, i), "", i == 0, {std::move(act)}, text});
        }
        tasks.push_back(std::move(task));
    }
    return tasks;
}

/// Letters; a bad one talks about itself, breaks off, or goes on when all is said.
std::vector<Task> drafts() {
    std::vector<Task> tasks;
    for (const Told& asked : told(Feature::reply_draft)) {
        demo::Chance chance(demo::mix({0x6472616674, tasks.size()}));
        const std::string texts[] = {
            asked.answer, std::string(demo::banned_phrase(asked.language, chance)) + asked.answer,
            demo::cut(asked.answer, .6),
            asked.answer + " " + demo::elaboration(asked.language, chance)};
        Task task{"own_drafts", asked.category, {}};
        for (int i = 0; i < 4; ++i) {
            Act act = chat(system_prompt(Feature::reply_draft),
                           {{"user", asked.question}, {"assistant", texts[i]}});
            if (i == 2) act.finish = "length";
            task.responses.push_back(
                {fmt::format("{}/{}", asked.id, i), "", i == 0, {std::move(act)}, texts[i]});
        }
        tasks.push_back(std::move(task));
    }
    return tasks;
}

}  // namespace

Result<std::vector<Task>> own_content(const std::string& name) {
    if (name == "own_answers") return answers(name, "en");
    if (name == "own_answers_german") return answers(name, "de");
    if (name == "own_answers_spanish") return answers(name, "es");
    if (name == "own_tools") return tools();
    if (name == "own_json") return json_answers();
    if (name == "own_drafts") return drafts();
    if (name == "own_refusals") return own_refusals();
    return Error{
        fmt::format("no content is called {}; there are own_answers, own_answers_german, "
                    "own_answers_spanish, own_tools, own_json, own_drafts and own_refusals",
                    name)};
}

}  // namespace plimsoll::app::traffic
