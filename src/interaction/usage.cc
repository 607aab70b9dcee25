#include "interaction/usage.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace plimsoll::interaction {
namespace {

bool has_tokens(const Step& step) {
    return step.tokens.input.has_value() || step.tokens.output.has_value();
}

std::int64_t total(const Step& step) {
    return step.tokens.input.value_or(0) + step.tokens.output.value_or(0);
}

/// "openai/gpt-4o" and "gpt-4o" are one model.
std::string_view bare(std::string_view model) {
    const std::size_t slash = model.rfind('/');
    return slash == std::string_view::npos ? model : model.substr(slash + 1);
}

bool same_model(const Step& a, const Step& b) {
    for (const std::string_view one : {bare(a.model_answered), bare(a.model_requested)}) {
        for (const std::string_view other : {bare(b.model_answered), bare(b.model_requested)}) {
            if (!one.empty() && one == other) return true;
        }
    }
    return false;
}

bool same_tokens(const Step& a, const Step& b) {
    return a.tokens.input && a.tokens.output && a.tokens.input == b.tokens.input &&
           a.tokens.output == b.tokens.output;
}

bool wraps(const Step& outer, const Step& inner) {
    if (!outer.response_id.empty() && outer.response_id == inner.response_id) return true;
    if (!outer.response_id.empty() && !inner.response_id.empty()) return false;
    const bool inside = inner.start >= outer.start && inner.end <= outer.end;
    return inside && (same_model(outer, inner) || same_tokens(outer, inner));
}

/// Of calls with one response id, the best teller: the one with tokens, then with content, then the
/// innermost, then the one that says most.
void settle_same_response(const std::vector<Step>& steps, const Family& family, Usage& usage) {
    std::vector<std::uint32_t> calls;
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        if (steps[i].kind == StepKind::model_call && !steps[i].response_id.empty()) {
            calls.push_back(i);
        }
    }
    const auto worth = [&](std::uint32_t i) {
        return std::tuple(has_tokens(steps[i]), steps[i].content != ContentStatus::absent,
                          family.depth[i], steps[i].sources.size());
    };
    std::stable_sort(calls.begin(), calls.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (steps[a].response_id != steps[b].response_id) {
            return steps[a].response_id < steps[b].response_id;
        }
        return worth(a) > worth(b);
    });
    std::uint32_t teller = no_step;
    for (const std::uint32_t i : calls) {
        if (teller != no_step && steps[teller].response_id == steps[i].response_id) {
            usage.repeats[i] = teller;
        } else {
            teller = i;
        }
    }
}

}  // namespace

/// Traits the steps whose tokens another one counts.
static void mark_repeats(std::vector<Step>& steps, const Usage& usage) {
    for (std::uint32_t i = 0; i < steps.size(); ++i)
        steps[i].repeats_usage =
            has_tokens(steps[i]) && !steps[i].counts_tokens && !usage.judging[i];
}

Usage settle_usage(std::vector<Step>& steps, const Family& family) {
    const auto count = static_cast<std::uint32_t>(steps.size());
    Usage usage{.repeats = std::vector<std::uint32_t>(count, no_step),
                .judging = std::vector<bool>(count, false)};
    settle_same_response(steps, family, usage);

    // Per step: the call around it, and of each call, how many calls are inside with how many
    // tokens.
    std::vector<std::uint32_t> around(count, no_step);
    std::vector<std::uint32_t> inside_count(count, 0);
    std::vector<std::int64_t> inside_tokens(count, 0);
    for (const std::uint32_t i : family.outermost_first) {
        const std::uint32_t up = family.parent[i];
        if (up != no_step) {
            usage.judging[i] = usage.judging[up] || steps[up].kind == StepKind::evaluator;
            around[i] = steps[up].kind == StepKind::model_call ? up : around[up];
        }
        if (steps[i].kind != StepKind::model_call || around[i] == no_step) continue;
        const std::uint32_t outer = around[i];
        ++inside_count[outer];
        inside_tokens[outer] += total(steps[i]);
        if (usage.repeats[outer] != no_step || usage.repeats[i] != no_step) continue;
        if (!wraps(steps[outer], steps[i])) continue;
        if (has_tokens(steps[i]) || !has_tokens(steps[outer])) {
            usage.repeats[outer] = i;
        } else {
            usage.repeats[i] = outer;
        }
    }

    bool any = false;
    for (std::uint32_t i = 0; i < count; ++i) {
        Step& step = steps[i];
        const bool leaf_kind =
            step.kind == StepKind::model_call || step.kind == StepKind::embedding;
        const bool sums_up = inside_count[i] > 1 && has_tokens(step) &&
                             std::abs(inside_tokens[i] - total(step)) * 100 <= total(step);
        step.counts_tokens =
            leaf_kind && usage.repeats[i] == no_step && !usage.judging[i] && !sums_up;
        any |= step.counts_tokens && has_tokens(step);
    }
    if (any) {
        mark_repeats(steps, usage);
        return usage;
    }
    std::vector<bool> covered(count, false);
    for (const std::uint32_t i : family.outermost_first) {
        const std::uint32_t up = family.parent[i];
        covered[i] = up != no_step && covered[up];
        if (covered[i] || usage.judging[i] || !has_tokens(steps[i])) continue;
        if (usage.repeats[i] != no_step) continue;
        steps[i].counts_tokens = true;
        covered[i] = true;
    }
    mark_repeats(steps, usage);
    return usage;
}

}  // namespace plimsoll::interaction
