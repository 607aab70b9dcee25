"""Weighted means, variances, pooled effects and bootstraps beside statsmodels, NumPy and SciPy."""

import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.weightstats import DescrStatsW

from inputs import scores, size, values, weights
from peer import UNDEFINED, Peer, Refusal


def weighted_scores(dice):
    n = size(dice, 2)
    return {"w": weights(dice, n), "y": scores(dice, n)}


def weighted_sums(w, y):
    fit = WLS(y, np.ones(len(y)), weights=w).fit(cov_type="HC0")
    return [fit.params[0], fit.cov_params()[0, 0], DescrStatsW(y, weights=w).var]


def clustered_scores(dice):
    drawn = weighted_scores(dice)
    n = len(drawn["w"])
    clusters = int(dice.integers(2, max(3, n // 2) + 1))
    cluster = dice.integers(0, clusters, n)
    cluster[:2] = [0, 1]
    names = sorted(set(cluster.tolist()))
    return drawn | {"cluster": [names.index(c) for c in cluster.tolist()], "clusters": len(names)}


def cluster_variance(w, y, cluster, clusters):
    fit = WLS(y, np.ones(len(y)), weights=w).fit(cov_type="cluster", cov_kwds={"groups": cluster})
    return [fit.params[0], fit.cov_params()[0, 0]]


def moments(x):
    return [np.mean(x), np.var(x, ddof=1)]


def correlated(dice):
    """A matrix of correlations, row by row."""
    size = int(dice.integers(1, 9))
    of = np.atleast_2d(np.corrcoef(dice.normal(size=(size, 12)) + dice.normal(size=12)))
    return {"correlations": of.ravel().tolist(), "size": size}


def effective_dimensions(correlations, size):
    eigenvalues = np.linalg.eigvalsh(np.reshape(correlations, (size, size)))
    return eigenvalues.sum() ** 2 / (eigenvalues**2).sum()


def weeks(dice):
    trailing = scores(dice, int(dice.integers(1, 20)))
    return {"trailing": trailing, "now": float(dice.random())}


def two_sigma(trailing, now):
    """z, and how often a week without change is outside two deviations."""
    n = len(trailing)
    if len(set(trailing)) < 2:
        return UNDEFINED
    return [
        (now - np.mean(trailing)) / np.std(trailing, ddof=1),
        2 * stats.t.sf(2 / np.sqrt(1 + 1 / n), n - 1),
    ]


def effects(dice):
    n = size(dice, 2, 60)
    variances = dice.chisquare(3, n) * dice.choice([1e-4, 0.01, 1])
    between = dice.choice([0, 1e-3, 0.1, 3])
    y = dice.normal(0.8, 1, n) * np.sqrt(variances + between)
    if dice.random() < 0.05:
        y[:] = y[0]
    return {"values": y.tolist(), "variances": variances.tolist()}


def pooled(method, **options):
    def answer(values, variances):
        values, variances = np.array(values), np.array(variances)
        found = combine_effects(values, variances, method_re=method, **options)
        weight = 1 / variances
        spread = np.sum(weight * (values - np.average(values, weights=weight)) ** 2)
        if found.tau2 == 0 and spread > len(values) - 1 + 1e-9:
            return Refusal("statsmodels stepped over the root and says 0")
        weight = 1 / (variances + max(found.tau2, 0))
        return [max(found.tau2, 0), np.average(values, weights=weight), np.sqrt(1 / weight.sum())]

    return answer


def bca_arguments(dice):
    replicates = dice.normal(0, 1, int(dice.integers(20, 500))) ** dice.choice([1, 2, 3])
    if dice.random() < 0.5:
        replicates = np.round(replicates, 1)  # A discrete statistic.
    without = dice.gamma(dice.choice([0.5, 5.0]), 0.1, int(dice.integers(10, 100)))
    return {
        "value": float(np.quantile(replicates, dice.uniform(0.2, 0.8), method="lower")),
        "replicates": replicates.tolist(),
        "without": without.tolist(),
    }


def bca_interval(value, replicates, without):
    """Efron's definition by SciPy's functions; the quantile of level a is the replicate of rank
    floor(a (B + 1))."""
    share = stats.percentileofscore(replicates, value, kind="mean") / 100
    if share <= 0 or share >= 1:
        return UNDEFINED
    shift = stats.norm.ppf(share)
    d = np.mean(without) - np.array(without)
    acceleration = np.sum(d**3) / (6 * np.sum(d**2) ** 1.5)
    ends = []
    for z in stats.norm.ppf([0.025, 0.975]):
        level = stats.norm.cdf(shift + (shift + z) / (1 - acceleration * (shift + z)))
        rank = int(np.clip(np.floor(level * (len(replicates) + 1)), 1, len(replicates)))
        ends.append(np.sort(replicates)[rank - 1])
    return ends


def sample(dice):
    n = int(dice.integers(20, 61))
    x = [float(one) for one in dice.beta(4, 2, n)]
    if dice.random() < 0.3:
        x = [round(one, 1) for one in x]
    if dice.random() < 0.05:
        x = [x[0]] * n
    y = [float(dice.normal(one, 0.3)) for one in x]
    return {"x": x, "y": y, "key": int(dice.integers(2**40))}


def bootstrapped(data, statistic, key, **options):
    if min(len(set(one)) for one in data) == 1:
        return UNDEFINED  # SciPy: NaN.
    found = stats.bootstrap(
        data,
        statistic,
        n_resamples=4999,
        method="BCa",
        vectorized=True,
        random_state=key % 2**32,
        **options,
    ).confidence_interval
    if np.isnan(found).any():
        return Refusal("SciPy: NaN, for one of its 4999 replicates is; we leave out up to a tenth")
    return list(found)


def correlation(x, y, axis):
    dx, dy = (one - one.mean(axis=axis, keepdims=True) for one in (x, y))
    return (dx * dy).sum(axis) / np.sqrt((dx**2).sum(axis) * (dy**2).sum(axis))


def in_widths(ours, theirs):
    """Of two intervals that different dice made."""
    return max(abs(a - b) for a, b in zip(ours, theirs)) / (theirs[1] - theirs[0])


DICE = {
    "distance": in_widths,
    "tolerance": 0.2,
    "says": "different dice; the difference is told in widths of the interval",
}

peers = [
    Peer("bca_interval", "the definition by scipy.stats.norm", bca_arguments, bca_interval),
    Peer(
        "bootstrap_mean",
        "scipy.stats.bootstrap, BCa, 4999 replicates",
        sample,
        lambda x, y, key: bootstrapped((x,), np.mean, key),
        **DICE,
    ),
    Peer(
        "bootstrap_pearson",
        "scipy.stats.bootstrap, BCa, 4999 replicates",
        sample,
        lambda x, y, key: bootstrapped((x, y), correlation, key, paired=True),
        **DICE,
    ),
    Peer(
        "cluster_variance", "statsmodels WLS, cov_type cluster", clustered_scores, cluster_variance
    ),
    Peer("dersimonian_laird", "statsmodels combine_effects, dl", effects, pooled("dl")),
    Peer("effective_dimensions", "numpy.linalg.eigvalsh", correlated, effective_dimensions),
    Peer("two_sigma", "numpy.std, scipy.stats.t.sf", weeks, two_sigma),
    Peer(
        "moments",
        "numpy.mean, numpy.var",
        lambda d: {"x": values(d, size(d, 3))},
        moments,
        tolerance=1e-8,
        says="a variance of 1 beside a mean of 1e6 loses digits in one pass",
    ),
    Peer(
        "paule_mandel",
        "statsmodels combine_effects, iterated",
        effects,
        pooled("iterated", atol=1e-8, maxiter=10_000),
        tolerance=1e-6,
        says="statsmodels stops where its equation is within 1e-8 of 0",
    ),
    Peer("weighted_sums", "statsmodels WLS, HC0; DescrStatsW.var", weighted_scores, weighted_sums),
]
