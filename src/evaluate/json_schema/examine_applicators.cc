#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "evaluate/json_schema/examination.h"

namespace plimsoll::evaluate::schema {

using json::Value;

namespace {

/// What may be spent on saying which alternative came nearest, once it is clear that none fits.
constexpr std::uint64_t explaining_work_max = 100'000;

}  // namespace

bool Examination::applied(const Applicator& applicator, Value value, const Step* at,
                          Evaluated* seen) {
    switch (applicator.kind) {
        case Applicator::ref:
            return satisfies(applicator.schemas[0], value, at, seen, applicator.keyword);
        case Applicator::dynamic_ref:
            return satisfies(dynamic_target(applicator), value, at, seen, applicator.keyword);
        case Applicator::all_of:
            for (const SubschemaId id : applicator.schemas) {
                if (!satisfies(id, value, at, seen, applicator.keyword)) return false;
            }
            return true;
        case Applicator::any_of:
            return any_of(applicator, value, at, seen);
        case Applicator::one_of:
            return one_of(applicator, value, at, seen);
        case Applicator::none_of:
            return none_of(applicator, value, at);
        case Applicator::conditional:
            return conditional(applicator, value, at, seen);
    }
    return true;
}

bool Examination::any_of(const Applicator& applicator, Value value, const Step* at,
                         Evaluated* seen) {
    bool found = false;
    for (const SubschemaId id : applicator.schemas) {
        found = quietly(id, value, at, seen) || found;
        if (!too_complex_.empty()) return false;
        if (found && !seen) break;  // Otherwise all must be asked for what they evaluate.
    }
    if (found) return true;
    return differs(at, "anyOf", [&] {
        return fmt::format("expected one of {} alternatives to fit, found none{}",
                           applicator.schemas.size(), nearest(applicator, value, at));
    });
}

bool Examination::one_of(const Applicator& applicator, Value value, const Step* at,
                         Evaluated* seen) {
    std::size_t fitting[2] = {0, 0};
    std::size_t found = 0;
    for (std::size_t i = 0; i < applicator.schemas.size() && found < 2; ++i) {
        if (quietly(applicator.schemas[i], value, at, seen)) fitting[found++] = i;
        if (!too_complex_.empty()) return false;
    }
    if (found == 1) return true;
    return differs(at, "oneOf", [&] {
        const std::size_t count = applicator.schemas.size();
        return found == 0 ? fmt::format("expected one of {} alternatives to fit, found none{}",
                                        count, nearest(applicator, value, at))
                          : fmt::format(
                                "expected only one of {} alternatives to fit, found that "
                                "[{}] and [{}] do",
                                count, fitting[0], fitting[1]);
    });
}

bool Examination::none_of(const Applicator& applicator, Value value, const Step* at) {
    const bool found = quietly(applicator.schemas[0], value, at, nullptr);
    if (!too_complex_.empty()) return false;
    if (!found) return true;
    return differs(at, "not", [] { return "expected what does not fit the schema in not"; });
}

bool Examination::conditional(const Applicator& applicator, Value value, const Step* at,
                              Evaluated* seen) {
    const bool holds = quietly(applicator.schemas[0], value, at, seen);
    if (!too_complex_.empty()) return false;
    const SubschemaId branch = applicator.schemas[holds ? 1 : 2];
    return branch == none || satisfies(branch, value, at, seen, holds ? "then" : "else");
}

/// The outermost resource on the way here that has the name decides.
SubschemaId Examination::dynamic_target(const Applicator& applicator) {
    for (const std::uint32_t resource : scope_) {
        for (const DynamicAnchor& anchor : graph_.dynamic_anchors[resource]) {
            if (!spend(1)) return applicator.schemas[0];
            if (anchor.name == applicator.dynamic_name) return anchor.schema;
        }
    }
    return applicator.schemas[0];
}

bool Examination::quietly(SubschemaId id, Value value, const Step* at, Evaluated* seen) {
    const bool was_loud = std::exchange(is_loud_, false);
    bool satisfied;
    if (seen) {
        Evaluated own;
        satisfied = satisfies(id, value, at, &own, "");
        if (satisfied && spend(1 + own.size() / 64)) seen->merge(own);
    } else {
        satisfied = satisfies(id, value, at, nullptr, "");
    }
    is_loud_ = was_loud;
    return satisfied;
}

std::string Examination::nearest(const Applicator& applicator, Value value, const Step* at) {
    if (std::exchange(is_explaining_, true)) return "";  // One level: otherwise it could double.
    const std::uint64_t saved = work_left_;
    work_left_ = std::min(saved, explaining_work_max);
    Violation best;
    std::size_t best_depth = 0;
    for (const SubschemaId id : applicator.schemas) {
        if (satisfies(id, value, at, nullptr, applicator.keyword) || !too_complex_.empty()) break;
        const bool says_more = violation_depth_ > best_depth ||
                               (violation_depth_ == best_depth && best.keyword == "type");
        if (!best.place.empty() && !says_more) continue;
        best = violation_;
        best_depth = violation_depth_;
    }
    too_complex_ = {};
    work_left_ = saved;
    is_explaining_ = false;
    return best.place.empty() ? "" : fmt::format(" (nearest: {})", best.text());
}

}  // namespace plimsoll::evaluate::schema
