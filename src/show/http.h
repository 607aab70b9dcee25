/// http.h: a request and its answer as values, so that the API is a pure function of both and its
/// stores. net/ carries them over sockets.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "record/state.h"

namespace plimsoll::show {

struct HttpRequest {
    std::string method;                        ///< "GET", …
    std::string path;                          ///< Decoded once; "/api/v1/scorecard".
    std::map<std::string, std::string> query;  ///< Decoded; the last of equal names.
    std::map<std::string, std::string> headers;  ///< Names in lower case.
    std::string body;
    bool loopback = true;                      ///< The peer's address is loopback.
};

struct HttpAnswer {
    int status = 200;
    std::string type = "application/json";
    std::map<std::string, std::string> headers;
    std::string body;
};

}  // namespace plimsoll::show
