"""What is measured of two passages before they are judged to tell the same: nothing here knows the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.compare.amounts import agree, alike, measures
from rashomon.compare.overlap import Indices, Matrix, Overlap
from rashomon.compare.passages import DESCRIBING, Passage
from rashomon.compare.standing import NAMES as STANDING
from rashomon.compare.standing import standing

NAMES = (
    "cosine",
    "soft_least",
    "soft_most",
    "containment",
    "jaccard",
    "bigrams",
    "entities",
    "entities_apart",
    "amounts_agree",
    "amounts_differ",
    "predicates",
    "length_ratio",
    "shorter",
    "cosine_margin",
    "soft_margin",
    "containment_margin",
    "place",
    "quoted",
    "clause_soft",
    "clause_jaccard",
    "clause_margin",
    *STANDING,
)
FACT_TERMS = 3
"""Passages and clauses with fewer content words assert too little to be measured by themselves."""
NEAR = 0.35
"""Least cosine of a pair worth measuring; with LIKE it keeps 86 of 100 pairs that tell the same, in one of seven pairs.
Those that it drops are beyond the model anyway: measuring them too changes the best F1 by less than .01."""
MOST = 500_000
"""Pairs of one event that are measured at most, the nearest first: what an event of a hundred long articles has."""
LIKE = 0.25
"""Least weight of words in common of a pair worth measuring, over the lighter passage's weight."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Pairs of passages of different articles worth judging (row < column) and what was measured of each."""

    rows: Indices
    columns: Indices
    values: Matrix  # shape (pairs, len(NAMES))


def features(passages: Sequence[Passage]) -> Measured:
    """The pairs worth judging, with their features in the order of NAMES."""
    told = np.array([p.told for p in passages], dtype=np.int64)
    cosine, words = _cosine(passages), Overlap([p.terms for p in passages])
    common = words.table()
    rows, columns = _worth(passages, told, cosine, common.containment)
    at = rows, columns
    measured = {
        "cosine": cosine[at],
        "cosine_margin": _margin(cosine, told)[at],
        "containment": common.containment[at],
        "containment_margin": _margin(common.containment, told)[at],
        "jaccard": common.jaccard[at],
        **_words_met(words, told, rows, columns),
        **_clauses(passages, told, rows, columns),
        **_sets(passages, rows, columns),
        **_singly(passages, rows, columns),
        **standing(passages, cosine, rows, columns),
    }
    some = np.array([bool(p.entities) for p in passages])
    measured["entities_apart"] = (measured["entities"] == 0) & some[rows] & some[columns]
    values = np.stack([measured[name].astype(np.float32) for name in NAMES], axis=-1)
    return Measured(rows, columns, values)


def _worth(passages: Sequence[Passage], told: Indices, cosine: Matrix, containment: Matrix) -> tuple[Indices, Indices]:
    """The pairs of different articles that are near or share words; of too many, the nearest."""
    full = np.array([len(p.terms) >= FACT_TERMS for p in passages])
    worth = (told[:, None] < told[None, :]) & full[:, None] & full[None, :]
    worth &= (cosine >= NEAR) | (containment >= LIKE)
    rows, columns = np.nonzero(worth)
    if len(rows) > MOST:
        near = np.maximum(cosine[rows, columns] - NEAR, containment[rows, columns] - LIKE)
        kept = np.sort(np.argsort(-near, kind="stable")[:MOST])
        rows, columns = rows[kept], columns[kept]
    return rows, columns


def _words_met(words: Overlap, told: Indices, rows: Indices, columns: Indices) -> dict[str, Matrix]:
    """How well either passage's words are met by the other's."""
    met = words.met()
    least = np.minimum(met, met.T)
    one, other = met[rows, columns], met[columns, rows]
    return {
        "soft_least": least[rows, columns],
        "soft_most": np.maximum(one, other),
        "soft_margin": _margin(least, told)[rows, columns],
    }


def _cosine(passages: Sequence[Passage]) -> Matrix:
    vectors = np.stack([p.vector for p in passages])
    return np.asarray(vectors @ vectors.T, dtype=np.float32)


def _predicates(passage: Passage) -> list[str]:
    return [c.predicate for c in passage.clauses if c.role not in DESCRIBING]


def _singly(passages: Sequence[Passage], rows: Indices, columns: Indices) -> dict[str, Matrix]:
    """Features told by each passage alone, or by the amounts of both."""
    length = np.log1p(np.array([len(p.terms) for p in passages], dtype=np.float32))
    place = np.array([p.place for p in passages], dtype=np.float32)
    quoted = np.array([any(q.mode != "indirect" for q in p.quotations) for p in passages], dtype=np.float32)
    agreeing, differing = _amounts(passages, rows, columns)
    return {
        "amounts_agree": agreeing,
        "amounts_differ": differing,
        "length_ratio": np.abs(length[rows] - length[columns]),
        "shorter": np.minimum(length[rows], length[columns]),
        "place": np.abs(place[rows] - place[columns]),
        "quoted": quoted[rows] * quoted[columns],
    }


def _sets(passages: Sequence[Passage], rows: Indices, columns: Indices) -> dict[str, Matrix]:
    """What both passages have of the lighter one's pairs of words, names and predicates."""
    told: dict[str, list[Iterable[str]]] = {
        "bigrams": [[f"{a} {b}" for a, b in zip(p.terms, p.terms[1:], strict=False)] for p in passages],
        "entities": [p.entities for p in passages],
        "predicates": [_predicates(p) for p in passages],
    }
    return {name: Overlap(items).table().containment[rows, columns] for name, items in told.items()}


def _clauses(passages: Sequence[Passage], told: Indices, rows: Indices, columns: Indices) -> dict[str, Matrix]:
    """The best pair of clauses of two passages: how well each meets the other's words, and the words in common."""
    owners: list[int] = []
    terms: list[tuple[str, ...]] = []
    for passage in passages:
        own = [c.terms for c in passage.clauses if c.role not in DESCRIBING and len(c.terms) >= FACT_TERMS]
        for words in own or [passage.terms]:
            owners.append(passage.index)
            terms.append(words)
    owner, clauses = np.array(owners, dtype=np.int64), Overlap(terms)
    met = clauses.met()
    soft, jaccard = (np.zeros((len(passages), len(passages)), dtype=np.float32) for _ in range(2))
    for some in clauses.chunks():
        np.maximum.at(soft, owner[some], _best(np.minimum(met[some], met[:, some].T), owner, len(passages)))
        np.maximum.at(jaccard, owner[some], _best(clauses.rows(some).jaccard, owner, len(passages)))
    return {
        "clause_soft": soft[rows, columns],
        "clause_jaccard": jaccard[rows, columns],
        "clause_margin": _margin(soft, told)[rows, columns],
    }


def _best(scores: Matrix, owner: Indices, size: int) -> Matrix:
    """The highest score of each row among the clauses (columns) of each passage."""
    table = np.zeros((size, len(scores)), dtype=np.float32)
    np.maximum.at(table, owner, scores.T)
    return table.T


def _margin(scores: Matrix, told: Indices) -> Matrix:
    """By how much a pair beats the best other pair of either passage with the same two articles, or falls short."""
    margin = np.full_like(scores, -1.0)
    for article in np.unique(told):
        columns = np.flatnonzero(told == article)
        block = scores[:, columns]
        order = np.sort(block, axis=1)
        top, second = order[:, -1:], (order[:, -2:-1] if block.shape[1] > 1 else np.zeros_like(order[:, -1:]))
        margin[:, columns] = block - np.where(block >= top, second, top)
    return np.asarray(np.minimum(margin, margin.T), dtype=np.float32)


def _amounts(passages: Sequence[Passage], rows: Indices, columns: Indices) -> tuple[Matrix, Matrix]:
    """Whether two passages tell an agreeing amount, and whether they tell different amounts of the same thing."""
    told = [[m for a in p.amounts for m in measures(a)] for p in passages]
    agreeing, differing = np.zeros(len(rows), dtype=np.float32), np.zeros(len(rows), dtype=np.float32)
    for k, (i, j) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        if not told[i] or not told[j]:
            continue
        pairs = [(a, b) for a in told[i] for b in told[j] if alike(a, b)]
        if any(agree(a, b) for a, b in pairs):
            agreeing[k] = 1.0
        elif pairs:
            differing[k] = 1.0
    return agreeing, differing
