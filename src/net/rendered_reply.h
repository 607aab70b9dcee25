/// rendered_reply.h: an HttpReply as the bytes that go out, and how many of them have gone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "net/http_service.h"

namespace plimsoll::net {

class RenderedReply {
  public:
    RenderedReply() = default;
    /// `no_body`: the answer to a HEAD, which tells the length of the body and leaves it out. The
    /// body of a 204 or 304 is never sent.
    RenderedReply(HttpReply reply, bool close, bool no_body);

    /// What is still to be written, in one piece or two.
    std::pair<std::string_view, std::string_view> unwritten() const;
    void wrote(std::size_t count) { written_ += count; }
    bool done() const { return written_ == head_.size() + body_.size(); }

  private:
    /// A body of at most this size goes out in one piece with its head.
    static constexpr std::size_t joined_bytes_max = 16 * 1024;

    std::string head_;
    std::string body_;
    std::size_t written_ = 0;
};

}  // namespace plimsoll::net
