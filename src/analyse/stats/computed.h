/// computed.h: a statistic, or the reason why there is none.
///
/// "The human labels are all alike" is an answer; a NaN or a zero in its place is a lie that
/// travels.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace plimsoll::analyse {

/// For a person, without a full stop: "every judge verdict is the same".
struct Undefined {
    std::string why;
    bool operator==(const Undefined&) const = default;
};

template <class T>
class [[nodiscard]] Computed {
  public:
    Computed(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Computed(Undefined reason) : held_(std::in_place_index<1>, std::move(reason)) {}

    bool has_value() const { return held_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    const T& operator*() const {
        assert(has_value());
        return *std::get_if<0>(&held_);
    }
    const T* operator->() const { return &**this; }
    const std::string& why() const {
        assert(!has_value());
        return std::get_if<1>(&held_)->why;
    }

  private:
    std::variant<T, Undefined> held_;
};

}  // namespace plimsoll::analyse
