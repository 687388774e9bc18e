"""What a difference is called: its kind and relation, by what is measured of its sides and the rule that found it.

Rules know how they found a pair, not always what a reader would call it. Two multinomial logistic models, learnt from
pairs that were judged one by one (training/differences.py), choose, together with how often readers give the two names
to one pair; the rule's own note stays where they agree with it.
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
    """The models of kind and of relation, and what is added to the log odds of both names of a pair."""

    kinds: Choice
    relations: Choice
    together: npt.NDArray[np.float64]  # shape (kinds, relations)


def parse(told: Mapping[str, Any]) -> Labels:
    """Labels from the object that training/differences.py writes."""
    return Labels(_choice(told["kinds"]), _choice(told["relations"]), np.array(told["together"], dtype=np.float64))


def _choice(told: Mapping[str, Any]) -> Choice:
    tables = (np.array(told[part], dtype=np.float64) for part in ("mean", "scale", "weight", "bias"))
    return Choice(tuple(told["names"]), *tables)


def named(pairs: Sequence[Candidate], measured: Matrix, by: Labels) -> list[Candidate]:
    """The pairs under the kind and relation that the models choose among those that the values allow."""
    kinds, relations = by.kinds.odds(measured), by.relations.odds(measured)
    odds = kinds[:, :, None] + relations[:, None, :] + by.together
    found = []
    for row, pair in enumerate(pairs):
        no = barred(pair)
        odds[row, [name in no for name in by.kinds.names]] = -np.inf
        odds[row][:, [name in no for name in by.relations.names]] = -np.inf
        best = divmod(int(odds[row].argmax()), len(by.relations.names))
        kind, relation = by.kinds.names[best[0]], by.relations.names[best[1]]
        note = pair.note if relation == pair.relation else NOTES[relation]
        found.append(dataclasses.replace(pair, kind=kind, relation=relation, note=note))
    return found
