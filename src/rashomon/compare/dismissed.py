"""Comparisons as an analyst corrects them: differences and claims that were dismissed are left out at every run.

A judgement knows its row by the places of its passages, since ids change when other articles join. A row is the one
meant if it has all these passages; a difference, if besides nobody tells another value in it: a new value is news.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

import pyarrow as pa

from rashomon.compare.rank import SHOWN
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.judging import Detail
from rashomon.model.records import Claim, ClaimPassage, Comparison, DifferenceSide, Judgement, Place

TABLES = ("claims", "differences")
Stretch = tuple[str, int, int]
R = TypeVar("R")


@dataclasses.dataclass(frozen=True, slots=True)
class Dismissing:
    """A comparison beside what is to be left out of it: what the stage `dismiss` takes."""

    comparison: Comparison
    judgements: tuple[Judgement, ...]  # those that stand


class Dismiss:
    """Comparisons to comparisons without what was dismissed."""

    needs = schema(Dismissing)
    gives = schema(Comparison)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Dismissing to rows of Comparison, in the same order."""
        return to_table(Comparison, [without(row.comparison, row.judgements) for row in from_arrow(Dismissing, table)])


def dismissals(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that dismiss something and stand, in the order in which they were given."""
    found = [j for j in judgements if j.verb == "dismiss" and j.table in TABLES and j.retired_at is None]
    return sorted(found, key=lambda j: (j.at, j.judgement_id))


def articles(judgements: Iterable[Judgement]) -> set[str]:
    """The articles whose events dismissals are about."""
    return {place.article_id for j in dismissals(judgements) for place in Detail.of(j.detail).places}


def without(comparison: Comparison, judgements: Iterable[Judgement]) -> Comparison:
    """The comparison without the differences and claims that were dismissed, and what hangs on them."""
    sides = _by(comparison.difference_sides, "difference_id")
    passages = _by(comparison.claim_passages, "claim_id")
    gone: set[str] = set()
    for judgement in dismissals(judgements):
        detail = Detail.of(judgement.detail)
        meant = {_stretch(place) for place in detail.places}
        if judgement.table == "claims":
            gone |= {c for c, told in passages.items() if meant and meant <= {_stretch(p) for p in told}}
            continue
        for row in comparison.differences:
            told = sides[row.difference_id]
            same = row.kind == detail.kind and meant and meant <= {_stretch(s) for s in told}
            if same and {s.value for s in told} <= set(detail.values):
                gone.add(row.difference_id)
    if not gone:
        return comparison
    differences = tuple(d for d in comparison.differences if d.difference_id not in gone)
    kept = {d.difference_id for d in differences}
    contested = {
        _stretch(side)
        for d in differences
        if d.relation == "contradiction" and d.confidence >= SHOWN
        for side in sides[d.difference_id]
    }
    return dataclasses.replace(
        comparison,
        claims=tuple(_status(c, passages[c.claim_id], contested) for c in comparison.claims if c.claim_id not in gone),
        claim_passages=tuple(p for p in comparison.claim_passages if p.claim_id not in gone),
        differences=differences,
        difference_sides=tuple(s for s in comparison.difference_sides if s.difference_id in kept),
        omissions=tuple(o for o in comparison.omissions if o.claim_id not in gone),
    )


def _status(claim: Claim, passages: Sequence[ClaimPassage], contested: set[Stretch]) -> Claim:
    """A claim that was disputed and is no more stands on how many tell it."""
    if claim.status != "disputed":
        return claim
    held = [p for p in passages if any(a == p.article_id and p.start <= s and e <= p.end for a, s, e in contested)]
    if len(held) >= 2:
        return claim
    return dataclasses.replace(claim, status="corroborated" if claim.origins > 1 else "single")


def _stretch(row: Place | ClaimPassage | DifferenceSide) -> Stretch:
    return row.article_id, row.start, row.end


def _by(rows: Iterable[R], key: str) -> dict[str, list[R]]:
    grouped: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return grouped
