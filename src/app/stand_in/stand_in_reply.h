/// stand_in_reply.h: answers of a model's API as they stand on the wire, good ones and others.
#pragma once

#include <cstdint>
#include <string>

#include "app/stand_in/stand_in_options.h"
#include "evaluate/judges/judge.h"
#include "net/http_service.h"

namespace plimsoll::app {

/// What a request asked for.
struct StandInRequest {
    evaluate::ModelProtocol api = evaluate::ModelProtocol::openai;
    std::string model;
    std::string user;  ///< The last message.
    bool structured = false;
    std::int64_t input_tokens = 0;  ///< A quarter of its characters.
};

/// nullopt, and the refusal, if the body is none of the protocol.
struct StandInRead {
    StandInRequest request;
    std::string fault;  ///< "" if it was read.
};
StandInRead read_request(evaluate::ModelProtocol api, std::string_view body);

/// {"reason": …, "verdict": `answer`} in the way that was asked for, or as `speech` has it.
net::HttpReply good_reply(const StandInRequest& request, const std::string& version,
                          const std::string& answer, StandInModel::Speech speech);
net::HttpReply refused_reply(const StandInRequest& request, const std::string& version);
net::HttpReply cut_reply(const StandInRequest& request, const std::string& version);
/// `which` chooses among the kinds there are.
net::HttpReply malformed_reply(const StandInRequest& request, const std::string& version,
                               std::uint32_t which);
net::HttpReply hostile_reply(const StandInRequest& request, const std::string& version,
                             std::uint32_t which);
inline constexpr std::uint32_t malformed_kinds = 7;
inline constexpr std::uint32_t hostile_kinds = 8;

net::HttpReply error_reply(evaluate::ModelProtocol api, int status, std::string_view type,
                           std::string_view message);
net::HttpReply limited_reply(evaluate::ModelProtocol api, std::chrono::milliseconds retry_after);

}  // namespace plimsoll::app
