"""Agreement of a judge with people beside scikit-learn, SciPy and statsmodels."""

import numpy as np
from scipy import stats
from sklearn.metrics import cohen_kappa_score, matthews_corrcoef
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.weightstats import DescrStatsW

from inputs import binary_labels, labels, rated_items, values, size, weights, xy
from peer import UNDEFINED, Convention, Peer

ONE_VERDICT = Convention(
    "scikit-learn says 0 where one side gave one verdict only; we say undefined"
)


def matthews(human, judge, classes):
    value = matthews_corrcoef(human, judge)
    return ONE_VERDICT if len(set(human)) == 1 or len(set(judge)) == 1 else value


def table_matthews(table):
    """Gorodkin's correlation of counts or weights."""
    table = table / table.sum()
    human, judge = table.sum(axis=1), table.sum(axis=0)
    spread = (1 - human @ human) * (1 - judge @ judge)
    return (np.trace(table) - human @ judge) / np.sqrt(spread)


def matthews_error(times):
    """The delta method, its derivatives taken by moving each cell a little."""

    def answer(human, judge, classes):
        if len(set(human)) == 1 or len(set(judge)) == 1:
            return UNDEFINED
        table = np.zeros((classes, classes))
        np.add.at(table, (human, judge), 1)
        table /= len(human)
        step, squares = 1e-5, 0.0
        for cell in zip(*table.nonzero()):
            moved = np.zeros_like(table)
            moved[cell] = step
            slope = (table_matthews(table + moved) - table_matthews(table - moved)) / (2 * step)
            squares += table[cell] * slope**2
        return [squares / len(human)] * times

    return answer


def kappa(kind):
    """The value by scikit-learn, its variance by statsmodels."""

    def answer(human, judge, classes):
        if len(set(human) | set(judge)) == 1:
            return UNDEFINED  # scikit-learn: NaN.
        value = cohen_kappa_score(human, judge, labels=range(classes), weights=kind)
        table = np.zeros((classes, classes))
        np.add.at(table, (human, judge), 1)
        weighted = {None: {}, "linear": {"wt": "linear"}, "quadratic": {"wt": "quadratic"}}[kind]
        return [value, cohens_kappa(table, **weighted).var_kappa]

    return answer


def constant(x, y):
    return len(x) < 2 or len(set(x)) == 1 or len(set(y)) == 1


def spearman(x, y):
    return UNDEFINED if constant(x, y) else stats.spearmanr(x, y).correlation


def kendall(x, y):
    return UNDEFINED if constant(x, y) else stats.kendalltau(x, y, variant="b").correlation


def pearson(x, y):
    return UNDEFINED if constant(x, y) else stats.pearsonr(x, y)[0]


def pearson_weighted(x, y, w):
    if constant(x, y):
        return UNDEFINED
    return DescrStatsW(np.column_stack([x, y]), weights=w).corrcoef[0, 1]


def spearman_weighted(x, y, w):
    """A weight of 3 is three items alike."""
    times = np.array(w, int)
    return spearman(np.repeat(x, times).tolist(), np.repeat(y, times).tolist())


def krippendorff(scale):
    """The definition, written out: coincidences of all pairs, then every pair of values."""

    def answer(items):
        paired = [item for item in items if len(item) > 1]
        grades = sorted({one for item in paired for one in item})
        if len(grades) < 2:
            return UNDEFINED
        place = {grade: k for k, grade in enumerate(grades)}
        coincidences = np.zeros((len(grades), len(grades)))
        for item in paired:
            for i, one in enumerate(item):
                for j, other in enumerate(item):
                    if i != j:
                        coincidences[place[one], place[other]] += 1 / (len(item) - 1)
        n_c = coincidences.sum(axis=1)
        n = n_c.sum()
        observed = expected = 0.0
        for c in range(len(grades)):
            for k in range(len(grades)):
                if scale == "nominal":
                    d = float(c != k)
                elif scale == "interval":
                    d = (grades[c] - grades[k]) ** 2
                else:
                    low, high = min(c, k), max(c, k)
                    d = (n_c[low : high + 1].sum() - (n_c[c] + n_c[k]) / 2) ** 2
                observed += coincidences[c, k] * d / n
                expected += n_c[c] * n_c[k] * d / (n * (n - 1))
        return 1 - observed / expected

    return answer


def with_weights(dice):
    drawn = xy(dice)
    return drawn | {"w": weights(dice, len(drawn["x"]))}


DELTA = {"tolerance": 1e-7, "says": "slopes by differences"}

peers = [
    Peer("cohen_kappa", "sklearn cohen_kappa_score, statsmodels cohens_kappa", labels, kappa(None)),
    Peer("cohen_kappa_linear", "the same, linear weights", labels, kappa("linear")),
    Peer("cohen_kappa_quadratic", "the same, quadratic weights", labels, kappa("quadratic")),
    Peer("kendall_tau_b", "scipy.stats.kendalltau", xy, kendall),
    Peer(
        "krippendorff_interval", "the definition, in Python", rated_items, krippendorff("interval")
    ),
    Peer("krippendorff_nominal", "the definition, in Python", rated_items, krippendorff("nominal")),
    Peer("krippendorff_ordinal", "the definition, in Python", rated_items, krippendorff("ordinal")),
    Peer("matthews", "sklearn matthews_corrcoef", binary_labels, matthews),
    Peer("matthews_multiclass", "sklearn matthews_corrcoef", labels, matthews),
    Peer(
        "matthews_error",
        "delta method, slopes by differences",
        binary_labels,
        matthews_error(2),
        **DELTA
    ),
    Peer(
        "matthews_multiclass_error",
        "delta method, slopes by differences",
        labels,
        matthews_error(1),
        **DELTA
    ),
    Peer(
        "mid_ranks",
        "scipy.stats.rankdata",
        lambda d: {"x": values(d, size(d))},
        lambda x: stats.rankdata(x),
    ),
    Peer("pearson", "scipy.stats.pearsonr", xy, pearson),
    Peer("pearson_weighted", "statsmodels DescrStatsW.corrcoef", with_weights, pearson_weighted),
    Peer("spearman", "scipy.stats.spearmanr", xy, spearman),
    Peer(
        "spearman_weighted",
        "scipy.stats.spearmanr, items repeated",
        with_weights,
        spearman_weighted,
    ),
]
