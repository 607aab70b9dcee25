/// byte_budget.h: the bytes that requests may hold between socket and journal, all together.
///
/// A door reserves before it reads; what it holds is given back when the Reservation dies. Over the
/// budget the sender is told to come back, since a queue that may grow only moves the failure into
/// memory. Any thread may reserve.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace plimsoll {

class ByteBudget {
  public:
    explicit ByteBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// Bytes held; gives them back when destroyed. Moves, does not copy.
    class Reservation {
      public:
        Reservation() = default;
        Reservation(Reservation&& other) noexcept
            : budget_(std::exchange(other.budget_, nullptr)),
              bytes_(std::exchange(other.bytes_, 0)) {}
        Reservation& operator=(Reservation&& other) noexcept {
            if (this == &other) return *this;
            release();
            budget_ = std::exchange(other.budget_, nullptr);
            bytes_ = std::exchange(other.bytes_, 0);
            return *this;
        }
        ~Reservation() { release(); }

        /// Holds `bytes` in all from now on; false, and nothing changed, if the budget forbids it.
        bool resize(std::size_t bytes) {
            if (!budget_) return bytes == 0;
            if (bytes > bytes_ && !budget_->take(bytes - bytes_)) return false;
            if (bytes < bytes_) budget_->used_ -= bytes_ - bytes;
            bytes_ = bytes;
            return true;
        }
        std::size_t bytes() const { return bytes_; }

      private:
        friend class ByteBudget;
        Reservation(ByteBudget* budget, std::size_t bytes) : budget_(budget), bytes_(bytes) {}
        void release() {
            if (budget_) budget_->used_ -= bytes_;
            budget_ = nullptr;
            bytes_ = 0;
        }

        ByteBudget* budget_ = nullptr;
        std::size_t bytes_ = 0;
    };

    /// nullopt if `bytes` more would pass the budget.
    std::optional<Reservation> reserve(std::size_t bytes) {
        if (!take(bytes)) return std::nullopt;
        return Reservation(this, bytes);
    }

    std::size_t used() const { return used_; }
    std::size_t bytes_max() const { return bytes_max_; }

  private:
    bool take(std::size_t bytes) {
        std::size_t used = used_.load();
        do {
            if (bytes > bytes_max_ || used > bytes_max_ - bytes) return false;
        } while (!used_.compare_exchange_weak(used, used + bytes));
        return true;
    }

    const std::size_t bytes_max_;
    std::atomic<std::size_t> used_{0};
};

}  // namespace plimsoll
