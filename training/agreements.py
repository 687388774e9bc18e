"""Pairs of an event's passages that a reader judged one by one (training/agreements.json): do both tell one fact alike?

The readings by hand list each fact once an article, in the passage that tells it best, and miss some: of pairs that a
first look finds likely (from .2 on) and the readings do not have, readers of single pairs call three in ten the same,
and of those that they have one in six another. Two readers of 300 such pairs part on 12. The file holds places only.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping

from training.examples import Example, place

AGREEMENTS = pathlib.Path(__file__).with_name("agreements.json")


def agreements(told: Mapping[str, Example]) -> dict[str, dict[tuple[int, int], bool]]:
    """By event: whether two passages tell one fact alike, by their indices, the lesser first."""
    found: dict[str, dict[tuple[int, int], bool]] = {}
    for name, rows in json.loads(AGREEMENTS.read_text(encoding="utf-8")).items():
        at = {place(passage): passage.index for passage in told[name].passages}
        pairs = found[name] = {}
        for *ends, same in rows:
            one, other = at.get(tuple(ends[:3])), at.get(tuple(ends[3:]))
            if one is not None and other is not None:
                pairs[min(one, other), max(one, other)] = bool(same)
    return found
