"""What a difference is called: its kind and relation, by what is measured of its sides and the rule that found it.

Rules know how they found a pair, not always what a reader would call it. Two multinomial logistic models, learnt from
pairs that were judged one by one (training/differences.py), choose; the rule's own note stays where they agree with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.compare.candidates import Candidate
from rashomon.compare.overlap import Matrix
from rashomon.compare.possible import barred

NOTES = {
    "contradiction": "both cannot hold",
    "update": "the later telling has a newer state",
    "scope": "they count or mean different things",
    "granularity": "one tells it more exactly",
    "framing": "told in words of another colour",
    "naming": "named in other words",
}
"""Why a pair is of a relation, where the rule that found it says something else."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A multinomial logistic model over standardised features: one of several names for each row."""

    names: tuple[str, ...]
    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]  # shape (names, features)
    bias: npt.NDArray[np.float64]

    def odds(self, measured: Matrix) -> npt.NDArray[np.float64]:
        """Log odds of shape (rows, names), up to one number a row."""
        standard = (measured.astype(np.float64) - self.mean) / self.scale
        return np.asarray(standard @ self.weight.T + self.bias, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Labels:
    """The models of kind and of relation."""

    kinds: Choice
    relations: Choice


def parse(told: Mapping[str, Any]) -> Labels:
    """Labels from the object that training/differences.py writes."""
    found = []
    for name in ("kinds", "relations"):
        one = told[name]
        tables = (np.array(one[part], dtype=np.float64) for part in ("mean", "scale", "weight", "bias"))
        found.append(Choice(tuple(one["names"]), *tables))
    return Labels(*found)


def named(pairs: Sequence[Candidate], measured: Matrix, by: Labels) -> list[Candidate]:
    """The pairs under the kind and relation that the models choose among those that the values allow."""
    kinds, relations = by.kinds.odds(measured), by.relations.odds(measured)
    found = []
    for row, pair in enumerate(pairs):
        no = barred(pair)
        kind = _best(by.kinds.names, kinds[row], no)
        relation = _best(by.relations.names, relations[row], no)
        note = pair.note if relation == pair.relation else NOTES[relation]
        found.append(dataclasses.replace(pair, kind=kind, relation=relation, note=note))
    return found


def _best(names: Sequence[str], odds: npt.NDArray[np.float64], barred: frozenset[str]) -> str:
    return max((odd, name) for odd, name in zip(odds.tolist(), names, strict=True) if name not in barred)[1]
