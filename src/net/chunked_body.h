/// chunked_body.h: takes a body out of "Transfer-Encoding: chunked".
///
///   "5\r\nhello\r\n0\r\n\r\n" ──next()──▶ "hello", then done
///
/// Strict, since a reader in front of us may not be: no bare CR or LF, no sign, no blanks, sizes of
/// at most 15 hex digits. Extensions and trailers are bounded and ignored (A02).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::net {

class ChunkedBody {
  public:
    struct Step {
        enum class Outcome { data, need_more, done, bad };
        Outcome outcome = Outcome::need_more;
        std::size_t consumed = 0;  ///< Bytes of the input that are finished with.
        std::string_view data;     ///< A piece of the body, pointing into the input.
    };

    /// Reads on in `bytes`, which begin with what an earlier call did not consume; never looks
    /// back.
    Step next(std::string_view bytes);

    /// Bytes that the chunk begun will still bring: how much may be wanted of a budget soon.
    std::uint64_t left_in_chunk() const { return left_; }

  private:
    enum class State {
        size_first,
        size,
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_start,
        trailer,
        trailer_lf,
        end_lf,
        done
    };
    static constexpr std::size_t noise_bytes_max =
        8192;  ///< Extensions and trailers, all together.

    State state_ = State::size_first;
    std::uint64_t left_ = 0;
    std::size_t digits_ = 0;
    std::size_t noise_ = 0;
};

}  // namespace plimsoll::net
