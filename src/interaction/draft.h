/// draft.h: a Step in the making. Conventions offer values, best first; the first valid one is
/// kept, with its source.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "interaction/conventions/convention.h"
#include "interaction/message_reader.h"

namespace plimsoll::interaction {

inline constexpr std::size_t slice_bytes_max = 256;  ///< Longer values are content, not a slice.
inline constexpr std::size_t parameters_max = 64;
inline constexpr std::size_t unmapped_max = 32;
inline constexpr std::size_t flags_max = 32;

class Draft {
  public:
    explicit Draft(const wire::SpanView& span);

    /// One attribute, as its row says. False if the field is taken, or the value says nothing.
    bool offer(const Row& row, const wire::AnyValue& value, const Convention& convention);

    /// Every row of the convention's table that has an attribute in `attributes`: for the
    /// attributes of events, which hold what a span may hold.
    void offer_all(const wire::Attributes& attributes, const Convention& convention);

    /// Messages read from somewhere else. They replace what a better convention offered only if
    /// they are strictly richer: more messages, or calls or media that the other lacks, and no less
    /// text.
    void offer_messages(Field side, MessagesRead read, std::string_view key,
                        const Convention& convention);
    void offer_documents(std::vector<Document> documents, std::string_view key,
                         const Convention& convention);
    void offer_tools(std::vector<ToolDefinition> tools, std::string_view key,
                     const Convention& convention);
    void offer_text(Field field, std::string text, std::string_view key,
                    const Convention& convention);
    /// The name of a tool, where a library calls its span by it.
    void offer_span_name(const Convention& convention);
    void offer_first_token(UnixNanos time, std::string_view key, const Convention& convention);

    bool has(Field field) const { return taken_[static_cast<std::size_t>(field)]; }
    StepKind kind() const { return step_.kind; }
    void set_kind(StepKind kind, std::string_view key, const Convention& convention);
    /// The kind, where no attribute named it, from what was found.
    void guess_kind();

    /// Part of the content was lost on the way.
    void mark_truncated(std::string_view key);
    /// This sender's input tokens never include the cache's.
    void mark_cache_apart() { cache_apart_ = true; }
    void remark(Flaw flaw, std::string_view key);
    /// No convention reads this attribute or event.
    void add_unmapped(std::string name);
    void mark_failed(std::string_view error_type, std::string_view message);
    /// False if the value is nothing to slice by.
    bool add_slice(std::string_view key, const wire::AnyValue& value);
    void add_flag(std::string name, std::string variant);

    /// Settles what depends on several fields; the Draft is empty afterwards.
    Step finish();

  private:
    bool set_text(std::string& into, const wire::AnyValue& value);
    bool set_json(std::string& into, const wire::AnyValue& value, std::string_view key);
    bool set_words(Field side, const wire::AnyValue& value, std::string_view key,
                   const Convention& convention);
    void took(Field field, std::string_view key, const Convention& convention);
    void lower_content(ContentStatus status);
    void note(const MessagesRead& read, std::string_view key);
    void read_parameters(std::string_view json, std::string_view key, const Convention& convention);
    void read_metadata(std::string_view json);
    void read_tool_names(const wire::AnyValue& value, std::string_view key,
                         const Convention& convention);
    void read_tags(const wire::AnyValue& value);
    bool read_cost_of(std::string_view json);
    void read_prompt(std::string_view json, std::string_view key, const Convention& convention);
    void read_request(std::string_view json, std::string_view key, const Convention& convention);
    void read_reply_of(std::string_view json, std::string_view key, const Convention& convention);
    void read_usage_of(std::string_view json, std::string_view key, const Convention& convention);
    void offer_calls(std::string_view json, std::string_view key, const Convention& convention);
    void offer_tokens(const Tokens& tokens, std::string_view key, const Convention& convention);
    void read_finish_reasons(const wire::AnyValue& value);

    const wire::SpanView& span_;
    Step step_;
    std::bitset<field_count> taken_;
    bool cache_apart_ = false;
};

/// A text without the quotes of a JSON string around it: some libraries encode every value.
std::string_view unquoted(std::string_view text);
/// A value as plain words: a string's content, a number's digits, true or false; "" for the rest.
std::string plain_text(const wire::AnyValue& value);
/// Numbers arrive as integers, reals or strings, by the sender's language.
std::optional<std::int64_t> integer_of(const wire::AnyValue& value);
std::optional<double> number_of(const wire::AnyValue& value);
/// The string itself, or JSON of anything else in `storage`.
std::string_view json_text(const wire::AnyValue& value, std::string& storage);

}  // namespace plimsoll::interaction
