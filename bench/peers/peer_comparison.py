"""Comparisons, intervals of proportions, tests and distances beside statsmodels and SciPy."""

import numpy as np
from scipy import optimize, special, stats
from scipy.spatial.distance import jensenshannon
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2, mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)

from inputs import shares, size
from peer import UNDEFINED, Convention, Peer, Refusal


def counts(dice, name=""):
    n = int(dice.integers(1, 12)) if dice.random() < 0.4 else int(10 ** dice.uniform(1, 5))
    share = dice.choice([0.0, 1.0, dice.random(), dice.random() ** 4], p=[0.1, 0.1, 0.5, 0.3])
    return {"events" + name: int(dice.binomial(n, share)), "n" + name: n}


def two_counts(dice):
    return counts(dice, "1") | counts(dice, "2")


def two_groups(compare, method):
    def answer(events1, n1, events2, n2):
        return list(
            confint_proportions_2indep(events1, n1, events2, n2, compare=compare, method=method)
        )

    return answer


def katz(events1, n1, events2, n2):
    if events1 == 0 or events2 == 0:
        return UNDEFINED
    return two_groups("ratio", "log")(events1, n1, events2, n2)


def flips(dice):
    most = dice.choice([3, 10, 100, 2000])
    old, new = int(dice.integers(0, most + 1)), int(dice.integers(0, most + 1))
    return {"new_wrong": new, "old_wrong": old if dice.random() < 0.9 else new}


def discordant(new_wrong, old_wrong):
    return [[0, new_wrong], [old_wrong, 0]]


def mcnemar_chi_square(new_wrong, old_wrong):
    table = discordant(new_wrong, old_wrong)
    return [mcnemar(table, exact=False, correction=c).statistic for c in (False, True)]


def mcnemar_mid_p(new_wrong, old_wrong):
    n, k = new_wrong + old_wrong, min(new_wrong, old_wrong)
    if n < 5:
        return Convention("below five flips the definition has a value; we say not decidable")
    return min(
        1.0,
        2 * stats.binom.cdf(k, n, 0.5) - stats.binom.pmf(k, n, 0.5)
        if new_wrong != old_wrong
        else 1.0,
    )


def p_values(dice):
    p = dice.random(size(dice, 1)) ** dice.choice([1, 4])
    if dice.random() < 0.4:
        p = np.round(p, 2)  # Ties, zeros and ones.
    return {"p": p.tolist()}


def adjusted(method):
    return lambda p: multipletests(p, method=method)[1]


def two_shares(empty):
    def draw(dice):
        bins = int(dice.integers(1, 102))
        p = shares(dice, bins, empty)
        return {
            "p": p.tolist(),
            "q": (p if dice.random() < 0.05 else shares(dice, bins, empty)).tolist(),
        }

    return draw


def samples(dice):
    """Scores in tenths, as shares and as they came."""
    return two_shares(True)(dice)


def as_scores(share):
    """Scores whose shares these are: exact, since they came from at most 2000 counts."""
    for n in range(1, 2200):
        times = np.asarray(share) * n
        if np.abs(times - np.round(times)).max() < 1e-7:
            return np.repeat(np.arange(len(share)), np.round(times).astype(int))
    raise AssertionError("not shares of counts")


def kolmogorov_distance(p, q):
    return stats.ks_2samp(as_scores(p), as_scores(q), mode="asymp").statistic


def wasserstein(p, q, width):
    places = width * np.arange(len(p))
    return stats.wasserstein_distance(places, places, p, q)


def stability(p, q):
    p, q = np.asarray(p), np.asarray(q)
    return special.rel_entr(p, q).sum() + special.rel_entr(q, p).sum()


def strata(dice):
    tables = []
    for _ in range(int(dice.integers(1, 9))):
        a, b = dice.dirichlet([1, 1, 1, 1]), int(dice.choice([1, 4, 30, 500]))
        tables.append([int(one) for one in dice.multinomial(b, a)])
    return {"strata": tables}


def mantel_haenszel(strata):
    told = []
    for both, only_a, only_b, neither in strata:
        table = np.array([[both, only_a], [only_b, neither]], float)
        if table.sum() > 1 and table.sum(axis=0).all() and table.sum(axis=1).all():
            told.append(table)
    r = sum(t[0, 0] * t[1, 1] / t.sum() for t in told)
    s = sum(t[0, 1] * t[1, 0] / t.sum() for t in told)
    if r == 0 or s == 0:
        return UNDEFINED  # statsmodels: an odds ratio of 0, infinity or NaN, without an error.
    peer = StratifiedTable([t for t in told])
    test = peer.test_null_odds(correction=True)
    excess = abs(sum(t[0, 0] - t[0].sum() * t[:, 0].sum() / t.sum() for t in told))
    # statsmodels corrects by 1/2 also where less than 1/2 is left; we stop at 0.
    chi_square, p = (test.statistic, test.pvalue) if excess >= 0.5 else (0.0, 1.0)
    return [
        peer.oddsratio_pooled,
        peer.logodds_pooled_se,
        *peer.oddsratio_pooled_confint(),
        chi_square,
        p,
    ]


def one_table(dice):
    return {"cells": strata(dice)["strata"][0]}


def odds_ratio(cells):
    """A half to all cells if one is empty. statsmodels says so of shift_zeros, and adds it to the
    empty ones only."""
    table = np.array(cells, float).reshape(2, 2)
    return Table2x2(table + (table == 0).any() / 2, shift_zeros=False).oddsratio


def gate_plan(dice):
    return {
        "variance": float(dice.uniform(0.01, 1)),
        "difference": float(dice.uniform(-0.02, 0.1)),
        "margin": 0.03,
        "confidence": float(dice.choice([0.9, 0.95, 0.99])),
        "power": float(dice.uniform(0.5, 0.99)),
    }


def pairs_to_pass(variance, difference, margin, confidence, power):
    deviation = np.sqrt(variance)
    n = normal_sample_size_one_tail(
        margin + difference, power, 1 - confidence, deviation, deviation
    )
    return max(1.0, np.ceil(n))


def paired_counts(dice):
    n = int(dice.integers(1, 12)) if dice.random() < 0.4 else int(10 ** dice.uniform(1, 4))
    gained, lost, _ = dice.multinomial(n, dice.dirichlet([0.3, 0.3, 1.5]))
    return {"gained": int(gained), "lost": int(lost), "n": n}


def root(f, low, high):
    """Where a falling f is 0; the nearer end if it is nowhere."""
    if f(low) <= 0:
        return low
    if f(high) >= 0:
        return high
    return optimize.brentq(f, low, high, xtol=1e-15, rtol=1e-14, maxiter=300)


def log_slope(*terms):
    """Of sum count log(share): count / share each way, without 0 / 0."""
    return sum(count * sign / max(share, 1e-300) for count, share, sign in terms if count)


def ends(z, point, low, high):
    """Where the falling score statistic z is at 1.96 and at -1.96."""
    normal = stats.norm.ppf(0.975)
    return [
        low if point <= low else root(lambda at: z(at) - normal, low, point),
        high if point >= high else root(lambda at: z(at) + normal, point, high),
    ]


def tango(gained, lost, n):
    """The definition: where the score test has p = 0.05, with the likeliest share of "lost" found
    by maximising the likelihood instead of by formula."""

    def z(d):
        q = root(
            lambda q: log_slope(
                (gained, q + d, 1), (lost, q, 1), (n - gained - lost, 1 - 2 * q - d, -2)
            ),
            max(0.0, -d),
            (1 - d) / 2,
        )
        return (gained - lost - n * d) / np.sqrt(n * (2 * q + d * (1 - d)) + 1e-300)

    return ends(z, (gained - lost) / n, -1.0, 1.0)


def miettinen_nurminen(events1, n1, events2, n2):
    """The definition, with the likeliest shares by maximising the likelihood."""
    n = n1 + n2

    def z(d):
        p2 = root(
            lambda p: log_slope(
                (events1, p + d, 1),
                (n1 - events1, 1 - p - d, -1),
                (events2, p, 1),
                (n2 - events2, 1 - p, -1),
            ),
            max(0.0, -d),
            min(1.0, 1 - d),
        )
        p1 = min(max(p2 + d, 0), 1)
        variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * n / (n - 1)
        return (events1 / n1 - events2 / n2 - d) / np.sqrt(variance + 1e-300)

    return ends(z, events1 / n1 - events2 / n2, -1.0, 1.0)


def koopman_inverted(events1, n1, events2, n2):
    """Where statsmodels' own score statistic is -+1.96. Its confint_proportions_2indep inverts the
    same test, from a bracket that often misses the root."""
    if events1 in (0, n1) or events2 in (0, n2):
        return Refusal("statsmodels' test divides by zero where a group has none or all")

    def z(ratio):
        return test_proportions_2indep(
            *np.array([events1, n1, events2, n2], float),
            value=ratio,
            method="score",
            compare="ratio",
            correction=False
        ).statistic

    return ends(z, events1 * n2 / (n1 * events2), 1e-9, 1e9)


def koopman(events1, n1, events2, n2):
    """The same for the ratio, on the log scale."""
    if events1 == 0 and events2 == 0:
        return UNDEFINED  # statsmodels: NaN.

    def z(log_ratio):
        ratio = np.exp(log_ratio)
        p2 = root(
            lambda p: log_slope(
                (events1, ratio * p, ratio),
                (n1 - events1, 1 - ratio * p, -ratio),
                (events2, p, 1),
                (n2 - events2, 1 - p, -1),
            ),
            0.0,
            min(1.0, 1 / ratio),
        )
        p1 = min(ratio * p2, 1)
        variance = p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2
        return (events1 / n1 - ratio * events2 / n2) / np.sqrt(variance + 1e-300)

    point = (
        -np.inf
        if events1 == 0
        else np.inf
        if events2 == 0
        else np.log(events1 * n2 / (n1 * events2))
    )
    normal = stats.norm.ppf(0.975)
    low = 0.0 if events1 == 0 else np.exp(root(lambda at: z(at) - normal, -30.0, min(point, 30.0)))
    high = (
        np.inf if events2 == 0 else np.exp(root(lambda at: z(at) + normal, max(point, -30.0), 30.0))
    )
    return [low, high]


def tetrachoric(cells):
    """The correlation at which SciPy's bivariate normal gives the table."""
    table = np.array(cells, float)
    if 0 in (table[0] + table[1], table[2] + table[3], table[0] + table[2], table[1] + table[3]):
        return UNDEFINED
    if (table == 0).any():
        table += 0.5
    both, only_a, only_b, neither = table / table.sum()
    corner = [stats.norm.ppf(both + only_a), stats.norm.ppf(both + only_b)]

    def excess(r):
        return stats.multivariate_normal.cdf(corner, cov=[[1, r], [r, 1]]) - both

    return optimize.brentq(excess, -0.999999, 0.999999, xtol=1e-10)


peers = [
    Peer("benjamini_hochberg", "statsmodels multipletests, fdr_bh", p_values, adjusted("fdr_bh")),
    Peer("benjamini_yekutieli", "statsmodels multipletests, fdr_by", p_values, adjusted("fdr_by")),
    Peer("holm", "statsmodels multipletests, holm", p_values, adjusted("holm")),
    Peer(
        "jensen_shannon_divergence",
        "scipy jensenshannon, squared",
        two_shares(True),
        lambda p, q: jensenshannon(p, q) ** 2,
    ),
    Peer("katz", "statsmodels confint_proportions_2indep, log", two_counts, katz, scale=0),
    Peer("kolmogorov_distance", "scipy.stats.ks_2samp", samples, kolmogorov_distance),
    Peer(
        "kolmogorov_p",
        "scipy.special.kolmogorov at Stephens' argument",
        lambda d: {"distance": float(d.random() ** 2), "n": float(10 ** d.uniform(0, 5))},
        lambda distance, n: special.kolmogorov((np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n)) * distance),
    ),
    Peer("mantel_haenszel", "statsmodels StratifiedTable", strata, mantel_haenszel, scale=1e-3),
    Peer(
        "mcnemar_chi_square",
        "statsmodels mcnemar, with and without correction",
        lambda d: {"new_wrong": 1, "old_wrong": 0}
        | flips(d)
        | {"new_wrong": int(d.integers(1, 300))},
        mcnemar_chi_square,
    ),
    Peer(
        "mcnemar_exact_p",
        "statsmodels mcnemar, exact",
        flips,
        lambda new_wrong, old_wrong: mcnemar(discordant(new_wrong, old_wrong), exact=True).pvalue,
    ),
    Peer("mcnemar_mid_p", "the definition by scipy.stats.binom", flips, mcnemar_mid_p),
    Peer(
        "koopman", "the definition by scipy.optimize", two_counts, koopman, scale=0, tolerance=1e-7
    ),
    Peer(
        "koopman",
        "statsmodels test_proportions_2indep, inverted",
        two_counts,
        koopman_inverted,
        scale=0,
        tolerance=1e-7,
    ),
    # Not statsmodels' score interval: its cubic has events where Miettinen and Nurminen have a
    # size, and gives .0526 to .3440 for 56/70 against 48/80, where Newcombe 1998 (table II) and we have
    # .0528 to .3382.
    Peer(
        "miettinen_nurminen",
        "the definition by scipy.optimize",
        two_counts,
        miettinen_nurminen,
        tolerance=1e-7,
    ),
    Peer(
        "newcombe",
        "statsmodels confint_proportions_2indep, newcomb",
        two_counts,
        two_groups("diff", "newcomb"),
    ),
    Peer("odds_ratio", "statsmodels Table2x2", one_table, odds_ratio, scale=0),
    Peer("pairs_to_pass", "statsmodels normal_sample_size_one_tail", gate_plan, pairs_to_pass),
    Peer(
        "population_stability_index",
        "scipy.special.rel_entr, both ways",
        two_shares(False),
        stability,
    ),
    Peer("tango", "the definition by scipy.optimize", paired_counts, tango, tolerance=1e-7),
    Peer(
        "tetrachoric",
        "scipy multivariate_normal.cdf, solved for r",
        one_table,
        tetrachoric,
        tolerance=1e-6,
    ),
    Peer(
        "wasserstein_distance",
        "scipy.stats.wasserstein_distance",
        lambda d: two_shares(True)(d) | {"width": float(d.choice([0.01, 1.0]))},
        wasserstein,
    ),
    Peer(
        "wilson",
        "statsmodels proportion_confint, wilson",
        counts,
        lambda events, n: list(proportion_confint(events, n, method="wilson")),
    ),
]
