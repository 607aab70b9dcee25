#include "analyse/stats/interval_choice.h"

#include "analyse/stats/cluster_variance.h"

namespace plimsoll::analyse {

namespace {

/// From here on the mean of graded scores is normal enough for Student's t.
constexpr double graded_clusters_min = 100;

IntervalChoice choice_for_mean(const IntervalQuestion& question) {
    using enum IntervalMethod;
    if (question.strata && question.quantity == Quantity::weighted_proportion) {
        return {mover_wilson, "MOVER-Wilson over the strata",
                "strata of a weighted sample: right at 60 judgements, where Wald covers 81%"};
    }
    if (!question.clustered && question.quantity == Quantity::proportion) {
        return {wilson, "Wilson", "one proportion: near its nominal coverage at every n >= 10"};
    }
    if (question.quantity == Quantity::graded_mean && question.clusters >= graded_clusters_min) {
        return {bucket_t, "Student's t over buckets of sessions",
                "graded scores of 100 clusters or more: cluster-robust, and merges"};
    }
    if (question.clustered && question.clusters < clusters_min) {
        return {clustered_wilson, "Wilson, few sessions: one count per session bucket",
                "too few clusters for the variance between them: only they are counted"};
    }
    return {clustered_wilson, "Wilson with the effective count of session buckets",
            "stays inside [0, 1], and knows that scores come in sessions"};
}

}  // namespace

IntervalChoice choose_interval(const IntervalQuestion& question) {
    using enum IntervalMethod;
    const bool mean = question.quantity == Quantity::proportion ||
                      question.quantity == Quantity::weighted_proportion ||
                      question.quantity == Quantity::graded_mean;
    if (question.watched && question.quantity == Quantity::proportion && !question.clustered) {
        return {beta_mixture, "Beta-mixture confidence sequence",
                "watched all the time: holds at every look together"};
    }
    if (question.watched) {
        return {asymptotic_sequence, "asymptotic confidence sequence",
                "watched all the time: holds at every look together, for any variance estimate"};
    }
    if (mean) return choice_for_mean(question);
    switch (question.quantity) {
        case Quantity::matthews:
            return {fisher_z, "Fisher z with half a count a cell",
                    "covers 94-95% at 40 to 200 labels, where Wald covers 80-94%"};
        case Quantity::proportion_difference:
            return {newcombe, "Newcombe", "two proportions: Wilson's limits combined"};
        case Quantity::paired_difference:
            return {tango, "Tango", "the same items twice: only those that changed count"};
        default:
            return {koopman, "Koopman", "a ratio of proportions, also at zero counts"};
    }
}

}  // namespace plimsoll::analyse
