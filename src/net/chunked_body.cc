#include "net/chunked_body.h"

#include <algorithm>

namespace plimsoll::net {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

ChunkedBody::Step ChunkedBody::next(std::string_view bytes) {
    using Outcome = Step::Outcome;
    std::size_t at = 0;
    const auto bad = [&] { return Step{Outcome::bad, at, {}}; };
    while (true) {
        if (state_ == State::done) return {Outcome::done, at, {}};
        if (at == bytes.size()) return {Outcome::need_more, at, {}};
        if (state_ == State::data) {
            const auto size =
                static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - at));
            left_ -= size;
            if (left_ == 0) state_ = State::data_cr;
            return {Outcome::data, at + size, bytes.substr(at, size)};
        }
        const char c = bytes[at++];
        switch (state_) {
            case State::size_first:
                left_ = 0;
                digits_ = 0;
                if (hex_digit(c) < 0) return bad();
                state_ = State::size;
                [[fallthrough]];
            case State::size:
                if (const int digit = hex_digit(c); digit >= 0) {
                    if (++digits_ > 15) return bad();
                    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
                } else if (c == ';') {
                    state_ = State::extension;
                } else if (c == '\r') {
                    state_ = State::size_lf;
                } else {
                    return bad();
                }
                break;
            case State::extension:
                if (c == '\n' || ++noise_ > noise_bytes_max) return bad();
                if (c == '\r') state_ = State::size_lf;
                break;
            case State::size_lf:
                if (c != '\n') return bad();
                state_ = left_ == 0 ? State::trailer_start : State::data;
                break;
            case State::data_cr:
                if (c != '\r') return bad();
                state_ = State::data_lf;
                break;
            case State::data_lf:
                if (c != '\n') return bad();
                state_ = State::size_first;
                break;
            case State::trailer_start:
                if (c == '\r') {
                    state_ = State::end_lf;
                    break;
                }
                state_ = State::trailer;
                [[fallthrough]];
            case State::trailer:
                if (c == '\n' || ++noise_ > noise_bytes_max) return bad();
                if (c == '\r') state_ = State::trailer_lf;
                break;
            case State::trailer_lf:
                if (c != '\n') return bad();
                state_ = State::trailer_start;
                break;
            case State::end_lf:
                if (c != '\n') return bad();
                state_ = State::done;
                break;
            case State::data:
            case State::done:
                break;  // Both were dealt with above.
        }
    }
}

}  // namespace plimsoll::net
