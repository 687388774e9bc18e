"""How sure a proposed difference is, and which are shown.

The confidence is the precision that a finder's rule (cue) reached on the development events, raised and lowered by how
surely the passages are aligned (rank.json, made by training/claims.py with one event left out at a time).
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the line between shown and kept is asked for by readers, which need no language model
    from rashomon.compare.candidates import Candidate

SHOWN = 0.35
"""Least confidence of a difference that is shown; chosen so that at least half of those shown on the development events
stand in their reading by hand, each event judged by weights made from the other five."""


UNSEEN = 0.42
"""Confidence of a rule that proposed nothing on the development events: strict enough to have raised no false alarm in
six events (denials, days that do not meet), and so just shown."""


Table = Mapping[str, tuple[float, float]]
"""For each cue a bias and a slope over the alignment's log odds."""


@functools.cache
def table() -> Table:
    """The packaged table, loaded once per process."""
    text = resources.files(__package__).joinpath("rank.json").read_text(encoding="utf-8")
    return {cue: (row["bias"], row["slope"]) for cue, row in json.loads(text)["cues"].items()}


def confidence(candidate: Candidate, by: Table) -> float:
    """The calibrated confidence of a candidate in 0..1."""
    bias, slope = by.get(candidate.cue, (math.log(UNSEEN / (1 - UNSEEN)), 0.0))
    return 1.0 / (1.0 + math.exp(-(bias + slope * logit(candidate.aligned))))


def logit(probability: float) -> float:
    """Log odds, held within ±6."""
    clipped = min(max(probability, 0.0025), 0.9975)
    return math.log(clipped / (1 - clipped))
