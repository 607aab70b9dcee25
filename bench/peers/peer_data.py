"""`plimsoll agreement` beside SciPy and scikit-learn on public data with human labels, where it is.

Each input is a file of columns; nothing is random here. The figures in agreement_data_test.cc are
among those compared.
"""

import json
import math
from pathlib import Path

from peer import Peer
from peer_agreement_command import asked, classes, grades

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def lines(name):
    with open(DATA / name) as file:
        return [json.loads(line) for line in file]


def unieval():
    for name in ("topical_chat", "sfres", "sfhot"):
        rows = lines(f"unieval_meta/{name}.jsonl")
        for dimension in rows[0]["scores"]:
            yield {
                "judge": [row["predict_scores"][dimension] for row in rows],
                "people": [[row["scores"][dimension]] for row in rows],
            }


def frank():
    rows = lines("frank/frank_validation.jsonl")
    for metric in sorted({name for row in rows for name in row["metrics"]}):
        yield {
            "judge": [row["metrics"].get(metric) for row in rows],
            "people": [[row["human"]["Factuality"]] for row in rows],
        }


def llmbar():
    """Verdicts of each judge model under each prompt; other words than 1 and 2 are no verdict."""
    label = {
        (item["subset"], item["idx"]): int(item["label"]) for item in lines("llmbar/items.jsonl")
    }
    versions = {}
    for verdict in lines("llmbar/verdicts.jsonl"):
        versions.setdefault((verdict["judge_model"], verdict["judge_prompt"]), []).append(verdict)
    for verdicts in versions.values():
        yield {
            "judge": [
                int(one["winner"]) if one["winner"] in ("1", "2") else None for one in verdicts
            ],
            "people": [[label[one["subset"], one["idx"]]] for one in verdicts],
        }


def mtrag():
    rows = [row["annotations"] for row in lines("mtrag_human/evaluations.jsonl")]
    for dimension in ("faithfulness", "appropriateness", "naturalness", "completeness"):
        for judge in ("rl_f", "rb_llm", "rb_agg"):
            yield {
                "judge": [row[judge]["composite"]["value"] for row in rows],
                "people": [
                    [int(vote["value"]) for vote in row[dimension].values()] for row in rows
                ],
            }


def peer(name, inputs, answer, scale):
    return Peer(
        f"plimsoll agreement, {name}",
        "SciPy, scikit-learn",
        inputs,
        answer,
        ask=asked(scale),
        fixed=True,
    )


peers = (
    [
        peer("unieval_meta", unieval, grades, "graded"),
        peer("frank", frank, grades, "graded"),
        peer("llmbar", llmbar, classes(3, [None], ["nominal"]), "binary"),
        peer("mtrag_human", mtrag, grades, "graded"),
    ]
    if DATA.exists()
    else []
)
