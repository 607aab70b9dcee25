/// Steps become an Interaction. Declared in understand.h.
#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

#include "interaction/context_of.h"
#include "interaction/family.h"
#include "interaction/plain_json.h"
#include "interaction/pricing/price_table.h"
#include "interaction/signals.h"
#include "interaction/traits_of.h"
#include "interaction/understand.h"
#include "interaction/usage.h"

namespace plimsoll::interaction {
namespace {

constexpr std::size_t attributes_max = 64;
constexpr std::size_t attribute_bytes_max = 256;

/// By start. Clocks of a millisecond start several steps at once: then parents come before
/// children, and siblings stay as they arrived, which is the order in which they ended.
void sort_steps(std::vector<Step>& steps) {
    const auto not_later = [](const Step& a, const Step& b) { return a.start < b.start; };
    if (std::adjacent_find(steps.begin(), steps.end(), std::not_fn(not_later)) == steps.end())
        return;
    const Family family = family_of(steps);
    // A Step is near a kilobyte: order its places, then move each once.
    std::vector<std::uint32_t> order(steps.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(
        order, {}, [&](std::uint32_t i) { return std::pair(steps[i].start, family.depth[i]); });
    std::vector<Step> sorted;
    sorted.reserve(steps.size());
    for (const std::uint32_t i : order) sorted.push_back(std::move(steps[i]));
    steps = std::move(sorted);
}

std::string last_text(const std::vector<Message>& messages, Role role) {
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        if (message->role != role) continue;
        std::string text = message->text();
        if (!text.empty()) return text;
    }
    return "";
}

void add(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
    if (more) sum = sum.value_or(0) + *more;
}

/// What describes the process rather than the service; the same for all or different for all.
bool is_about_the_process(std::string_view key) {
    for (const std::string_view prefix : {"process.", "telemetry.", "os.", "host.id", "host.arch",
                                          "container.id", "service.instance.id", "service.name"}) {
        if (key.starts_with(prefix)) return true;
    }
    return false;
}

class Assembly {
  public:
    Assembly(Interaction& made) : made_(made), family_(family_of(made.steps)) {
        usage_ = settle_usage(made_.steps, family_);
        const PriceTable& prices = shipped_prices();
        priced_ = price_steps(made_.steps, usage_.repeats, usage_.judging, prices);
        call_ = last_call();
    }

    void times() {
        bool first = true;
        for (const Step& step : made_.steps) {
            const UnixNanos end = std::max(step.start, step.end);
            made_.start = first ? step.start : std::min(made_.start, step.start);
            made_.end = first ? end : std::max(made_.end, end);
            first = false;
        }
    }

    void context() {
        for (const std::uint32_t i : family_.outermost_first) {
            const Step& step = made_.steps[i];
            if (made_.session.empty()) made_.session = step.session;
            if (made_.user.empty()) made_.user = step.user;
        }
        if (made_.session.empty()) made_.session = made_.id.hex();
        made_.context = context_of(made_, family_, usage_, call_, content_of(call_));
        made_.versions.prompt = prompt_of(made_.context);
        if (priced_) made_.context.price_list = shipped_prices().version();
        if (call_ == no_step) return;
        const Step& call = made_.steps[call_];
        made_.versions.model =
            call.model_answered.empty() ? call.model_requested : call.model_answered;
        made_.provider = call.provider;
    }

    void words() {
        // An agent at the root tells what its user said and was told; its calls talk to each other.
        for (const std::uint32_t i : family_.outermost_first) {
            const Step& root = made_.steps[i];
            if (family_.parent[i] != no_step || root.kind != StepKind::agent) continue;
            made_.question = last_text(root.input, Role::user);
            made_.answer = last_text(root.output, Role::assistant);
            if (!made_.question.empty() && !made_.answer.empty()) return;
        }
        const std::uint32_t teller = content_of(call_);
        if (teller != no_step) {
            made_.question = last_text(made_.steps[teller].input, Role::user);
            made_.answer = last_text(made_.steps[teller].output, Role::assistant);
        }
        const bool answered = teller != no_step && !made_.steps[teller].output.empty();
        for (const std::uint32_t i : family_.outermost_first) {
            const Step& step = made_.steps[i];
            if (usage_.judging[i] ||
                (step.kind != StepKind::agent && step.kind != StepKind::workflow)) {
                continue;
            }
            if (made_.question.empty()) made_.question = last_text(step.input, Role::user);
            if (made_.answer.empty() && !answered) {
                made_.answer = last_text(step.output, Role::assistant);
            }
        }
        for (std::size_t i = made_.steps.size(); i-- > 0 && made_.question.empty();) {
            if (!usage_.judging[i]) made_.question = last_text(made_.steps[i].input, Role::user);
        }
        for (std::size_t i = 0; i < made_.steps.size() && made_.question.empty(); ++i) {
            made_.question = made_.steps[i].query;
        }
    }

    void numbers() {
        for (std::uint32_t i = 0; i < made_.steps.size(); ++i) {
            const Step& step = made_.steps[i];
            if (step.kind == StepKind::model_call && !made_.first_token_s && !usage_.judging[i]) {
                made_.first_token_s = step.first_token_s;
            }
            if (step.counts_tokens) {
                add(made_.tokens.input, step.tokens.input);
                add(made_.tokens.output, step.tokens.output);
                add(made_.tokens.cache_read, step.tokens.cache_read);
                add(made_.tokens.cache_write, step.tokens.cache_write);
                add(made_.tokens.reasoning, step.tokens.reasoning);
            }
            // A wrapper may know the price of what it wraps.
            const bool prices_another = usage_.repeats[i] != no_step && !usage_.judging[i] &&
                                        !made_.steps[usage_.repeats[i]].cost_usd;
            if (step.cost_usd && (step.counts_tokens || prices_another)) {
                made_.cost_usd = made_.cost_usd.value_or(0) + *step.cost_usd;
            }
        }
        if (made_.cost_usd) return;
        for (const std::uint32_t i : family_.outermost_first) {
            if (made_.steps[i].cost_usd && !usage_.judging[i]) {
                made_.cost_usd = made_.steps[i].cost_usd;
                return;
            }
        }
    }

    void outcome() {
        for (std::uint32_t i = 0; i < made_.steps.size(); ++i) {
            made_.failed |= family_.parent[i] == no_step && made_.steps[i].failed;
        }
        if (call_ != no_step) made_.failed |= made_.steps[call_].failed;
    }

    /// What was lost on the way.
    void losses() {
        for (std::uint32_t i = 0; i < made_.steps.size(); ++i) {
            const Step& step = made_.steps[i];
            made_.dropped += step.dropped;
            const bool names_another = !step.parent.is_zero() && step.parent != step.id;
            made_.orphans += names_another && family_.parent[i] == no_step;
            for (const OutsideScore& score : step.outside_scores)
                made_.outside_scores.push_back(score);
        }
    }

    void attributes() {
        for (const std::uint32_t i : family_.outermost_first) {
            auto& slices = made_.steps[i].slices;
            for (auto slice = slices.rbegin(); slice != slices.rend(); ++slice) {
                if (made_.attributes.size() == attributes_max) return;
                made_.attributes.try_emplace(slice->first, slice->second);
            }
        }
        for (const auto& [key, json] : made_.resource) {
            if (made_.attributes.size() == attributes_max) return;
            if (is_about_the_process(key) || json.size() > attribute_bytes_max) continue;
            std::string text = plain_json(json);
            if (!text.empty()) made_.attributes.try_emplace(key, std::move(text));
        }
    }

  private:
    /// The last model call in the order of the steps: ends of one millisecond say nothing.
    std::uint32_t last_call() const {
        std::uint32_t last = no_step;
        for (std::uint32_t i = 0; i < made_.steps.size(); ++i) {
            const Step& step = made_.steps[i];
            if (step.kind != StepKind::model_call || usage_.judging[i]) continue;
            if (usage_.repeats[i] != no_step) continue;
            last = i;
        }
        return last;
    }

    /// That call, or one that tells of it again, whichever has content.
    std::uint32_t content_of(std::uint32_t call) const {
        if (call == no_step || made_.steps[call].content != ContentStatus::absent) return call;
        for (std::uint32_t i = 0; i < made_.steps.size(); ++i) {
            if (usage_.repeats[i] == call && made_.steps[i].content != ContentStatus::absent) {
                return i;
            }
        }
        return call;
    }

    Interaction& made_;
    Family family_;
    Usage usage_;
    bool priced_ = false;
    std::uint32_t call_ = no_step;
};

}  // namespace

Interaction assemble(TraceId trace, std::vector<Step> steps, const Origin& origin,
                     bool incomplete) {
    Interaction made;
    made.id = trace;
    made.incomplete = incomplete;
    made.service = origin.service;
    made.environment = origin.environment;
    made.resource = origin.resource;
    sort_steps(steps);
    made.steps = std::move(steps);
    Assembly assembly(made);
    assembly.times();
    assembly.context();
    assembly.words();
    assembly.numbers();
    assembly.outcome();
    assembly.losses();
    assembly.attributes();
    made.traits = traits_of(made) | signals_of(made);
    return made;
}

}  // namespace plimsoll::interaction
