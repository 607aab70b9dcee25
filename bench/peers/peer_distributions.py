"""Distribution functions and quantiles beside SciPy's."""

from decimal import Decimal, localcontext
from math import comb

import numpy as np
from scipy import optimize, special, stats

from inputs import probability
from peer import Peer, Refusal

EVERY_DIGIT = {"scale": 1e-290, "tolerance": 1e-11}


def degrees(dice):
    return (
        float(dice.integers(1, 60)) if dice.random() < 0.7 else float(10 ** dice.uniform(-0.3, 5))
    )


def shape(dice):
    return float(10 ** dice.uniform(-1, 4))


def beta_arguments(dice):
    a, b = shape(dice), shape(dice)
    near_middle = float(dice.beta(a, b))
    return {"x": near_middle if dice.random() < 0.6 else probability(dice), "a": a, "b": b}


def binomial_arguments(dice):
    n = int(dice.integers(1, 40)) if dice.random() < 0.5 else int(10 ** dice.uniform(1, 5))
    p = probability(dice)
    k = int(dice.binomial(n, p)) if dice.random() < 0.6 else int(dice.integers(-1, n + 2))
    return {"k": k, "n": n, "p": p}


def binomial_cdf(k, n, p):
    """Not scipy.stats: its binomial and beta are Boost's, as ours are."""
    return 0.0 if k < 0 else 1.0 if k >= n else special.bdtr(k, n, p)


def binomial_pmf(k, n, p):
    if k < 0 or k > n:
        return 0.0
    with localcontext() as context:
        context.prec = 50
        p = Decimal(p)
        return float(Decimal(comb(n, k)) * p**k * (1 - p) ** (n - k))


def beta_quantile(p, a, b):
    """On the log scale. Not btdtri, which answers 1 for p = 1 - 2e-8, a = .3, b = 2705."""
    if special.btdtr(a, b, 1e-300) > p:
        return Refusal("below 1e-300")
    return np.exp(
        optimize.brentq(lambda x: special.btdtr(a, b, np.exp(x)) - p, -691, 0, xtol=1e-14)
    )


def lambert_arguments(dice):
    if dice.random() < 0.5:
        return {"x": -float(10 ** dice.uniform(-300, -0.5))}
    return {"x": -float(dice.uniform(1e-3, 0.367))}


def student_quantile(p, degrees):
    return optimize.brentq(lambda t: special.stdtr(degrees, t) - p, -1e9, 0, xtol=1e-14, rtol=1e-14)


peers = [
    Peer(
        "beta_cdf",
        "scipy.special.btdtr",
        beta_arguments,
        lambda x, a, b: special.btdtr(a, b, x),
        scale=1e-290,
        tolerance=1e-9,
        says="btdtr is off by 4e-11 where mpmath with 40 digits agrees with ours to 1e-14",
    ),
    Peer(
        "beta_quantile",
        "scipy.special.btdtr, inverted",
        lambda d: {"p": float(10 ** d.uniform(-12, -0.01)), "a": shape(d), "b": shape(d)},
        beta_quantile,
        scale=1e-290,
        tolerance=1e-8,
        says="an error of btdtr is ten times larger here for a = .1",
    ),
    Peer(
        "binomial_cdf",
        "scipy.special.bdtr",
        binomial_arguments,
        binomial_cdf,
        scale=1e-290,
        tolerance=1e-8,
        says="bdtr is off by 3e-10 where mpmath with 50 digits agrees with ours to 5e-13",
    ),
    Peer(
        "binomial_pmf",
        "the definition, in 50 decimal digits",
        binomial_arguments,
        binomial_pmf,
        **EVERY_DIGIT
    ),
    Peer(
        "chi_square_cdf",
        "scipy.special.chdtr",
        lambda d: {
            "x": float(d.choice([0.01, 1, 3]) * d.chisquare(5) * d.choice([1, 10])),
            "degrees": degrees(d),
        },
        lambda x, degrees: special.chdtr(degrees, x),
        **EVERY_DIGIT
    ),
    Peer(
        "chi_square_quantile",
        "scipy.stats.chi2.ppf",
        lambda d: {"p": probability(d), "degrees": degrees(d)},
        lambda p, degrees: stats.chi2.ppf(p, degrees),
        **EVERY_DIGIT
    ),
    Peer(
        "chi_square_survival",
        "scipy.special.chdtrc",
        lambda d: {
            "x": float(d.choice([0.01, 1, 3]) * d.chisquare(5) * d.choice([1, 10])),
            "degrees": degrees(d),
        },
        lambda x, degrees: special.chdtrc(degrees, x),
        **EVERY_DIGIT
    ),
    Peer(
        "digamma",
        "scipy.special.digamma",
        lambda d: {"x": float(10 ** d.uniform(-6, 6))},
        lambda x: special.digamma(x),
        tolerance=1e-11,
    ),
    Peer(
        "kolmogorov_survival",
        "scipy.special.kolmogorov",
        lambda d: {"x": float(d.uniform(0, 3)) if d.random() < 0.7 else float(d.uniform(3, 18))},
        lambda x: special.kolmogorov(x),
        **EVERY_DIGIT
    ),
    Peer(
        "lambert_w_minus1",
        "scipy.special.lambertw, k = -1",
        lambert_arguments,
        lambda x: special.lambertw(x, -1).real,
        **EVERY_DIGIT
    ),
    Peer(
        "log_beta",
        "scipy.special.betaln",
        lambda d: {"a": shape(d), "b": shape(d)},
        lambda a, b: special.betaln(a, b),
        tolerance=1e-10,
        says="betaln subtracts logarithms of Gamma",
    ),
    Peer(
        "normal_cdf",
        "scipy.special.ndtr",
        lambda d: {"z": float(d.normal()) if d.random() < 0.5 else float(d.uniform(-36, 9))},
        lambda z: special.ndtr(z),
        **EVERY_DIGIT
    ),
    Peer(
        "normal_quantile",
        "scipy.special.ndtri",
        lambda d: {"p": probability(d)},
        lambda p: special.ndtri(p),
        scale=1e-3,
        tolerance=1e-11,
    ),
    Peer(
        "student_cdf",
        "scipy.special.stdtr",
        lambda d: {"t": float(d.standard_t(2) * d.choice([1, 10])), "degrees": degrees(d)},
        lambda t, degrees: special.stdtr(degrees, t),
        **EVERY_DIGIT
    ),
    Peer(
        "student_quantile",
        "scipy.stats.t.ppf",
        lambda d: {"p": probability(d), "degrees": degrees(d)},
        lambda p, degrees: stats.t.ppf(p, degrees),
        scale=1e-3,
        tolerance=1e-7,
        says="t.ppf is off by 4e-9 where mpmath with 40 digits agrees with ours to 1e-15",
    ),
    Peer(
        "student_quantile",
        "scipy.special.stdtr, inverted",
        lambda d: {"p": float(d.uniform(1e-4, 0.5)), "degrees": degrees(d)},
        student_quantile,
        tolerance=1e-10,
    ),
    Peer(
        "student_two_sided_p",
        "2 scipy.stats.t.sf",
        lambda d: {"t": float(d.standard_t(2) * d.choice([1, 10])), "degrees": degrees(d)},
        lambda t, degrees: 2 * stats.t.sf(abs(t), degrees),
        **EVERY_DIGIT
    ),
    Peer(
        "trigamma",
        "scipy.special.polygamma(1, x)",
        lambda d: {"x": float(10 ** d.uniform(-6, 6))},
        lambda x: special.polygamma(1, x),
        **EVERY_DIGIT
    ),
]
