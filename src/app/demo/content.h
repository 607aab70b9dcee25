/// content.h: what the demo's assistant knows and is asked. The firm, its help centre, its people
/// and every word are invented for this project.
///
///   Article   what the retriever finds            articles.cc
///   Tool      what the assistant may call         tools.cc
///   Prompt    what it is told, version by version prompts.cc
///   Story     a conversation, turn by turn        stories_*.cc
///
/// Texts hold places such as <order> or <city>; fill.h puts values there, the same ones all through
/// a conversation. Everything here is constant, so any thread may read it.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace plimsoll::app::demo {

struct Article {
    std::string_view id;
    std::string_view title;
    std::string_view text;
};

struct Tool {
    std::string_view name;
    std::string_view description;
    std::string_view parameters;  ///< JSON Schema.
};

/// What the model asks of a tool, and what the tool says when nothing goes wrong.
struct ToolUse {
    std::string_view name;
    std::string_view arguments;  ///< JSON
    std::string_view result;     ///< JSON
};

struct Turn {
    std::string_view question;
    std::string_view answer;
    std::vector<std::string_view> articles;  ///< Ids of what the retriever finds; empty: not asked.
    std::optional<ToolUse> tool;
};

/// Where in the product the assistant is at work; each has its own prompt.
enum class Feature { help_chat, order_desk, ticket_triage, reply_draft };
std::string_view to_word(Feature feature);

struct Story {
    Feature feature;
    std::string_view language;  ///< "en", "de", "es"
    std::string_view category;
    std::vector<Turn> turns;
};

/// A system prompt of one feature from one point of the demo's time on.
struct Prompt {
    std::string_view version;  ///< p1 … p4
    Feature feature;
    std::string_view text;
};

std::span<const Article> articles();
const Article& article(std::string_view id);  ///< Asserts that there is one.
std::span<const Tool> tools();
std::span<const Prompt> prompts();
const Prompt& prompt(std::string_view version, Feature feature);
const std::vector<Story>& stories();

}  // namespace plimsoll::app::demo
