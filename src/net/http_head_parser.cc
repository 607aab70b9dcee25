#include "net/http_head_parser.h"

#include <optional>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace plimsoll::net {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;

/// Beast's grammar, writing into our HttpHead. Bodies never reach it: they are read elsewhere.
class Grammar final : public http::basic_parser<true> {
  public:
    Grammar(HttpHead& head, std::size_t head_bytes_max) : head_(head) {
        header_limit(static_cast<std::uint32_t>(head_bytes_max));
        body_limit(boost::none);
    }

  private:
    using View = boost::beast::string_view;
    static std::string_view std_view(View view) { return {view.data(), view.size()}; }

    void on_request_impl(http::verb, View method, View target, int version, error_code&) override {
        head_.set_request(std_view(method), std_view(target));
        head_.http_1_0 = version == 10;
    }
    void on_field_impl(http::field, View name, View value, error_code&) override {
        head_.add_field(std_view(name), std_view(value));
    }
    void on_response_impl(int, View, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(View, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}

    HttpHead& head_;
};

}  // namespace

struct HttpHeadParser::Beast {
    std::optional<Grammar> grammar;
};

HttpHeadParser::HttpHeadParser(std::size_t head_bytes_max)
    : head_bytes_max_(head_bytes_max), beast_(std::make_unique<Beast>()) {
    reset();
}

HttpHeadParser::~HttpHeadParser() = default;

void HttpHeadParser::reset() {
    head_.clear();
    refusal_status_ = 0;
    refusal_.clear();
    beast_->grammar.emplace(head_, head_bytes_max_);
}

HttpHeadParser::Outcome HttpHeadParser::refuse(int status, std::string why) {
    refusal_status_ = status;
    refusal_ = std::move(why);
    return Outcome::refused;
}

HttpHeadParser::Outcome HttpHeadParser::read(std::string_view bytes, std::size_t& consumed) {
    if (bytes.starts_with("PRI * HTTP/2.0")) {
        return refuse(505,
                      "this port speaks HTTP/1.1; OTLP over gRPC has a port of its own (4317)");
    }
    error_code error;
    consumed = beast_->grammar->put({bytes.data(), bytes.size()}, error);
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return refuse(431, "the header fields are too long");
    }
    if (error == http::error::bad_version)
        return refuse(505, "only HTTP/1.0 and 1.1 are spoken here");
    if (error && error != http::error::need_more) {
        return refuse(400, "not a well-formed HTTP request: " + error.message());
    }
    return beast_->grammar->is_header_done() ? check() : Outcome::need_more;
}

HttpHeadParser::Outcome HttpHeadParser::check() {
    const Grammar& grammar = *beast_->grammar;
    head_.keep_alive = grammar.keep_alive();
    head_.chunked = grammar.chunked();
    if (const auto length = grammar.content_length()) head_.content_length = *length;

    // Anything but one plain "chunked" is read differently by different servers.
    if (const auto coding = head_.find("transfer-encoding")) {
        if (!equal_caseless(*coding, "chunked") || head_.count("transfer-encoding") != 1) {
            return refuse(400, "the only Transfer-Encoding understood is a single \"chunked\"");
        }
        if (head_.http_1_0) return refuse(400, "HTTP/1.0 has no Transfer-Encoding");
        if (head_.count("content-length") != 0) {
            return refuse(400, "Transfer-Encoding and Content-Length exclude each other");
        }
    }
    if (head_.count("content-length") > 1) return refuse(400, "Content-Length stands there twice");
    const std::size_t hosts = head_.count("host");
    if (hosts > 1 || (hosts == 0 && !head_.http_1_0)) {
        return refuse(400, "HTTP/1.1 needs exactly one Host field");
    }
    if (const auto expectation = head_.find("expect"); expectation && !head_.http_1_0) {
        if (!equal_caseless(*expectation, "100-continue")) {
            return refuse(417, "the only expectation understood is 100-continue");
        }
        head_.expects_continue = true;
    }
    return Outcome::done;
}

}  // namespace plimsoll::net
