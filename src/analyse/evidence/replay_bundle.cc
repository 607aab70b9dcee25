#include "analyse/evidence/replay_bundle.h"

#include <cmath>

#include <fmt/format.h>

namespace plimsoll::analyse {

namespace {

constexpr std::size_t differences_told = 10;

/// The facts keep 24 bits of a score.
std::optional<double> as_kept(std::optional<double> score) {
    return score ? std::optional<double>(static_cast<float>(*score)) : std::nullopt;
}

std::string score_text(std::optional<double> score) {
    return score ? fmt::format("{}", *score) : "no score";
}

}  // namespace

Result<Replayed> replay_bundle(const FindingEvidence& evidence,
                               const evaluate::Scorecard& scorecard) {
    const auto who = concerned(scorecard, evidence.finding);
    if (!who) return who.error();
    Replayed replayed;
    std::vector<std::optional<double>> scores;
    for (const EvidenceLine& line : evidence.lines) {
        const auto verdicts = evaluate_again(*who, interaction_of(line),
                                             recorded_answers(evidence.replies, line.trace));
        replayed.checked += who->checks.size();
        replayed.judged += who->judges.size();
        scores.push_back(as_kept(lowest(verdicts)));
        const std::string& version = evidence.finding.version;
        const bool same_version = version.empty() || evidence.finding.evaluator.empty() ||
                                  (verdicts.size() == 1 && verdicts.front().version == version);
        if (scores.back() == line.score && same_version) continue;
        if (++replayed.differ > differences_told) continue;
        std::string why;
        for (const AgainVerdict& one : verdicts)
            why += fmt::format(
                "; {}: {}", one.version,
                one.verdict.explanation.empty() ? "no explanation" : one.verdict.explanation);
        replayed.differences.push_back(fmt::format("{}: recorded {}, now {}{}", line.trace.hex(),
                                                   line.score, score_text(scores.back()), why));
    }
    if (replayed.differ > differences_told)
        replayed.differences.push_back(
            fmt::format("… and {} more", replayed.differ - differences_told));
    replayed.figure = figure_of(evidence.lines, scores);
    if (const std::string figure = to_json(replayed.figure); figure != evidence.expected)
        replayed.differences.push_back(
            fmt::format("the figure: expected {}, now {}", evidence.expected, figure));
    return replayed;
}

Result<LiveReplay> compare_live(const FindingEvidence& evidence,
                                const std::vector<std::optional<double>>& live) {
    if (live.size() != evidence.lines.size()) return Error{"as many scores as lines are needed"};
    LiveReplay replay;
    for (std::size_t i = 0; i < live.size(); ++i) {
        const EvidenceLine& line = evidence.lines[i];
        ++replay.asked;
        if (!live[i]) {
            ++replay.unscored;
            continue;
        }
        const bool passed = line.score >= 0.5, passes = *live[i] >= 0.5;
        replay.to_pass += !passed && passes;
        replay.to_fail += passed && !passes;
        if (passed != passes || std::abs(*live[i] - line.score) >= 0.25)
            replay.moved.push_back({line.trace, line.after, line.score, live[i]});
    }
    replay.figure = figure_of(evidence.lines, live);
    replay.p = mcnemar_mid_p({.new_wrong = replay.to_fail, .old_wrong = replay.to_pass});
    return replay;
}

}  // namespace plimsoll::analyse
