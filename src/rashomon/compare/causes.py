"""Causes: clauses and passages on one happening that give other reasons for it, or say that none is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon.compare.candidates import Candidate, side
from rashomon.compare.passages import Passage
from rashomon.compare.phrases import caused
from rashomon.compare.scene import Scene

LEAST = 0.05
"""Passages aligned less surely are not looked at."""
_SOUGHT = re.compile(
    r"\b(?:the causes? of|caused by|causes? (?:is|was|has)|reasons? (?:for|why)|motives?|blamed)\b", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"\b(?:unclear|unknown|not (?:yet )?(?:been )?(?:known|clear|determined|immediately)|investigat\w+|too early)\b",
    re.IGNORECASE,
)


def find(scene: Scene) -> list[Candidate]:
    """Differences of kind cause, a pair of sides each."""
    return list(_given(scene))


def _given(scene: Scene) -> Iterator[Candidate]:
    told = {p.index: _cause(p) for p in scene.aligned.passages}
    for score, left, right in scene.aligned.pairs(LEAST):
        one, other = told[left.index], told[right.index]
        if one is None or other is None:
            continue
        if one[2] == other[2] == "unknown":
            continue
        relation = "update" if "unknown" in (one[2], other[2]) else "framing"
        cue = f"cause:{'-'.join(sorted((one[2], other[2])))}"
        sides = tuple(side(p, a, b) for p, (a, b, _) in ((left, one), (right, other)))
        yield Candidate("cause", relation, "cause", sides, cue, score, "other causes are told")


def _cause(passage: Passage) -> tuple[int, int, str] | None:
    """The stretch that tells the cause, and how: sought (cause, why), joined (because, after), unknown."""
    if (match := _SOUGHT.search(passage.text)) is not None:
        clause = passage.clause_at(passage.start + match.start(), passage.start + match.end())
        start, end = (passage.start, passage.end) if clause is None else (clause.start, clause.end)
        return start, end, "unknown" if _UNKNOWN.search(passage.text) else "sought"
    for start, end in caused(passage):
        return start, end, "joined"
    return None
