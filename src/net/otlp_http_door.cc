#include "net/otlp_http_door.h"

#include <fmt/format.h>

#include "net/answer_table.h"
#include "net/open_body.h"
#include "wire/inflate.h"

namespace plimsoll::net {

namespace {

using record::Answer;
using wire::Encoding;

std::string_view media_type(const HttpHead& head) {
    std::string_view type = head.find("content-type").value_or("");
    type = type.substr(0, type.find(';'));
    while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
    return type;
}

std::optional<Encoding> encoding_of(const HttpHead& head) {
    const std::string_view type = media_type(head);
    if (equal_caseless(type, "application/x-protobuf")) return Encoding::protobuf;
    if (equal_caseless(type, "application/json")) return Encoding::json;
    return std::nullopt;
}

std::optional<wire::Compression> compression_of(const HttpHead& head) {
    if (head.count("content-encoding") > 1) return std::nullopt;
    return wire::compression_named(head.find("content-encoding").value_or(""));
}

bool ends_in(std::string_view path, std::string_view signal) {
    if (path.ends_with('/')) path.remove_suffix(1);
    return path.ends_with(signal);
}

std::optional<wire::Signal> signal_of(const HttpHead& head) {
    if (ends_in(head.path(), "/v1/traces")) return wire::Signal::traces;
    if (ends_in(head.path(), "/v1/logs")) return wire::Signal::logs;
    return std::nullopt;
}

class OtlpService final : public HttpService {
  public:
    OtlpService(record::Intake& intake, KeyCheck key_check)
        : intake_(intake), key_check_(std::move(key_check)) {}

    std::optional<HttpReply> refuse(const HttpHead& head) override {
        const std::string_view path = head.path();
        if (!signal_of(head)) return not_found(head, path);
        if (head.method() != "POST") {
            HttpReply reply = refusal(head, 405, "traces and logs are sent with POST");
            reply.headers += "Allow: POST\r\n";
            return reply;
        }
        if (key_check_ &&
            !key_check_(presented_key(head.find("authorization"), head.find("x-api-key")),
                        record::KeyRole::ingest)) {
            HttpReply reply = refusal(head, 401,
                                      "a key that may ingest is needed: send it as "
                                      "\"Authorization: Bearer KEY\" or \"X-Api-Key: KEY\"");
            reply.headers += "WWW-Authenticate: Bearer\r\n";
            return reply;
        }
        if (!encoding_of(head)) {
            return refusal(head, 415,
                           "Content-Type must be application/x-protobuf or application/json");
        }
        if (!compression_of(head)) {
            return refusal(head, 415, "Content-Encoding must be identity, gzip, zstd or deflate");
        }
        return std::nullopt;
    }

    void handle(HttpCall call) override {
        const Encoding encoding = *encoding_of(call.head);
        const wire::Signal signal = *signal_of(call.head);
        OpenedBody opened = open_body(std::move(call.body), *compression_of(call.head),
                                      intake_.limits().body_bytes_max, call.held);
        const HttpExchange exchange = std::move(call.exchange);
        if (opened.outcome != OpenedBody::Outcome::ok) call.held = {};  // Before the answer.
        switch (opened.outcome) {
            case OpenedBody::Outcome::ok:
                break;
            case OpenedBody::Outcome::damaged:
                ++intake_.counts().malformed;
                return exchange.answer(
                    http_reply({.kind = Answer::Kind::malformed, .message = opened.why}, encoding));
            case OpenedBody::Outcome::too_large:
                ++intake_.counts().too_large;
                return exchange.answer(
                    http_reply({.kind = Answer::Kind::too_large, .message = opened.why}, encoding));
            case OpenedBody::Outcome::over_budget:
                return exchange.answer(http_reply(intake_.come_back(opened.why), encoding));
        }
        intake_.submit(
            std::move(opened.body), encoding, std::move(call.held),
            [exchange, encoding, signal](const Answer& answer) {
                exchange.answer(http_reply(answer, encoding, signal));
            },
            signal);
    }

    HttpReply fault(const HttpHead* head, int status, std::string_view why) override {
        const Encoding encoding =
            head ? encoding_of(*head).value_or(Encoding::json) : Encoding::json;
        if (status == 503) return http_reply(intake_.come_back(std::string(why)), encoding);
        if (status == 413) ++intake_.counts().too_large;
        if (status == 400) ++intake_.counts().malformed;
        return http_refusal(status, why, encoding);
    }

  private:
    static HttpReply refusal(const HttpHead& head, int status, std::string_view why) {
        return http_refusal(status, why, encoding_of(head).value_or(Encoding::json));
    }

    static HttpReply not_found(const HttpHead& head, std::string_view path) {
        if (ends_in(path, "/v1/metrics"))
            return refusal(head, 404,
                           "metrics are not accepted, only traces and logs: switch their exporter "
                           "off (OTEL_METRICS_EXPORTER=none)");
        return refusal(head, 404,
                       "this port takes OTLP over HTTP: POST traces to /v1/traces, logs to "
                       "/v1/logs. The page and the "
                       "API have a port of their own (4320), and so has gRPC (4317)");
    }

    record::Intake& intake_;
    const KeyCheck key_check_;
};

}  // namespace

struct OtlpHttpDoor::Impl {
    Impl(record::Intake& intake, KeyCheck key_check) : service(intake, std::move(key_check)) {}

    OtlpService service;
    std::unique_ptr<HttpServer> server;
};

OtlpHttpDoor::OtlpHttpDoor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OtlpHttpDoor::~OtlpHttpDoor() = default;

Result<std::unique_ptr<OtlpHttpDoor>> OtlpHttpDoor::open(const OtlpHttpOptions& options,
                                                         record::Intake& intake, ByteBudget& budget,
                                                         KeyCheck key_check) {
    auto impl = std::make_unique<Impl>(intake, std::move(key_check));
    auto server = HttpServer::open({.door = "OTLP/HTTP",
                                    .address = options.address,
                                    .io_threads = options.io_threads,
                                    .connections_max = options.connections_max,
                                    .body_bytes_max = intake.limits().body_bytes_max,
                                    .deadlines = options.deadlines,
                                    .stop_within = options.stop_within},
                                   impl->service, budget);
    if (!server) return server.error();
    impl->server = std::move(*server);
    return std::unique_ptr<OtlpHttpDoor>(new OtlpHttpDoor(std::move(impl)));
}

std::uint16_t OtlpHttpDoor::port() const {
    return impl_->server->port();
}
std::size_t OtlpHttpDoor::connections() const {
    return impl_->server->connections();
}
void OtlpHttpDoor::stop() {
    impl_->server->stop();
}

}  // namespace plimsoll::net
