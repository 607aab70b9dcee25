#include "net/page_reply.h"

#include <algorithm>
#include <memory>

#include <libdeflate.h>

#include "base/json.h"
#include "net/http_head.h"

namespace plimsoll::net {

namespace {

/// Our own bundle and nothing else. Styles may be inline, since component libraries write <style>;
/// images may be data:, since they are drawn from bytes we have.
constexpr std::string_view security_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

/// Below this the headers weigh more than what is saved.
constexpr std::size_t squeeze_bytes_min = 1024;
constexpr int squeeze_level = 4;

bool shrinks(std::string_view type) {
    type = type.substr(0, type.find(';'));
    return type.starts_with("text/") || type.ends_with("json") || type.ends_with("javascript") ||
           type.ends_with("xml") || type == "application/wasm";
}

/// "" if it could not be done.
std::string gzipped(std::string_view text) {
    const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
        libdeflate_alloc_compressor(squeeze_level), libdeflate_free_compressor);
    if (!compressor) return {};
    std::string squeezed(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
    squeezed.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(),
                                             squeezed.data(), squeezed.size()));
    return squeezed;
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

HttpReply page_reply(show::HttpAnswer answer, bool accepts_gzip) {
    HttpReply reply{.status = answer.status};
    bool encoded = false;
    for (const auto& [name, value] : answer.headers) {
        if (has_control_character(name) || has_control_character(value)) continue;
        reply.headers.append(name).append(": ").append(value).append("\r\n");
        encoded = encoded || equal_caseless(name, "content-encoding");
    }
    reply.headers += security_headers;
    if (!has_control_character(answer.type)) reply.type = std::move(answer.type);
    reply.body = std::move(answer.body);
    if (!encoded && reply.body.size() >= squeeze_bytes_min && shrinks(reply.type)) {
        reply.headers += "Vary: Accept-Encoding\r\n";
        if (accepts_gzip) {
            if (std::string squeezed = gzipped(reply.body); !squeezed.empty()) {
                reply.body = std::move(squeezed);
                reply.headers += "Content-Encoding: gzip\r\n";
            }
        }
    }
    return reply;
}

HttpReply page_refusal(int status, std::string_view what, std::string_view mend) {
    json::Writer writer;
    writer.begin_object().key("error").begin_object();
    writer.key("what").value(what).key("where").value("").key("mend").value(mend);
    writer.end_object().end_object();
    HttpReply reply = page_reply({.status = status, .body = writer.take()}, false);
    if (status == 503) reply.headers += "Retry-After: 1\r\n";
    return reply;
}

}  // namespace plimsoll::net
