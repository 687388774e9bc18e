"""What is measured of two passages before they are judged to tell the same: nothing here knows the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.annotate.language import pipeline
from rashomon.compare.amounts import agree, alike, measures
from rashomon.compare.passages import DESCRIBING, Passage
from rashomon.compare.standing import NAMES as STANDING
from rashomon.compare.standing import standing

Matrix = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

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
    cosine = _cosine(passages)
    vocabulary, matrix = weighted([Counter(p.terms) for p in passages])
    containment, jaccard = shared(matrix)
    full = np.array([len(p.terms) >= FACT_TERMS for p in passages])
    worth = (told[:, None] < told[None, :]) & full[:, None] & full[None, :]
    worth &= (cosine >= NEAR) | (containment >= LIKE)
    rows, columns = np.nonzero(worth)
    soft = _soft(vocabulary, matrix, matrix)
    least, most = np.minimum(soft, soft.T), np.maximum(soft, soft.T)
    clause_soft, clause_jaccard = _clauses(passages)
    whole = {
        "cosine": cosine,
        "soft_least": least,
        "soft_most": most,
        "containment": containment,
        "jaccard": jaccard,
        "bigrams": _sets([[f"{a} {b}" for a, b in zip(p.terms, p.terms[1:], strict=False)] for p in passages]),
        "entities": _sets([sorted(p.entities) for p in passages]),
        "predicates": _sets([_predicates(p) for p in passages]),
        "cosine_margin": _margin(cosine, told),
        "soft_margin": _margin(least, told),
        "containment_margin": _margin(containment, told),
        "clause_soft": clause_soft,
        "clause_jaccard": clause_jaccard,
        "clause_margin": _margin(clause_soft, told),
    }
    measured = {name: table[rows, columns] for name, table in whole.items()}
    measured |= _singly(passages, rows, columns) | standing(passages, cosine, rows, columns)
    some = np.array([bool(p.entities) for p in passages])
    measured["entities_apart"] = (measured["entities"] == 0) & some[rows] & some[columns]
    values = np.stack([measured[name].astype(np.float32) for name in NAMES], axis=-1)
    return Measured(rows, columns, values)


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


def weighted(sets: Sequence[Counter[str]]) -> tuple[dict[str, int], Matrix]:
    """Row per passage, column per item: inverse document frequency within the event where the item is present."""
    df: Counter[str] = Counter(item for items in sets for item in items)
    vocabulary = {item: column for column, item in enumerate(sorted(df))}
    idf = {item: np.log((len(sets) + 1) / (df[item] + 0.5)) for item in vocabulary}
    matrix = np.zeros((len(sets), max(1, len(vocabulary))), dtype=np.float32)
    for row, items in enumerate(sets):
        for item in items:
            matrix[row, vocabulary[item]] = idf[item]
    return vocabulary, matrix


def shared(matrix: Matrix) -> tuple[Matrix, Matrix]:
    """Weight in common over the lighter of two rows, and over their union."""
    root = np.sqrt(matrix)
    common = root @ root.T
    mass = matrix.sum(axis=1)
    lighter = np.maximum(np.minimum(mass[:, None], mass[None, :]), 1e-6)
    union = np.maximum(mass[:, None] + mass[None, :] - common, 1e-6)
    return np.asarray(common / lighter, dtype=np.float32), np.asarray(common / union, dtype=np.float32)


def _sets(items: Sequence[Sequence[str]]) -> Matrix:
    return shared(weighted([Counter(set(row)) for row in items])[1])[0]


def _soft(vocabulary: dict[str, int], weights: Matrix, met: Matrix) -> Matrix:
    """How well the words of each row of `weights` are met by the nearest word of each row of `met`, by word vectors."""
    vocab = pipeline().vocab
    rows = [np.asarray(vocab.get_vector(word), dtype=np.float32) for word in vocabulary]
    vectors = np.stack(rows or [np.zeros(1, dtype=np.float32)])
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    near = np.clip(unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(near, 1.0)
    nothing = np.zeros(len(near), dtype=np.float32)
    best = np.stack([near[:, row > 0].max(axis=1) if (row > 0).any() else nothing for row in met], axis=1)
    mass = np.maximum(weights.sum(axis=1, keepdims=True), 1e-6)
    return np.asarray((weights / mass) @ best, dtype=np.float32)


def _clauses(passages: Sequence[Passage]) -> tuple[Matrix, Matrix]:
    """The best pair of clauses of two passages: how well each meets the other's words, and the words in common."""
    owners: list[int] = []
    terms: list[tuple[str, ...]] = []
    for passage in passages:
        own = [c.terms for c in passage.clauses if c.role not in DESCRIBING and len(c.terms) >= FACT_TERMS]
        for words in own or [passage.terms]:
            owners.append(passage.index)
            terms.append(words)
    vocabulary, matrix = weighted([Counter(words) for words in terms])
    soft = _soft(vocabulary, matrix, matrix)
    owner = np.array(owners, dtype=np.int64)
    size = len(passages)
    return _best(np.minimum(soft, soft.T), owner, size), _best(shared(matrix)[1], owner, size)


def _best(scores: Matrix, owner: Indices, size: int) -> Matrix:
    """The highest score among the clauses of each two passages; `scores` is symmetric."""
    rows = np.zeros((size, scores.shape[1]), dtype=np.float32)
    np.maximum.at(rows, owner, scores)
    table = np.zeros((size, size), dtype=np.float32)
    np.maximum.at(table, owner, rows.T)
    return table


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
