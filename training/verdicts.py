"""Pairs of stretches of an event's passages that readers judged one by one (training/verdicts.json).

The file holds places only: event, both stretches (article, start, end), and a code of each reader. Of the first 8,855,
three in five were proposed by the rules of rashomon.compare, the others by pairing all typed parts (figures, times,
places, phrases, verbs, sources) of aligned passages; the rest were chosen in four rounds, as pairs that a model made
from those before held likely. Those that a model holds likely were judged by two readers, and in all but the last round
by a third where one of them saw a difference and the other none.
"""

from __future__ import annotations

import json
import pathlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks._accounts_score import Place
from rashomon.compare.crossencoder import KINDS, RELATIONS
from rashomon.compare.stretches import Stretch
from training.examples import Example, place

VERDICTS = pathlib.Path(__file__).with_name("verdicts.json")
KIND = dict(zip("ndpiatcw", KINDS, strict=True))
RELATION = dict(zip("cusgfn", RELATIONS, strict=True))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two stretches of an event's passages, and what each reader says of them.

    `x`: not of one point; `s`: the same; `m`: nearly a difference; else the letters of its kind and relation.
    """

    one: Stretch
    other: Stretch
    codes: tuple[str, ...]
    named: str | None = None

    @property
    def code(self) -> str | None:
        """The letters of kind and relation, where more than half say that it is a difference.

        They are those that it was given when all were named again, else those that most readers give.
        """
        told = [code for code in self.codes if len(code) == 2]
        return (self.named or Counter(told).most_common(1)[0][0]) if 2 * len(told) > len(self.codes) else None

    @property
    def apart(self) -> bool:
        """Whether more than half of the readers say that they are not of one point."""
        return 2 * self.codes.count("x") > len(self.codes)

    @property
    def kind(self) -> str | None:
        """The kind of difference, None where it is none."""
        return KIND[self.code[0]] if self.code else None

    @property
    def relation(self) -> str | None:
        """The relation of the difference, None where it is none."""
        return RELATION[self.code[1]] if self.code else None


def verdicts(told: Mapping[str, Example]) -> dict[str, list[Verdict]]:
    """The pairs of stretches judged one by one, by event."""
    found: dict[str, list[Verdict]] = {name: [] for name in told}
    for name, one, other, codes, *named in json.loads(VERDICTS.read_text(encoding="utf-8")):
        a, b = (stretch(told[name], tuple(place)) for place in (one, other))
        if a is not None and b is not None:
            found[name].append(Verdict(a, b, tuple(codes.split()), *named))
    return found


def stretch(event: Example, at: Place) -> Stretch | None:
    """The stretch in the passage that holds it."""
    for passage in event.passages:
        if place(passage)[0] == at[0] and passage.start <= at[1] and at[2] <= passage.end:
            return passage, at[1], at[2]
    return None
