#include "show/metrics.h"

#include <fmt/format.h>

#include "alert/alert_book.h"
#include "record/judge_ledger.h"

namespace plimsoll::show {

namespace {

constexpr UnixNanos hour = 3'600 * nanos_per_second, day = 24 * hour;

double as_double(std::uint64_t count) {
    return static_cast<double>(count);
}

class Collector {
  public:
    void one(std::string_view name, std::string_view type, std::string_view help, double value) {
        families_.push_back({name, type, help, {{{}, value}}});
    }
    std::vector<Sample>& many(std::string_view name, std::string_view type, std::string_view help) {
        families_.push_back({name, type, help, {}});
        return families_.back().samples;
    }
    std::vector<Family> take() { return std::move(families_); }

  private:
    std::vector<Family> families_;
};

void collect_intake(Collector& c, const record::IntakeCounts& counts, const LiveStatus& live) {
    c.one("plimsoll_intake_requests_total", "counter", "OTLP requests that were answered.",
          as_double(counts.requests));
    c.one("plimsoll_intake_bytes_total", "counter", "Bytes of their bodies, inflated.",
          as_double(counts.bytes));
    auto& spans = c.many("plimsoll_intake_spans_total", "counter",
                         "Spans, by what became of them; withheld: no consent to keep them.");
    spans.push_back({{{"outcome", "accepted"}}, as_double(counts.spans_accepted)});
    spans.push_back({{{"outcome", "rejected"}}, as_double(counts.spans_rejected)});
    spans.push_back({{{"outcome", "withheld"}}, as_double(counts.spans_withheld)});
    auto& refused = c.many("plimsoll_intake_refused_requests_total", "counter",
                           "Requests that were not taken, by reason.");
    refused.push_back({{{"reason", "malformed"}}, as_double(counts.malformed)});
    refused.push_back({{{"reason", "too_large"}}, as_double(counts.too_large)});
    refused.push_back({{{"reason", "come_back"}}, as_double(counts.come_back)});
    c.one("plimsoll_intake_repaired_strings_total", "counter",
          "Strings that were not UTF-8 and were repaired.", as_double(counts.strings_repaired));
    c.one("plimsoll_intake_protected_texts_total", "counter",
          "Texts in which personal data or secrets were replaced.",
          as_double(counts.texts_protected));
    c.one("plimsoll_byte_budget_used_bytes", "gauge", "Bytes of requests held now.",
          as_double(live.budget_used));
    c.one("plimsoll_byte_budget_max_bytes", "gauge", "Bytes of requests that may be held.",
          as_double(live.budget_bytes_max));
    c.one("plimsoll_open_traces", "gauge", "Traces that still gather spans.",
          as_double(live.open_traces));
    c.one("plimsoll_notices", "gauge", "What was set aside or damaged at the start.",
          as_double(live.notices.size()));
}

void collect_journal(Collector& c, const record::JournalStatus& journal, const LiveStatus& live) {
    c.one("plimsoll_journal_rows", "gauge", "Rows of the journal: bodies acknowledged.",
          as_double(journal.rows));
    c.one("plimsoll_journal_commits_total", "counter", "Group commits since the start.",
          as_double(journal.commits));
    c.one("plimsoll_journal_raw_bytes", "gauge", "Bytes of the journal before compression.",
          as_double(journal.raw_bytes));
    c.one("plimsoll_journal_disk_bytes", "gauge", "Bytes of the journal on the disk.",
          as_double(journal.disk_bytes));
    c.one("plimsoll_journal_refusing", "gauge", "1 while the journal takes nothing.",
          journal.refusing.empty() ? 0 : 1);
    c.one("plimsoll_journal_damaged_stretches", "gauge", "Stretches of rows that are lost.",
          as_double(journal.damage.size()));
    c.one("plimsoll_facts_lag_rows", "gauge",
          "Rows of the journal that the facts have not read yet.",
          journal.head_seq > live.read_seq ? as_double(journal.head_seq - live.read_seq) : 0);
}

bool collect_facts(Collector& c, const ApiParts& parts) {
    const auto facts = parts.facts.status();
    if (!facts) return false;
    c.one("plimsoll_facts_interactions", "gauge", "Interactions known.",
          as_double(facts->interactions));
    c.one("plimsoll_facts_spans", "gauge", "Spans known.", as_double(facts->spans));
    c.one("plimsoll_facts_scores", "gauge", "Scores known.", as_double(facts->scores));
    c.one("plimsoll_facts_disk_bytes", "gauge", "Bytes of the facts on the disk.",
          as_double(facts->disk_bytes));
    record::Filter last_hour;
    last_hour.from = parts.clock.now() - hour;
    const auto sums = parts.facts.score_sums(last_hour);
    if (!sums) return false;
    auto& scores = c.many("plimsoll_evaluator_verdicts", "gauge",
                          "Verdicts on interactions that began within the last hour.");
    for (const record::ScoreSums& one : *sums) {
        if (one.evaluator.empty()) continue;
        const auto add = [&](const char* outcome, std::uint64_t count) {
            scores.push_back(
                {{{"dimension", one.dimension}, {"evaluator", one.evaluator}, {"outcome", outcome}},
                 as_double(count)});
        };
        add("scored", one.scored);
        add("unscored", one.unscored);
    }
    return true;
}

bool collect_alerts(Collector& c, alert::AlertBook& book) {
    const auto page = book.read();
    const auto outbox = book.log().pending();
    if (!page || !outbox) return false;
    std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> counts;
    for (const auto state : {alert::AlertState::open, alert::AlertState::acknowledged})
        for (const record::Urgency urgency : record::urgencies)
            counts[{to_word(state), to_word(urgency)}] = 0;
    for (const alert::Entry& entry : page->alerts)
        if (!entry.alert.closed())
            ++counts[{to_word(entry.alert.state), to_word(entry.alert.urgency)}];
    auto& alerts = c.many("plimsoll_alerts", "gauge", "Alerts that are not recovered or decided.");
    for (const auto& [what, count] : counts)
        alerts.push_back(
            {{{"state", std::string(what.first)}, {"urgency", std::string(what.second)}},
             as_double(count)});
    c.one("plimsoll_withheld_findings", "gauge",
          "Findings that reach nobody, since their evaluator is not trusted.",
          as_double(page->withheld.size()));
    auto& pending = c.many("plimsoll_outbox_pending_notifications", "gauge",
                           "Notifications that a channel has not taken yet, or is told again.");
    for (const auto& [channel, count] : *outbox)
        pending.push_back({{{"channel", channel}}, as_double(count)});
    return true;
}

bool collect_judges(Collector& c, record::JudgeLedger& ledger, UnixNanos now) {
    const auto spending = ledger.spending(now / day * day, now + 1);
    const auto counts = ledger.counts();
    if (!spending || !counts) return false;
    auto& usd = c.many("plimsoll_judge_spent_today_usd", "gauge",
                       "What a judge has cost since midnight UTC; possible: asked, and the reply "
                       "never came.");
    for (const auto& [judge, spent] : *spending) {
        usd.push_back({{{"judge", judge}, {"paid", "certain"}}, spent.usd});
        usd.push_back({{{"judge", judge}, {"paid", "possible"}}, spent.usd_possible});
    }
    auto& waiting = c.many("plimsoll_judgements", "gauge",
                           "Judgements wanted of a judge, by where they stand.");
    for (const auto& [judge, one] : *counts) {
        std::uint64_t unscored = 0, left_out = 0;
        for (const auto& [reason, count] : one.unscored) unscored += count;
        for (const auto& [reason, count] : one.left_out) left_out += count;
        const auto add = [&](const char* state, std::uint64_t count) {
            waiting.push_back({{{"judge", judge}, {"state", state}}, as_double(count)});
        };
        add("due", one.due);
        add("in_flight", one.in_flight);
        add("scored", one.scored);
        add("unscored", unscored);
        add("left_out", left_out);
    }
    return true;
}

/// `quote` too where it stands between quotes.
std::string escaped(std::string_view text, bool quote) {
    std::string safe;
    for (const char c : text) {
        if (c == '\\')
            safe += "\\\\";
        else if (c == '\n')
            safe += "\\n";
        else if (c == '"' && quote)
            safe += "\\\"";
        else
            safe += c;
    }
    return safe;
}

}  // namespace

std::vector<Family> metrics_of(Api& api) {
    Collector c;
    ApiParts& parts = api.parts();
    const LiveStatus live = parts.live();
    c.many("plimsoll_build_info", "gauge", "1, with what this server is made of.")
        .push_back({{{"version", api.deployment().version},
                     {"configuration", api.deployment().configuration}},
                    1});
    c.one("plimsoll_start_time_seconds", "gauge", "When this server started, Unix time.",
          static_cast<double>(api.deployment().started) / 1e9);
    collect_intake(c, parts.intake, live);
    collect_journal(c, parts.journal.status(), live);
    bool all = collect_facts(c, parts);
    if (parts.alerts) all = collect_alerts(c, *parts.alerts) && all;
    if (parts.judge_ledger) all = collect_judges(c, *parts.judge_ledger, parts.clock.now()) && all;
    c.one("plimsoll_stores_up", "gauge",
          "0 if a store did not answer, and its figures are missing.", all ? 1 : 0);
    return c.take();
}

std::string metrics_text(const std::vector<Family>& families) {
    std::string text;
    for (const Family& family : families) {
        if (family.samples.empty()) continue;
        text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", family.name,
                            escaped(family.help, false), family.name, family.type);
        for (const Sample& sample : family.samples) {
            text += family.name;
            std::string labels;
            for (const auto& [name, value] : sample.labels)
                labels += fmt::format("{}{}=\"{}\"", labels.empty() ? "" : ",", name,
                                      escaped(value, true));
            if (!labels.empty()) text += "{" + labels + "}";
            text += fmt::format(" {}\n", sample.value);
        }
    }
    return text;
}

HttpAnswer metrics_answer(Api& api) {
    HttpAnswer answer;
    answer.type = "text/plain; version=0.0.4; charset=utf-8";
    answer.body = metrics_text(metrics_of(api));
    return answer;
}

}  // namespace plimsoll::show
