#include <algorithm>

#include <fmt/format.h>

#include "show/alert_json.h"
#include "show/label_requests.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using alert::AlertBook;
using alert::Entry;
using json::Writer;

HttpAnswer keeps_none(const Call& call) {
    return error_answer(503, "this server keeps no alerts", call.request.path,
                        "Start `plimsoll serve`.");
}

HttpAnswer answer_list(const Call& call) {
    AlertBook* const book = call.api.parts().alerts;
    if (book == nullptr) return keeps_none(call);
    std::string state;
    for (const auto& [name, value] : call.request.query) {
        if (name != "state")
            return error_answer(400, "no such query parameter", name.substr(0, 60), "Send state.");
        if (value != "open" && value != "acknowledged" && value != "recovered" &&
            value != "decided" && value != "all")
            return error_answer(400, fmt::format("cannot read '{}'", value.substr(0, 60)),
                                "query parameter 'state'",
                                "Send open, acknowledged, recovered, decided or all.");
        state = value;
    }
    const auto page = book->read();
    if (!page) return store_answer(page.error());
    Writer w;
    w.begin_object().key("alerts").begin_array();
    for (const Entry& entry : page->alerts)
        if (state.empty() || state == "all" || state == to_word(entry.alert.state))
            write_alert(w, entry);
    w.end_array().key("withheld").begin_array();
    for (const alert::Withheld& one : page->withheld) write_withheld(w, one);
    w.end_array().end_object();
    return json_answer(w);
}

HttpAnswer unknown(const Call& call) {
    return error_answer(404, "no alert has this id", call.request.path,
                        "GET /api/v1/alerts lists them.");
}

HttpAnswer story(const Call& call) {
    AlertBook* const book = call.api.parts().alerts;
    if (book == nullptr) return keeps_none(call);
    const auto page = book->read();
    if (!page) return store_answer(page.error());
    const auto entry = std::ranges::find_if(
        page->alerts, [&](const Entry& one) { return one.alert.id == call.path[0]; });
    if (entry == page->alerts.end()) return unknown(call);
    const auto told = book->log().outgoing(entry->alert.id);
    if (!told) return store_answer(told.error());
    Writer w;
    write_alert_story(w, *entry, *told);
    return json_answer(w);
}

/// A text member of the body; "" if absent.
std::string text(json::Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? std::string(found->as_string()) : "";
}

/// A body whose members are all texts of `keys`; or the answer that says what is wrong.
std::variant<json::Document, HttpAnswer> texts_body(const HttpRequest& request,
                                                    std::span<const std::string_view> keys) {
    auto body = json_body(request);
    const auto* document = std::get_if<json::Document>(&body);
    if (!document) return body;
    for (const json::Member member : document->root().members()) {
        if (std::ranges::find(keys, member.key) == keys.end())
            return error_answer(400, fmt::format("no such member '{}'", member.key.substr(0, 60)),
                                "the body", "The OpenAPI document lists what it may hold.");
        if (!member.value.is_string())
            return error_answer(400, fmt::format("`{}` must be text", member.key), "the body",
                                "Send a string.");
    }
    return body;
}

/// The whole alert after a person's word; 400, 404 or 409 if it was not taken.
HttpAnswer taken(const Call& call,
                 const Result<std::variant<alert::Alert, alert::Refused>>& answer) {
    if (!answer) return store_answer(answer.error());
    const auto* refused = std::get_if<alert::Refused>(&*answer);
    if (!refused) return story(call);
    switch (refused->fault) {
        case alert::Refused::Fault::unknown:
            return unknown(call);
        case alert::Refused::Fault::closed:
            return error_answer(409, refused->why, call.request.path, "GET it to see by whom.");
        case alert::Refused::Fault::wrong:
            break;
    }
    return error_answer(400, refused->why, "the body", "Mend it and send it again.");
}

HttpAnswer answer_acknowledge(const Call& call) {
    AlertBook* const book = call.api.parts().alerts;
    if (book == nullptr) return keeps_none(call);
    static constexpr std::string_view keys[] = {"by"};
    auto body = texts_body(call.request, keys);
    if (auto* unread = std::get_if<HttpAnswer>(&body)) return std::move(*unread);
    const json::Value root = std::get<json::Document>(body).root();
    return taken(call, book->acknowledge(std::string(call.path[0]), text(root, "by")));
}

HttpAnswer answer_decide(const Call& call) {
    AlertBook* const book = call.api.parts().alerts;
    if (book == nullptr) return keeps_none(call);
    static constexpr std::string_view keys[] = {"decision", "by", "reason", "link"};
    auto body = texts_body(call.request, keys);
    if (auto* unread = std::get_if<HttpAnswer>(&body)) return std::move(*unread);
    const json::Value root = std::get<json::Document>(body).root();
    alert::Decision decision{.kind = text(root, "decision"),
                             .by = text(root, "by"),
                             .reason = text(root, "reason"),
                             .link = text(root, "link")};
    if (call.api.parts().redact) decision.reason = call.api.parts().redact(decision.reason);
    return taken(call, book->decide(std::string(call.path[0]), decision));
}

void write_text_schema(Writer& w, std::string_view name, std::string_view says) {
    w.key(name).begin_object().key("type").value("string").key("description").value(says);
    w.end_object();
}

}  // namespace

const Route alerts_route{
    .path = "/api/v1/alerts",
    .says =
        "Alerts, the last one opened first, and findings that are withheld: their evaluator is "
        "not trusted.",
    .takes_filter = false,
    .takes = {{"state", "string", "open, acknowledged, recovered, decided or all."}},
    .answer = answer_list,
    .schema = [](Writer& w) {
        w.key("alerts").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_alert_schema(w);
        w.end_object().end_object().end_object();
        w.key("withheld").begin_object().key("type").value("array").key("description");
        w.value("why, evaluator, labels_missing, finding").end_object();
    }};

const Route alert_route{.path = "/api/v1/alerts/{id}",
                        .says = "One alert with its whole story.",
                        .takes_filter = false,
                        .takes = {},
                        .answer = story,
                        .schema = write_alert_story_schema};

const Route acknowledge_route{
    .path = "/api/v1/alerts/{id}/acknowledge",
    .says = "A person takes the alert: it escalates no further. Twice changes nothing.",
    .takes_filter = false,
    .takes = {},
    .answer = answer_acknowledge,
    .schema = write_alert_story_schema,
    .method = "POST",
    .needs = record::KeyRole::label,
    .body = [](Writer& w) { write_text_schema(w, "by", "The person's name."); }};

const Route decide_route{
    .path = "/api/v1/alerts/{id}/decide",
    .says = "A person says what is done about it. Kept in the evidence trail.",
    .takes_filter = false,
    .takes = {},
    .answer = answer_decide,
    .schema = write_alert_story_schema,
    .method = "POST",
    .needs = record::KeyRole::label,
    .body = [](Writer& w) {
        std::string words;
        for (const alert::DecisionKind& kind : alert::decision_kinds)
            words += fmt::format("{}{}: {}", words.empty() ? "" : " ", kind.word, kind.says);
        write_text_schema(w, "decision", words);
        write_text_schema(w, "by", "The person's name.");
        write_text_schema(w, "reason", "A sentence; redacted as notes are.");
        write_text_schema(w, "link", "To the change, the ticket, the discussion; may be absent.");
    }};

}  // namespace plimsoll::show
