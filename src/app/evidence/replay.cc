// plimsoll replay DIR [--live]: the same numbers, bit for bit; or what the judge says today.
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analyse/evidence/replay_bundle.h"
#include "app/commands/commands.h"
#include "app/evidence/live_scores.h"
#include "app/evidence/opened_bundle.h"
#include "app/judge_clients.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

struct ReplayOptions {
    std::string folder;
    bool live = false, json = false;
    unsigned at_once = 8;
};

void write_outcome(const OpenedBundle& bundle, const analyse::Replayed& replayed, bool json) {
    if (json) {
        json::Writer w;
        w.begin_object().key("digest").value(bundle.digest).key("equal").value(replayed.equal());
        w.key("checked").value(replayed.checked).key("judged").value(replayed.judged);
        w.key("differ").value(replayed.differ).key("figure");
        w.raw(analyse::to_json(replayed.figure)).key("differences").begin_array();
        for (const std::string& difference : replayed.differences) w.value(difference);
        print(w.end_array().end_object().text());
        return;
    }
    fmt::print("{} verdicts of checks computed, {} of judges read from their replies\n",
               replayed.checked, replayed.judged);
    fmt::print("{:.4f} before, {:.4f} after: {:+.4f} ({:+.4f} to {:+.4f})\n",
               replayed.figure.before.mean, replayed.figure.after.mean, replayed.figure.change,
               replayed.figure.interval.low, replayed.figure.interval.high);
    for (const std::string& difference : replayed.differences) fmt::print("{}\n", difference);
    fmt::print("{}\n", replayed.equal() ? "equal, bit for bit" : "not equal");
}

int replay_live(const OpenedBundle& bundle, const ReplayOptions& options) {
    const analyse::FindingEvidence& evidence = bundle.evidence;
    const auto who = analyse::concerned(bundle.configuration->scorecard, evidence.finding);
    if (!who) return complain(who.error().what, 3);
    if (who->judges.empty()) return complain("no judge is concerned: there is nobody to ask", 3);
    const auto clients = open_judge_clients(*bundle.configuration, "");
    if (!clients) return complain(clients.error().what, 3);
    std::vector<Interaction> interactions;
    for (const analyse::EvidenceLine& line : evidence.lines)
        interactions.push_back(analyse::interaction_of(line));
    const auto live = live_scores(
        *who, interactions,
        [&](const evaluate::Judge& judge) -> evaluate::ModelApi& {
            return *clients->at(judge.name);
        },
        options.at_once);
    const auto compared = analyse::compare_live(evidence, live);
    if (!compared) return complain(compared.error().what, 3);
    if (options.json) {
        json::Writer w;
        w.begin_object().key("asked").value(compared->asked).key("unscored");
        w.value(compared->unscored).key("to_pass").value(compared->to_pass).key("to_fail");
        w.value(compared->to_fail).key("p");
        compared->p ? w.value(*compared->p) : w.null();
        w.key("figure").raw(analyse::to_json(compared->figure)).key("moved").begin_array();
        for (const analyse::MovedVerdict& one : compared->moved)
            w.begin_object()
                .key("interaction")
                .value(one.trace.hex())
                .key("side")
                .value(one.after ? "after" : "before")
                .key("recorded")
                .value(one.recorded)
                .key("live")
                .value(one.live)
                .end_object();
        print(w.end_array().end_object().text());
    } else {
        for (const analyse::MovedVerdict& one : compared->moved)
            fmt::print("{}: {:.3g} then, {:.3g} now\n", one.trace.hex(), one.recorded,
                       one.live.value_or(0));
        fmt::print(
            "{} asked, {} without a score, {} verdicts moved: {} now pass, {} now fail; {}\n",
            compared->asked, compared->unscored, compared->moved.size(), compared->to_pass,
            compared->to_fail,
            compared->p ? fmt::format("p = {:.3g} (McNemar)", *compared->p) : compared->p.why());
        fmt::print("{:.4f} before, {:.4f} after: {:+.4f} ({:+.4f} to {:+.4f})\n",
                   compared->figure.before.mean, compared->figure.after.mean,
                   compared->figure.change, compared->figure.interval.low,
                   compared->figure.interval.high);
    }
    return compared->moved.empty() && compared->unscored == 0 ? 0 : 1;
}

int replay(const ReplayOptions& options) {
    const auto bundle = open_bundle(options.folder);
    if (!bundle) return complain(bundle.error().what, 3);
    if (options.live) return replay_live(*bundle, options);
    const auto replayed =
        analyse::replay_bundle(bundle->evidence, bundle->configuration->scorecard);
    if (!replayed) return complain(replayed.error().what, 3);
    write_outcome(*bundle, *replayed, options.json);
    return replayed->equal() ? 0 : 1;
}

}  // namespace

void add_replay(CLI::App& app, int& code) {
    const auto options = std::make_shared<ReplayOptions>();
    CLI::App* command = app.add_subcommand(
        "replay",
        "Evaluate a bundle again. Exit code: 0 equal bit for bit, 1 not, 3 changed or unusable");
    command->add_option("folder", options->folder, "As `plimsoll reproduce` made it")->required();
    command->add_flag("--live", options->live, "Ask the judge again, and say which verdicts moved");
    command->add_option("--at-once", options->at_once, "With --live: requests")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    command->add_flag("--json", options->json, "JSON instead of words");
    command->callback([options, &code] { code = replay(*options); });
}

}  // namespace plimsoll::app
