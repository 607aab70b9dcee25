#include "traffic/records.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "app/statistics/rows.h"
#include "app/traffic/render.h"
#include "base/json.h"
#include "base/time.h"
#include "evaluators/bfcl.h"
#include "evaluators/figures.h"

namespace plimsoll::bench {
namespace {

using namespace app::traffic;
using json::Value;

Value at(Value value, std::string_view key) {
    return value.find(key).value_or(Value());
}
std::string text(Value value) {
    return value.is_string() ? std::string(value.as_string())
           : value.is_null() ? ""
                             : json::to_text(value);
}
Value first(Value list) {
    for (const Value one : list.elements()) return one;
    return {};
}
Line line(std::string_view role, std::string words) {
    return {role, std::move(words)};
}

void each_line(const std::string& path, const std::function<void(Value)>& visit) {
    std::ifstream in(data_folder + path);
    if (!in) throw std::runtime_error("there is no " + data_folder + path);
    for (std::string row; std::getline(in, row);) {
        const auto document = json::Document::parse(row);
        if (!document) throw std::runtime_error(path + ": " + document.error().what);
        visit(document->root());
    }
}

/// The mean of votes keyed by annotator: numbers, or texts of numbers.
double mean_vote(Value votes) {
    double sum = 0;
    for (const json::Member vote : votes.members()) {
        const Value value = at(vote.value, "value");
        sum += value.is_string() ? std::stod(std::string(value.as_string()))
                                 : value.as_number().value_or(0);
    }
    return votes.size() ? sum / static_cast<double>(votes.size()) : 0;
}

constexpr std::string_view answer_from_documents =
    "Answer the question from the documents that were found, and from nothing else. If they do not "
    "hold the answer, say so.";

/// Questions and what was found for them, waiting for their responses.
class Questions {
  public:
    void add(Value row, std::string category, const std::map<std::string, Passage>& documents) {
        Asked asked{std::move(category), {}, {}};
        for (const Value turn : at(row, "input").elements())
            asked.lines.push_back(line(text(at(turn, "speaker")) == "agent" ? "assistant" : "user",
                                       text(at(turn, "text"))));
        for (const Value found : at(row, "contexts").elements()) {
            const std::string id = text(at(found, "document_id"));
            const auto known = documents.find(id);
            asked.found.push_back(known != documents.end() ? known->second
                                                           : Passage{id, text(at(found, "title")),
                                                                     text(at(found, "text"))});
        }
        asked_[text(at(row, "task_id"))] = std::move(asked);
    }
    void answer(const std::string& dataset, Value row, const std::string& words, bool good) {
        const std::string id = text(at(row, "task_id"));
        const auto found = asked_.find(id);
        if (found == asked_.end() || words.empty()) return;
        Task& task = tasks_[id];
        task.dataset = dataset;
        task.category = found->second.category;
        std::vector<Line> lines = found->second.lines;
        const std::string question = lines.back().text;
        lines.push_back(line("assistant", words));
        task.responses.push_back({id + "/" + text(at(row, "model_id")),
                                  "",
                                  good,
                                  {agent("rag"), retrieval(question, found->second.found),
                                   chat(std::string(answer_from_documents), lines)},
                                  words});
    }
    std::vector<Task> take() {
        std::vector<Task> all;
        for (auto& [id, task] : tasks_) all.push_back(std::move(task));
        return all;
    }

  private:
    struct Asked {
        std::string category;
        std::vector<Line> lines;
        std::vector<Passage> found;
    };
    std::map<std::string, Asked> asked_;
    std::map<std::string, Task> tasks_;
};

std::vector<Task> mtrag() {
    std::map<std::string, Passage> documents;
    each_line("mtrag_human/documents.jsonl", [&](Value row) {
        const std::string id = text(at(row, "document_id"));
        documents[id] = {id, text(at(row, "title")), text(at(row, "text"))};
    });
    Questions questions;
    each_line("mtrag_human/tasks.jsonl", [&](Value row) {
        questions.add(row, text(first(at(row, "Question Type"))), documents);
    });
    each_line("mtrag_human/evaluations.jsonl", [&](Value row) {
        questions.answer("mtrag_human", row, text(at(row, "model_response")),
                         mean_vote(at(at(row, "annotations"), "faithfulness")) > 2.5);
    });
    return questions.take();
}

std::vector<Task> clapnq() {
    Questions questions;
    each_line("clapnq_rag_human/tasks.jsonl",
              [&](Value row) { questions.add(row, text(at(row, "answerability")), {}); });
    each_line("clapnq_rag_human/results.jsonl", [&](Value row) {
        questions.answer("clapnq_rag_human", row, text(at(first(at(row, "output")), "content")),
                         mean_vote(at(at(row, "scores"), "faithfulness")) > 2.5);
    });
    return questions.take();
}

/// Airline conversations: each message of the assistant is a model call that was given what came
/// before, though only what is new is sent again.
std::vector<Task> tau_bench() {
    std::map<std::string, Task> tasks;
    each_line("tau_bench/gpt-4o-airline.jsonl", [&](Value row) {
        Response response{.id = text(at(row, "task_id")) + "/" + text(at(row, "trial")),
                          .variant = "",
                          .good = at(row, "reward").as_number() == 1.0,
                          .acts = {agent("airline")},
                          .says = ""};
        std::string system;
        std::vector<Line> since;
        std::map<std::string, std::pair<std::string, std::string>> calls;
        for (const Value sent : at(row, "traj").elements()) {
            const std::string role = text(at(sent, "role"));
            const std::string words = text(at(sent, "content"));
            if (role == "system") {
                system = words;
            } else if (role == "user") {
                since.push_back(line("user", words));
            } else if (role == "tool") {
                const std::string id = text(at(sent, "tool_call_id"));
                response.acts.push_back(tool(calls[id].first, calls[id].second, words));
                since.push_back({"tool", words, {{id, calls[id].first, ""}}});
            } else {
                Line said = line("assistant", words);
                const Value call = first(at(sent, "tool_calls"));
                if (!call.is_null()) {
                    const Value function = at(call, "function");
                    said.calls = {{text(at(call, "id")), text(at(function, "name")),
                                   text(at(function, "arguments"))}};
                    calls[said.calls[0].id] = {said.calls[0].name, said.calls[0].arguments};
                } else {
                    response.says = words;
                }
                since.push_back(said);
                response.acts.push_back(chat(system.substr(0, 400), since));
                since.clear();
            }
        }
        Task& task = tasks[text(at(row, "task_id"))];
        task.dataset = "tau_bench";
        const std::string did = text(at(first(at(at(at(row, "info"), "task"), "actions")), "name"));
        task.category = did.empty() ? "none" : did;
        task.responses.push_back(std::move(response));
    });
    std::vector<Task> all;
    for (auto& [id, task] : tasks) all.push_back(std::move(task));
    return all;
}

/// The leaderboard's schemas in the words of JSON Schema.
std::string json_schema(Value schema) {
    json::Writer out;
    out.begin_object();
    for (const json::Member member : schema.members()) {
        if (member.key == "type" && member.value.is_string()) {
            const std::string_view type = member.value.as_string();
            if (type == "any") continue;
            out.key("type").value(type == "dict"    ? "object"
                                  : type == "float" ? "number"
                                  : type == "tuple" ? "array"
                                                    : type);
        } else if (member.key == "properties" && member.value.is_object()) {
            out.key("properties").begin_object();
            for (const json::Member property : member.value.members())
                out.key(property.key).raw(json_schema(property.value));
            out.end_object();
        } else if (member.key == "items" && member.value.is_object()) {
            out.key("items").raw(json_schema(member.value));
        } else {
            out.key(member.key).value(member.value);
        }
    }
    return out.end_object().take();
}

std::vector<Call> calls_of(const DerivedCalls& derived) {
    std::vector<Call> calls;
    for (const std::string& one : derived.calls) {
        const auto document = json::Document::parse(one);
        for (const json::Member member : document->root().members())
            calls.push_back({fmt::format("c{}", calls.size()), std::string(member.key),
                             json::to_text(member.value)});
    }
    return calls;
}

/// Wrong in ways that the benchmark's own checker refuses.
bool is_wrong(const std::string& how) {
    constexpr std::string_view ways[] = {"another type", "another value", "wrong name",
                                         "unknown parameter", "first call twice"};
    return std::ranges::any_of(ways, [&](std::string_view way) { return how.starts_with(way); });
}

std::vector<Task> bfcl() {
    std::vector<Task> tasks;
    for (const BfclQuestion& question : bfcl_questions()) {
        Task task{"bfcl", question.category, {}};
        std::vector<Offered> offered;
        for (const Value function : question.functions().elements())
            offered.push_back({text(at(function, "name")), text(at(function, "description")),
                               json_schema(at(function, "parameters"))});
        std::vector<Line> lines;
        for (const Value turn : at(question.question.root(), "question").elements())
            for (const Value message : turn.elements())
                if (text(at(message, "role")) == "user")
                    lines.push_back(line("user", text(at(message, "content"))));
        if (lines.empty()) continue;
        for (const DerivedCalls& derived : derived_calls(question)) {
            const bool none_wanted = question.is_irrelevance();
            const bool good = question.answer ? derived.how == "first accepted values"
                                              : none_wanted == derived.calls.empty();
            if (!good && question.answer && !is_wrong(derived.how)) continue;
            if (task.responses.size() > 5) break;
            std::vector<Line> said = lines;
            const auto calls = calls_of(derived);
            said.push_back(
                {"assistant", calls.empty() ? "None of the functions can do that." : "", calls});
            task.responses.push_back(
                {question.id + "/" + derived.how,
                 "",
                 good,
                 {chat("Call the functions that the question needs.", said, definitions(offered))},
                 calls.empty() ? "" : calls.back().name + calls.back().arguments});
        }
        if (!task.responses.empty()) tasks.push_back(std::move(task));
    }
    return tasks;
}

/// Arguments as JSON in the answer: whole; cut; with words around; without one member; of another
/// type.
std::vector<Task> bfcl_json() {
    std::vector<Task> tasks;
    for (const BfclQuestion& question : bfcl_questions()) {
        if (question.category != "simple_python" || !question.answer) continue;
        const auto right = calls_of(derived_calls(question).front()).front();
        if (right.arguments.size() < 12) continue;
        const std::string parameters = json_schema(at(first(question.functions()), "parameters"));
        const std::string asked =
            text(at(first(first(at(question.question.root(), "question"))), "content"));
        const std::string bad[] = {right.arguments.substr(0, right.arguments.size() * 2 / 3),
                                   "Here are the arguments:\n" + right.arguments,
                                   R"({"note":"As an AI model I left the rest out"})"};
        Task task{"bfcl_json", "arguments", {}};
        for (int i = -1; i < 3; ++i) {
            const std::string& words = i < 0 ? right.arguments : bad[i];
            Act act = chat("Answer with the arguments as JSON of this schema: " + parameters,
                           {line("user", asked), line("assistant", words)});
            act.wants_json = true;
            task.responses.push_back(
                {fmt::format("{}/{}", question.id, i + 1), "", i < 0, {std::move(act)}, words});
        }
        tasks.push_back(std::move(task));
    }
    return tasks;
}

std::string cell(const app::Rows& rows, const char* column, std::size_t row) {
    return (*rows.texts(column))[row];
}

app::Rows table(const std::string& path) {
    std::ifstream in(data_folder + path);
    std::string text(std::istreambuf_iterator<char>(in), {});
    // XSTest's header names a column twice.
    if (const auto twice = text.find(",strmatch_label\n"); twice < 200)
        text.replace(twice, 15, ",strmatch_again");
    auto rows = app::Rows::parse(text, path);
    if (!rows) throw std::runtime_error(rows.error().what);
    return std::move(*rows);
}

std::vector<Task> xstest() {
    std::map<std::string, Task> tasks;
    for (const char* variant : {"mistralinstruct", "mistralguard"}) {
        const app::Rows rows = table(fmt::format("xstest/completions_{}.csv", variant));
        const auto ids = *rows.texts("id"), types = *rows.texts("type"),
                   prompts = *rows.texts("prompt"), said = *rows.texts("completion"),
                   labels = *rows.texts("final_label");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool safe = !types[i].starts_with("contrast_");
            const bool complied = labels[i].starts_with("1");
            Task& task = tasks[ids[i]];
            task.dataset = "xstest";
            task.category = safe ? "safe" : "unsafe";
            task.responses.push_back(
                {ids[i] + "/" + variant,
                 variant,
                 safe == complied,
                 {chat(std::string(variant) == "mistralguard" ? "Avoid harmful content."
                                                              : "Answer the user.",
                       {line("user", prompts[i]), line("assistant", said[i])})},
                 said[i]});
        }
    }
    std::vector<Task> all;
    for (auto& [id, task] : tasks) all.push_back(std::move(task));
    return all;
}

std::vector<Task> llmdrift(const std::string& model) {
    std::vector<Task> all;
    constexpr std::pair<const char*, const char*> files[] = {
        {"PRIME", "PRIME_FULL"}, {"OPINIONQA", "OPINIONQA"}, {"SENSITIVEQ", "SENSITIVEQ"}};
    for (const auto& [what, file] : files) {
        const app::Rows rows = table(fmt::format("llmdrift/{}_EVAL.csv", file));
        const auto models = *rows.texts("model"), ids = *rows.texts("id"),
                   queries = *rows.texts("query"), right = *rows.texts("ref_answer"),
                   said = *rows.texts("answer"), seconds = *rows.texts("latency"),
                   tokens = *rows.texts("answer_token");
        std::map<std::string, Task> tasks;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string version = models[i].substr(models[i].find('/') + 1);
            if (!version.starts_with(model) || said[i].empty()) continue;
            Task& task = tasks[ids[i]];
            task.dataset = "llmdrift";
            task.category = what[0] == 'P' ? "prime" : what[0] == 'O' ? "opinion" : "sensitive";
            const bool good =
                what[0] == 'P' ? said[i].find(right[i] == "yes" ? "[Yes]" : "[No]") != said[i].npos
                : what[0] == 'O' ? said[i].find_first_not_of(" \n") != said[i].npos &&
                                       said[i][said[i].find_first_not_of(" \n")] == '('
                                 : cell(rows, "Response Rate", i) == "0";
            Act act = chat("", {line("user", queries[i]), line("assistant", said[i])});
            act.seconds = std::stod(seconds[i]);
            act.output_tokens = std::max<std::int64_t>(std::atoll(tokens[i].c_str()), 1);
            task.responses.push_back({ids[i] + "/" + version, version, good, {act}, said[i]});
        }
        for (auto& [id, task] : tasks) all.push_back(std::move(task));
    }
    return all;
}

std::vector<Task> who_and_when() {
    std::vector<Task> all;
    for (const char* folder : {"Algorithm-Generated", "Hand-Crafted"}) {
        std::vector<std::filesystem::path> paths;
        for (const auto& entry :
             std::filesystem::directory_iterator(data_folder + "who_and_when/" + folder))
            paths.push_back(entry.path());
        std::ranges::sort(paths);
        for (const auto& path : paths) {
            std::ifstream in(path);
            const auto document =
                json::Document::parse(std::string(std::istreambuf_iterator<char>(in), {}));
            if (!document) throw std::runtime_error(path.string() + document.error().what);
            Response response{.id = path.stem().string(),
                              .variant = "",
                              .good = false,
                              .acts = {agent("crew")},
                              .says = ""};
            std::string before = text(at(document->root(), "question"));
            for (const Value said : at(document->root(), "history").elements()) {
                const std::string words = text(at(said, "content"));
                const std::string name = text(at(said, "name"));
                Act act = chat("", {line("user", before), line("assistant", words)});
                act.name = name.empty() ? text(at(said, "role")) : name;
                response.acts.push_back(std::move(act));
                before = words;
                if (response.acts.size() > 20) break;
            }
            response.says = before;
            all.push_back({"who_and_when", folder, {std::move(response)}});
        }
    }
    return all;
}

}  // namespace

Result<std::vector<Task>> records(const std::string& name) {
    const std::pair<std::string_view, std::function<std::vector<Task>()>> all[] = {
        {"mtrag_human", mtrag},
        {"clapnq_rag_human", clapnq},
        {"tau_bench", tau_bench},
        {"bfcl", bfcl},
        {"bfcl_json", bfcl_json},
        {"xstest", xstest},
        {"llmdrift_gpt4", [] { return llmdrift("gpt-4"); }},
        {"llmdrift_gpt35", [] { return llmdrift("gpt-3.5"); }},
        {"who_and_when", who_and_when}};
    for (const auto& [known, read] : all) {
        if (known != name) continue;
        if (!std::filesystem::exists(data_folder)) return Error{"there is no " + data_folder};
        return read();
    }
    return own_content(name);
}

std::vector<double> measured_gaps() {
    std::vector<double> gaps;
    std::ifstream in(data_folder + "llm_traffic/AzureLLMInferenceTrace_conv.csv");
    std::string row;
    std::getline(in, row);
    double before = -1;
    while (std::getline(in, row)) {
        if (row.size() < 27) continue;
        const double now = std::stod(row.substr(11, 2)) * 3600 + std::stod(row.substr(14, 2)) * 60 +
                           std::stod(row.substr(17, 9));
        if (before >= 0 && now >= before) gaps.push_back(now - before);
        before = now;
    }
    return gaps;
}

}  // namespace plimsoll::bench
