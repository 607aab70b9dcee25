#include "analyse/calibration/judge_watch.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "analyse/calibration/relabel_requests.h"

namespace plimsoll::analyse {

namespace {

using record::JudgementState;
using record::KnownJudgement;
using record::TrustEvent;
using record::TrustStep;

/// Sentinels are few, and a late run is a void one.
constexpr std::int64_t before_all_traffic = std::int64_t{1} << 40;
/// A judge that cannot be watched is looked at again after so many runs.
constexpr int runs_until_another_try = 30;
constexpr std::size_t pool_per_item = 20;  ///< Judged interactions to choose a sentinel from.
constexpr std::size_t bridge_items_max = 400, flips_asked_max = 60;
constexpr std::size_t relabel_pool = 4'000;
constexpr UnixNanos ask_every = 60 * nanos_per_second;
constexpr UnixNanos bridge_patience = 86'400 * nanos_per_second;
constexpr UnixNanos flips_patience = 30 * bridge_patience;

UnixNanos nanos(std::chrono::milliseconds duration) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count();
}

/// "sentinel TIME freeze 01" → TIME; 0 if it is none.
UnixNanos time_of(std::string_view occasion) {
    occasion.remove_prefix(std::min(occasion.size(), std::string_view("sentinel ").size()));
    return from_iso8601(occasion.substr(0, occasion.find(' '))).value_or(0);
}

bool is_freeze(std::string_view occasion) {
    return occasion.find(" freeze ") != occasion.npos;
}

std::vector<TraceId> traces_of(const std::vector<KnownJudgement>& judgements) {
    std::set<TraceId> traces;
    for (const KnownJudgement& one : judgements) traces.insert(one.judgement.interaction);
    return {traces.begin(), traces.end()};
}

const EvaluatorReport* report_of(const TrustPage& page,
                                 const record::JudgeInDimensions::Place& place) {
    for (const EvaluatorReport& one : page.evaluators)
        if (one.name.dimension == place.dimension && one.name.evaluator == place.evaluator)
            return &one;
    return nullptr;
}

/// The last suspension of an evaluator, and how often it was followed by a comparison.
struct Suspension {
    UnixNanos since = 0;
    int compared = 0;
};
Suspension suspension_of(const std::vector<TrustEvent>& events,
                         const record::JudgeInDimensions::Place& place) {
    Suspension last;
    for (const TrustEvent& event : events) {
        if (event.dimension != place.dimension || event.evaluator != place.evaluator) continue;
        if (event.step == TrustStep::suspended) last = {event.since, 0};
        if (event.step == TrustStep::compared && event.since == last.since) ++last.compared;
    }
    return last;
}

/// What people said of one item, unsure ones left out.
struct Said {
    double sum = 0;
    int labels = 0;
};
Result<std::map<TraceId, Said>> people_of(record::Labels& labels, const std::string& dimension,
                                          const std::string& rubric) {
    const auto all = labels.labels({.dimension = dimension, .annotator = {}, .interaction = {}});
    if (!all) return all.error();
    std::map<TraceId, Said> said;
    for (const record::Label& label : *all)
        if (label.score && (label.rubric.empty() || label.rubric == rubric)) {
            Said& of = said[label.interaction];
            of.sum += *label.score;
            ++of.labels;
        }
    return said;
}

}  // namespace

JudgeWatch::JudgeWatch(record::JudgeLedger& ledger, record::Facts& facts, record::Labels& labels,
                       record::TrustLog& log, TrustBook& book, const Clock& clock,
                       std::vector<record::JudgeInDimensions> judges)
    : ledger_(ledger), facts_(facts), labels_(labels), log_(log), book_(book), clock_(clock) {
    for (record::JudgeInDimensions& judge : judges) {
        Watched& one = watched_.emplace_back();
        one.status.judge = judge.name;
        one.status.state = judge.sentinels.items == 0 ? "off" : "waits";
        one.judge = std::move(judge);
    }
}

std::vector<WatchStatus> JudgeWatch::status() const {
    const std::scoped_lock lock(mutex_);
    return status_;
}

Result<Done> JudgeWatch::step() {
    const UnixNanos now = clock_.now();
    for (Watched& one : watched_)
        if (one.judge.sentinels.items > 0)
            if (auto done = step(one, now); !done) return done;
    const std::scoped_lock lock(mutex_);
    status_.clear();
    for (const Watched& one : watched_) status_.push_back(one.status);
    return Done{};
}

Result<Done> JudgeWatch::step(Watched& one, UnixNanos now) {
    if (!one.loaded)
        if (auto loaded = load(one, now); !loaded) return loaded;
    const UnixNanos every = nanos(one.judge.sentinels.every);
    const UnixNanos slot = now - now % every;
    if (one.freezing) {
        const auto scorings =
            ledger_.asked_on(one.judge.definition, freeze_occasion(*one.freezing, 1),
                             run_occasion(*one.freezing) + "!");
        if (!scorings) return scorings.error();
        if (is_over(*scorings)) take_freeze(one, *scorings);
    } else if (one.running) {
        const std::string occasion = run_occasion(*one.running);
        const auto run = ledger_.asked_on(one.judge.definition, occasion, occasion + " ");
        if (!run) return run.error();
        if (is_over(*run) || slot > *one.running) {
            const UnixNanos started = *one.running;
            take_run(one, started, *run);
            if (one.change && one.change->run == started)
                if (auto done = suspend(one, now); !done) return done;
        }
    } else if (!one.epoch) {
        if (now >= one.refused_until)
            if (auto begun = begin_freeze(one, slot); !begun) return begun;
    } else if (slot > one.last) {
        if (auto wanted = want(one, one.items, {run_occasion(slot)}, now); !wanted) return wanted;
        one.running = one.last = slot;
    }
    if (one.change && !one.change->twice) {
        const auto read = read_bridge(one, now);
        if (!read) return read.error();
        if (*read) one.asked = 0;  // At once.
    }
    if (now < one.asked + ask_every) return Done{};
    one.asked = now;
    if (one.change && one.change->twice)
        if (auto done = compare(one, now); !done) return done;
    return relabel(one, now);
}

Result<Done> JudgeWatch::load(Watched& one, UnixNanos now) {
    const auto rows = ledger_.asked_on(one.judge.definition, "sentinel ", "sentinel!");
    if (!rows) return rows.error();
    std::map<UnixNanos, Judgements> freezes, runs;
    for (const KnownJudgement& row : *rows)
        (is_freeze(row.judgement.occasion) ? freezes : runs)[time_of(row.judgement.occasion)]
            .push_back(row);
    for (auto freeze = freezes.begin(); freeze != freezes.end(); ++freeze) {
        const auto next = std::next(freeze);
        one.epoch.reset();
        one.freezing = one.last = freeze->first;
        one.items = traces_of(freeze->second);
        if (is_over(freeze->second)) take_freeze(one, freeze->second);
        // A freeze that follows an alarm bears the time of the run that fired.
        for (auto run = runs.upper_bound(freeze->first); run != runs.end(); ++run) {
            if (next != freezes.end() && run->first > next->first) break;
            one.running = one.last = run->first;
            if (is_over(run->second)) take_run(one, run->first, run->second);
        }
        if (next != freezes.end()) one.running.reset();
    }
    if (one.freezing) one.status.state = "freezing";
    one.loaded = true;
    if (!one.change || one.judge.places.empty()) return Done{};
    if (!one.freezing && one.change->run == one.last) return suspend(one, now);  // A crash between.
    const auto events = log_.events();
    if (!events) return events.error();
    one.change->since = suspension_of(*events, one.judge.places.front()).since;
    if (one.change->since < one.change->run) one.change.reset();
    return Done{};
}

Result<Done> JudgeWatch::want(const Watched& one, const std::vector<TraceId>& items,
                              const std::vector<std::string>& occasions, UnixNanos now) {
    std::int64_t count = 0;
    std::vector<record::Judgement> wanted;
    for (const std::string& occasion : occasions)
        for (const TraceId& item : items)
            wanted.push_back({.interaction = item,
                              .judge = one.judge.definition,
                              .occasion = occasion,
                              .arrived = now,
                              .priority = before_all_traffic - count++,
                              .inclusion = std::nullopt,
                              .stratum = {}});
    return ledger_.want(wanted);
}

Result<Done> JudgeWatch::begin_freeze(Watched& one, UnixNanos slot) {
    const auto& sentinels = one.judge.sentinels;
    if (one.items.empty()) {
        const auto scored = ledger_.latest(one.judge.definition, pool_per_item * sentinels.items);
        if (!scored) return scored.error();
        if (scored->size() < sentinels.items) {
            one.status.why = fmt::format("{} of {} interactions to choose from are judged",
                                         scored->size(), sentinels.items);
            return Done{};
        }
        one.items = choose_sentinels(*scored, sentinels.items);
    }
    std::vector<std::string> occasions;
    for (std::size_t scoring = 1; scoring <= sentinels.scorings; ++scoring)
        occasions.push_back(freeze_occasion(slot, scoring));
    if (auto wanted = want(one, one.items, occasions, clock_.now()); !wanted) return wanted;
    one.epoch.reset();
    one.freezing = one.last = slot;
    one.status.state = "freezing";
    one.status.why = "";
    return Done{};
}

void JudgeWatch::take_freeze(Watched& one, const Judgements& scorings) {
    const UnixNanos time = *one.freezing;
    one.freezing.reset();
    one.running.reset();
    auto epoch = SentinelEpoch::freeze(scorings);
    if (!epoch) {
        one.status.state = "refused";
        one.status.why = epoch.why();
        one.items.clear();
        one.refused_until = time + runs_until_another_try * nanos(one.judge.sentinels.every);
        return;
    }
    one.epoch = *epoch;
    one.items = one.epoch->items();
    one.last_clean = time;
    one.status.state = "watches";
    one.status.items = one.items.size();
    one.status.flip_rate = one.epoch->baseline().flip_rate;
    one.status.flip_rate_upper = one.epoch->baseline().flip_rate_upper;
    one.status.frozen = time;
}

void JudgeWatch::take_run(Watched& one, UnixNanos run, const Judgements& judgements) {
    one.running.reset();
    if (!one.epoch) return;
    const SentinelAnswer answer = one.epoch->add_run(judgements);
    one.status.last = answer;
    one.status.last_run = run;
    if (answer.run == SentinelRun::quiet) one.last_clean = run;
    if (answer.run == SentinelRun::fired || answer.run == SentinelRun::new_model)
        one.change = Change{.run = run, .clean = one.last_clean, .twice = {}};
}

Result<Done> JudgeWatch::suspend(Watched& one, UnixNanos now) {
    const SentinelAnswer& found = *one.status.last;
    std::string why = fmt::format(
        "{} of {} sentinels changed their verdict, {} would be too many for one run of a judge "
        "that contradicts itself in {:.1f}% of its verdicts",
        found.flips.flips, found.scored, found.flips.alarm_at,
        100 * one.epoch->baseline().flip_rate);
    if (found.flips.slow && !found.flips.sudden) why += "; the runs before add up to it";
    if (found.model != one.epoch->model())
        why +=
            fmt::format("; its provider reports {} instead of {}", found.model, one.epoch->model());
    one.change->since = now;
    const auto page = book_.read();
    if (!page) return page.error();
    for (const auto& place : one.judge.places) {
        const EvaluatorReport* const report = report_of(**page, place);
        const std::string version = report != nullptr ? report->name.version : "";
        if (auto done = book_.suspend(place.dimension, place.evaluator, version, now, why); !done)
            return done;
    }
    const auto items = bridge_items(one);
    if (!items) return items.error();
    if (auto done = want(one, *items, {bridge_occasion(one.change->run)}, now); !done) return done;
    return begin_freeze(one, one.change->run);  // What stands there now is watched from here on.
}

Result<std::vector<TraceId>> JudgeWatch::bridge_items(const Watched& one) {
    std::vector<TraceId> labelled, others;
    for (const auto& place : one.judge.places) {
        const auto people = people_of(labels_, place.dimension, one.judge.rubric);
        if (!people) return people.error();
        for (const auto& [trace, said] : *people) labelled.push_back(trace);
    }
    const auto before = [&](const KnownJudgement& known) {
        return known.judgement.judge == one.judge.definition && known.judgement.occasion.empty() &&
               known.state == JudgementState::settled && known.said.score &&
               known.judgement.arrived <= one.change->clean;
    };
    std::set<TraceId> chosen;
    const auto known = ledger_.of(labelled);
    if (!known) return known.error();
    for (const KnownJudgement& each : *known)
        if (before(each) && chosen.size() < bridge_items_max)
            chosen.insert(each.judgement.interaction);
    const auto traffic = ledger_.latest(one.judge.definition, relabel_pool);
    if (!traffic) return traffic.error();
    for (const KnownJudgement& each : *traffic)
        if (before(each) && chosen.size() < bridge_items_max)
            chosen.insert(each.judgement.interaction);
    return std::vector<TraceId>(chosen.begin(), chosen.end());
}

Result<bool> JudgeWatch::read_bridge(Watched& one, UnixNanos now) {
    const std::string occasion = bridge_occasion(one.change->run);
    const auto bridge = ledger_.asked_on(one.judge.definition, occasion, occasion + "!");
    if (!bridge) return bridge.error();
    if (!is_over(*bridge) && now < one.change->since + bridge_patience) return false;
    std::map<TraceId, JudgedTwice> items;
    for (const KnownJudgement& each : *bridge)
        if (each.state == JudgementState::settled && each.said.score)
            items[each.judgement.interaction] = {.item = each.judgement.interaction,
                                                 .after = *each.said.score,
                                                 .people = {},
                                                 .cluster = each.judgement.interaction.hex()};
    const auto known = ledger_.of(traces_of(*bridge));
    if (!known) return known.error();
    for (const KnownJudgement& each : *known)
        if (const auto at = items.find(each.judgement.interaction);
            at != items.end() && each.judgement.judge == one.judge.definition &&
            each.judgement.occasion.empty() && each.said.score)
            at->second.before = *each.said.score;
    const auto facts = facts_.scores_of(traces_of(*bridge));
    if (!facts) return facts.error();
    for (const record::TraceScores& fact : *facts)
        if (const auto at = items.find(fact.trace); at != items.end()) {
            if (!fact.session.empty()) at->second.cluster = fact.session;
            if (!fact.user.empty()) at->second.cluster = fact.user;
        }
    one.change->twice.emplace();
    for (auto& [trace, item] : items) one.change->twice->push_back(std::move(item));
    return true;
}

Result<Done> JudgeWatch::compare(Watched& one, UnixNanos now) {
    bool waits = false;
    for (const auto& place : one.judge.places) {
        const auto done = compare(one, place, now);
        if (!done) return done.error();
        waits |= !*done;
    }
    if (!waits || now > one.change->since + flips_patience) one.change.reset();
    return Done{};
}

Result<bool> JudgeWatch::compare(Watched& one, const Place& place, UnixNanos now) {
    const auto people = people_of(labels_, place.dimension, one.judge.rubric);
    if (!people) return people.error();
    const auto asked = labels_.requests(place.dimension);
    if (!asked) return asked.error();
    std::set<TraceId> asked_as_flips;
    bool flips_asked = false;
    for (const record::LabelRequest& request : *asked) {
        if (request.reason != record::LabelReason::flip) continue;
        asked_as_flips.insert(request.interaction);
        flips_asked |= request.time >= one.change->since;
    }
    std::vector<record::LabelRequest> flips;
    for (JudgedTwice& item : *one.change->twice) {
        const auto said = people->find(item.item);
        item.people.reset();
        if (said != people->end()) item.people = said->second.sum / said->second.labels;
        item.asked_as_flip = asked_as_flips.contains(item.item);
        if (item.flipped() && !item.people && flips.size() < flips_asked_max)
            flips.push_back({item.item, place.dimension, record::LabelReason::flip, {}, now});
    }
    const auto page = book_.read();
    if (!page) return page.error();
    const Suspension suspension = suspension_of((*page)->events, place);
    // Once with the labels there are, and once more when the flips are labelled.
    if (suspension.compared == 0) {
        if (auto done = labels_.ask(flips); !done) return done.error();
    } else if (suspension.compared > 1 || !flips_asked || !flips.empty()) {
        return flips.empty();
    }
    const EvaluatorReport* const report = report_of(**page, place);
    TrustEvent event;
    event.time = now;
    event.dimension = place.dimension;
    event.evaluator = place.evaluator;
    event.version = report != nullptr ? report->name.version : "";
    event.step = TrustStep::compared;
    event.before = event.after = to_word(report != nullptr ? report->trust.trust : Trust::closed);
    event.why = to_sentence(compare_judges(*one.change->twice));
    event.since = suspension.since;
    if (auto done = log_.append({&event, 1}); !done) return done.error();
    book_.changed();
    return flips.empty();
}

Result<Done> JudgeWatch::relabel(Watched& one, UnixNanos now) {
    const auto events = log_.events();
    if (!events) return events.error();
    for (const auto& place : one.judge.places) {
        const UnixNanos since = suspension_of(*events, place).since;
        if (since == 0) continue;
        const auto page = book_.read();
        if (!page) return page.error();
        const EvaluatorReport* const report = report_of(**page, place);
        if (report == nullptr || report->trust.trust == Trust::open) continue;
        const Agreement& agreement = report->trust.agreement;
        const Relabelling step = report->trust.relabelling.value_or(
            relabelling_step(agreement.evidence, agreement.rules));
        if (step != Relabelling::label_more) continue;
        const auto scored = ledger_.latest(one.judge.definition, relabel_pool);
        if (!scored) return scored.error();
        const auto asked = labels_.requests(place.dimension);
        if (!asked) return asked.error();
        const auto requests = relabel_requests(place.dimension, *scored, *asked, since, now);
        if (requests.empty()) continue;
        if (auto done = labels_.ask(requests); !done) return done;
    }
    return Done{};
}

}  // namespace plimsoll::analyse
