/// receive_buffer.h: bytes that arrived and were not used yet. Small while a connection idles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace plimsoll::net {

class ReceiveBuffer {
  public:
    std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
    std::size_t size() const { return end_ - begin_; }

    void consume(std::size_t count) {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }

    /// Room for at least `count` more bytes; what arrives is told to grow().
    std::span<char> room(std::size_t count) {
        if (capacity_ - end_ < count) {
            const std::size_t wanted = std::max(size() + count, std::size_t{4096});
            if (wanted > capacity_) {
                std::unique_ptr<char[]> bytes(new char[wanted]);
                if (size() > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, size());
                bytes_ = std::move(bytes);
                capacity_ = wanted;
            } else {
                std::memmove(bytes_.get(), bytes_.get() + begin_, size());
            }
            end_ -= begin_;
            begin_ = 0;
        }
        return {bytes_.get() + end_, capacity_ - end_};
    }
    void grow(std::size_t count) { end_ += count; }

    /// Gives large memory back, if no bytes are in it.
    void shrink() {
        if (size() != 0 || capacity_ <= 4096) return;
        bytes_.reset();
        begin_ = end_ = capacity_ = 0;
    }

  private:
    std::unique_ptr<char[]> bytes_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace plimsoll::net
