/// 545 calls that clients really made, told in eight shapes: what is understood must be what the
/// recording says. Prints the share for every client and shape, and every miss.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include <fmt/format.h>

#include "interaction/recordings/told_as.h"

namespace plimsoll::interaction::recordings {
namespace {

const std::filesystem::path data =
    std::filesystem::path(PLIMSOLL_ROOT) / "../shared/data/llm_api_recordings/recordings.jsonl";

/// JSON as our writer puts it; anything else as it is. Arguments come with and without spaces.
std::string compact(const std::string& text) {
    if (!text.starts_with('{') && !text.starts_with('[')) return text;
    const auto document = json::Document::parse(text);
    return document ? json::to_text(document->root()) : text;
}

using Lines = std::vector<std::string>;

void add_text(Lines& lines, bool& open, const std::string& head, const std::string& words) {
    if (words.empty()) return;
    if (open) {
        lines.back() += "\n" + words;
    } else {
        lines.push_back(head + words);
    }
    open = true;
}

Lines said(const std::vector<Said>& list) {
    Lines lines;
    for (const Said& message : list) {
        bool open = false;
        for (const Atom& atom : message.atoms) {
            if (atom.kind == Atom::text) {
                add_text(lines, open, message.role + ": ", atom.words);
                continue;
            }
            open = false;
            lines.push_back(atom.kind == Atom::call
                                ? "call " + atom.name + "(" + compact(atom.words) + ")"
                            : atom.kind == Atom::result ? "result " + compact(atom.words)
                                                        : "media");
        }
    }
    return lines;
}

Lines found(const std::string& system, const std::vector<Message>& list) {
    Lines lines;
    if (!system.empty()) lines.push_back("system: " + system);
    for (const Message& message : list) {
        bool open = false;
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::text) {
                add_text(lines, open, std::string(to_word(message.role)) + ": ", part.text);
                continue;
            }
            if (part.kind == PartKind::reasoning || part.kind == PartKind::other) continue;
            open = false;
            lines.push_back(part.kind == PartKind::tool_call
                                ? "call " + part.name + "(" + compact(part.json) + ")"
                            : part.kind == PartKind::tool_result ? "result " + compact(part.text)
                                                                 : "media");
        }
    }
    return lines;
}

Lines offered(const std::vector<Tool>& tools) {
    Lines lines;
    for (const Tool& tool : tools) {
        lines.push_back(tool.name + ": " + tool.description + " " + compact(tool.parameters));
    }
    return lines;
}

Lines offered(const std::vector<ToolDefinition>& tools) {
    Lines lines;
    for (const ToolDefinition& tool : tools) {
        lines.push_back(tool.name + ": " + tool.description + " " + compact(tool.parameters_json));
    }
    return lines;
}

std::string count(std::string_view name, const std::optional<std::int64_t>& number) {
    return number ? fmt::format("{} {}", name, *number) : "";
}

Lines counted(const std::optional<std::int64_t>& in, const std::optional<std::int64_t>& out) {
    return {count("in", in), count("out", out)};
}

struct Share {
    int found = 0, said = 0;
};

std::string one_line(const Lines& lines) {
    std::string all;
    for (const std::string& line : lines) all += "[" + line.substr(0, 160) + "] ";
    std::ranges::replace(all, '\n', ' ');
    return all.substr(0, 400);
}

TEST(Recordings, what_is_understood_is_what_the_recordings_say) {
    std::ifstream file(data);
    if (!file) GTEST_SKIP() << "The recordings are not here: " << data;
    std::map<std::string, std::map<std::string_view, Share>> shares;  // By source, shape.
    std::map<std::string, Share> facets;
    std::map<std::string, int> calls;
    int not_calls = 0, misses = 0;
    for (std::string line; std::getline(file, line);) {
        const auto document = json::Document::parse(line);
        ASSERT_TRUE(document.ok());
        const auto call = recorded(document->root());
        if (!call) {
            ++not_calls;
            continue;
        }
        ++calls[call->source];
        for (const Shape& shape : shapes) {
            Telling span;
            shape.tell(*call, span);
            const Step step = span.understood();
            const auto compare = [&](std::string_view facet, const Lines& want, const Lines& got) {
                const bool nothing = std::ranges::all_of(want, &std::string::empty);
                Share& share = shares[call->source][shape.name];
                Share& facet_share = facets[fmt::format("{:<14} {}", shape.name, facet)];
                if (nothing && got == want) return;  // Nothing was said, and nothing made up.
                ++share.said, ++facet_share.said;
                share.found += got == want, facet_share.found += got == want;
                if (got == want) return;
                ++misses;
                std::cout << fmt::format("miss: {}, {}, {}, {}\n    said  {}\n    found {}\n",
                                         shape.name, call->source, call->cassette, facet,
                                         one_line(want), one_line(got));
            };
            compare("input", said(call->input), found(step.system, step.input));
            compare("output", said(call->output), found("", step.output));
            compare("tools", offered(call->tools), offered(step.tools));
            compare("tokens", counted(call->tokens_in, call->tokens_out),
                    counted(step.tokens.input, step.tokens.output));
            compare("finish", call->finish, step.finish_reasons);
        }
    }
    std::cout << fmt::format("{:<14} {:>5}", "source", "calls");
    for (const Shape& shape : shapes) std::cout << fmt::format(" {:>14}", shape.name);
    std::cout << "\n";
    for (const auto& [source, by_shape] : shares) {
        std::cout << fmt::format("{:<14} {:>5}", source, calls[source]);
        for (const Shape& shape : shapes) {
            const Share share = by_shape.at(shape.name);
            std::cout << fmt::format(" {:>14}", fmt::format("{}/{}", share.found, share.said));
        }
        std::cout << "\n";
    }
    for (const auto& [facet, share] : facets) {
        std::cout << fmt::format("{:<24} {}/{}\n", facet, share.found, share.said);
    }
    std::cout << not_calls << " recordings are no calls of a model\n";
    EXPECT_EQ(misses, 0);
}

}  // namespace
}  // namespace plimsoll::interaction::recordings
