#include "net/model_client.h"

#include <algorithm>

#include <fmt/format.h>

#include "evaluate/judges/anthropic_messages.h"
#include "net/outbound.h"

namespace plimsoll::net {

namespace {

using evaluate::ModelProtocol;
using evaluate::ModelRequest;
using evaluate::ModelResponse;

ModelResponse::Outcome as_models(OutboundReply::Outcome outcome) {
    switch (outcome) {
        case OutboundReply::Outcome::answered:
            return ModelResponse::Outcome::answered;
        case OutboundReply::Outcome::timed_out:
            return ModelResponse::Outcome::timed_out;
        case OutboundReply::Outcome::unreachable:
            return ModelResponse::Outcome::unreachable;
        case OutboundReply::Outcome::broken:
            break;
    }
    return ModelResponse::Outcome::broken;
}

}  // namespace

struct ModelClient::Impl {
    explicit Impl(ModelClientOptions options)
        : key(std::move(options.key)),
          outbound({.who = "The judge's server",
                    .reply_bytes_max = options.reply_bytes_max,
                    .ca_file = std::move(options.ca_file)}) {}
    const std::string key;
    Outbound outbound;
};

ModelClient::ModelClient(ModelClientOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
ModelClient::~ModelClient() = default;

void ModelClient::stop() {
    impl_->outbound.stop();
}

ModelResponse ModelClient::post(const ModelRequest& request, std::chrono::milliseconds deadline) {
    const std::string& key = impl_->key;
    if (std::any_of(key.begin(), key.end(), [](char c) { return c <= ' ' || c == 0x7F; }))
        return {.outcome = ModelResponse::Outcome::unreachable,
                .why = "The judge's key holds a blank or a control character."};
    std::vector<std::string> fields = {"Content-Type: application/json", "Expect:"};
    if (request.api == ModelProtocol::anthropic) {
        fields.push_back(fmt::format("anthropic-version: {}", evaluate::anthropic_version));
        if (!key.empty()) fields.push_back("x-api-key: " + key);
    } else if (!key.empty()) {
        // Azure's older endpoints read another field; its newer ones, and all others, this one.
        const bool azure = request.url.find("/openai/deployments/") != std::string::npos;
        fields.push_back((azure ? "api-key: " : "Authorization: Bearer ") + key);
    }
    if (!request.repeat_key.empty()) fields.push_back("Idempotency-Key: " + request.repeat_key);
    OutboundReply reply = impl_->outbound.post(request.url, fields, request.body, deadline);
    return {.outcome = as_models(reply.outcome),
            .status = reply.status,
            .body = std::move(reply.body),
            .retry_after = reply.retry_after,
            .why = std::move(reply.why)};
}

}  // namespace plimsoll::net
