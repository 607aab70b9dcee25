#include "net/rendered_reply.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace plimsoll::net {

namespace {

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Answer";
    }
}

}  // namespace

RenderedReply::RenderedReply(HttpReply reply, bool close, bool no_body) {
    const bool never_has_body = reply.status == 204 || reply.status == 304;
    const auto out = std::back_inserter(head_);
    head_.reserve(192 + reply.headers.size() +
                  (reply.body.size() <= joined_bytes_max ? reply.body.size() : 0));
    fmt::format_to(out, "HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
    if (!never_has_body) {
        if (!reply.type.empty()) fmt::format_to(out, "Content-Type: {}\r\n", reply.type);
        fmt::format_to(out, "Content-Length: {}\r\n", reply.body.size());
    }
    head_ += reply.headers;
    if (close) head_ += "Connection: close\r\n";
    head_ += "\r\n";
    if (no_body || never_has_body) return;
    if (reply.body.size() <= joined_bytes_max) {
        head_ += reply.body;
    } else {
        body_ = std::move(reply.body);
    }
}

std::pair<std::string_view, std::string_view> RenderedReply::unwritten() const {
    const std::size_t of_head = std::min(written_, head_.size());
    return {std::string_view(head_).substr(of_head),
            std::string_view(body_).substr(written_ - of_head)};
}

}  // namespace plimsoll::net
