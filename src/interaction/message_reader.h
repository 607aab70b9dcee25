/// message_reader.h: JSON of messages, in whichever dialect, becomes Messages.
///
///   [{"role":"user","parts":[…]}]            OpenTelemetry      ┐
///   [{"role":"user","content":"…"}]          OpenAI, Anthropic  │
///   {"choices":[{"message":{…}}]}            OpenAI, a reply    ├──▶ Message{role, parts}
///   {"contents":[{"parts":[{"text":"…"}]}]}  Gemini             │
///   Hello                                    plain words        ┘
///
/// The dialect is found for each block by its keys, never for a whole trace, since libraries mix
/// them. A block that no dialect knows is kept as it was sent (PartKind::other). JSON that was cut
/// on the way gives the elements that came whole, and says so. Nothing here throws for what a
/// sender sent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "interaction/interaction.h"

namespace plimsoll::interaction {

/// What a text of messages held.
struct MessagesRead {
    std::vector<Message> messages;
    /// Beside the messages in a whole request: the system prompt, the tools on offer.
    std::string system;
    std::vector<ToolDefinition> tools;
    bool encoded_twice = false;   ///< It was JSON in a JSON string.
    bool role_corrected = false;  ///< A message stood under a role that cannot say such things.
    /// absent: there was nothing. unparsable: neither JSON nor cut JSON; the words are one message.
    ContentStatus status = ContentStatus::absent;
};

/// `unless_said`: the role of what does not name its own.
MessagesRead read_messages(std::string_view text, Role unless_said);

/// The same of a text that need not be JSON: words are one message, and are never unparsable. JSON
/// that holds no messages is one message with a part of kind `other`.
MessagesRead read_messages_or_words(std::string_view text, Role unless_said);

/// The same of JSON that was parsed. JSON without messages gives none.
MessagesRead read_messages(json::Value value, Role unless_said);

/// One message of any dialect, appended; a reply with several choices appends several. False, and
/// nothing appended, if `value` is no message.
bool read_message(json::Value value, Role unless_said, std::vector<Message>& into);

/// A message's content: words, one block, or a list of blocks.
void read_content(json::Value content, std::vector<Part>& into);

/// The same of a text: words, unless it is a JSON list of blocks.
void read_content_text(std::string_view content, std::vector<Part>& into);

/// A call that a model asked for: {id, name, arguments}, or {id, function: {name, arguments}}.
Part read_tool_call(json::Value call);

/// A JSON list of tools, a single tool, or a list of JSON texts, in any provider's form.
std::vector<ToolDefinition> read_tools(std::string_view text);
void read_tools(json::Value tools, std::vector<ToolDefinition>& into);

/// Documents a retriever found: a JSON list of {id, score, content | text | page_content,
/// metadata}.
std::vector<Document> read_documents(std::string_view text);

/// A value as the text it stands for: a string's words, else compact JSON; "" for null.
std::string plain_or_json(json::Value value);

}  // namespace plimsoll::interaction
