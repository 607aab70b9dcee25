"""A function of ours beside one that somebody else wrote."""

import math
from dataclasses import dataclass
from typing import Callable


class Convention(str):
    """The peer has a value where ours is undefined by intention; the text says what and why."""


class Refusal(str):
    """The peer fails on an input that ours can answer; the text is its error."""


UNDEFINED = None  # Both sides must say so.
UNDEFINED_NUMBER = math.nan  # The same where ours says NaN, or in a list of several.


@dataclass(frozen=True)
class Peer:
    function: str  # Its name in plimsoll_peers.
    by: str  # Who answers, e.g. "scipy.stats.spearmanr".
    draw: Callable  # numpy Generator -> arguments by name, as JSON has them
    answer: Callable  # Arguments by name -> number or numbers, UNDEFINED, Convention or Refusal
    tolerance: float = 1e-10  # Largest difference relative to max(|theirs|, scale).
    scale: float = 1.0  # 0 for what must be right in every digit, however small it is.
    says: str = ""  # Why the tolerance is wide, where it is.
    distance: Callable = None  # Of a whole answer, in place of the largest relative difference.
    fixed: bool = False  # `draw` takes no dice and gives all inputs.
    ask: Callable = None  # (path of plimsoll, inputs) -> answers, instead of plimsoll_peers.


def difference(ours, theirs, scale):
    """Relative. 0 for equal infinities, and where both are NaN: one undefined line of several."""
    if ours == theirs or (math.isnan(ours) and math.isnan(theirs)):
        return 0.0
    return abs(ours - theirs) / max(abs(theirs), scale)
