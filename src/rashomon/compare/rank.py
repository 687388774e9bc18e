"""How sure a proposed difference is, and which are shown.

The confidence is the precision that a finder's rule (cue) reached on the development events, raised and lowered by how
surely the passages are aligned (rank.json, made by training/claims.py with one event left out at a time).
"""

from __future__ import annotations

import functools
import json
import math
from importlib import resources

from rashomon.compare.candidates import Candidate

SHOWN = 0.4
"""Least confidence of a difference that is shown; chosen so that at least half of those shown on the development events
stand in their reading by hand, each event judged by weights made from the other five."""


@functools.cache
def _table() -> dict[str, tuple[float, float]]:
    text = resources.files(__package__).joinpath("rank.json").read_text(encoding="utf-8")
    return {cue: (row["bias"], row["slope"]) for cue, row in json.loads(text)["cues"].items()}


def confidence(candidate: Candidate) -> float:
    """The calibrated confidence of a candidate in 0..1; a cue never measured counts as unsure (0.3)."""
    bias, slope = _table().get(candidate.cue, (math.log(0.3 / 0.7), 0.0))
    return 1.0 / (1.0 + math.exp(-(bias + slope * logit(candidate.aligned))))


def logit(probability: float) -> float:
    """Log odds, held within ±6."""
    clipped = min(max(probability, 0.0025), 0.9975)
    return math.log(clipped / (1 - clipped))
