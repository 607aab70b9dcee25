/// any_value.h: the values of attributes, as views over their own bytes.
///
///   AnyValue ─┬─ string, boolean, integer, real, bytes    unpacked
///             └─ array, kvlist                            encoded in `text`; to_json() unpacks
///
/// An empty AnyValue is null: a value that was sent and is nothing. An attribute that was not sent
/// is nullptr from find(). Views point into the body, which must outlive them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plimsoll::wire {

/// One AnyValue, not yet unpacked if it is a container.
struct AnyValue {
    enum class Kind : std::uint8_t { empty, string, boolean, integer, real, array, kvlist, bytes };
    Kind kind = Kind::empty;
    std::string_view text;  ///< string and bytes: the content; array, kvlist: the encoded message.
    union {
        bool boolean;
        std::int64_t integer = 0;
        double real;
    };
};

/// Decodes one encoded AnyValue. Broken bytes give Kind::empty.
AnyValue any_value(std::string_view encoded);

/// The members of a kvlist, as far as its bytes are whole; none of any other kind.
class Attributes;
Attributes members_of(const AnyValue& value);

/// JSON of a value: containers become arrays and objects, bytes become base64, a string is quoted;
/// reals that JSON cannot say become "NaN", "Infinity", "-Infinity". Nesting beyond `depth_max`
/// becomes null, and so do broken bytes.
std::string to_json(const AnyValue& value, std::size_t depth_max = 64);

struct Attribute {
    std::string_view key;
    AnyValue value;
};

/// A list of attributes in the order sent. The last of two equal keys wins in find().
class Attributes {
  public:
    Attributes() = default;
    explicit Attributes(std::vector<Attribute> list) : list_(std::move(list)) {}

    std::span<const Attribute> list() const { return list_; }
    std::size_t size() const { return list_.size(); }
    /// nullptr if absent. Linear; a span has a few dozen.
    const AnyValue* find(std::string_view key) const;
    void add(Attribute attribute) { list_.push_back(attribute); }
    void clear() { list_.clear(); }

  private:
    std::vector<Attribute> list_;
};

}  // namespace plimsoll::wire
