#include "analyse/calibration/mcnemar.h"
#include "analyse/comparison/proportions.h"
#include "analyse/comparison/sample_size.h"
#include "analyse/comparison/tango.h"
#include "analyse/drift/distances.h"
#include "analyse/drift/two_sigma.h"
#include "analyse/overlap/effective_dimensions.h"
#include "analyse/overlap/mantel_haenszel.h"
#include "analyse/stats/false_discovery.h"
#include "analyse/stats/wilson.h"
#include "peers/functions.h"

namespace plimsoll::peers {
namespace {

using namespace analyse;

Flips flips(const Arguments& a) {
    return {static_cast<std::uint64_t>(a.number("new_wrong")),
            static_cast<std::uint64_t>(a.number("old_wrong"))};
}
Share first(const Arguments& a) {
    return {a.number("events1"), a.number("n1")};
}
Share second(const Arguments& a) {
    return {a.number("events2"), a.number("n2")};
}
GatePlan plan(const Arguments& a) {
    return {a.number("variance"), a.number("difference"), a.number("margin"),
            a.number("confidence"), a.number("power")};
}
FailurePair pair_of(const std::vector<double>& cells) {
    return {cells[0], cells[1], cells[2], cells[3]};
}

constexpr Function functions[] = {
    {"benjamini_hochberg",
     [](const Arguments& a) { return Answer(benjamini_hochberg(a.numbers("p"))); }},
    {"benjamini_yekutieli",
     [](const Arguments& a) { return Answer(benjamini_yekutieli(a.numbers("p"))); }},
    {"effective_dimensions",
     [](const Arguments& a) {
         return answer(effective_dimensions(a.numbers("correlations"),
                                            static_cast<std::size_t>(a.number("size"))));
     }},
    {"holm", [](const Arguments& a) { return Answer(holm(a.numbers("p"))); }},
    {"jensen_shannon_divergence",
     [](const Arguments& a) {
         return answer(jensen_shannon_divergence(a.numbers("p"), a.numbers("q")));
     }},
    {"katz", [](const Arguments& a) { return answer(katz(first(a), second(a))); }},
    {"kolmogorov_distance",
     [](const Arguments& a) {
         return answer(kolmogorov_distance(a.numbers("p"), a.numbers("q")));
     }},
    {"kolmogorov_p",
     [](const Arguments& a) { return answer(kolmogorov_p(a.number("distance"), a.number("n"))); }},
    {"koopman", [](const Arguments& a) { return answer(koopman(first(a), second(a))); }},
    {"mantel_haenszel",
     [](const Arguments& a) {
         std::vector<FailurePair> strata;
         for (const auto& cells : a.lists("strata")) strata.push_back(pair_of(cells));
         const auto odds = mantel_haenszel(strata);
         if (!odds) return Answer(Undefined{odds.why()});
         return Answer(std::vector{odds->odds_ratio, odds->log_error, odds->interval.low,
                                   odds->interval.high, odds->chi_square, odds->p});
     }},
    {"mcnemar_chi_square",
     [](const Arguments& a) {
         return Answer(
             std::vector{mcnemar_chi_square(flips(a)), mcnemar_chi_square(flips(a), true)});
     }},
    {"mcnemar_exact_p", [](const Arguments& a) { return answer(mcnemar_exact_p(flips(a))); }},
    {"mcnemar_mid_p", [](const Arguments& a) { return answer(mcnemar_mid_p(flips(a))); }},
    {"miettinen_nurminen",
     [](const Arguments& a) { return answer(miettinen_nurminen(first(a), second(a))); }},
    {"newcombe", [](const Arguments& a) { return answer(newcombe(first(a), second(a))); }},
    {"jaccard", [](const Arguments& a) { return answer(jaccard(pair_of(a.numbers("cells")))); }},
    {"odds_ratio",
     [](const Arguments& a) { return answer(odds_ratio(pair_of(a.numbers("cells")))); }},
    {"pairs_to_pass", [](const Arguments& a) { return answer(pairs_to_pass(plan(a))); }},
    {"power_to_pass",
     [](const Arguments& a) { return answer(power_to_pass(plan(a), a.number("n"))); }},
    {"population_stability_index",
     [](const Arguments& a) {
         return answer(population_stability_index(a.numbers("p"), a.numbers("q")));
     }},
    {"phi", [](const Arguments& a) { return answer(phi(pair_of(a.numbers("cells")))); }},
    {"tango",
     [](const Arguments& a) {
         return answer(tango({a.number("gained"), a.number("lost"), a.number("n")}));
     }},
    {"two_sigma",
     [](const Arguments& a) {
         const auto found = two_sigma_rule(a.numbers("trailing"), a.number("now"));
         if (!found) return Answer(Undefined{found.why()});
         return Answer(std::vector{found->z, found->false_alarm_rate});
     }},
    {"tetrachoric",
     [](const Arguments& a) { return answer(tetrachoric(pair_of(a.numbers("cells")))); }},
    {"wasserstein_distance",
     [](const Arguments& a) {
         return answer(wasserstein_distance(a.numbers("p"), a.numbers("q"), a.number("width")));
     }},
    {"wilson",
     [](const Arguments& a) { return answer(wilson(a.number("events"), a.number("n"))); }},
};

}  // namespace

std::span<const Function> comparison_functions() {
    return functions;
}

}  // namespace plimsoll::peers
