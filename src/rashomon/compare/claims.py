"""Aligned passages to claims: what two or more tell alike, and what only one tells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rashomon.compare.features import Matrix
from rashomon.compare.passages import Passage
from rashomon.model.identity import identify
from rashomon.model.records import Claim, ClaimPassage, Event

SAME = 0.24
"""Least probability of a pair to be joined: best F1 of pairs with one event left out at a time (training/claims.py)."""
JOIN = 0.6
"""A passage joins a claim if its mean probability with the claim's passages is at least this part of SAME."""
ALONE = 0.5
"""A passage is told by one only if no pair of it with another origin is above this: half an even chance."""


def clusters(scores: Matrix, passages: Sequence[Passage]) -> list[tuple[int, ...]]:
    """Groups of passages of two or more articles that tell the same; a passage with several facts may be in several.

    Pairs are taken from the surest to the least sure. Each joins the group it fits best, or begins one.
    """
    rows, columns = np.where(np.triu(scores, 1) >= SAME)
    order = sorted(zip(rows.tolist(), columns.tolist(), strict=True), key=lambda p: (-float(scores[p]), p))
    groups: list[set[int]] = []
    for i, j in order:
        if any(i in group and j in group for group in groups):
            continue
        fits = [(_fit(scores, passages, group, {i, j} - group), -n) for n, group in enumerate(groups) if group & {i, j}]
        best = max(fits, default=(0.0, 0))
        if best[0] >= JOIN * SAME:
            groups[-best[1]] |= {i, j}
        else:
            groups.append({i, j})
    return sorted(tuple(sorted(group)) for group in groups)


def _fit(scores: Matrix, passages: Sequence[Passage], group: set[int], new: set[int]) -> float:
    """Least mean probability of a new passage with the group's passages of other articles."""
    means = []
    for i in new:
        others = [float(scores[i, k]) for k in group if passages[k].told != passages[i].told]
        means.append(sum(others) / len(others) if others else 0.0)
    return min(means, default=0.0)


def clearest(group: Sequence[int], scores: Matrix, passages: Sequence[Passage]) -> Passage:
    """The passage nearest all others; the shorter one where two are nearly as near."""

    def near(i: int) -> float:
        others = [float(scores[i, k]) for k in group if k != i]
        return round(sum(others) / max(1, len(others)), 1)

    best = min(group, key=lambda i: (-near(i), passages[i].end - passages[i].start, i))
    return passages[best]


def weigh(group: Sequence[Passage], origins: int) -> float:
    """Importance in 0..1: how many of the origins tell it, how early, and how many names and figures it holds.

    The parts are set by hand; with them the claims told by most come first and, among those told by one, those at the
    top of an article.
    """
    share = len({p.origin for p in group}) / max(1, origins)
    early = 1 - min(p.place for p in group)
    names = min(1.0, max(len(p.entities) for p in group) / 4)
    figures = 1.0 if any(p.amounts for p in group) else 0.0
    return round(0.5 * share + 0.25 * early + 0.15 * names + 0.1 * figures, 4)


def claim(event: Event, told: Sequence[Passage], best: Passage, disputed: bool) -> tuple[Claim, list[ClaimPassage]]:
    """The rows of one claim; its id is made of its event and the places of its passages."""
    places = sorted((p.article.article_id, p.start, p.end) for p in told)
    claim_id = identify("c", event.event_id, *(part for place in places for part in place))
    origins = len({p.origin for p in told})
    status = "disputed" if disputed else "corroborated" if origins >= 2 else "single"
    weight = weigh(told, event.origins)
    row = Claim(claim_id, event.event_id, best.text, status, len({p.told for p in told}), origins, weight)
    passages = [ClaimPassage(claim_id, p.article.article_id, p.start, p.end, p.text) for p in told]
    return row, sorted(passages, key=lambda p: (p.article_id, p.start, p.end))
