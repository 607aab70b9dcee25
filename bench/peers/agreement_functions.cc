#include "analyse/calibration/cohen_kappa.h"
#include "analyse/calibration/krippendorff.h"
#include "analyse/calibration/matthews.h"
#include "analyse/calibration/matthews_multiclass.h"
#include "analyse/calibration/rank_correlation.h"
#include "analyse/stats/ranks.h"
#include "peers/functions.h"

namespace plimsoll::peers {
namespace {

using namespace analyse;

/// Labels 0 … classes-1 of both sides, item by item.
ConfusionTable table_of(const Arguments& a) {
    ConfusionTable table(static_cast<std::size_t>(a.number("classes")));
    const auto human = a.numbers("human"), judge = a.numbers("judge");
    for (std::size_t i = 0; i < human.size(); ++i) {
        ++table.at(static_cast<std::size_t>(human[i]), static_cast<std::size_t>(judge[i]));
    }
    return table;
}

/// Of the error its square: a root of a rounding would look like a difference.
Answer kappa(const Arguments& a, KappaWeights weights) {
    const auto found = cohen_kappa(table_of(a), weights);
    if (!found) return Undefined{found.why()};
    return std::vector{found->value, found->standard_error * found->standard_error};
}

Answer alpha(const Arguments& a, AlphaScale scale) {
    return answer(krippendorff_alpha(a.lists("items"), scale));
}

constexpr Function functions[] = {
    {"cohen_kappa", [](const Arguments& a) { return kappa(a, KappaWeights::exact); }},
    {"cohen_kappa_linear", [](const Arguments& a) { return kappa(a, KappaWeights::linear); }},
    {"cohen_kappa_quadratic", [](const Arguments& a) { return kappa(a, KappaWeights::quadratic); }},
    {"kendall_tau_b",
     [](const Arguments& a) { return answer(kendall_tau_b(a.numbers("x"), a.numbers("y"))); }},
    {"krippendorff_interval", [](const Arguments& a) { return alpha(a, AlphaScale::interval); }},
    {"krippendorff_nominal", [](const Arguments& a) { return alpha(a, AlphaScale::nominal); }},
    {"krippendorff_ordinal", [](const Arguments& a) { return alpha(a, AlphaScale::ordinal); }},
    {"matthews",
     [](const Arguments& a) {
         Confusion counts;
         const auto human = a.numbers("human"), judge = a.numbers("judge");
         for (std::size_t i = 0; i < human.size(); ++i) counts.add(judge[i] == 1, human[i] == 1);
         return answer(matthews(counts));
     }},
    {"matthews_error",  // Of two verdicts, by both of our ways.
     [](const Arguments& a) {
         const ConfusionTable table = table_of(a);
         const Confusion counts{table.at(1, 1), table.at(0, 1), table.at(1, 0), table.at(0, 0)};
         if (!matthews(counts)) return Answer(Undefined{matthews(counts).why()});
         return Answer(std::vector{matthews_variance(counts), matthews_variance(table)});
     }},
    {"matthews_multiclass", [](const Arguments& a) { return answer(matthews(table_of(a))); }},
    {"matthews_multiclass_error",
     [](const Arguments& a) {
         const ConfusionTable table = table_of(a);
         if (!matthews(table)) return Answer(Undefined{matthews(table).why()});
         return answer(matthews_variance(table));
     }},
    {"mid_ranks", [](const Arguments& a) { return Answer(mid_ranks(a.numbers("x"))); }},
    {"pearson", [](const Arguments& a) { return answer(pearson(a.numbers("x"), a.numbers("y"))); }},
    {"pearson_weighted",
     [](const Arguments& a) {
         return answer(pearson(a.numbers("x"), a.numbers("y"), a.numbers("w")));
     }},
    {"spearman",
     [](const Arguments& a) { return answer(spearman(a.numbers("x"), a.numbers("y"))); }},
    {"spearman_weighted",
     [](const Arguments& a) {
         return answer(spearman(a.numbers("x"), a.numbers("y"), a.numbers("w")));
     }},
};

}  // namespace

std::span<const Function> agreement_functions() {
    return functions;
}

}  // namespace plimsoll::peers
