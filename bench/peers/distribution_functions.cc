#include "analyse/stats/distributions.h"
#include "peers/functions.h"

namespace plimsoll::peers {
namespace {

using namespace analyse;

constexpr Function functions[] = {
    {"beta_cdf",
     [](const Arguments& a) {
         return answer(beta_cdf(a.number("x"), a.number("a"), a.number("b")));
     }},
    {"beta_quantile",
     [](const Arguments& a) {
         return answer(beta_quantile(a.number("p"), a.number("a"), a.number("b")));
     }},
    {"binomial_cdf",
     [](const Arguments& a) {
         return answer(binomial_cdf(a.number("k"), a.number("n"), a.number("p")));
     }},
    {"binomial_pmf",
     [](const Arguments& a) {
         return answer(binomial_pmf(a.number("k"), a.number("n"), a.number("p")));
     }},
    {"chi_square_cdf",
     [](const Arguments& a) { return answer(chi_square_cdf(a.number("x"), a.number("degrees"))); }},
    {"chi_square_quantile",
     [](const Arguments& a) {
         return answer(chi_square_quantile(a.number("p"), a.number("degrees")));
     }},
    {"chi_square_survival",
     [](const Arguments& a) {
         return answer(chi_square_survival(a.number("x"), a.number("degrees")));
     }},
    {"digamma", [](const Arguments& a) { return answer(digamma(a.number("x"))); }},
    {"kolmogorov_survival",
     [](const Arguments& a) { return answer(kolmogorov_survival(a.number("x"))); }},
    {"lambert_w_minus1",
     [](const Arguments& a) { return answer(lambert_w_minus1(a.number("x"))); }},
    {"log_beta", [](const Arguments& a) { return answer(log_beta(a.number("a"), a.number("b"))); }},
    {"normal_cdf", [](const Arguments& a) { return answer(normal_cdf(a.number("z"))); }},
    {"normal_quantile", [](const Arguments& a) { return answer(normal_quantile(a.number("p"))); }},
    {"student_cdf",
     [](const Arguments& a) { return answer(student_cdf(a.number("t"), a.number("degrees"))); }},
    {"student_quantile",
     [](const Arguments& a) {
         return answer(student_quantile(a.number("p"), a.number("degrees")));
     }},
    {"student_two_sided_p",
     [](const Arguments& a) {
         return answer(student_two_sided_p(a.number("t"), a.number("degrees")));
     }},
    {"trigamma", [](const Arguments& a) { return answer(trigamma(a.number("x"))); }},
};

}  // namespace

std::span<const Function> distribution_functions() {
    return functions;
}

}  // namespace plimsoll::peers
