#include "analyse/overlap/mantel_haenszel.h"

#include <algorithm>
#include <cmath>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

Computed<CommonOdds> mantel_haenszel(std::span<const FailurePair> strata) {
    CommonOdds result;
    double r_sum = 0, s_sum = 0, pr = 0, ps_qr = 0, qs = 0, excess = 0, variance = 0;
    for (const FailurePair& t : strata) {
        const double n = t.total();
        if (n <= 1 || t.a() <= 0 || t.b() <= 0 || t.a() >= n || t.b() >= n) continue;
        ++result.strata;
        const double r = t.both * t.neither / n, s = t.only_a * t.only_b / n;
        const double alike = (t.both + t.neither) / n, apart = (t.only_a + t.only_b) / n;
        r_sum += r;
        s_sum += s;
        pr += alike * r;
        ps_qr += alike * s + apart * r;
        qs += apart * s;
        excess += t.both - t.a() * t.b() / n;
        variance += t.a() * (n - t.a()) * t.b() * (n - t.b()) / (n * n * (n - 1));
    }
    if (result.strata == 0) return Undefined{"no stratum has failures and passes of both"};
    if (r_sum <= 0 || s_sum <= 0) {
        return Undefined{"within the strata the dimensions never fail together, or never apart"};
    }
    result.odds_ratio = r_sum / s_sum;
    result.log_error = std::sqrt(pr / (2 * r_sum * r_sum) + ps_qr / (2 * r_sum * s_sum) +
                                 qs / (2 * s_sum * s_sum));
    const double factor = std::exp(z_95_two_sided * result.log_error);
    result.interval = {result.odds_ratio / factor, result.odds_ratio * factor};
    const double corrected = std::max(0.0, std::abs(excess) - 0.5);
    result.chi_square = corrected * corrected / variance;
    result.p = chi_square_survival(result.chi_square, 1);
    return result;
}

}  // namespace plimsoll::analyse
