#include "analyse/stats/distributions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {
namespace {

TEST(Distributions, normal_quantiles_are_the_constants_everybody_knows) {
    EXPECT_NEAR(normal_quantile(0.975), z_95_two_sided, 1e-14);
    EXPECT_NEAR(normal_quantile(0.95), z_95_one_sided, 1e-14);
    EXPECT_NEAR(normal_cdf(-10) / 7.61985302416052606e-24, 1, 1e-12);  // Abramowitz & Stegun 26.2
    EXPECT_EQ(normal_quantile(0), -INFINITY);
}

TEST(Distributions, student_quantiles_of_the_bucket_counts) {  // docs/statistics.md#kernel
    EXPECT_NEAR(student_quantile(0.975, 63), 1.998341, 5e-7);
    EXPECT_NEAR(student_quantile(0.975, 15), 2.131450, 5e-7);
}

TEST(Distributions, two_standard_deviations_of_eight_weeks_are_ten_percent) {
    EXPECT_NEAR(student_two_sided_p(2 / std::sqrt(1.125), 7), 0.101326, 5e-7);  // TV-4.1
}

TEST(Distributions, binomial_tails_give_the_smallest_rejecting_counts) {  // TV-6.2, two of its rows
    EXPECT_LE(1 - binomial_cdf(11, 200, .02), .001);
    EXPECT_GT(1 - binomial_cdf(10, 200, .02), .001);
    EXPECT_LE(1 - binomial_cdf(18, 200, .05), .01);
    EXPECT_GT(1 - binomial_cdf(17, 200, .05), .01);
}

TEST(Distributions, binomial_mass_adds_up_to_its_distribution) {
    double sum = 0;
    for (int k = 0; k <= 12; ++k) {
        sum += binomial_pmf(k, 12, 0.3);
        EXPECT_NEAR(sum, binomial_cdf(k, 12, 0.3), 1e-14);
    }
}

TEST(Distributions, kolmogorov_agrees_with_TV_4_5_and_with_itself_where_its_two_forms_meet) {
    EXPECT_NEAR(kolmogorov_survival(1.42699138), 0.03406562, 1e-8);
    EXPECT_NEAR(kolmogorov_survival(1.18 - 1e-13), kolmogorov_survival(1.18 + 1e-13), 1e-12);
}

TEST(Distributions, lambert_w_undoes_x_times_e_to_x) {
    for (const double w : {-1.5, -3.0, -20.0})
        EXPECT_NEAR(lambert_w_minus1(w * std::exp(w)) / w, 1, 1e-12);
}

TEST(Distributions, derivatives_of_log_gamma_at_one) {  // Abramowitz & Stegun 6.3.2, 6.4.2
    EXPECT_NEAR(digamma(1), -0.57721566490153286, 1e-15);
    EXPECT_NEAR(trigamma(1), M_PI * M_PI / 6, 1e-14);
    EXPECT_NEAR(digamma(.5), -0.57721566490153286 - 2 * std::log(2), 1e-14);
}

TEST(Distributions, log_beta_keeps_its_digits_beside_large_arguments) {  // mpmath, 40 digits
    const double all[][3] = {{0.13470400545497055, 5948.914091610062, 0.77024957198942043807},
                             {12.5, 1e6, -153.95960633732948232},
                             {1, 10, -2.302585092994045684},
                             {10, 10, -13.736229227036554814},
                             {250.25, 3e8, -3754.7994243936218072},
                             {1e-3, 1e5, 6.8956659649138917624}};
    for (const auto& [a, b, log] : all) {
        EXPECT_NEAR(log_beta(a, b) / log, 1, 1e-13) << a << " " << b;
        EXPECT_EQ(log_beta(a, b), log_beta(b, a));
    }
}

}  // namespace
}  // namespace plimsoll::analyse
