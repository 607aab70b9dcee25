/// result.h: what the world may refuse. A Result holds a value, or an Error that says what was being
/// done and what went wrong ("commit journal/2026-01-05.db: database or disk is full").
///
/// For faults of the world only. A sender's fault is counted and answered (wire/admit.h); our
/// own is asserted.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace plimsoll {

struct Error {
    std::string what;
};

/// The value of an operation that has nothing to say but that it worked.
struct Done {
    bool operator==(const Done&) const = default;
};

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    T& value() {
        assert(ok());
        return *std::get_if<0>(&held_);
    }
    const T& value() const {
        assert(ok());
        return *std::get_if<0>(&held_);
    }
    const Error& error() const {
        assert(!ok());
        return *std::get_if<1>(&held_);
    }

  private:
    std::variant<T, Error> held_;
};

}  // namespace plimsoll
