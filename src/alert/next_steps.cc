#include "alert/next_steps.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "alert/incident.h"
#include "alert/message.h"
#include "base/hash.h"

namespace plimsoll::alert {

namespace {

using record::AlertEvent;
using record::AlertStep;
using record::Finding;
using record::FindingKind;
using record::Urgency;

/// News of a change may still belong to an alert that was closed so long ago.
constexpr UnixNanos closed_joins = 30 * 86'400 * nanos_per_second;

bool is_critical(const Finding& finding, const Policy& policy) {
    if (!finding.worse) return false;
    const auto dimension = policy.dimensions.find(finding.dimension);
    const double limit = dimension == policy.dimensions.end() ? DimensionPolicy{}.critical
                                                              : dimension->second.critical;
    if (finding.kind == FindingKind::latency_drift || finding.kind == FindingKind::cost_drift)
        return finding.before > 0 && std::abs(finding.change) >= 5 * limit * finding.before;
    return std::abs(finding.change) >= limit;
}

/// The loudest of what passed the gate, and no louder than the team wants.
struct Loudness {
    Urgency urgency = Urgency::silent;
    bool critical = false;
};

class Stepper {
  public:
    explicit Stepper(const Situation& situation) : s_(situation) {
        for (const Finding& finding : s_.findings) by_id_[finding.id] = &finding;
        for (const Alert& alert : s_.alerts)
            for (const std::string& id : alert.findings) alert_of_[id] = &alert;
    }

    Steps take() {
        for (const Alert& alert : s_.alerts) look_after(alert);
        join_and_open();
        for (const Alert& alert : s_.alerts) escalate(alert);
        return std::move(steps_);
    }

  private:
    std::vector<const Finding*> known(const std::vector<std::string>& ids) const {
        std::vector<const Finding*> found;
        for (const std::string& id : ids)
            if (const auto at = by_id_.find(id); at != by_id_.end()) found.push_back(at->second);
        return found;
    }

    Loudness loudness(const std::vector<const Finding*>& findings) const {
        Loudness loud;
        for (const Finding* finding : findings) {
            Urgency urgency = passage(*finding, s_.standings).urgency;
            const auto dimension = s_.policy.dimensions.find(finding->dimension);
            if (dimension != s_.policy.dimensions.end() && !dimension->second.page)
                urgency = Urgency::silent;
            loud.urgency = std::max(loud.urgency, urgency);
            loud.critical =
                loud.critical || (urgency == Urgency::page && is_critical(*finding, s_.policy));
        }
        return loud;
    }

    /// An event of this moment, its owner asked.
    AlertEvent event(const std::string& alert, AlertStep step, const Owner& owner, Loudness loud,
                     std::vector<std::string> findings) const {
        AlertEvent event{.alert = alert,
                         .time = s_.now,
                         .step = step,
                         .by = "",
                         .says = "",
                         .owner = owner.name,
                         .urgency = loud.urgency,
                         .critical = loud.critical,
                         .findings = std::move(findings),
                         .asked = "",
                         .told = s_.now,
                         .channels = {},
                         .decision = "",
                         .link = ""};
        if (loud.urgency == Urgency::silent) return event;
        event.channels = owner.notify;
        if (loud.urgency >= Urgency::ticket) event.asked = person_on_call(owner, s_.now);
        const bool breaks_through =
            loud.critical && owner.quiet && owner.quiet->critical_breaks_through;
        if (owner.quiet && !breaks_through) event.told = end_of_quiet(*owner.quiet, s_.now);
        return event;
    }

    const Owner* owner_named(const std::string& name) const {
        const auto found = s_.policy.owners.find(name);
        return found == s_.policy.owners.end() ? nullptr : &found->second;
    }

    /// Recovered, or come again.
    void look_after(const Alert& alert) {
        const auto findings = known(alert.findings);
        const Owner* owner = owner_named(alert.owner);
        if (findings.empty() || !owner) return;
        const bool over = std::ranges::all_of(
            findings, [](const Finding* one) { return one->ended.has_value(); });
        if (over && !alert.recovered) {
            AlertEvent back = event(alert.id, AlertStep::recovered, *owner,
                                    {alert.urgency, alert.critical}, alert.findings);
            back.asked.clear();
            back.says = "everything found is back to what it was";
            add_step(alert, std::move(back), s_, steps_);
        } else if (!over && alert.state == AlertState::recovered) {
            const Loudness loud = loudness(findings);
            if (loud.urgency == Urgency::silent) return;
            AlertEvent again = event(alert.id, AlertStep::reopened, *owner, loud, alert.findings);
            again.says = "it moved again";
            add_step(alert, std::move(again), s_, steps_);
        }
    }

    /// Findings that belong to no alert yet, beside those that do, owner by owner.
    void join_and_open() {
        std::map<std::string, std::vector<const Finding*>> of_owner;
        for (const Finding& finding : s_.findings) {
            const auto at = alert_of_.find(finding.id);
            const bool told = at != alert_of_.end();
            if (told && at->second->closed() && at->second->changed < s_.now - closed_joins)
                continue;
            if (!told && passage(finding, s_.standings).urgency == Urgency::silent) continue;
            const Owner* owner =
                told ? owner_named(at->second->owner) : owner_of(finding, s_.policy);
            if (owner) of_owner[owner->name].push_back(&finding);
        }
        for (const auto& [owner, findings] : of_owner)
            for (const auto& group : incidents(findings)) {
                std::vector<const Finding*> fresh;
                for (const std::size_t at : group)
                    if (!alert_of_.contains(findings[at]->id)) fresh.push_back(findings[at]);
                std::vector<const Finding*> all;
                for (const std::size_t at : group) all.push_back(findings[at]);
                const Alert* alert = alert_to_join(all, fresh);
                if (alert)
                    update(*alert, fresh);
                else if (!fresh.empty())
                    open(*owner_named(owner), std::move(fresh));
            }
    }

    /// The oldest alert of the group that the fresh findings are news of: one that is not closed,
    /// or whose change began before it was.
    const Alert* alert_to_join(const std::vector<const Finding*>& group,
                               const std::vector<const Finding*>& fresh) const {
        const Alert* oldest = nullptr;
        for (const Finding* finding : group) {
            const auto at = alert_of_.find(finding->id);
            if (at == alert_of_.end()) continue;
            const Alert& alert = *at->second;
            const UnixNanos closed =
                alert.decided ? *alert.decided : alert.recovered.value_or(s_.now);
            const bool later = std::ranges::any_of(
                fresh, [&](const Finding* one) { return one->since_earliest > closed; });
            if (alert.closed() && later) continue;
            if (!oldest || alert.opened < oldest->opened) oldest = &alert;
        }
        return oldest;
    }

    void update(const Alert& alert, const std::vector<const Finding*>& fresh) {
        const Owner* owner = owner_named(alert.owner);
        if (!owner || alert.closed()) return;  // What comes late to a closed alert is not news.
        std::vector<const Finding*> all = known(alert.findings);
        all.insert(all.end(), fresh.begin(), fresh.end());
        const Loudness loud = loudness(all);
        const bool louder = loud.urgency > alert.urgency || (loud.critical && !alert.critical);
        const bool soon = s_.now < alert.told + update_gap;
        if (!louder && (fresh.empty() || soon)) return;
        std::vector<std::string> ids = alert.findings;
        for (const Finding* one : fresh) ids.push_back(one->id);
        AlertEvent more =
            event(alert.id, AlertStep::updated, *owner,
                  {std::max(loud.urgency, alert.urgency), loud.critical || alert.critical},
                  std::move(ids));
        if (loud.urgency <= alert.urgency) more.asked = alert.asked;
        more.says = fresh.empty() ? "it is worse than it was"
                                  : fmt::format("{} more of the same change", fresh.size());
        add_step(alert, std::move(more), s_, steps_);
    }

    void open(const Owner& owner, std::vector<const Finding*> findings) {
        // The strongest evidence speaks for the rest; the id decides between equals.
        std::ranges::sort(findings, [](const Finding* a, const Finding* b) {
            return std::tuple(a->slice.size(), -a->level, a->id) <
                   std::tuple(b->slice.size(), -b->level, b->id);
        });
        std::vector<std::string> ids;
        for (const Finding* one : findings) ids.push_back(one->id);
        Alert alert;
        alert.id = fmt::format("{:016x}", hash64(owner.name, hash64("alert" + ids.front())));
        const bool taken = std::ranges::any_of(
            s_.alerts, [&](const Alert& other) { return other.id == alert.id; });
        if (taken) return;
        AlertEvent opened =
            event(alert.id, AlertStep::opened, owner, loudness(findings), std::move(ids));
        opened.says = findings.front()->says;
        add_step(std::move(alert), std::move(opened), s_, steps_);
    }

    /// With what happened to it in this round.
    Alert after_this_round(const Alert& alert) const {
        std::vector<AlertEvent> events = alert.events;
        for (const AlertEvent& event : steps_.events)
            if (event.alert == alert.id) events.push_back(event);
        return fold(events).front();
    }

    void escalate(const Alert& before) {
        const Alert alert = after_this_round(before);
        if (alert.state != AlertState::open || alert.urgency != Urgency::page) return;
        const Owner* owner = owner_named(alert.owner);
        if (!owner || alert.escalations >= owner->escalate.size()) return;
        const UnixNanos patience = owner->acknowledge_within.count() * 1'000'000;
        if (s_.now < alert.asked_at + patience) return;
        // Nobody is woken for what is no longer trusted, or over.
        const Loudness loud = loudness(known(alert.findings));
        if (loud.urgency != Urgency::page) return;
        AlertEvent step = event(alert.id, AlertStep::escalated, *owner, loud, alert.findings);
        step.critical = alert.critical;
        const Escalation kind = owner->escalate[alert.escalations];
        if (kind == Escalation::fallback) {
            step.channels = owner->fallback;
            step.asked = alert.asked;
            step.says = fmt::format("{} did not acknowledge: the fallback is told", alert.asked);
        } else {
            const auto nexts = std::ranges::count(
                owner->escalate.begin(),
                owner->escalate.begin() + static_cast<std::ptrdiff_t>(alert.escalations) + 1,
                Escalation::next);
            step.asked = person_on_call(*owner, s_.now, static_cast<std::size_t>(nexts));
            step.says = fmt::format("{} did not acknowledge: {} is asked", alert.asked, step.asked);
        }
        add_step(alert, std::move(step), s_, steps_);
    }

    const Situation& s_;
    std::map<std::string, const Finding*> by_id_;
    std::map<std::string, const Alert*> alert_of_;
    Steps steps_;
};

}  // namespace

Steps next_steps(const Situation& situation) {
    return Stepper(situation).take();
}

const Owner* owner_of(const Finding& finding, const Policy& policy) {
    const auto dimension = policy.dimensions.find(finding.dimension);
    const auto owner = policy.owners.find(
        dimension == policy.dimensions.end() ? policy.owner_of_the_rest : dimension->second.owner);
    return owner == policy.owners.end() ? nullptr : &owner->second;
}

void add_step(Alert alert, AlertEvent event, const Situation& situation, Steps& steps) {
    std::vector<AlertEvent> events = alert.events;
    const std::vector<std::string> told_before = alert.channels;
    events.push_back(event);
    const std::vector<Alert> folded = fold(events);
    if (folded.empty()) return;
    const Alert& after = folded.front();
    steps.events.push_back(event);
    if (after.urgency == Urgency::silent) return;

    std::vector<const Finding*> findings;
    for (const std::string& id : after.findings)
        for (const Finding& one : situation.findings)
            if (one.id == id) findings.push_back(&one);
    if (findings.empty()) return;
    // A fallback is told alone; all else goes to everybody who heard of the alert.
    const auto& channels = event.step == AlertStep::escalated ? event.channels : after.channels;
    Message message = message_of(after, event, findings, situation.policy);
    const UnixNanos told = std::max(event.told, event.time);
    for (const std::string& channel : channels) {
        const auto policy = situation.policy.channels.find(channel);
        const ChannelPolicy how =
            policy == situation.policy.channels.end() ? ChannelPolicy{} : policy->second;
        if (event.step == AlertStep::acknowledged && !how.hears_acknowledgements) continue;
        if (event.step == AlertStep::decided && !how.hears_decisions) continue;
        message.id = content_version(
            fmt::format("{}\n{}\n{}\n{}", after.id, to_word(event.step), event.time, channel));
        steps.notifications.push_back({.id = message.id,
                                       .alert = after.id,
                                       .channel = channel,
                                       .step = event.step,
                                       .created = event.time,
                                       .due = told,
                                       .message = to_json(message),
                                       .repeat = message.active ? how.repeat : 0});
    }
}

}  // namespace plimsoll::alert
