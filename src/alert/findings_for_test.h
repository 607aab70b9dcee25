/// findings_for_test.h: findings, owners and trust as tests like them.
#pragma once

#include <string>

#include "alert/next_steps.h"

namespace plimsoll::alert {

inline constexpr UnixNanos second = nanos_per_second, minute = 60 * second, hour = 60 * minute,
                           day = 24 * hour;
inline constexpr UnixNanos monday = 1'767'571'200 * second;  // 2026-01-05T00:00:00Z

/// The article's story: faithfulness fell from 0.94 to 0.89 after a prompt change.
inline record::Finding finding(const std::string& id, const std::string& dimension = "faithfulness",
                               UnixNanos since = monday) {
    record::Finding finding;
    finding.id = id;
    finding.dimension = dimension;
    finding.evaluator = "judge";
    finding.service = "support";
    finding.measure = "mean score";
    finding.found = since + 6 * hour;
    finding.since = since;
    finding.since_earliest = since - hour;
    finding.since_latest = since + hour;
    finding.before = 0.94;
    finding.after = 0.89;
    finding.change = -0.05;
    finding.change_low = -0.07;
    finding.change_high = -0.03;
    finding.sessions_before = 4'000;
    finding.sessions_after = 900;
    finding.pages = true;
    finding.level = 1.2;
    finding.causes = {{.element = "prompt",
                       .from = "v7",
                       .to = "v8",
                       .probability = 0.93,
                       .effect = -0.05,
                       .low = -0.07,
                       .high = -0.03}};
    return finding;
}

inline Standing standing(analyse::Trust may, const std::string& dimension = "faithfulness") {
    return {.dimension = dimension,
            .evaluator = "judge",
            .version = "",
            .may = may,
            .why = "P = 0.58 with 40 labels",
            .labels_missing = 120};
}

inline Policy policy() {
    Policy policy;
    Owner owner;
    owner.name = "rag-team";
    owner.rotation = {"ana", "bo", "cy"};
    owner.starts = monday;
    owner.notify = {"hook", "chat"};
    owner.fallback = {"director"};
    owner.escalate = {Escalation::next, Escalation::fallback};
    policy.owners["rag-team"] = owner;
    owner.name = "platform-team";
    owner.rotation = {"dana"};
    owner.notify = {"platform"};
    policy.owners["platform-team"] = owner;
    policy.dimensions["faithfulness"] = {.owner = "rag-team", .page = true};
    policy.dimensions["tone"] = {.owner = "rag-team", .page = true};
    policy.dimensions["latency"] = {.owner = "platform-team", .page = true};
    policy.dimensions["format"] = {.owner = "rag-team", .page = false};
    policy.channels["chat"] = {
        .repeat = 0, .hears_acknowledgements = false, .hears_decisions = false};
    policy.owner_of_the_rest = "platform-team";
    policy.page_url = "https://plimsoll.example.org";
    return policy;
}

}  // namespace plimsoll::alert
