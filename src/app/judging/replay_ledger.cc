#include "app/judging/replay_ledger.h"

#include <fmt/format.h>

#include "evaluate/judges/replay.h"

namespace plimsoll::app {

namespace {

constexpr std::size_t page = 500, differences_max = 20;

record::JudgeSaid said_of(const evaluate::Judgement& judgement) {
    record::JudgeSaid said{.score = {}, .reason = {}, .explanation = {}, .model = {}};
    said.explanation = judgement.verdict.explanation;
    said.model = judgement.model_version;
    if (const Score* score = judgement.verdict.score())
        said.score = score->value();
    else
        said.reason = to_word(judgement.verdict.unscored()->reason);
    return said;
}

std::string in_words(const record::JudgeSaid& said) {
    return said.score ? fmt::format("{}", *said.score) : said.reason;
}

}  // namespace

Result<LedgerReplay> replay_ledger(record::JudgeLedger& ledger, InteractionSource& interactions,
                                   const std::map<std::string, const evaluate::Judge*>& judges) {
    LedgerReplay found;
    for (std::uint64_t changed = 0;;) {
        const auto known = ledger.changed_since(changed, page);
        if (!known) return known.error();
        if (known->empty()) return found;
        std::vector<TraceId> traces;
        for (const auto& each : *known) traces.push_back(each.judgement.interaction);
        const auto read = interactions.read(traces);
        if (!read) return read.error();
        for (std::size_t i = 0; i < known->size(); ++i) {
            const record::KnownJudgement& one = (*known)[i];
            changed = one.changed;
            if (one.state != record::JudgementState::settled || one.from_cache) continue;
            const auto judge = judges.find(one.judgement.judge);
            if (judge == judges.end()) {
                ++found.other_judge;
                continue;
            }
            const auto exchange = ledger.exchange(one.id);
            if (!exchange) return exchange.error();
            if (!*exchange || (*exchange)->reply.empty() ||
                (*exchange)->payment != record::Payment::made) {
                ++found.without_reply;
                continue;
            }
            const auto again = (*read)[i]
                                   ? evaluate::replay(*judge->second, *(*read)[i],
                                                      (*exchange)->request, (*exchange)->reply)
                                   : std::nullopt;
            if (!again) {
                ++found.gone;
                continue;
            }
            const record::JudgeSaid now = said_of(again->judgement);
            const bool same = now == one.said;
            ++(!same                 ? found.other_verdict
               : again->same_request ? found.same
                                     : found.other_request);
            if (!same && found.differences.size() < differences_max)
                found.differences.push_back(
                    fmt::format("{} by {}: {} then, {} now", one.judgement.interaction.hex(),
                                judge->second->name, in_words(one.said), in_words(now)));
        }
    }
}

}  // namespace plimsoll::app
