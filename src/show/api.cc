#include "show/api.h"

#include <charconv>

#include <fmt/format.h>

#include "record/read_interactions.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

/// Bodies kept for the traces people look at.
constexpr std::size_t rows_bytes_max = 32u << 20;

/// What stands for the {…} of `pattern` in `path`; nullopt if it does not fit.
std::optional<std::vector<std::string_view>> match(std::string_view pattern,
                                                   std::string_view path) {
    std::vector<std::string_view> found;
    const auto next = [](std::string_view& text) {
        const std::size_t slash = text.find('/');
        const std::string_view part = text.substr(0, slash);
        text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
        return part;
    };
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = next(pattern);
        const std::string_view part = next(path);
        if (wanted.starts_with('{')) {
            if (part.empty()) return std::nullopt;
            found.push_back(part);
        } else if (wanted != part) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return found;
}

/// A HEAD reaches the API as a GET.
bool takes(const Route& route, std::string_view method) {
    return route.method == method || (route.method == "GET" && method == "HEAD");
}

}  // namespace

record::KeyRole Api::needs(const HttpRequest& request) {
    for (const Route* route : all_routes)
        if (takes(*route, request.method) && match(route->path, request.path)) return route->needs;
    return record::KeyRole::read;
}

Api::Api(Deployment deployment, ApiParts parts)
    : deployment_(std::move(deployment)),
      parts_(std::move(parts)),
      rows_(parts_.journal, rows_bytes_max) {}

void Api::listens_on(std::string grpc, std::string http, std::string page) {
    deployment_.grpc = std::move(grpc);
    deployment_.http = std::move(http);
    deployment_.page = std::move(page);
}

HttpAnswer Api::answer(const HttpRequest& request) {
    std::string allowed;
    for (const Route* route : all_routes) {
        auto path = match(route->path, request.path);
        if (!path) continue;
        if (!takes(*route, request.method)) {
            if (!allowed.empty()) allowed += ", ";
            allowed += route->method == "GET" ? "GET, HEAD" : route->method;
            continue;
        }
        Call call{*this, request, std::move(*path), {}};
        if (route->takes_filter) {
            auto filter = filter_of(request, route->takes);
            if (const auto* bad = std::get_if<BadQuery>(&filter))
                return error_answer(400, bad->what, bad->where, bad->mend);
            call.filter = std::get<record::Filter>(std::move(filter));
        }
        return route->answer(call);
    }
    if (!allowed.empty()) {
        HttpAnswer answer = error_answer(405, fmt::format("this path answers {} only", allowed),
                                         request.method, fmt::format("Use {}.", allowed));
        answer.headers["Allow"] = allowed;
        return answer;
    }
    return error_answer(404, "no such path", request.path,
                        "GET /api/v1/openapi.json lists every path.");
}

Result<std::optional<Interaction>> Api::read(const record::InteractionFact& fact,
                                             bool keep_attributes) {
    const record::WantedTrace wanted[] = {{fact.trace, fact.incomplete, fact.places}};
    const std::scoped_lock lock(rows_mutex_);
    auto read = record::read_interactions(rows_, wanted, keep_attributes);
    if (!read) return read.error();
    return std::move(read->front());
}

HttpAnswer error_answer(int status, std::string_view what, std::string_view where,
                        std::string_view mend) {
    json::Writer writer;
    writer.begin_object().key("error").begin_object();
    writer.key("what").value(what).key("where").value(where).key("mend").value(mend);
    writer.end_object().end_object();
    return {.status = status, .body = writer.take()};
}

std::optional<std::int64_t> whole_number(const HttpRequest& request, const std::string& name,
                                         std::int64_t otherwise, std::int64_t low,
                                         std::int64_t high) {
    const auto found = request.query.find(name);
    if (found == request.query.end() || found->second.empty()) return otherwise;
    std::int64_t number = 0;
    const std::string& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (number < low || number > high) return std::nullopt;
    return number;
}

HttpAnswer json_answer(json::Writer& writer) { return {.body = writer.take()}; }

HttpAnswer store_answer(const Error& error) {
    HttpAnswer answer = error_answer(503, error.what, "the facts or the journal",
                                     "Try again; the server's log has more.");
    answer.headers["Retry-After"] = "2";
    return answer;
}

}  // namespace plimsoll::show
