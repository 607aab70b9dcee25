#include <chrono>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "analyse/stats/wilson.h"
#include "evaluate/tool_calls/expected_calls.h"
#include "evaluators/bfcl.h"
#include "evaluators/figures.h"
#include "show/text_table.h"

namespace plimsoll::bench {

namespace {

using evaluate::Family;

/// The leaderboard's families and the letters of bfcl_verdicts.txt; '.' is valid.
struct Letter {
    char letter;
    std::optional<Family> family;
};
constexpr Letter letters[] = {
    {'.', std::nullopt},
    {'c', Family::wrong_count},
    {'n', Family::wrong_name},
    {'r', Family::missing_required},
    {'o', Family::missing_optional},
    {'u', Family::unexpected_parameter},
    {'t', Family::type},
    {'T', Family::nested_type},
    {'s', Family::string_value},
    {'l', Family::list_value},
    {'k', Family::dictionary_key},
    {'d', Family::dictionary_value},
    {'D', Family::dictionary_unclear},
    {'#', Family::dictionary_count},
    {'v', Family::other_value},
    {'m', Family::no_match},
    {'i', Family::no_call_expected},
    {'a', Family::call_expected},
};

char letter_of(const std::optional<evaluate::Mismatch>& mismatch) {
    for (const Letter& one : letters) {
        if (one.family == (mismatch ? std::optional(mismatch->family) : std::nullopt)) {
            return one.letter;
        }
    }
    return '?';
}

struct Recorded {
    std::string digest, verdicts;
};

std::map<std::string, Recorded> recorded_verdicts() {
    std::map<std::string, Recorded> recorded;
    std::ifstream in(PLIMSOLL_ROOT "/bench/evaluators/bfcl_verdicts.txt");
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '/') continue;
        std::istringstream words(line);
        std::string id;
        Recorded one;
        words >> id >> one.digest >> one.verdicts;
        recorded[id] = one;
    }
    return recorded;
}

/// A question's tools, and one set of derived calls, as the comparison takes them.
struct Prepared {
    std::vector<json::Document> documents;
    std::vector<evaluate::MadeCall> made;
};

Prepared prepared(const DerivedCalls& derived) {
    Prepared calls;
    for (const std::string& text : derived.calls) {
        calls.documents.push_back(std::move(*json::Document::parse(text)));
        const json::Member call = *calls.documents.back().root().members().begin();
        calls.made.push_back({call.key, call.value});
    }
    return calls;
}

struct Tally {
    std::size_t n = 0, valid = 0, verdict = 0, family = 0;
};

}  // namespace

void write_tool_calls(const std::string& path) {
    std::ofstream file(path);
    for (const BfclQuestion& question : bfcl_questions()) {
        json::Writer out;
        out.begin_object().key("id").value(question.id).key("category").value(question.category);
        const auto derived = derived_calls(question);
        out.key("digest").value(digest_of(derived)).key("functions").value(question.functions());
        out.key("expected").raw(question.expected()).key("derived").begin_array();
        for (const DerivedCalls& one : derived) {
            out.begin_array();
            for (const std::string& call : one.calls) out.raw(call);
            out.end_array();
        }
        file << out.end_array().end_object().text() << "\n";
    }
}

void print_tool_calls() {
    const auto recorded = recorded_verdicts();
    std::map<std::string, Tally> by_category, by_change;
    std::vector<std::string> disagreements;
    std::size_t stale = 0, count = 0;
    double seconds = 0;
    for (const BfclQuestion& question : bfcl_questions()) {
        const auto derived = derived_calls(question);
        const auto found = recorded.find(question.id);
        if (found == recorded.end() || found->second.digest != digest_of(derived) ||
            found->second.verdicts.size() != derived.size()) {
            ++stale;
            continue;
        }
        std::vector<evaluate::OfferedTool> offered;
        for (const json::Value tool : question.functions().elements()) {
            offered.push_back(
                {tool.find("name")->as_string(), tool.find("parameters").value_or(json::Value())});
        }
        const auto expected = evaluate::ExpectedCalls::parse(question.expected());
        if (!expected) throw std::runtime_error(question.id + ": " + expected.error().what);
        for (std::size_t i = 0; i < derived.size(); ++i) {
            const Prepared calls = prepared(derived[i]);
            const auto from = std::chrono::steady_clock::now();
            const auto mismatch = expected->mismatch(calls.made, offered);
            seconds +=
                std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
            ++count;
            const char theirs = found->second.verdicts[i], ours = letter_of(mismatch);
            for (Tally* tally : {&by_category[question.category], &by_change[derived[i].how],
                                 &by_category["all"]}) {
                ++tally->n;
                tally->valid += theirs == '.';
                tally->verdict += (theirs == '.') == (ours == '.');
                tally->family += theirs == ours;
            }
            if (theirs != ours) {
                disagreements.push_back(fmt::format("{}, {}: theirs {}, ours {} ({})", question.id,
                                                    derived[i].how, theirs, ours,
                                                    mismatch ? mismatch->why : "accepted"));
            }
        }
    }
    fmt::print("## Expected tool calls\n\n");
    if (stale) fmt::print("{} questions have no recorded verdicts for their calls.\n\n", stale);
    const auto table = [](const char* name, const std::map<std::string, Tally>& tallies) {
        show::TextTable rows(
            {name, "sets of calls", "valid", "same verdict", "95%", "same family of error"});
        for (const auto& [key, tally] : tallies) {
            const double n = static_cast<double>(tally.n);
            const auto interval = analyse::wilson(static_cast<double>(tally.verdict), n);
            rows.add({key, std::to_string(tally.n), std::to_string(tally.valid),
                      fmt::format("{:.3f}%", 100.0 * static_cast<double>(tally.verdict) / n),
                      fmt::format("[{:.3f}, {:.3f}]", 100 * interval.low, 100 * interval.high),
                      fmt::format("{:.3f}%", 100.0 * static_cast<double>(tally.family) / n)});
        }
        fmt::print("{}\n", rows.markdown());
    };
    table("category", by_category);
    table("how the calls were derived", by_change);
    fmt::print("{} disagreements in verdict or family.\n\n", disagreements.size());
    for (const std::string& one : disagreements) fmt::print("- {}\n", one);
    fmt::print("\n{:.2g} comparisons a second on one core.\n\n",
               static_cast<double>(count) / seconds);
}

}  // namespace plimsoll::bench
