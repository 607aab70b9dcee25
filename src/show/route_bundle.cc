#include <fmt/format.h>

#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

HttpAnswer answer_bundle(const Call& call) {
    if (!call.api.parts().bundle)
        return error_answer(503, "this server makes no bundles", call.request.path,
                            "Start `plimsoll serve`.");
    const auto most = whole_number(call.request, "most", 1'000, 1, 100'000);
    const auto days = whole_number(call.request, "before_days", 28, 1, 400);
    if (!most || !days)
        return error_answer(400, "not a whole number within its bounds", "most or before_days",
                            "most is 1 to 100000, before_days 1 to 400.");
    const auto files = call.api.parts().bundle(
        std::string(call.path.front()),
        {.most = static_cast<std::size_t>(*most), .before = *days * 86'400 * nanos_per_second});
    if (!files)
        return error_answer(404, files.error().what, call.request.path,
                            "GET /api/v1/findings lists findings.");
    Writer w;
    w.begin_object().key("files").begin_object();
    for (const auto& [name, bytes] : *files) w.key(name).value(bytes);
    w.end_object().end_object();
    return json_answer(w);
}

}  // namespace

const Route bundle_route{
    .path = "/api/v1/bundles/{id}",
    .says = "The proof of a finding or an alert: files that `plimsoll replay` evaluates again.",
    .takes_filter = false,
    .takes = {{"most", "integer", "Interactions before and after, each at most; 1000."},
              {"before_days", "integer", "How far back the time before goes; 28."}},
    .answer = answer_bundle,
    .schema = [](Writer& w) {
        w.key("files").begin_object().key("type").value("object").key("description");
        w.value("Name → content, as docs/evidence.md says.").end_object();
    }};

}  // namespace plimsoll::show
