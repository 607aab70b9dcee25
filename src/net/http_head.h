/// http_head.h: the first part of an HTTP request: method, target and header fields.
///
/// Owns its text in one string that the next request on the connection uses again, so a request
/// costs no allocation here. Names are lower case. Absent is nullopt, never "".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::net {

class HttpHead {
  public:
    std::string_view method() const { return text(method_); }
    std::string_view target() const { return text(target_); }  ///< As sent: "/v1/traces?x=1".
    /// The target without its query, and without "http://host" in front.
    std::string_view path() const;
    std::string_view query() const;  ///< After the '?'; "" if there is none.

    bool http_1_0 = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool chunked = false;
    std::optional<std::uint64_t> content_length;
    bool peer_is_loopback = false;

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }

    /// The first field of that (lower-case) name.
    std::optional<std::string_view> find(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    std::size_t field_count() const { return fields_.size(); }
    std::string_view name(std::size_t i) const { return text(fields_[i].name); }
    std::string_view value(std::size_t i) const { return text(fields_[i].value); }

    void clear();
    void set_request(std::string_view method, std::string_view target);
    void add_field(std::string_view name, std::string_view value);  ///< `name` in any case.

  private:
    struct Range {
        std::uint32_t at = 0;
        std::uint32_t size = 0;
    };
    struct Field {
        Range name;
        Range value;
    };
    std::string_view text(Range range) const { return {text_.data() + range.at, range.size}; }
    Range keep(std::string_view text);

    std::string text_;
    Range method_;
    Range target_;
    std::vector<Field> fields_;
};

/// True if they differ at most in the case of ASCII letters.
bool equal_caseless(std::string_view a, std::string_view b);

/// Reads "a, B" and finds "b" in it: a list of tokens as in Connection or Accept-Encoding. A token
/// with parameters (";q=…") is found by its name, unless its weight is zero.
bool list_has(std::string_view list, std::string_view token);

}  // namespace plimsoll::net
