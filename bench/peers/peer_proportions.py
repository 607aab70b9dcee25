"""Intervals of proportions, of their differences and ratios, and sizes of a gate."""

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.power import normal_power, normal_sample_size_one_tail
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)

from peer import UNDEFINED, Peer, Refusal


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


def paired_counts(dice):
    n = int(dice.integers(1, 12)) if dice.random() < 0.4 else int(10 ** dice.uniform(1, 4))
    gained, lost, _ = dice.multinomial(n, dice.dirichlet([0.3, 0.3, 1.5]))
    return {"gained": int(gained), "lost": int(lost), "n": n}


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


def gate_plan(dice):
    return {
        "variance": float(dice.uniform(0.01, 1)),
        "difference": float(dice.uniform(-0.02, 0.1)),
        "margin": 0.03,
        "confidence": float(dice.choice([0.9, 0.95, 0.99])),
        "power": float(dice.uniform(0.5, 0.99)),
    }


def gate_plan_of_size(dice):
    return gate_plan(dice) | {"n": int(10 ** dice.uniform(0, 4))}


def power_to_pass(variance, difference, margin, confidence, power, n):
    effect = (margin + difference) / np.sqrt(variance)
    return normal_power(effect, n, 1 - confidence, alternative="larger")


def pairs_to_pass(variance, difference, margin, confidence, power):
    deviation = np.sqrt(variance)
    n = normal_sample_size_one_tail(
        margin + difference, power, 1 - confidence, deviation, deviation
    )
    return max(1.0, np.ceil(n))


peers = [
    Peer("katz", "statsmodels confint_proportions_2indep, log", two_counts, katz, scale=0),
    Peer("koopman", "the definition by scipy.optimize", two_counts, koopman, scale=0),
    Peer(
        "koopman",
        "statsmodels test_proportions_2indep, inverted",
        two_counts,
        koopman_inverted,
        scale=0,
    ),
    # Not statsmodels' score interval: its cubic has events where Miettinen and Nurminen have a
    # size, and gives .0526 to .3440 for 56/70 against 48/80, where Newcombe 1998 (table II) and we
    # have .0528 to .3382.
    Peer(
        "miettinen_nurminen",
        "the definition by scipy.optimize",
        two_counts,
        miettinen_nurminen,
    ),
    Peer(
        "newcombe",
        "statsmodels confint_proportions_2indep, newcomb",
        two_counts,
        two_groups("diff", "newcomb"),
    ),
    Peer("pairs_to_pass", "statsmodels normal_sample_size_one_tail", gate_plan, pairs_to_pass),
    Peer("power_to_pass", "statsmodels normal_power", gate_plan_of_size, power_to_pass),
    Peer("tango", "the definition by scipy.optimize", paired_counts, tango),
    Peer(
        "wilson",
        "statsmodels proportion_confint, wilson",
        counts,
        lambda events, n: list(proportion_confint(events, n, method="wilson")),
    ),
]
