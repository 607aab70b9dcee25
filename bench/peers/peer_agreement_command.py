"""`plimsoll agreement` on a file, with verdicts and labels missing: what a user gets to see."""

import csv
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter

import numpy as np
from scipy import stats
from sklearn.metrics import cohen_kappa_score, matthews_corrcoef

from inputs import size
from peer import Peer
from peer_agreement import constant, krippendorff

PEOPLE = 3
NAMES = {
    "binary": ("MCC", "Cohen's kappa"),
    "multiclass": ("R_K", "Cohen's kappa", "kappa, linear weights", "kappa, quadratic weights"),
    "graded": ("Spearman", "Kendall tau-b", "Pearson"),
}


def asked(scale):
    return lambda plimsoll, inputs: ask(plimsoll, scale, inputs)


def ask(plimsoll, scale, inputs):
    """One file, a slice an input. Answers: items compared, then of the judge, then of people."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        out = csv.writer(file)
        out.writerow(["case", "judge"] + [f"human_{i}" for i in range(PEOPLE)])
        for case, one in enumerate(inputs):
            for judge, people in zip(one["judge"], one["people"]):
                row = [judge, *people] + [None] * (PEOPLE - len(people))
                out.writerow([case] + ["" if x is None else x for x in row])
        file.flush()
        told = subprocess.run(
            [plimsoll, "agreement", file.name, "--by", "case", "--scale", scale, "--json"],
            capture_output=True,
            text=True,
        )
    if told.returncode != 0:
        print(told.stderr, file=sys.stderr)
        sys.exit(3)
    answers = [[] for _ in inputs]
    for slice_ in json.loads(told.stdout):
        lines = slice_["agreement"] + slice_["among_people"]
        values = {
            line["name"]: math.nan if line["value"] is None else line["value"] for line in lines
        }
        alphas = [value for name, value in values.items() if name.startswith("Krippendorff")]
        answers[int(slice_["slice"])] = [
            slice_["compared"],
            *(values[name] for name in NAMES[scale]),
            *(alphas or [math.nan] * (1 if scale == "binary" else 2)),
        ]
    return answers


def drawn(grades, graded):
    """Verdicts and labels with gaps; one person an item, or up to three."""

    def draw(dice):
        people = int(dice.choice([1, PEOPLE]))
        n = size(dice, 1, 60) if people == 1 else size(dice, 1, 9)
        k = grades if graded else int(dice.integers(2, grades + 1))
        truth = dice.integers(0, k, n)
        gap = dice.choice([0.0, 0.1, 0.5])
        noise = dice.random()

        def label(item):
            if dice.random() < gap:
                return None
            value = truth[item] if dice.random() < noise else dice.integers(k)
            return float(value) / 10 if graded else int(value)

        judge = [label(i) for i in range(n)]
        if dice.random() < 0.05:
            judge = [judge[0]] * n
        if graded and dice.random() < 0.5:  # A judge without ties.
            judge = [None if one is None else one + float(dice.random()) for one in judge]
        given = [[label(i) for _ in range(people)] + [None] * (PEOPLE - people) for i in range(n)]
        return {"judge": judge, "people": given}

    return draw


def majority(labels):
    (first, most), *others = Counter(labels).most_common()
    return None if any(count == most for _, count in others) else first


def compared(judge, people, consensus):
    """The verdicts and what people say of the same items, where both exist."""
    pairs = []
    for verdict, labels in zip(judge, people):
        labels = [one for one in labels if one is not None]
        together = consensus(labels) if labels else None
        if verdict is not None and together is not None:
            pairs.append((verdict, together))
    return [one for one, _ in pairs], [one for _, one in pairs]


def alphas(people, *scales):
    items = [[one for one in labels if one is not None] for labels in people]
    found = [krippendorff(scale)(items) for scale in scales]
    return [math.nan if one is None else one for one in found]


def classes(count, kinds, scales):
    def answer(judge, people):
        x, y = compared(judge, people, majority)
        one_each = len(set(x)) < 2 or len(set(y)) < 2
        mcc = math.nan if one_each else matthews_corrcoef(y, x)
        kappas = [
            math.nan
            if len(set(x) | set(y)) < 2
            else cohen_kappa_score(y, x, weights=kind, labels=range(count))
            for kind in kinds
        ]
        return [len(x), mcc, *kappas, *alphas(people, *scales)]

    return answer


def grades(judge, people):
    """Below four items we say no Spearman, below five no tau: they would have no error."""
    x, y = compared(judge, people, lambda labels: round(float(np.mean(labels)), 12))
    no = constant(x, y)
    return [
        len(x),
        math.nan if no or len(x) < 4 else stats.spearmanr(x, y).correlation,
        math.nan if no or len(x) < 5 else stats.kendalltau(x, y).correlation,
        math.nan if no else stats.pearsonr(x, y)[0],
        *alphas(people, "ordinal", "interval"),
    ]


peers = [
    Peer(
        "plimsoll agreement, binary",
        "sklearn; alpha by definition",
        drawn(2, False),
        classes(2, [None], ["nominal"]),
        ask=asked("binary"),
    ),
    Peer(
        "plimsoll agreement, multiclass",
        "sklearn; alpha by definition",
        drawn(6, False),
        classes(6, [None, "linear", "quadratic"], ["nominal", "ordinal"]),
        ask=asked("multiclass"),
    ),
    Peer(
        "plimsoll agreement, graded",
        "scipy; alpha by definition",
        drawn(8, True),
        grades,
        ask=asked("graded"),
    ),
]
