/// made_deployment.h: a small deployment in memory whose answers get worse at a known hour, and the
/// finding that says so: for tests of its proof.
#pragma once

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "analyse/evidence/collect_bundle.h"
#include "evaluate/checks/checks.h"
#include "record/follower.h"
#include "record/memory_run_records.h"
#include "record/memory_stores.h"
#include "wire/otlp_writer.h"

namespace plimsoll::analyse {

struct MadeDeployment {
    static constexpr UnixNanos hour = 3'600 * nanos_per_second;
    static constexpr UnixNanos monday = 1'767'571'200 * nanos_per_second;  // 2026-01-05
    static constexpr UnixNanos change = monday + 100 * hour;

    record::MemoryJournal journal;
    record::MemoryFacts facts;
    record::MemoryRunRecords records;
    evaluate::Scorecard scorecard;
    record::Finding finding;

    static constexpr const char* configuration = R"(["as an AI"])";

    static evaluate::Scorecard scorecard_of(const char* phrases) {
        const evaluate::Check* const check = evaluate::find_check("banned_phrase");
        const auto parameters = json::Document::parse(fmt::format(R"({{"phrases":{}}})", phrases));
        auto configured = evaluate::configure(*check, parameters->root(), evaluate::NoFiles());
        evaluate::Scorecard scorecard;
        scorecard.dimensions.push_back(
            {.name = "tone",
             .evaluators = {{.name = "banned_phrase",
                             .check = check,
                             .version = "banned_phrase@1:abc",
                             .configured = std::move(std::get<0>(configured))}}});
        return scorecard;
    }

    static std::string answer_of(int number, bool after) {
        const bool bad = number % (after ? 3 : 20) == 0;
        return bad ? "As an AI I cannot." : fmt::format("Parcel {} arrives on Tuesday.", number);
    }

    /// `count` sessions an hour apart on either side of the change, one interaction each.
    explicit MadeDeployment(int count, evaluate::Scorecard evaluators = scorecard_of(configuration))
        : scorecard(std::move(evaluators)) {
        for (int i = 0; i < 2 * count; ++i) receive(i, i >= count, count);
        auto made = record::Follower::create(journal, facts, scorecard, "c1", {});
        const auto follower = std::move(*made);
        for (;;) {
            const auto more = follower->step(change + 1'000 * hour);
            EXPECT_TRUE(more.ok());
            if (!more.ok() || !*more) break;
        }
        EXPECT_TRUE(records.append({.time = change, .kind = "watch", .result = "{}"}).ok());
        finding.id = "00000000000000aa";
        finding.kind = record::FindingKind::score_drift;
        finding.dimension = "tone";
        finding.evaluator = "banned_phrase";
        finding.version = scorecard.dimensions[0].evaluators[0].version;
        finding.measure = "mean score";
        finding.since = change;
        finding.found = change + 99 * hour;
        finding.causes = {{"prompt", "p@1", "p@2", 0.9, -0.3, -0.4, -0.2}};
        finding.run = "1";
    }

    BundleSources sources() {
        return {.facts = facts,
                .journal = journal,
                .records = &records,
                .scorecard = scorecard,
                .configuration = "made: true\n",
                .named_files = {{"words.txt", "as an AI\n"}},
                .made_by = "plimsoll test"};
    }

  private:
    void receive(int number, bool after, int count) {
        TraceId trace;
        trace.bytes[0] = 1;
        trace.bytes[14] = static_cast<std::uint8_t>(number >> 8);
        trace.bytes[15] = static_cast<std::uint8_t>(number);
        const UnixNanos start =
            after ? change + (number - count) * hour / 10 + 1 : change - (number + 1) * hour / 10;
        wire::outgoing::Span span{.trace = std::string(trace.raw()),
                                  .id = std::string(7, '\0') + "\1",
                                  .name = "chat",
                                  .start = static_cast<std::uint64_t>(start),
                                  .end = static_cast<std::uint64_t>(start) + 500'000'000};
        const auto message = [](const char* role, const std::string& text) {
            return fmt::format(R"([{{"role":"{}","parts":[{{"type":"text","content":"{}"}}]}}])",
                               role, text);
        };
        span.attributes = {
            {"gen_ai.operation.name", "chat"},
            {"gen_ai.request.model", "m"},
            {"app.prompt.version", after ? "2" : "1"},
            {"gen_ai.conversation.id", fmt::format("s{}", number / 2)},
            {"gen_ai.input.messages", message("user", "Where is my parcel?")},
            {"gen_ai.output.messages", message("assistant", answer_of(number, after))}};
        journal.receive(start + hour, wire::outgoing::to_otlp(wire::outgoing::request(
                                          {{"service.name", "support"}}, "made", {span})));
    }
};

}  // namespace plimsoll::analyse
