/// distributions.h: the distributions that intervals and tests are read off.
///
/// Double precision, relative error at most 1e-12 where the value is above 1e-300 (binomials of
/// 100 000: 4e-12; bench/PEERS.md). Arguments outside a domain are the caller's fault and asserted. Boost.Math stays behind distributions.cc.
#pragma once

namespace plimsoll::analyse {

double normal_cdf(double z);
/// Also for p = 0 and 1, which give the infinities.
double normal_quantile(double p);

double student_cdf(double t, double degrees);
double student_quantile(double p, double degrees);
/// P(|T| > |t|).
double student_two_sided_p(double t, double degrees);

double chi_square_cdf(double x, double degrees);
/// P(X > x), exact in the far tail.
double chi_square_survival(double x, double degrees);
double chi_square_quantile(double p, double degrees);

/// Regularised incomplete beta I_x(a, b): the beta distribution's cdf.
double beta_cdf(double x, double a, double b);
double beta_quantile(double p, double a, double b);
/// log B(a, b)
double log_beta(double a, double b);

/// P(Bin(n, p) <= k). Zero for k < 0, one for k >= n.
double binomial_cdf(double k, double n, double p);
/// P(Bin(n, p) = k)
double binomial_pmf(double k, double n, double p);

/// P(K > x) = 2 sum (-1)^(j-1) exp(-2 j^2 x^2), the Kolmogorov distribution's tail.
double kolmogorov_survival(double x);

/// The branch of Lambert's W with W <= -1, for x in [-1/e, 0).
double lambert_w_minus1(double x);

/// First and second derivative of log Gamma, x > 0: mean and variance of a log chi-square.
double digamma(double x);
double trigamma(double x);

}  // namespace plimsoll::analyse
