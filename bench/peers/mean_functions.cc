#include "analyse/calibration/matthews.h"
#include "analyse/calibration/rank_correlation.h"
#include "analyse/stats/bootstrap.h"
#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/moments.h"
#include "analyse/stats/paule_mandel.h"
#include "analyse/stats/ranks.h"
#include "peers/functions.h"

namespace plimsoll::peers {
namespace {

using namespace analyse;

Answer effects(const RandomEffects& found) {
    return std::vector{found.tau2, found.mean, found.standard_error};
}

double mean_of(std::span<const double> x, std::span<const double> times) {
    double sum = 0, n = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum += times[i] * x[i];
        n += times[i];
    }
    return sum / n;
}

constexpr Function functions[] = {
    {"bca_interval",
     [](const Arguments& a) {
         return answer(
             bca_interval(a.number("value"), a.numbers("replicates"), a.numbers("without")));
     }},
    {"bootstrap_mean",
     [](const Arguments& a) {
         const auto x = a.numbers("x");
         return answer(bootstrap(
             x.size(), static_cast<std::uint64_t>(a.number("key")),
             [&](std::span<const double> times) { return std::optional(mean_of(x, times)); }));
     }},
    {"bootstrap_pearson",
     [](const Arguments& a) {
         const auto x = a.numbers("x"), y = a.numbers("y");
         return answer(bootstrap(x.size(), static_cast<std::uint64_t>(a.number("key")),
                                 [&](std::span<const double> times) {
                                     const auto r = pearson(x, y, times);
                                     return r ? std::optional(*r) : std::nullopt;
                                 }));
     }},
    {"cluster_variance",  // Every cluster in a bucket of its own.
     [](const Arguments& a) {
         ClusteredSums sums(static_cast<std::size_t>(a.number("clusters")));
         const auto w = a.numbers("w"), y = a.numbers("y"), cluster = a.numbers("cluster");
         for (std::size_t i = 0; i < w.size(); ++i) {
             sums.add(w[i], y[i], static_cast<std::size_t>(cluster[i]));
         }
         return Answer(std::vector{sums.all.mean(), bucket_variance(sums)});
     }},
    {"dersimonian_laird",
     [](const Arguments& a) {
         return effects(dersimonian_laird(a.numbers("values"), a.numbers("variances")));
     }},
    {"moments",
     [](const Arguments& a) {  // In two parts that merge.
         Moments first, second;
         const auto x = a.numbers("x");
         for (std::size_t i = 0; i < x.size(); ++i) (i % 3 == 0 ? first : second).add(x[i]);
         first.merge(second);
         return Answer(std::vector{first.mean, first.variance()});
     }},
    {"paule_mandel",
     [](const Arguments& a) {
         return effects(paule_mandel(a.numbers("values"), a.numbers("variances")));
     }},
    {"weighted_sums",
     [](const Arguments& a) {
         WeightedSums sums;
         const auto w = a.numbers("w"), y = a.numbers("y");
         for (std::size_t i = 0; i < w.size(); ++i) sums.add(w[i], y[i]);
         return Answer(std::vector{sums.mean(), sums.process_variance(), sums.score_variance()});
     }},
};

}  // namespace

std::span<const Function> mean_functions() {
    return functions;
}

}  // namespace plimsoll::peers
