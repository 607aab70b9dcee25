/// route.h: one path of the API: what it takes, what it answers, and the function that answers.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "show/api.h"
#include "show/filter.h"

namespace plimsoll::show {

/// A request whose path and query fit the route.
struct Call {
    Api& api;
    const HttpRequest& request;
    std::vector<std::string_view> path;  ///< What stood for {…}, in order.
    record::Filter filter;               ///< If the route takes one.
};

struct Route {
    std::string_view path;  ///< "/api/v1/interactions/{trace}"
    std::string_view says;
    bool takes_filter;
    std::vector<QueryParameter> takes;
    HttpAnswer (*answer)(const Call&);
    /// Writes the properties of the answer's OpenAPI schema.
    void (*schema)(json::Writer&);
    std::string_view method = "GET";
    record::KeyRole needs = record::KeyRole::read;
    /// The same of the request's body; nullptr: it has none.
    void (*body)(json::Writer&) = nullptr;
};

/// A whole number between bounds from the query; `otherwise` if absent; nullopt if it is not one.
std::optional<std::int64_t> whole_number(const HttpRequest& request, const std::string& name,
                                         std::int64_t otherwise, std::int64_t low,
                                         std::int64_t high);

/// 200 with this JSON.
HttpAnswer json_answer(json::Writer& writer);
/// 503: a store did not answer.
HttpAnswer store_answer(const Error& error);

}  // namespace plimsoll::show
