"""Task accounts with one event left out at a time: each of the six is compared by weights that were made without it.

    python -m training.held_out ../shared/data WORK_FOLDER

WORK_FOLDER is that of training/crossencoder.py, whose halves never saw the six. Prints the figures of the task over the
six, and for several values of the least confidence shown. This is the figure to quote: the packaged weights have seen
every event.
"""

from __future__ import annotations

import itertools
import json
import pathlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks import accounts
from rashomon.compare.candidates import Aligned
from rashomon.compare.event import compared
from rashomon.compare.rank import SHOWN
from rashomon.compare.scorer import places
from rashomon.model.records import Comparison, DifferenceSide
from training.agreements import agreements
from training.claims import looked, pairs, seconds
from training.differences import scorer
from training.examples import Example
from training.verdicts import Verdict, verdicts


def main(data: str, folder: str) -> None:
    """Compare each event of the six without its own labels and print the figures."""
    told = looked(pathlib.Path(data), pathlib.Path(folder))
    by = seconds(told)
    proposed = pairs(told, by)
    six = [name for name in told if told[name].example.six]
    comparisons = []
    for name in six:
        event, others = told[name].example, [pair for other, pair in proposed.items() if other != name]
        aligned: Aligned = told[name].aligned(by[name])
        comparisons.append(compared(accounts.event_of(event.row), event.readings, aligned, scorer(others)))
    rows = [told[name].example.row for name in six]
    readings = [told[name].example.readings for name in six]
    judged_before = verdicts({name: one.example for name, one in told.items()})
    surest = [
        one
        for name, c in zip(six, comparisons, strict=True)
        for one in _judged(told[name].example, c, judged_before[name])
    ]
    surest.sort(key=lambda one: -one[0])
    for most in (40, 100, 150):
        known = [found for _, found in surest[:most] if found is not None]
        counts = {name: sum(getattr(found, name) for found in known) for name in ("right", "kind", "relation")}
        print(json.dumps({"surest": most, "judged": len(known), **counts}))
    alike = agreements({name: one.example for name, one in told.items()})
    joined = [
        same for name, c in zip(six, comparisons, strict=True) for same in _joined(told[name].example, c, alike[name])
    ]
    print(json.dumps({"pairs_joined_and_judged": len(joined), "same": sum(joined)}))
    for least in sorted({SHOWN, 0.3, 0.35, 0.4, 0.5}):
        given = [accounts.prediction(*three, least) for three in zip(rows, readings, comparisons, strict=True)]
        print(json.dumps({"shown_from": least, **accounts.score(rows, given)}, indent=1))


def _joined(event: Example, told: Comparison, before: Mapping[tuple[int, int], bool]) -> Iterator[bool]:
    """Of the pairs of passages that a claim joins and a reader of single pairs judged: whether they tell one fact."""
    index = {(p.article.article_id, p.start, p.end): p.index for p in event.passages}
    claims: dict[str, list[int]] = defaultdict(list)
    for one in told.claim_passages:
        claims[one.claim_id].append(index[one.article_id, one.start, one.end])
    pairs = {pair for members in claims.values() for pair in itertools.combinations(sorted(members), 2)}
    yield from (before[pair] for pair in sorted(pairs) if pair in before)


@dataclass(frozen=True, slots=True)
class Found:
    """How a difference fares with the readers of its pairs: whether it is one, and rightly named."""

    right: bool
    kind: bool
    relation: bool


def _judged(event: Example, told: Comparison, before: Sequence[Verdict]) -> Iterator[tuple[float, Found | None]]:
    """Confidence of each difference, and whether it is right: some two of its sides are a difference, none of two
    points; None where no two of its sides were judged."""
    by_place = {places(*((p.index, a, b) for p, a, b in (v.one, v.other))): v for v in before}
    sides: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for side in told.difference_sides:
        sides[side.difference_id].extend(_ends(event, side))
    for one in told.differences:
        pairs_told = (places(a, b) for a, b in itertools.combinations(sides[one.difference_id], 2))
        found = [by_place[pair] for pair in pairs_told if pair in by_place]
        real = [] if any(v.apart for v in found) else [v for v in found if v.code]
        named = any(v.kind == one.kind for v in real), any(v.relation == one.relation for v in real)
        yield one.confidence, Found(bool(real), *named) if found else None


def _ends(event: Example, side: DifferenceSide) -> Iterator[tuple[int, int, int]]:
    """Where the value stands in the side's passage, wherever that has it as whole words."""
    words = r"\s+".join(map(re.escape, side.value.split()))
    value = re.compile(rf"(?<!\w){words}(?!\w)")
    for passage in event.passages:
        if passage.article.article_id == side.article_id and passage.start <= side.start and side.end <= passage.end:
            for match in value.finditer(passage.article.text, side.start, side.end):
                yield passage.index, *match.span()


if __name__ == "__main__":
    main(*sys.argv[1:3])
