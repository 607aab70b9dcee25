/// json.h: JSON documents, read strictly (RFC 8259) and kept compactly; and a writer.
///
///   text ──parse──▶ Document ── root() ──▶ Value ─┬─ elements()
///                   owns all                view   └─ members(), find(key)
///
/// Strings are unescaped, valid UTF-8, and may hold NUL. An integer too large for int64 or uint64 is
/// kept as a real. A member that appears twice is kept twice; find() answers the last, as most
/// parsers do. simdjson stays behind json.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll::json {

enum class Kind : std::uint8_t { null, boolean, integer, real, string, array, object };

struct ParseLimits {
    std::size_t depth_max = 256;            ///< Arrays and objects inside each other.
    std::size_t bytes_max = 64u << 20;      ///< Longer texts are refused unread.
};

/// One cell of a Document. Containers are followed by their content; `end` skips it.
struct Node {
    Kind kind = Kind::null;
    std::uint32_t size = 0;  ///< Bytes of a string; elements of an array; members of an object.
    union {
        std::uint64_t offset;  ///< string: where its bytes start in the Document's text
        std::uint64_t end;     ///< array, object: index of the first Node after its content
        std::int64_t integer;
        double real;
        bool boolean;
    };
};

class Document;
struct Member;

/// A view of one value. The Document must outlive it. Sixteen bytes, copied freely.
class Value {
  public:
    Kind kind() const;
    bool is_null() const { return kind() == Kind::null; }
    bool is_string() const { return kind() == Kind::string; }
    bool is_array() const { return kind() == Kind::array; }
    bool is_object() const { return kind() == Kind::object; }
    bool is_number() const { return kind() == Kind::integer || kind() == Kind::real; }

    /// The string's bytes; "" for every other kind.
    std::string_view as_string() const;
    /// nullopt for every other kind.
    std::optional<bool> as_boolean() const;
    /// Integers and reals.
    std::optional<double> as_number() const;
    /// Integers, and reals without a fraction that fit (1.0 is the integer 1, as JSON Schema says).
    std::optional<std::int64_t> as_integer() const;

    /// Elements of an array, members of an object, bytes of a string; 0 otherwise.
    std::size_t size() const;

    /// The member called `key` (the last, if it appears twice); nullopt if there is none, or this is
    /// not an object. Linear in the members.
    std::optional<Value> find(std::string_view key) const;

    class Elements;
    class Members;
    Elements elements() const;  ///< Empty unless an array.
    Members members() const;    ///< Empty unless an object; in the order of the text.

    /// Equal as JSON Schema says: 1 == 1.0, objects without regard to order.
    friend bool equal(Value a, Value b);

  private:
    friend class Document;
    Value(const Document* document, std::size_t index) : document_(document), index_(index) {}
    const Node& node() const;

    const Document* document_;
    std::size_t index_;
};

bool equal(Value a, Value b);

struct Member {
    std::string_view key;
    Value value;
};

class Document {
  public:
    /// The error names the byte where reading stopped. The text need not outlive the call.
    static Result<Document> parse(std::string_view text, const ParseLimits& limits = {});

    Value root() const { return Value(this, 0); }

    Document(Document&&) = default;  // Values point at the Document: move it only before asking.
    Document& operator=(Document&&) = default;

  private:
    friend class Value;
    Document() = default;
    std::vector<Node> nodes_;
    std::string text_;  ///< Every string and key, unescaped, one after the other.
};

class Value::Elements {
  public:
    class iterator;
    iterator begin() const;
    iterator end() const;

  private:
    friend class Value;
    explicit Elements(Value array) : array_(array) {}
    Value array_;
};

class Value::Members {
  public:
    class iterator;
    iterator begin() const;
    iterator end() const;

  private:
    friend class Value;
    explicit Members(Value object) : object_(object) {}
    Value object_;
};

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
    Writer& raw(std::string_view json);  ///< Must be one JSON value; copied as it is.
    template <class T>
    Writer& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }

    const std::string& text() const { return text_; }
    std::string take() { return std::move(text_); }

  private:
    void separate();
    std::string text_;
    std::vector<bool> has_items_;
    bool after_key_ = false;
};

}  // namespace plimsoll::json
