#include <algorithm>
#include <set>

#include "evaluate/judges/judge.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

constexpr UnixNanos day = 86'400 * nanos_per_second;

/// One judge at work, with all that is known of its work.
struct JudgeWork {
    const evaluate::Judge* judge = nullptr;
    std::string definition;
    record::JudgementCounts counts;
    record::Spending today, total;
    std::string waits;
    analyse::WatchStatus watch;
};

void write_spending(Writer& w, const record::Spending& of) {
    w.begin_object().key("requests").value(of.exchanges).key("usd").value(of.usd);
    w.key("usd_possible").value(of.usd_possible).key("input_tokens").value(of.input_tokens);
    w.key("output_tokens").value(of.output_tokens).end_object();
}

void write_reasons(Writer& w, const std::map<std::string, std::uint64_t>& reasons) {
    w.begin_object();
    for (const auto& [reason, count] : reasons) w.key(reason).value(count);
    w.end_object();
}

void write_time(Writer& w, std::optional<UnixNanos> time) {
    time ? w.value(to_iso8601(*time)) : w.null();
}

std::string_view to_word(analyse::SentinelRun run) {
    switch (run) {
        case analyse::SentinelRun::quiet:
            return "quiet";
        case analyse::SentinelRun::fired:
            return "fired";
        case analyse::SentinelRun::new_model:
            return "new_model";
        case analyse::SentinelRun::is_void:
            return "void";
    }
    return "";
}

constexpr Column<JudgeWork> columns[] = {
    {"name", "string", "As in the configuration.",
     [](Writer& w, const JudgeWork& one) { w.value(one.judge->name); }},
    {"definition", "string", "Hash of all that can change a verdict but the model's version.",
     [](Writer& w, const JudgeWork& one) { w.value(one.definition); }},
    {"model", "string", "As it is asked for.",
     [](Writer& w, const JudgeWork& one) { w.value(one.judge->model.name); }},
    {"rate", "number", "Probability with which an interaction without a reason is judged.",
     [](Writer& w, const JudgeWork& one) { w.value(one.judge->sample.rate); }},
    {"usd_per_day", "number", "What it may cost a day; null: no limit.",
     [](Writer& w, const JudgeWork& one) { w.value(one.judge->sample.usd_per_day); }},
    {"today", "object", "Requests, tokens and dollars since midnight UTC; possible: no reply came.",
     [](Writer& w, const JudgeWork& one) { write_spending(w, one.today); }},
    {"total", "object", "The same since the beginning.",
     [](Writer& w, const JudgeWork& one) { write_spending(w, one.total); }},
    {"due", "integer", "Judgements in the queue, sentinels included.",
     [](Writer& w, const JudgeWork& one) { w.value(one.counts.due); }},
    {"in_flight", "integer", "Asked, and not answered yet.",
     [](Writer& w, const JudgeWork& one) { w.value(one.counts.in_flight); }},
    {"scored", "integer", "Judgements with a score.",
     [](Writer& w, const JudgeWork& one) { w.value(one.counts.scored); }},
    {"from_cache", "integer", "Of all, those that the same content had answered.",
     [](Writer& w, const JudgeWork& one) { w.value(one.counts.from_cache); }},
    {"unscored", "object", "Asked without a score, by reason.",
     [](Writer& w, const JudgeWork& one) { write_reasons(w, one.counts.unscored); }},
    {"left_out", "object", "Never asked, by reason: money, time, nothing to judge.",
     [](Writer& w, const JudgeWork& one) { write_reasons(w, one.counts.left_out); }},
    {"waits", "string", "Why it waits now; empty if it does not.",
     [](Writer& w, const JudgeWork& one) { w.value(one.waits); }},
    {"sentinels", "object", "How the watch over the judge stands, and its last run.",
     [](Writer& w, const JudgeWork& one) {
         const analyse::WatchStatus& watch = one.watch;
         w.begin_object().key("state").value(watch.state).key("why").value(watch.why);
         w.key("items").value(std::uint64_t{watch.items}).key("frozen");
         write_time(w, watch.frozen);
         w.key("flip_rate").value(watch.flip_rate).key("last_run");
         write_time(w, watch.last_run);
         w.key("last");
         if (watch.last) {
             w.begin_object().key("run").value(to_word(watch.last->run));
             w.key("scored").value(watch.last->scored).key("flips").value(watch.last->flips.flips);
             w.key("alarm_at").value(watch.last->flips.alarm_at).end_object();
         } else {
             w.null();
         }
         w.end_object();
     }},
};

template <class Map>
auto found_in(const Map& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

HttpAnswer answer(const Call& call) {
    const ApiParts& parts = call.api.parts();
    Writer w;
    w.begin_object().key("judges").begin_array();
    if (parts.judge_ledger != nullptr) {
        const UnixNanos now = parts.clock.now(), today = now - now % day;
        const auto counts = parts.judge_ledger->counts();
        if (!counts) return store_answer(counts.error());
        const auto spent = parts.judge_ledger->spending(today, today + day);
        if (!spent) return store_answer(spent.error());
        const auto total = parts.judge_ledger->spending(0, today + day);
        if (!total) return store_answer(total.error());
        const auto watched =
            parts.judge_watch ? parts.judge_watch->status() : std::vector<analyse::WatchStatus>{};
        std::set<const evaluate::Judge*> told;
        for (const auto& dimension : call.api.deployment().scorecard->dimensions)
            for (const auto& at_work : dimension.judges) {
                JudgeWork work{.judge = at_work.judge.get()};
                if (!told.insert(work.judge).second) continue;
                work.definition = evaluate::definition_hash(*work.judge);
                work.counts = found_in(*counts, work.definition);
                work.today = found_in(*spent, work.definition);
                work.total = found_in(*total, work.definition);
                if (parts.judge_waits) work.waits = parts.judge_waits(work.judge->name);
                const auto watch =
                    std::ranges::find(watched, work.judge->name, &analyse::WatchStatus::judge);
                if (watch != watched.end()) work.watch = *watch;
                w.begin_object();
                write_columns(w, columns, work);
                w.end_object();
            }
    }
    w.end_array().end_object();
    return json_answer(w);
}

}  // namespace

const Route judges_route{
    .path = "/api/v1/judges",
    .says = "Every judge: what it costs, what waits, what failed and why, and its sentinels.",
    .takes_filter = false,
    .takes = {},
    .answer = answer,
    .schema = [](Writer& w) {
        w.key("judges").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, columns);
        w.end_object().end_object().end_object();
    }};

}  // namespace plimsoll::show
