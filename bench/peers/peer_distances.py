"""Distances of two distributions beside SciPy."""

import numpy as np
from scipy import special, stats
from scipy.spatial.distance import jensenshannon

from inputs import bin_counts
from peer import Peer


def two_samples(least=0):
    """Scores by bin, at least so many in each; p and q are their shares."""

    def draw(dice):
        bins = int(dice.integers(1, 102))
        first = bin_counts(dice, bins) + least
        second = first if dice.random() < 0.05 else bin_counts(dice, bins) + least
        return {
            "p": (first / first.sum()).tolist(),
            "q": (second / second.sum()).tolist(),
            "first": first.tolist(),
            "second": second.tolist(),
        }

    return draw


def kolmogorov_distance(p, q, first, second):
    places = np.arange(len(p))
    return stats.ks_2samp(
        np.repeat(places, first), np.repeat(places, second), mode="asymp"
    ).statistic


def wasserstein(p, q, first, second, width):
    places = width * np.arange(len(p))
    return stats.wasserstein_distance(places, places, p, q)


def stability(p, q, first, second):
    p, q = np.asarray(p), np.asarray(q)
    return special.rel_entr(p, q).sum() + special.rel_entr(q, p).sum()


peers = [
    Peer(
        "jensen_shannon_divergence",
        "scipy jensenshannon, squared",
        two_samples(),
        lambda p, q, first, second: jensenshannon(p, q) ** 2,
    ),
    Peer("kolmogorov_distance", "scipy.stats.ks_2samp", two_samples(), kolmogorov_distance),
    Peer(
        "kolmogorov_p",
        "scipy.special.kolmogorov at Stephens' argument",
        lambda d: {"distance": float(d.random() ** 2), "n": float(10 ** d.uniform(0, 5))},
        lambda distance, n: special.kolmogorov((np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n)) * distance),
    ),
    Peer(
        "population_stability_index",
        "scipy.special.rel_entr, both ways",
        two_samples(least=1),
        stability,
    ),
    Peer(
        "wasserstein_distance",
        "scipy.stats.wasserstein_distance",
        lambda d: two_samples()(d) | {"width": float(d.choice([0.01, 1.0]))},
        wasserstein,
    ),
]
