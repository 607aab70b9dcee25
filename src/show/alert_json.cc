#include "show/alert_json.h"

#include "show/columns.h"

namespace plimsoll::show {

namespace {

using alert::Entry;
using json::Writer;

void write_time(Writer& w, std::optional<UnixNanos> time) {
    time ? w.value(to_iso8601(*time)) : w.null();
}

constexpr Column<Entry> columns[] = {
    {"id", "string", "16 hex digits.", [](Writer& w, const Entry& one) { w.value(one.alert.id); }},
    {"state", "string", "open, acknowledged, recovered or decided.",
     [](Writer& w, const Entry& one) { w.value(to_word(one.alert.state)); }},
    {"urgency", "string",
     "page: told until somebody acknowledges; ticket and note: told once; silent: shown only.",
     [](Writer& w, const Entry& one) { w.value(to_word(one.alert.urgency)); }},
    {"critical", "boolean", "Large enough to break through quiet hours.",
     [](Writer& w, const Entry& one) { w.value(one.alert.critical); }},
    {"headline", "string", "What moved, in a line.",
     [](Writer& w, const Entry& one) { w.value(one.story.headline); }},
    {"dimension", "string", "Of its first finding; empty if it belongs to none.",
     [](Writer& w, const Entry& one) { w.value(one.story.dimension); }},
    {"service", "string", "Of its first finding; empty for all.",
     [](Writer& w, const Entry& one) { w.value(one.story.service); }},
    {"slice", "object", "Attribute to value, of its first finding.",
     [](Writer& w, const Entry& one) {
         w.begin_object();
         for (const auto& [name, value] : one.story.slice) w.key(name).value(value);
         w.end_object();
     }},
    {"owner", "string", "Who acts on it.",
     [](Writer& w, const Entry& one) { w.value(one.alert.owner); }},
    {"asked", "string", "The person asked last; empty if nobody is.",
     [](Writer& w, const Entry& one) { w.value(one.alert.asked); }},
    {"opened", "string", "",
     [](Writer& w, const Entry& one) { w.value(to_iso8601(one.alert.opened)); }},
    {"changed", "string", "When the last thing happened to it.",
     [](Writer& w, const Entry& one) { w.value(to_iso8601(one.alert.changed)); }},
    {"acknowledged", "object", "by, time; null if nobody has.",
     [](Writer& w, const Entry& one) {
         if (!one.alert.acknowledged) return void(w.null());
         w.begin_object().key("by").value(one.alert.acknowledged_by).key("time");
         w.value(to_iso8601(*one.alert.acknowledged)).end_object();
     }},
    {"recovered", "string", "When all of it was back; null if it is not.",
     [](Writer& w, const Entry& one) { write_time(w, one.alert.recovered); }},
    {"decided", "object", "decision, by, time, reason, link; null if nobody has.",
     [](Writer& w, const Entry& one) {
         const alert::Alert& a = one.alert;
         if (!a.decided) return void(w.null());
         w.begin_object().key("decision").value(a.decision).key("by").value(a.decided_by);
         w.key("time").value(to_iso8601(*a.decided)).key("reason").value(a.decision_reason);
         w.key("link").value(a.decision_link).end_object();
     }},
    {"findings_count", "integer", "Series in which the change was found.",
     [](Writer& w, const Entry& one) { w.value(std::uint64_t{one.alert.findings.size()}); }},
};

constexpr Column<Entry> story_columns[] = {
    {"story", "object",
     "What a person is told: headline, what, where, since, why, how_sure, who, to_do, command, "
     "link.",
     [](Writer& w, const Entry& one) {
         const alert::Message& m = one.story;
         w.begin_object().key("headline").value(m.headline).key("what").value(m.what);
         w.key("where").value(m.where).key("since").value(m.since).key("why").value(m.why);
         w.key("how_sure").value(m.how_sure).key("who").value(m.who).key("to_do").value(m.to_do);
         w.key("command").value(m.command).key("link").value(m.link).end_object();
     }},
    {"findings", "array", "All that was found of this change, as known now.",
     [](Writer& w, const Entry& one) {
         w.begin_array();
         for (const record::Finding& finding : one.findings) {
             w.begin_object();
             record::write_finding(w, finding);
             w.end_object();
         }
         w.end_array();
     }},
    {"events", "array", "What happened to it, oldest first.",
     [](Writer& w, const Entry& one) {
         w.begin_array();
         for (const record::AlertEvent& event : one.alert.events) {
             w.begin_object().key("time").value(to_iso8601(event.time));
             w.key("step").value(to_word(event.step)).key("by").value(event.by);
             w.key("says").value(event.says).key("asked").value(event.asked);
             w.key("told").value(to_iso8601(std::max(event.told, event.time)));
             w.key("urgency").value(to_word(event.urgency)).key("channels").begin_array();
             for (const std::string& channel : event.channels) w.value(channel);
             w.end_array().end_object();
         }
         w.end_array();
     }},
};

void write_outgoing(Writer& w, const record::Outgoing& one) {
    w.begin_object().key("id").value(one.notification.id);
    w.key("channel").value(one.notification.channel);
    w.key("step").value(to_word(one.notification.step));
    w.key("state").value(to_word(one.state)).key("attempts").value(one.attempts);
    w.key("due").value(to_iso8601(one.notification.due)).key("delivered");
    write_time(w, one.delivered > 0 ? std::optional(one.delivered) : std::nullopt);
    w.key("error").value(one.error).end_object();
}

}  // namespace

void write_alert(Writer& w, const Entry& entry) {
    w.begin_object();
    write_columns(w, columns, entry);
    w.end_object();
}

void write_alert_schema(Writer& w) {
    write_schema(w, columns);
}

void write_alert_story(Writer& w, const Entry& entry, const std::vector<record::Outgoing>& told) {
    w.begin_object();
    write_columns(w, columns, entry);
    write_columns(w, story_columns, entry);
    w.key("notifications").begin_array();
    for (const record::Outgoing& one : told) write_outgoing(w, one);
    w.end_array().end_object();
}

void write_alert_story_schema(Writer& w) {
    write_schema(w, columns);
    write_schema(w, story_columns);
    w.key("notifications").begin_object().key("type").value("array").key("description");
    w.value("What each channel was told or is to be told, and what became of it.").end_object();
}

void write_withheld(Writer& w, const alert::Withheld& withheld) {
    const alert::Passage& passage = withheld.passage;
    w.begin_object().key("why").value(passage.why).key("evaluator").value(passage.evaluator);
    w.key("labels_missing").value(passage.labels_missing).key("finding");
    w.begin_object();
    record::write_finding(w, withheld.finding);
    w.end_object().end_object();
}

}  // namespace plimsoll::show
