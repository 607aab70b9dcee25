#include "analyse/attribution/attribute.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analyse/attribution/change_point.h"

namespace plimsoll::analyse {

namespace {

using Answer = Attribution::Answer;

constexpr double least_share_to_name = 0.25;

std::string to_text(const Estimate& e) {
    return fmt::format("{:+.4f} [{:+.4f}, {:+.4f}]", e.value, e.interval.low, e.interval.high);
}

/// a + sign * b, their errors independent.
Estimate combined(const Estimate& a, double sign, const Estimate& b) {
    const double value = a.value + sign * b.value;
    const double error = std::hypot(a.standard_error, b.standard_error);
    return {value, error, {value - z_95_two_sided * error, value + z_95_two_sided * error}};
}

/// One investigation: what is left to explain, and what was found.
class Investigation {
  public:
    explicit Investigation(const AttributionEvidence& evidence)
        : evidence_(evidence), rest_(evidence.change) {}

    Attribution run() {
        if (evidence_.rubric_changed) {
            return open("the rubric changed: before and after measure two quantities", {});
        }
        if (!evidence_.sampler.empty()) {
            return open(
                fmt::format("the sample is not what its probabilities say, mend that first: {}",
                            fmt::join(evidence_.sampler, "; ")),
                {});
        }
        const bool changed = !evidence_.change.interval.contains(0);
        if (evidence_.judge) {
            const auto parts = judge_and_behavior(evidence_.change, *evidence_.judge);
            if (!parts && changed) {
                return open(parts.why() + "; score some 600 sessions with both judges", {"judge"});
            }
            if (parts) {
                found({CauseKind::judge, {"judge"}, parts->judge});
                rest_ = parts->behavior;
            }
        }
        if (changed && explained()) return finished();
        if (evidence_.mix) {
            found({CauseKind::mix, {}, evidence_.mix->mix});
            found({CauseKind::turnover, {}, evidence_.mix->turnover});
            rest_ = evidence_.mix->within;
            if (!causes_.empty() && causes_[0].kind == CauseKind::judge) {
                rest_ = combined(rest_, -1, causes_[0].effect);
            }
        }
        if (!changed) return nothing_changed();
        if (explained() || rest_.interval.contains(0)) return finished();
        for (const auto stage :
             {&Investigation::when, &Investigation::rollouts, &Investigation::replayed}) {
            (this->*stage)();
            if (explained()) return finished();
        }
        return finished();
    }

  private:
    void found(Cause cause) {
        cause.share = cause.effect.value / evidence_.change.value;
        causes_.push_back(std::move(cause));
    }
    /// One element, or none, explains it: an inseparable set does not.
    bool explained() const {
        return std::ranges::any_of(causes_, [](const Cause& cause) {
            return cause.elements.size() <= 1 && cause.certain() &&
                   cause.share >= attribution_share_to_stop;
        });
    }
    /// A later stage knows better: takes out what an earlier one said of these elements.
    void forget(const std::vector<std::string>& elements) {
        std::erase_if(causes_, [&](const Cause& cause) {
            return cause.kind == CauseKind::element &&
                   std::ranges::find_first_of(cause.elements, elements) != cause.elements.end();
        });
    }

    void when() {
        if (!evidence_.when) return;
        for (const EventStep& step : evidence_.when->events) {
            if (step.probability < name_event_at) continue;
            Cause cause{CauseKind::element, step.events, step.step, 0, step.probability};
            if (const auto judge = std::ranges::find(cause.elements, "judge");
                evidence_.judge && judge != cause.elements.end()) {
                // The bridge has said what the judge did; the rest of the step is the others'.
                cause.elements.erase(judge);
                if (cause.elements.empty()) continue;
                cause.effect = combined(cause.effect, -1, causes_[0].effect);
            }
            found(std::move(cause));
        }
    }
    /// Side by side and by the calendar are two measurements of the same: a ramp's own days are in
    /// the first and not in the second. What the calendar has only for several together still says
    /// what their sum is.
    void rollouts() {
        std::vector<Cause> sides;
        for (const RolloutEffect& set : evidence_.rollouts) {
            if (set.effect) sides.push_back({CauseKind::element, set.elements, set.contribution()});
        }
        for (const Cause& step : causes_) {
            if (step.kind == CauseKind::element) reconcile(sides, step);
        }
        for (const Cause& side : sides) forget(side.elements);
        for (Cause& side : sides) found(std::move(side));
    }
    /// Least squares of the elements' effects under their sum, if the two do not contradict.
    static void reconcile(std::vector<Cause>& sides, const Cause& step) {
        std::vector<Cause*> parts;
        std::size_t elements = 0;
        double sum = 0, variance = std::pow(step.effect.standard_error, 2);
        for (Cause& side : sides) {
            const auto part_of_step = [&](const std::string& element) {
                return std::ranges::find(step.elements, element) != step.elements.end();
            };
            if (!std::ranges::all_of(side.elements, part_of_step)) continue;
            parts.push_back(&side);
            elements += side.elements.size();
            sum += side.effect.value;
            variance += std::pow(side.effect.standard_error, 2);
        }
        const double gap = step.effect.value - sum;
        if (elements != step.elements.size() || std::abs(gap) > 3 * std::sqrt(variance)) return;
        for (Cause* part : parts) {
            const double own = std::pow(part->effect.standard_error, 2), share = own / variance;
            const double error = std::sqrt(own * (1 - share));
            const double value = part->effect.value + share * gap;
            part->effect = {
                value, error, {value - z_95_two_sided * error, value + z_95_two_sided * error}};
            part->probability = step.probability;
        }
    }
    void replayed() {
        if (!evidence_.replay) return;
        for (const ReplayEffect& one : evidence_.replay->effects) {
            forget({one.element});
        }
        for (const ReplayEffect& one : evidence_.replay->effects) {
            found({CauseKind::element, {one.element}, one.effect});
        }
    }

    std::string to_replay(std::size_t elements) const {
        return fmt::format("replay {} inputs through {} combinations",
                           replay_inputs(evidence_.change.value), 1u << elements);
    }
    Attribution open(std::string says, std::vector<std::string> replay) const {
        Attribution result{Answer::not_identifiable, certain(), std::move(replay), ""};
        result.says = fmt::format("{} changed: {}.", to_text(evidence_.change), says);
        return result;
    }
    Attribution nothing_changed() const {
        Attribution result{Answer::nothing_changed, causes_, {}, ""};
        result.says = fmt::format("No change to explain: {}.", to_text(evidence_.change));
        if (evidence_.plain_change && !evidence_.plain_change->interval.contains(0)) {
            result.says +=
                fmt::format(" The plain mean moved by {}, because other interactions were sampled.",
                            to_text(*evidence_.plain_change));
        }
        return result;
    }
    /// In the direction of the change, the largest first.
    std::vector<Cause> certain() const {
        std::vector<Cause> result;
        std::ranges::copy_if(causes_, std::back_inserter(result), &Cause::certain);
        std::ranges::stable_sort(result, std::greater<>(), &Cause::share);
        return result;
    }
    Attribution finished() const {
        const std::vector<Cause> causes = certain();
        const auto& elements = evidence_.elements;
        const bool sought = !elements.empty() && !rest_.interval.contains(0);
        // A mix of traffic that did 8% is no answer while an element is sought for the rest.
        if (causes.empty() || causes[0].share <= (sought ? least_share_to_name : 0)) {
            if (!sought) {
                Attribution result{Answer::unexplained, causes, {}, ""};
                result.says = fmt::format("{} changed, and nothing that is known explains it.",
                                          to_text(evidence_.change));
                return result;
            }
            return open(fmt::format("nothing tells the effect of {} from that of anything else; {}",
                                    fmt::join(elements, ", "), to_replay(elements.size())),
                        elements);
        }
        if (causes[0].elements.size() > 1) {
            const auto& together = causes[0].elements;
            return open(fmt::format("{} of it belong to {}, which were switched together; {}",
                                    to_text(causes[0].effect), fmt::join(together, " and "),
                                    to_replay(together.size())),
                        together);
        }
        Attribution result{
            causes[0].share >= attribution_share_to_stop ? Answer::explained : Answer::several,
            causes,
            {},
            ""};
        result.says = fmt::format("{} changed.", to_text(evidence_.change));
        for (const Cause& cause : causes) {
            result.says += fmt::format(" {}: {}, {:.0f}%.", cause.name(), to_text(cause.effect),
                                       100 * cause.share);
            if (cause.probability) {
                result.says +=
                    fmt::format(" It moved then with probability {:.3f}.", *cause.probability);
            }
            if (cause.elements.size() > 1) result.replay = cause.elements;
        }
        return result;
    }

    const AttributionEvidence& evidence_;
    Estimate rest_;
    std::vector<Cause> causes_;
};

}  // namespace

std::string Cause::name() const {
    switch (kind) {
        case CauseKind::mix:
            return "mix of traffic";
        case CauseKind::turnover:
            return "new and vanished traffic";
        case CauseKind::judge:
        case CauseKind::element:
            break;
    }
    return fmt::format("{}", fmt::join(elements, " + "));
}

const Cause* Attribution::top() const {
    const bool named = answer == Answer::explained || answer == Answer::several;
    return named && !causes.empty() ? &causes[0] : nullptr;
}

Attribution attribute(const AttributionEvidence& evidence) {
    return Investigation(evidence).run();
}

}  // namespace plimsoll::analyse
