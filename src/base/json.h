/// json.h: JSON documents, read strictly (RFC 8259) and kept compactly; and a writer.
///
///   text ──parse──▶ Document ── root() ──▶ Value ─┬─ elements()
///                   owns all                view   └─ members(), find(key)
///
/// Whatever the grammar allows is read, within the limits. Strings are unescaped, valid UTF-8, and
/// may hold NUL; an escaped surrogate without its partner becomes U+FFFD. One byte order mark in
/// front is skipped. An integer too large for int64 and uint64 is kept as a real, and a real too
/// large for a double as the largest one. A member that appears twice is kept twice; find() answers
/// the last, as most parsers do. simdjson stays behind json_parse.cc.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace plimsoll::json {

enum class Kind : std::uint8_t { null, boolean, integer, real, string, array, object };

std::string_view to_word(Kind kind);  ///< "null", "boolean", "integer", "number", "string", …

struct ParseLimits {
    std::size_t depth_max = 256;  ///< Arrays and objects inside each other; depth_cap at most.
    std::size_t bytes_max = 64u << 20;  ///< Longer texts are refused unread; bytes_cap at most.
};

/// No limit may pass these: what walks a Value may recurse, and a Node counts in 32 bits.
inline constexpr std::size_t depth_cap = 1024;
inline constexpr std::size_t bytes_cap = 1u << 30;

/// One cell of a Document, in the order of the text. A container is followed by its content.
struct Node {
    Kind kind;
    bool is_unsigned;    ///< integer: above int64, so read `natural`.
    std::uint32_t size;  ///< Bytes of a string; elements of an array; members of an object.
    union {
        std::uint64_t offset;  ///< string: where its bytes start in the Document's text
        std::uint64_t inside;  ///< array, object: how many Nodes its content has
        std::int64_t integer;
        std::uint64_t natural;
        double real;
        bool boolean;
    };
};

struct Member;

/// A view of one value; null unless it came from a Document, which must outlive it (and may be
/// moved meanwhile). Sixteen bytes, copied freely.
class Value {
  public:
    Value() : Value(&null_node, nullptr) {}

    Kind kind() const { return node_->kind; }
    bool is_null() const { return kind() == Kind::null; }
    bool is_string() const { return kind() == Kind::string; }
    bool is_array() const { return kind() == Kind::array; }
    bool is_object() const { return kind() == Kind::object; }
    bool is_number() const { return kind() == Kind::integer || kind() == Kind::real; }

    /// The string's bytes; "" for every other kind.
    std::string_view as_string() const {
        return is_string() ? std::string_view(text_ + node_->offset, node_->size)
                           : std::string_view();
    }
    /// nullopt for every other kind.
    std::optional<bool> as_boolean() const;
    /// Integers and reals.
    std::optional<double> as_number() const;
    /// Integers, and reals without a fraction that fit (1.0 is the integer 1, as JSON Schema says).
    std::optional<std::int64_t> as_integer() const;
    /// The same for uint64.
    std::optional<std::uint64_t> as_unsigned() const;

    /// Elements of an array, members of an object, bytes of a string; 0 otherwise.
    std::size_t size() const;

    /// The member called `key` (the last, if it appears twice); nullopt if there is none, or this
    /// is not an object. Linear in the members.
    std::optional<Value> find(std::string_view key) const;

    class Elements;
    class Members;
    Elements elements() const;  ///< Empty unless an array.
    Members members() const;    ///< Empty unless an object; in the order of the text.

    /// How many values it holds, keys included, itself too.
    std::size_t count() const { return 1 + (is_container() ? node_->inside : 0); }

    /// Tells values of a Document apart: two Values are the same place if and only if this is
    /// equal.
    const void* place() const { return node_; }

  private:
    friend class Document;
    Value(const Node* node, const char* text) : node_(node), text_(text) {}
    bool is_container() const { return kind() == Kind::array || kind() == Kind::object; }
    const Node* after() const { return node_ + 1 + (is_container() ? node_->inside : 0); }

    static const Node null_node;
    const Node* node_;
    const char* text_;
};

/// Equal as JSON Schema says: 1 == 1.0, objects without regard to order, the last of equal keys.
bool equal(Value a, Value b);

struct Member {
    std::string_view key;
    Value value;
};

class Document {
  public:
    /// The error says which byte could not be read and why: "byte 17: expected ',' or ']'". The
    /// text need not outlive the call. 1.4 GB/s on chat messages (json_bench.cc).
    static Result<Document> parse(std::string_view text, const ParseLimits& limits = {});

    /// A Document of its own, of `value` and what it contains.
    static Document copy_of(Value value);

    Value root() const { return Value(nodes_.get(), text_.get()); }

    /// Memory this holds.
    std::size_t bytes() const { return bytes_; }

  private:
    Document() = default;
    friend class StrictReader;
    friend std::optional<Document> read_fast(std::string_view text, const ParseLimits& limits);
    std::unique_ptr<Node[]> nodes_;
    std::unique_ptr<char[]> text_;  ///< Every string and key, unescaped.
    std::size_t bytes_ = 0;
};

class Value::Elements {
  public:
    class iterator {
      public:
        using value_type = Value;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::forward_iterator_tag;
        iterator() = default;
        Value operator*() const { return at_; }
        iterator& operator++() {
            at_.node_ = at_.after();
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const iterator& other) const { return at_.node_ == other.at_.node_; }

      private:
        friend class Elements;
        iterator(const Node* node, const char* text) : at_(node, text) {}
        Value at_;
    };
    iterator begin() const { return {array_.node_ + 1, array_.text_}; }
    iterator end() const {
        return {array_.is_array() ? array_.after() : array_.node_ + 1, array_.text_};
    }

  private:
    friend class Value;
    explicit Elements(Value array) : array_(array) {}
    Value array_;
};

class Value::Members {
  public:
    class iterator {
      public:
        using value_type = Member;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        iterator() = default;
        Member operator*() const { return {key_.as_string(), Value(key_.node_ + 1, key_.text_)}; }
        Value name() const { return key_; }  ///< The key, as a string Value.
        iterator& operator++() {
            key_.node_ = Value(key_.node_ + 1, key_.text_).after();
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const iterator& other) const { return key_.node_ == other.key_.node_; }

      private:
        friend class Members;
        iterator(const Node* node, const char* text) : key_(node, text) {}
        Value key_;
    };
    iterator begin() const { return {object_.node_ + 1, object_.text_}; }
    iterator end() const {
        return {object_.is_object() ? object_.after() : object_.node_ + 1, object_.text_};
    }

  private:
    friend class Value;
    explicit Members(Value object) : object_(object) {}
    Value object_;
};

inline Value::Elements Value::elements() const {
    return Elements(*this);
}
inline Value::Members Value::members() const {
    return Members(*this);
}

/// Compact JSON of one value.
std::string to_text(Value value);

/// `text` as a JSON string, quotes included. Invalid UTF-8 becomes U+FFFD; `<`, `>` and `&` are
/// escaped, so that the result may stand inside a page.
std::string quoted(std::string_view text);

/// Writes JSON front to back. Commas are its business, balance is the caller's (asserted).
///
///     Writer w;
///     w.begin_object().key("scored").value(12).key("mean").value(0.93).end_object();
///     w.text();  // {"scored":12,"mean":0.93}
class Writer {
  public:
    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);
    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(bool boolean);
    Writer& value(double number);  ///< NaN and infinities become null.
    Writer& value(std::int64_t number);
    Writer& value(std::uint64_t number);
    Writer& value(int number) { return value(std::int64_t{number}); }
    Writer& value(unsigned number) { return value(std::uint64_t{number}); }
    Writer& null();
    Writer& value(Value json);
    Writer& raw(std::string_view json);  ///< Must be one JSON value; copied as it is.
    template <class T>
    Writer& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }

    const std::string& text() const { return text_; }
    std::string take() { return std::move(text_); }

  private:
    void separate();
    Writer& close(char open, char close);
    std::string text_;
    std::string open_;  ///< "[" and "{" not yet closed.
};

}  // namespace plimsoll::json
