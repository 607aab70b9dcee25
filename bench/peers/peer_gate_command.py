"""`plimsoll gate` on graded scores in clusters, beside statsmodels' cluster-robust errors."""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import WLS

from inputs import weights
from peer import Peer

CLUSTERS_MIN = 8  # Below that the gate says nothing of the variance between clusters.
EXCLUDED_MAX = 0.02  # Above that it decides nothing, and gives no p.


def ask(plimsoll, inputs):
    """Two files, a dimension an input. Answers: examples, both means, the 90% interval, p."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{side}.csv" for side in ("baseline", "candidate")]
        for file, side in zip(files, ("baseline", "candidate")):
            with file.open("w", newline="") as opened:
                out = csv.writer(opened)
                out.writerow(["item", "score", "dimension", "cluster", "weight"])
                for case, one in enumerate(inputs):
                    for item, row in enumerate(zip(one[side], one["cluster"], one["w"])):
                        score, cluster, w = row
                        out.writerow([item, "" if score is None else score, case, cluster, w])
        told = subprocess.run(
            [plimsoll, "gate", *files, "--json"], capture_output=True, text=True, check=False
        )
    if told.returncode == 3:
        print(told.stderr, file=sys.stderr)
        sys.exit(3)
    answers = [None] * len(inputs)
    for one in json.loads(told.stdout)["dimensions"]:
        p = [] if one["p_worse"] is None else [one["p_worse"]]
        answers[int(one["dimension"])] = [
            one["examples"],
            one["baseline"],
            one["candidate"],
            *one["interval_90"],
            *p,
        ]
    return answers


def paired_scores(dice):
    """Scores of both systems, some of them missing, in clusters that are good or bad together."""
    clusters = int(dice.integers(CLUSTERS_MIN + 4, 30))
    n = clusters * int(dice.integers(2, 5))
    cluster = np.concatenate([np.arange(clusters), dice.integers(0, clusters, n - clusters)])
    shared = dice.normal(0, dice.choice([0.0, 0.2]), clusters)[cluster]

    def scores():
        x = np.clip(0.7 + shared * dice.normal() + dice.normal(0, 0.2, n), 0, 1)
        missing = dice.random(n) < dice.choice([0.0, 0.01])
        return [None if gone else round(float(one), 3) for one, gone in zip(x, missing)]

    return {
        "baseline": scores(),
        "candidate": scores(),
        "cluster": cluster.tolist(),
        "w": weights(dice, n),
    }


def gate(baseline, candidate, cluster, w):
    rows = [row for row in zip(baseline, candidate, cluster, w) if None not in row]
    excluded = (len(w) - len(rows)) / len(w)
    baseline, candidate, cluster, w = (np.array(column) for column in zip(*rows))
    fit = WLS(candidate - baseline, np.ones(len(w)), weights=w).fit(
        cov_type="cluster", cov_kwds={"groups": cluster}, use_t=True
    )
    told = [
        len(w),
        np.average(baseline, weights=w),
        np.average(candidate, weights=w),
        *fit.conf_int(alpha=0.1)[0],
    ]
    if excluded > EXCLUDED_MAX:
        return told
    return told + [stats.t.cdf(fit.tvalues[0], len(set(cluster)) - 1)]


peers = [
    Peer("plimsoll gate, graded", "statsmodels WLS, cov_type cluster", paired_scores, gate, ask=ask)
]
