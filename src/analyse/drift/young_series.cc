#include "analyse/drift/young_series.h"

#include <map>
#include <vector>

namespace plimsoll::analyse {

namespace {

std::vector<double> reference_means(const SeriesReport& report) {
    std::vector<double> means;
    for (std::size_t i = 0; i < report.reference_weeks; ++i) means.push_back(report.weeks[i].mean);
    return means;
}

double sample_variance(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    double mean = 0, squares = 0;
    for (const double value : values) mean += value / n;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares / (n - 1);
}

void test_weeks(SeriesReport& report, SpreadPrior prior) {
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
        report.verdicts[i].test = moderated_weekly_test(
            reference_means(report), report.weeks[report.reference_weeks + i].mean, prior);
    }
}

}  // namespace

void test_young_series(std::span<SeriesReport* const> reports) {
    std::map<std::size_t, std::vector<SeriesReport*>> by_weeks;
    for (SeriesReport* report : reports) {
        const std::size_t weeks = report->reference_weeks;
        if (weeks < moderated_weeks_min || weeks >= reference_weeks_min) continue;
        by_weeks[weeks].push_back(report);
    }
    for (const auto& [weeks, siblings] : by_weeks) {
        std::vector<double> variances;
        for (const SeriesReport* one : siblings) {
            variances.push_back(sample_variance(reference_means(*one)));
        }
        const auto prior = pooled_spread(variances, static_cast<double>(weeks) - 1);
        if (!prior) continue;
        for (SeriesReport* one : siblings) test_weeks(*one, *prior);
    }
}

}  // namespace plimsoll::analyse
