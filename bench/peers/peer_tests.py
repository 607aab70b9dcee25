"""Tests of tables, and many tests at once, beside statsmodels and SciPy."""

import numpy as np
from scipy import optimize, stats
from sklearn.metrics import jaccard_score, matthews_corrcoef
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2, mcnemar
from statsmodels.stats.multitest import multipletests

from inputs import size
from peer import UNDEFINED, UNDEFINED_NUMBER, Convention, Peer


def p_values(dice):
    p = dice.random(size(dice, 1)) ** dice.choice([1, 4])
    if dice.random() < 0.4:
        p = np.round(p, 2)  # Ties, zeros and ones.
    return {"p": p.tolist()}


def adjusted(method):
    return lambda p: multipletests(p, method=method)[1]


def flips(dice):
    most = dice.choice([3, 10, 100, 2000])
    old, new = int(dice.integers(0, most + 1)), int(dice.integers(0, most + 1))
    return {"new_wrong": new, "old_wrong": old if dice.random() < 0.9 else new}


def discordant(new_wrong, old_wrong):
    return [[0, new_wrong], [old_wrong, 0]]


def some_flips(dice):
    drawn = flips(dice)
    return drawn if sum(drawn.values()) else {"new_wrong": 1, "old_wrong": 0}


def mcnemar_chi_square(new_wrong, old_wrong):
    """Of equally many statsmodels corrects 0 to (0 - 1)^2 / n. R and we leave it."""
    table = discordant(new_wrong, old_wrong)
    plain, corrected = (mcnemar(table, exact=False, correction=c).statistic for c in (False, True))
    return [plain, corrected if new_wrong != old_wrong else 0.0]


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


def of_items(cells):
    """Both verdicts item by item: 1 fails."""
    return np.repeat([1, 1, 0, 0], cells), np.repeat([1, 0, 1, 0], cells)


def jaccard(cells):
    return UNDEFINED_NUMBER if sum(cells[:3]) == 0 else jaccard_score(*of_items(cells))


def phi(cells):
    first, second = of_items(cells)
    if len(set(first)) < 2 or len(set(second)) < 2:
        return UNDEFINED_NUMBER  # scikit-learn: 0.
    return matthews_corrcoef(first, second)


def odds_ratio(cells):
    """A half to all cells if one is empty. statsmodels says so of shift_zeros, and adds it to the
    empty ones only."""
    table = np.array(cells, float).reshape(2, 2)
    return Table2x2(table + (table == 0).any() / 2, shift_zeros=False).oddsratio


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
    Peer("mantel_haenszel", "statsmodels StratifiedTable", strata, mantel_haenszel, scale=1e-3),
    Peer(
        "mcnemar_chi_square",
        "statsmodels mcnemar, with and without correction",
        some_flips,
        mcnemar_chi_square,
    ),
    Peer(
        "mcnemar_exact_p",
        "statsmodels mcnemar, exact",
        flips,
        lambda new_wrong, old_wrong: mcnemar(discordant(new_wrong, old_wrong), exact=True).pvalue,
    ),
    Peer("mcnemar_mid_p", "the definition by scipy.stats.binom", flips, mcnemar_mid_p),
    Peer("jaccard", "sklearn jaccard_score", one_table, jaccard),
    Peer("phi", "sklearn matthews_corrcoef", one_table, phi),
    Peer("odds_ratio", "statsmodels Table2x2", one_table, odds_ratio, scale=0),
    Peer(
        "tetrachoric",
        "scipy multivariate_normal.cdf, solved for r",
        one_table,
        tetrachoric,
        tolerance=1e-9,
        says="SciPy integrates the normal plane to about that",
    ),
]
