"""peers.py [--inputs N] [--seed S] [NAME …]: our statistics beside those of others.

For each function it draws inputs, asks plimsoll_peers (or plimsoll itself) and the peer, and prints
one row. Exit code 1 if one differs, 3 if a program could not be asked.
"""

import argparse
import json
import math
import subprocess
import sys
import warnings
import zlib
from collections import Counter

import numpy
import scipy
import sklearn
import statsmodels

import peer_agreement
import peer_agreement_command
import peer_data
import peer_distances
import peer_distributions
import peer_gate_command
import peer_means
import peer_proportions
import peer_tests
from peer import Convention, Refusal, difference

ALL = [
    *peer_agreement.peers,
    *peer_agreement_command.peers,
    *peer_data.peers,
    *peer_gate_command.peers,
    *peer_proportions.peers,
    *peer_tests.peers,
    *peer_distances.peers,
    *peer_means.peers,
    *peer_distributions.peers,
]


def ask(driver, function, inputs):
    """Our answers: lists of numbers, or None for undefined."""
    lines = "".join(json.dumps({"function": function} | one) + "\n" for one in inputs)
    told = subprocess.run([driver], input=lines, capture_output=True, text=True)
    if told.returncode != 0:
        print(f"{function}: {told.stderr}", file=sys.stderr)
        sys.exit(3)
    return [
        None if line.startswith("undefined") else [float(one) for one in line.split()]
        for line in told.stdout.splitlines()
    ]


def answer_of(peer, arguments):
    with warnings.catch_warnings(), numpy.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        theirs = peer.answer(**arguments)
    if theirs is None or isinstance(theirs, (Convention, Refusal)):
        return theirs
    return [float(one) for one in numpy.atleast_1d(theirs)]


def distance(peer, ours, theirs):
    """Of one input; infinite if only one side has an answer."""
    if isinstance(theirs, Refusal):
        return 0.0
    if theirs is None or isinstance(theirs, Convention):
        return 0.0 if ours is None else math.inf
    if ours is None or len(ours) != len(theirs):
        return math.inf
    if peer.distance:
        return peer.distance(ours, theirs)
    distances = [difference(a, b, peer.scale) for a, b in zip(ours, theirs)]
    return math.inf if any(map(math.isnan, distances)) else max(distances)


def compare(driver, plimsoll, peer, count, seed):
    dice = numpy.random.default_rng([seed, zlib.crc32(peer.function.encode())])
    inputs = list(peer.draw()) if peer.fixed else [peer.draw(dice) for _ in range(count)]
    ours = peer.ask(plimsoll, inputs) if peer.ask else ask(driver, peer.function, inputs)
    assert len(ours) == len(inputs)
    theirs = [answer_of(peer, one) for one in inputs]
    distances = [distance(peer, a, b) for a, b in zip(ours, theirs)]
    worst = max(range(len(inputs)), key=distances.__getitem__)
    return {
        "peer": peer,
        "count": len(inputs),
        "largest": distances[worst],
        "differ": sum(d > peer.tolerance for d in distances),
        "undefined": sum(b is None for b in theirs),
        "conventions": Counter(b for b in theirs if isinstance(b, (Convention, Refusal))),
        "worst": (inputs[worst], ours[worst], theirs[worst]),
    }


def row(found):
    peer = found["peer"]
    says = "agree" if found["differ"] == 0 else f"**{found['differ']} differ**"
    return (
        f"| {peer.function} | {peer.by} | {found['count']} | {found['undefined']} | "
        f"{sum(found['conventions'].values())} | {found['largest']:.1e} | {peer.tolerance:.0e} | "
        f"{says} |"
    )


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--driver", default="build/release/bench/plimsoll_peers")
    words.add_argument("--plimsoll", default="build/release/src/app/plimsoll")
    words.add_argument("names", nargs="*", help="Functions; all if left out")
    words.add_argument("--inputs", type=int, default=1000)
    words.add_argument("--seed", type=int, default=1)
    words = words.parse_intermixed_args()
    print(
        f"SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}, statsmodels "
        f"{statsmodels.__version__}, NumPy {numpy.__version__}; seed {words.seed}\n"
    )
    print("| function | beside | inputs | both undefined | see below | difference | tolerance | |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    conventions, differing, told = Counter(), [], []
    for peer in ALL:
        if words.names and peer.function not in words.names:
            continue
        found = compare(words.driver, words.plimsoll, peer, words.inputs, words.seed)
        print(row(found), flush=True)
        for text, times in found["conventions"].items():
            conventions[f"{peer.function}: {text}"] += times
        if found["differ"]:
            differing.append(found)
        told.extend([f"{peer.function}, tolerance: {peer.says}"] if peer.says else [])
    told.extend(f"{text} ({times} inputs)" for text, times in conventions.items())
    print("".join(f"\n- {text}" for text in told))
    for found in differing:
        arguments, ours, theirs = found["worst"]
        print(
            f"\n{found['peer'].function} differs most on {json.dumps(arguments)[:2000]}\n"
            f"  ours   {ours}\n  theirs {theirs}"
        )
    sys.exit(1 if differing else 0)


main()
