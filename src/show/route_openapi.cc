#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

void write_parameter(Writer& w, std::string_view name, std::string_view in, std::string_view type,
                     std::string_view says) {
    w.begin_object().key("name").value(name).key("in").value(in);
    w.key("required").value(in == "path").key("description").value(says);
    w.key("schema").begin_object().key("type").value(type).end_object().end_object();
}

void write_route(Writer& w, const Route& route) {
    w.key(route.method == "GET" ? "get" : "post").begin_object();
    w.key("summary").value(route.says).key("parameters").begin_array();
    for (std::size_t open = route.path.find('{'); open != std::string_view::npos;
         open = route.path.find('{', open + 1)) {
        const std::size_t close = route.path.find('}', open);
        write_parameter(w, route.path.substr(open + 1, close - open - 1), "path", "string",
                        "Hex id.");
    }
    if (route.takes_filter)
        for (const auto& parameter : filter_parameters())
            write_parameter(w, parameter.name, "query", parameter.type, parameter.says);
    for (const auto& parameter : route.takes)
        write_parameter(w, parameter.name, "query", parameter.type, parameter.says);
    w.end_array();
    if (route.body != nullptr) {
        w.key("requestBody").begin_object().key("required").value(true).key("content");
        w.begin_object().key("application/json").begin_object().key("schema").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        route.body(w);
        for (int depth = 0; depth < 5; ++depth) w.end_object();
    }
    w.key("responses").begin_object();
    w.key("200").begin_object().key("description").value(route.says);
    w.key("content").begin_object().key("application/json").begin_object();
    w.key("schema").begin_object().key("type").value("object").key("properties").begin_object();
    route.schema(w);
    w.end_object().end_object().end_object().end_object().end_object();
    w.key("default").begin_object().key("$ref").value("#/components/responses/Error").end_object();
    w.end_object().end_object();
}

HttpAnswer answer(const Call& call) {
    Writer w;
    w.begin_object().key("openapi").value("3.1.0").key("info").begin_object();
    w.key("title").value("Plimsoll").key("version").value(call.api.deployment().version);
    w.end_object().key("paths").begin_object();
    std::string_view path;
    for (const Route* route : all_routes) {
        if (route->path != path) {
            if (!path.empty()) w.end_object();
            w.key(path = route->path).begin_object();
        }
        write_route(w, *route);
    }
    w.end_object().end_object().key("components").begin_object().key("securitySchemes").begin_object();
    w.key("key").begin_object().key("type").value("http").key("scheme").value("bearer");
    w.key("description").value("Needed once a key exists: plimsoll key create --role read");
    w.end_object().end_object().key("responses").begin_object().key("Error").begin_object();
    w.key("description").value("What was wrong, where, and what to do.");
    w.key("content").begin_object().key("application/json").begin_object().key("schema");
    w.begin_object().key("type").value("object").key("properties").begin_object().key("error");
    w.begin_object().key("type").value("object").key("properties").begin_object();
    for (const std::string_view name : {"what", "where", "mend"})
        w.key(name).begin_object().key("type").value("string").end_object();
    for (int depth = 0; depth < 9; ++depth) w.end_object();
    w.key("security").begin_array().begin_object().key("key").begin_array().end_array();
    w.end_object().begin_object().end_object().end_array().end_object();
    return json_answer(w);
}

}  // namespace

const Route openapi_route{
    .path = "/api/v1/openapi.json", .says = "This list, for machines.", .takes_filter = false,
    .answer = answer, .schema = [](Writer& w) {
        w.key("openapi").begin_object().key("type").value("string").end_object();
    }};

}  // namespace plimsoll::show
