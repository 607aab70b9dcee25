/// http_head_parser.h: from the bytes of a connection to an HttpHead, or to the status of a
/// refusal.
///
/// Beast reads the grammar; on top stand the rules against smuggling: a request that two readers
/// could cut in different places is refused (400), whatever it says (A02).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "net/http_head.h"

namespace plimsoll::net {

class HttpHeadParser {
  public:
    explicit HttpHeadParser(std::size_t head_bytes_max);
    ~HttpHeadParser();

    enum class Outcome { need_more, done, refused };

    /// Reads on in `bytes`, which begin with what an earlier call did not consume. Once done, the
    /// body or the next request stands after `consumed`.
    Outcome read(std::string_view bytes, std::size_t& consumed);

    HttpHead& head() { return head_; }
    int refusal_status() const { return refusal_status_; }  ///< 400, 417, 431 or 505.
    const std::string& refusal() const { return refusal_; }

    /// Ready for the next request of the connection.
    void reset();

  private:
    struct Beast;
    Outcome refuse(int status, std::string why);
    Outcome check();

    const std::size_t head_bytes_max_;
    HttpHead head_;
    int refusal_status_ = 0;
    std::string refusal_;
    std::unique_ptr<Beast> beast_;
};

}  // namespace plimsoll::net
