/// How well the derived version of a prompt holds, on real system prompts: those of recorded calls,
/// an airline's policy with the time in it, and the agents of failed runs. They are no part of the
/// repository: the tests run where the data stands beside it.
#include "interaction/prompt_fingerprint.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "base/json.h"

namespace plimsoll::interaction {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(PLIMSOLL_ROOT) / "../shared/data";

#define NEEDS_DATA() \
    if (!fs::exists(data)) GTEST_SKIP() << "The public data are not here: " << data

void each_line(const fs::path& path, const auto& visit) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        if (const auto document = json::Document::parse(line)) visit(document->root());
}

std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? std::string(found->as_string()) : "";
}

void take_systems(json::Value messages, std::set<std::string>& prompts) {
    for (const json::Value message : messages.elements())
        if (const std::string role = text(message, "role"); role == "system" || role == "developer")
            if (std::string words = text(message, "content"); words.size() > 20)
                prompts.insert(std::move(words));
}

/// Distinct system prompts of people's applications.
std::set<std::string> real_prompts() {
    std::set<std::string> prompts;
    each_line(data / "llm_api_recordings/recordings.jsonl", [&](json::Value record) {
        const auto request = record.find("request");
        if (!request) return;
        if (const auto messages = request->find("messages")) take_systems(*messages, prompts);
        for (const char* key : {"system", "instructions"})
            if (std::string words = text(*request, key); words.size() > 20) prompts.insert(words);
    });
    each_line(data / "tau_bench/gpt-4o-airline.jsonl", [&](json::Value record) {
        if (const auto messages = record.find("traj")) take_systems(*messages, prompts);
    });
    for (const auto& file : fs::directory_iterator(data / "who_and_when/Algorithm-Generated")) {
        std::ifstream in(file.path());
        std::ostringstream all;
        all << in.rdbuf();
        const auto document = json::Document::parse(all.str());
        const auto agents = document ? document->root().find("system_prompt") : std::nullopt;
        if (!agents) continue;
        for (const auto& [agent, words] : agents->members())
            prompts.insert(std::string(words.as_string()));
    }
    return prompts;
}

/// "mia_li_3668" → "Mia Li": people of the same data.
std::vector<std::string> names() {
    std::set<std::string> found;
    each_line(data / "tau_bench/gpt-4o-airline.jsonl", [&](json::Value record) {
        const auto info = record.find("info");
        const auto task = info ? info->find("task") : std::nullopt;
        if (!task) return;
        std::string name;
        bool upper = true;
        for (const char c : text(*task, "user_id")) {
            if (c >= '0' && c <= '9') break;
            name += c == '_' ? ' ' : upper ? static_cast<char>(c - 'a' + 'A') : c;
            upper = c == '_';
        }
        while (name.ends_with(' ')) name.pop_back();
        found.insert(name);
    });
    return {found.begin(), found.end()};
}

/// The k-th filling of what applications put around their prompts: who, when, how much.
std::string filled(const std::string& prompt, const std::vector<std::string>& people, int k) {
    const std::string& name = people[static_cast<std::size_t>(k) % people.size()];
    constexpr const char* months[] = {"January", "March", "May", "Oct", "December"};
    const std::string day = k % 3 == 0   ? fmt::format("2026-{:02}-{:02}", k % 12 + 1, k % 28 + 1)
                            : k % 3 == 1 ? fmt::format("{} {}, 2026", months[k % 5], k % 28 + 1)
                                         : fmt::format("{} {} 2026", k % 28 + 1, months[k % 5]);
    return fmt::format(
        "You are speaking with {}, whose account number is {}. The current time is {} {}:{:02} "
        "{}.\n"
        "Account balance: ${:.2f}. Reply to <EMAIL_{}> or call {}.\n{}",
        name, k % 2 ? fmt::format("A-{}", 1000 + k) : fmt::format("{}", 77000 + k), day, k % 12 + 1,
        k % 60, k % 2 ? "EST" : "PM", 13.5 * k, k % 2 ? "qwmzrtb" : "abcdefg", 555000 + k, prompt);
}

TEST(PromptFingerprintData, stays_when_a_template_is_filled_and_differs_between_prompts) {
    NEEDS_DATA();
    const std::set<std::string> prompts = real_prompts();
    const std::vector<std::string> people = names();
    ASSERT_GT(prompts.size(), 100u);
    ASSERT_GT(people.size(), 5u);
    constexpr int fillings = 60;
    std::size_t held = 0, all = 0, changed = 0, edits = 0;
    std::set<std::string> versions;
    for (const std::string& prompt : prompts) {
        const std::string version = prompt_fingerprint(filled(prompt, people, 0), {});
        versions.insert(version);
        for (int k = 1; k < fillings; ++k, ++all)
            held += prompt_fingerprint(filled(prompt, people, k), {}) == version;
        // A word of instruction left out: another prompt.
        for (const std::string_view word : {" not ", " must ", " only ", " all "}) {
            const std::size_t at = prompt.find(word);
            if (at == std::string::npos) continue;
            std::string other = prompt;
            other.erase(at, word.size() - 1);
            ++edits;
            changed += prompt_fingerprint(other, {}) != prompt_fingerprint(prompt, {});
        }
    }
    std::cout << fmt::format(
        "{} real prompts x {} fillings: {:.4f} keep their version; {} versions; "
        "{} of {} changed words change it\n",
        prompts.size(), fillings, static_cast<double>(held) / static_cast<double>(all),
        versions.size(), changed, edits);
    EXPECT_GE(static_cast<double>(held) / static_cast<double>(all), 0.99);
    EXPECT_GE(versions.size() * 100, prompts.size() * 95);
    EXPECT_EQ(changed, edits);
}

/// The judge prompts of Prometheus: one template, filled with whole instructions, answers and
/// rubrics. What a fingerprint of words cannot see through; the figure says so.
TEST(PromptFingerprintData, does_not_see_through_whole_texts) {
    NEEDS_DATA();
    std::set<std::string> prompts, versions;
    each_line(data / "judge_repeat/mt_bench_eval.jsonl", [&](json::Value record) {
        const std::string prompt = text(record, "instruction");
        prompts.insert(prompt);
        versions.insert(prompt_fingerprint(prompt, {}));
    });
    std::cout << fmt::format("1 template filled with texts: {} prompts, {} versions\n",
                             prompts.size(), versions.size());
    EXPECT_GT(prompts.size(), 300u);
}

}  // namespace
}  // namespace plimsoll::interaction
