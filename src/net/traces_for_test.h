/// traces_for_test.h: small OTLP requests, good and bad.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "wire/otlp_writer.h"

namespace plimsoll::net {

inline constexpr const char* protobuf_type = "application/x-protobuf";
inline constexpr const char* json_type = "application/json";

/// `good` spans that can be kept and `bad` ones without ids, each with a text of `text_bytes`.
inline wire::outgoing::Request traces(std::size_t good, std::size_t bad = 0,
                                      std::size_t text_bytes = 0) {
    std::vector<wire::outgoing::Span> spans;
    for (std::size_t i = 0; i < good + bad; ++i) {
        wire::outgoing::Span span;
        if (i < good) {
            span.trace = "0123456789abcdef";
            span.id = fmt::format("{:08}", i);
        }
        span.name = "chat";
        span.start = 1'700'000'000'000'000'000u;
        span.end = 1'700'000'001'000'000'000u;
        if (text_bytes > 0) span.attributes.push_back({"text", std::string(text_bytes, 'x')});
        spans.push_back(std::move(span));
    }
    return wire::outgoing::request({{"service.name", "shop"}}, "test", std::move(spans));
}

}  // namespace plimsoll::net
