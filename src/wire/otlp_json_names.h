/// otlp_json_names.h: the members of OTLP/JSON's objects, by name. Names come in lowerCamelCase or
/// in snake_case; containers of another type than expected are passed over.
#pragma once

#include <cstddef>
#include <string_view>

#include "wire/json_reader.h"

namespace plimsoll::wire {

/// A member's name in lowerCamelCase, also if it was sent in snake_case. Lives as long as `name`
/// and this do.
class CamelName {
  public:
    explicit CamelName(std::string_view name) : name_(name) {
        if (name.size() > sizeof folded_) return;
        bool snake = false;  // std::find or memchr take longer for so few bytes.
        for (const char c : name) snake |= c == '_';
        if (!snake) return;
        std::size_t size = 0;
        bool upper = false;
        for (const char c : name) {
            if (c == '_') {
                upper = true;
                continue;
            }
            folded_[size++] = upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            upper = false;
        }
        name_ = {folded_, size};
    }
    CamelName(const CamelName&) = delete;
    bool operator==(std::string_view other) const { return name_ == other; }

  private:
    char folded_[32];
    std::string_view name_;
};

/// Calls `element()` for each element of an array.
template <class Element>
void for_each_element(JsonReader& in, Element&& element) {
    if (in.kind() == JsonKind::array) {
        in.array(element);
    } else {
        in.skip();
    }
}

/// Calls `member(name)` for each member of an object; it must read or skip the value.
template <class Member>
void for_each_member(JsonReader& in, Member&& member) {
    if (in.kind() == JsonKind::object) {
        in.object([&](std::string_view key) { member(CamelName(key)); });
    } else {
        in.skip();
    }
}

}  // namespace plimsoll::wire
