#include "alert/alert_book.h"

#include <algorithm>
#include <set>

#include "base/json.h"

namespace plimsoll::alert {

using record::AlertEvent;
using record::AlertStep;

struct AlertBook::Seen {
    std::vector<Alert> alerts;
    std::vector<record::Finding> findings;
    std::vector<Standing> standings;
};

AlertBook::AlertBook(Parts parts, Policy policy, std::string configuration,
                     std::function<void()> told)
    : parts_(parts),
      policy_(std::move(policy)),
      configuration_(std::move(configuration)),
      told_(std::move(told)) {}

void AlertBook::set_page_url(std::string url) {
    const std::scoped_lock lock(mutex_);
    policy_.page_url = std::move(url);
}

Result<AlertBook::Seen> AlertBook::look() {
    const auto events = parts_.log.events();
    if (!events) return events.error();
    auto findings = parts_.findings.all();
    if (!findings) return findings.error();
    Seen seen{fold(*events), std::move(*findings), {}};
    // Trust costs a bootstrap now and then; without a finding that it decides on nobody asks.
    const bool asked = std::ranges::any_of(
        seen.findings, [](const record::Finding& one) { return one.pages && !one.ended; });
    if (parts_.trust && asked) {
        const auto page = parts_.trust->read();
        if (!page) return page.error();
        seen.standings = standings_of((*page)->evaluators);
    }
    return seen;
}

Result<Done> AlertBook::write(const Steps& steps) {
    if (!steps.events.empty()) {
        if (auto done = parts_.log.append(steps.events, steps.notifications); !done) return done;
        if (told_) told_();
    }
    return keep_trail();
}

Result<Done> AlertBook::step() {
    const std::scoped_lock lock(mutex_);
    const auto seen = look();
    if (!seen) return seen.error();
    return write(
        next_steps({seen->alerts, seen->findings, seen->standings, policy_, parts_.clock.now()}));
}

Result<AlertPage> AlertBook::read() {
    const std::scoped_lock lock(mutex_);
    auto seen = look();
    if (!seen) return seen.error();
    AlertPage page;
    std::set<std::string> told;
    for (auto alert = seen->alerts.rbegin(); alert != seen->alerts.rend(); ++alert) {
        Entry entry{std::move(*alert), {}, {}};
        std::vector<const record::Finding*> findings;
        for (const std::string& id : entry.alert.findings) {
            told.insert(id);
            const auto found = std::ranges::find(seen->findings, id, &record::Finding::id);
            if (found == seen->findings.end()) continue;
            entry.findings.push_back(*found);
            findings.push_back(&*found);
        }
        if (!findings.empty()) entry.story = story_of(entry.alert, findings, policy_);
        page.alerts.push_back(std::move(entry));
    }
    for (record::Finding& finding : seen->findings) {
        Passage way = passage(finding, seen->standings);
        if (way.withheld && !told.contains(finding.id))
            page.withheld.push_back({std::move(finding), std::move(way)});
    }
    return page;
}

Result<std::variant<Alert, Refused>> AlertBook::acknowledge(const std::string& alert,
                                                            const std::string& by) {
    if (std::string fault = fault_of_name(by); !fault.empty())
        return std::variant<Alert, Refused>(Refused{Refused::Fault::wrong, std::move(fault)});
    AlertEvent event;
    event.step = AlertStep::acknowledged;
    event.by = by;
    event.says = by + " has taken it";
    return add(alert, std::move(event));
}

Result<std::variant<Alert, Refused>> AlertBook::decide(const std::string& alert,
                                                       const Decision& decision) {
    if (std::string fault = fault_of(decision); !fault.empty())
        return std::variant<Alert, Refused>(Refused{Refused::Fault::wrong, std::move(fault)});
    AlertEvent event;
    event.step = AlertStep::decided;
    event.by = decision.by;
    event.says = decision.reason;
    event.decision = decision.kind;
    event.link = decision.link;
    return add(alert, std::move(event));
}

Result<std::variant<Alert, Refused>> AlertBook::add(const std::string& id, AlertEvent event) {
    using Answer = std::variant<Alert, Refused>;
    const std::scoped_lock lock(mutex_);
    const auto seen = look();
    if (!seen) return seen.error();
    const auto alert = std::ranges::find(seen->alerts, id, &Alert::id);
    if (alert == seen->alerts.end())
        return Answer(Refused{Refused::Fault::unknown, "no alert has this id"});
    if (event.step == AlertStep::acknowledged) {
        if (alert->state == AlertState::acknowledged) return Answer(*alert);
        if (alert->closed())
            return Answer(Refused{Refused::Fault::closed,
                                  "the alert is " + std::string(to_word(alert->state))});
    }
    event.alert = id;
    event.time = parts_.clock.now();
    Steps steps;
    add_step(*alert, event, {seen->alerts, seen->findings, seen->standings, policy_, event.time},
             steps);
    if (auto done = write(steps); !done) return done.error();
    std::vector<AlertEvent> events = alert->events;
    events.push_back(event);
    return Answer(fold(events).front());
}

/// Records follow events: whatever of them is not in the trail yet is appended, in their order. So
/// a crash between the two leaves nothing out and puts nothing in twice.
Result<Done> AlertBook::keep_trail() {
    if (!parts_.records) return Done{};
    if (!kept_) {
        std::uint64_t last = 0;
        const auto read = parts_.records->for_each(1, [&](const record::RunRecord& one) {
            if (one.kind != "alert" && one.kind != "decision") return;
            const auto result = json::Document::parse(one.result);
            const auto event = result ? result->root().find("event") : std::nullopt;
            if (event) last = std::max(last, event->as_unsigned().value_or(0));
        });
        if (!read) return read.error();
        kept_ = last;
    }
    const auto events = parts_.log.events();
    if (!events) return events.error();
    for (const AlertEvent& event : *events) {
        if (event.seq <= *kept_) continue;
        json::Writer result;
        result.begin_object().key("event").value(event.seq).key("step").value(to_word(event.step));
        result.key("says").value(event.says).key("by").value(event.by);
        if (event.step == AlertStep::decided)
            result.key("decision").value(event.decision).key("link").value(event.link);
        if (!event.findings.empty()) {
            result.key("owner").value(event.owner).key("urgency").value(to_word(event.urgency));
            result.key("findings").begin_array();
            for (const std::string& id : event.findings) result.value(id);
            result.end_array();
        }
        record::RunRecord record;
        record.time = event.time;
        record.kind = event.step == AlertStep::decided ? "decision" : "alert";
        record.subject = event.alert;
        record.tuple = "{}";
        record.configuration = configuration_;
        record.methods = R"({"alert":1})";
        record.result = result.end_object().take();
        const auto kept = parts_.records->append(std::move(record));
        if (!kept) return kept.error();
        kept_ = event.seq;
    }
    return Done{};
}

}  // namespace plimsoll::alert
