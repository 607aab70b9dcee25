/// interaction.h: one exchange between a user and a deployed model, rebuilt from its spans.
///
///   spans ──▶ Interaction ── steps ─┬─ model calls: messages in and out, tools offered, tokens,
///   cost
///                                   ├─ tool calls: arguments, result, error
///                                   └─ retrievals: query, documents
///
/// Owns its text, so it outlives the request it came on. Immutable once built: any number of
/// threads may read it. What the sender left out is std::nullopt, or an empty list; never a guess.
/// Each field says where it came from (Step::sources).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "interaction/context_versions.h"
#include "interaction/traits.h"

namespace plimsoll {

enum class Role : std::uint8_t { system, user, assistant, tool, other };

enum class PartKind : std::uint8_t { text, reasoning, tool_call, tool_result, media, other };

/// One piece of a message.
struct Part {
    PartKind kind = PartKind::text;
    std::string text;  ///< text, reasoning: the words; tool_result: its content, JSON or words.
    std::string id;    ///< tool_call, tool_result: the call's id, "" if none was sent.
    std::string name;  ///< tool_call, tool_result: the tool.
    std::string json;  ///< tool_call: the arguments as sent; media, other: the part as sent.
    bool is_error = false;  ///< tool_result: the tool said so.
    // media: what it was. The bytes themselves are kept only where content of media is enabled.
    std::string media_type;         ///< "image/png"; "image" where no more was said.
    std::string media_hash;         ///< 32 hex digits of the bytes as they were sent; "" if a link.
    std::uint64_t media_bytes = 0;  ///< Decoded size; 0 if a link.

    bool operator==(const Part&) const = default;
};

struct Message {
    Role role = Role::other;
    std::string role_sent;  ///< The word the sender used.
    std::string name;
    std::vector<Part> parts;
    std::string finish_reason;  ///< Output messages: in the vocabulary below; "" if not sent here.

    bool operator==(const Message&) const = default;
    /// Its text parts, joined by line breaks.
    std::string text() const;
};

struct ToolDefinition {
    std::string name;
    std::string description;
    std::string parameters_json;  ///< JSON Schema of the arguments; "" if not sent.

    bool operator==(const ToolDefinition&) const = default;
};

/// A retrieved document.
struct Document {
    std::string id;
    std::string text;  ///< "" if only its id was sent.
    std::optional<double> score;
    std::string metadata_json;

    bool operator==(const Document&) const = default;
};

/// Input includes what came from or went to a cache; output includes reasoning.
struct Tokens {
    std::optional<std::int64_t> input;
    std::optional<std::int64_t> output;
    std::optional<std::int64_t> cache_read;
    std::optional<std::int64_t> cache_write;
    std::optional<std::int64_t> reasoning;

    bool operator==(const Tokens&) const = default;
};

enum class StepKind : std::uint8_t {
    model_call,
    tool_call,
    retrieval,
    rerank,
    embedding,
    agent,
    workflow,
    guardrail,
    evaluator,
    other,  ///< Not a step of a model's work that any convention knows: a web handler, a query.
};

/// "model_call", …: the word in JSON, SQL and on the page.
std::string_view to_word(StepKind kind);
std::string_view to_word(Role role);
std::string_view to_word(PartKind kind);

/// Why content may be missing.
enum class ContentStatus : std::uint8_t { absent, full, truncated, unparsable };
std::string_view to_word(ContentStatus status);

/// What a sender got wrong and we read all the same.
enum class Flaw : std::uint8_t {
    truncated,           ///< Content was cut on the way; what came whole was kept.
    unparsable,          ///< Neither JSON nor the front of any: kept as words.
    encoded_twice,       ///< JSON in a JSON string.
    number_as_text,      ///< "12" where 12 was due.
    role_corrected,      ///< A tool's result as the user's words, and the like.
    attributes_dropped,  ///< The client's own limit was reached.
    cache_left_out,      ///< Input tokens without those of the cache; they were added.
};
std::string_view to_word(Flaw flaw);

struct Remark {
    Flaw flaw;
    std::string_view key;  ///< As FieldSource::key; "" if it is about the whole span.

    bool operator==(const Remark&) const = default;
};

/// Where a field came from: {"model_answered", "gen_ai.response.model", "otel_genai"}.
struct FieldSource {
    std::string_view field;  ///< Static text: a name of the Step's fields.
    std::string_view key;    ///< Attribute or event it was read from; of numbered keys, what is
                             ///< before the number. Static text too, from the convention's table.
    std::string_view convention;

    bool operator==(const FieldSource&) const = default;
};

/// What somebody else's evaluator said. Kept with its identity beside the scores of our own
/// evaluators, and in none of their estimates: nobody here knows its range, direction or version.
struct OutsideScore {
    enum class About : std::uint8_t { step, interaction, session };
    std::string name;  ///< "relevance", "hallucination", …
    std::optional<double> value;
    std::string label;
    std::string explanation;
    std::string evaluator;    ///< Who says so: an identifier, else the scope that sent it.
    std::string annotator;    ///< "human", "llm", "code"; "" if not said.
    std::string response_id;  ///< Of the answer it judged; "" if not said.
    std::string error_type;   ///< Why there is no value.
    About about = About::step;
    SpanId step;  ///< About a step: which one.
    UnixNanos time = 0;

    bool operator==(const OutsideScore&) const = default;
};

/// One span, understood.
struct Step {
    SpanId id;
    SpanId parent;  ///< Zero for a root.
    std::string name;
    StepKind kind = StepKind::other;
    UnixNanos start = 0;
    UnixNanos end = 0;

    // Model
    std::string provider;   ///< Lower case: "openai", "aws.bedrock", …
    std::string operation;  ///< As sent: "chat", "execute_tool", …
    std::string model_requested;
    std::string model_answered;
    std::string response_id;
    std::map<std::string, std::string> parameters;  ///< "temperature" → "0.2"
    std::string output_type;                        ///< "json", "text", …

    // Content
    std::string system;  ///< The system prompt, when sent apart from the messages.
    std::vector<Message> input;
    std::vector<Message> output;  ///< More than one only if several choices were asked for.
    std::vector<ToolDefinition> tools;
    std::vector<Document> documents;
    std::string query;      ///< What was asked of a retriever.
    std::string tool_name;  ///< Kind tool_call: the tool that ran.
    std::string tool_call_id;
    std::string tool_arguments;  ///< JSON as sent.
    std::string tool_result;     ///< JSON or words as sent.
    ContentStatus content = ContentStatus::absent;

    // Numbers
    Tokens tokens;
    std::optional<double> cost_usd;       ///< As the span says.
    std::optional<double> first_token_s;  ///< Seconds from start to the first piece of the answer.
    bool counts_tokens = false;           ///< False where a parent repeats its children's usage.
    bool repeats_usage = false;           ///< Has tokens, and another step counts them.
    bool priced = false;                  ///< cost_usd is of our price list, not of the span.

    // Context
    std::string session;
    std::string user;
    std::string agent;
    std::string prompt_name;
    std::string prompt_version;
    std::string data_source;  ///< Kind retrieval, or a call grounded by its provider.
    std::vector<std::pair<std::string, std::string>> flags;  ///< Feature flag → variant.

    // Result
    std::vector<std::string>
        finish_reasons;   ///< stop, length, tool_call, content_filter, error; else as sent.
    bool failed = false;  ///< Status ERROR, or an exception event.
    std::string error_type;
    std::string error_message;
    std::vector<OutsideScore> outside_scores;

    // Trust
    std::vector<FieldSource> sources;
    std::vector<Remark> remarks;  ///< Each once.
    /// Attributes, and events as "event NAME", that no convention reads and that are no slice
    /// either; and those in a vocabulary that we know, whatever they hold. At most `unmapped_max`.
    std::vector<std::string> unmapped;
    std::uint32_t dropped = 0;  ///< Attributes and events that the client says it left out.
    std::string scope;          ///< Instrumentation scope.
    bool from_logs = false;     ///< No span came: made of log records alone.
    /// Short plain values that are neither content nor ids: what Interaction::attributes is made
    /// of.
    std::vector<std::pair<std::string, std::string>> slices;
    /// All attributes as sent: key → JSON. Resource attributes are in Interaction::resource.
    std::vector<std::pair<std::string, std::string>> attributes;

    double duration_ms() const { return static_cast<double>(end - start) / 1e6; }
};

/// The exact versions that made an answer. "" where the sender did not say.
struct VersionTuple {
    std::string model;   ///< What answered; what was asked for, if the answer did not say.
    std::string prompt;  ///< name@version; where none was sent, name@fingerprint ("~…").
    std::string judge;   ///< "" on a check's score.
    std::string dataset;
    std::string rubric;

    auto operator<=>(const VersionTuple&) const = default;
};

struct Interaction {
    TraceId id;
    std::uint32_t revision = 1;  ///< One more for every late span that changed it.
    bool incomplete = false;     ///< The root never ended, or never came.
    UnixNanos start = 0;         ///< Earliest start of its spans.
    UnixNanos end = 0;           ///< Latest end.
    std::string service;
    std::string environment;
    std::vector<Step> steps;  ///< By start, parents first, then as they arrived.
                              ///< Parents may be missing.
    std::map<std::string, std::string> resource;  ///< Resource attributes: key → JSON.

    std::string session;  ///< Conversation; the trace id where none was sent.
    std::string user;
    VersionTuple versions;
    ContextVersions context;
    Traits traits;
    std::string provider;
    std::string question;            ///< Last words of the user.
    std::string answer;              ///< Last words of the model.
    Tokens tokens;                   ///< Sum over steps with counts_tokens.
    std::optional<double> cost_usd;  ///< Sum over model calls; nullopt if no call has one.
    std::uint32_t orphans = 0;       ///< Steps whose parent never came.
    std::uint32_t dropped = 0;       ///< Sum over the steps.
    std::vector<OutsideScore> outside_scores;  ///< Of all steps, each once.
    std::optional<double> first_token_s;       ///< Of the first model call that says.
    bool failed = false;                       ///< A root failed, or the last model call did.
    /// Values to slice by: attribute → plain text ("app.customer.segment" → "enterprise"), from
    /// spans and resource, the outermost span winning.
    std::map<std::string, std::string> attributes;

    /// A step that some convention understood exists; else checks do not apply.
    bool recognised() const;
    double duration_ms() const { return static_cast<double>(end - start) / 1e6; }
};

}  // namespace plimsoll
