"""What is measured of two passages before they are judged to tell the same: nothing here knows the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.annotate.language import pipeline
from rashomon.compare.amounts import agree, alike, measures
from rashomon.compare.passages import DESCRIBING, Passage

Matrix = npt.NDArray[np.float32]

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
)


def _weights(sets: Sequence[Counter[str]]) -> tuple[dict[str, int], Matrix]:
    """Row per passage, column per item: presence times inverse document frequency within the event."""
    df: Counter[str] = Counter(item for items in sets for item in items)
    vocabulary = {item: column for column, item in enumerate(sorted(df))}
    idf = {item: np.log((len(sets) + 1) / (df[item] + 0.5)) for item in vocabulary}
    matrix = np.zeros((len(sets), max(1, len(vocabulary))), dtype=np.float32)
    for row, items in enumerate(sets):
        for item in items:
            matrix[row, vocabulary[item]] = idf[item]
    return vocabulary, matrix


def _shared(matrix: Matrix) -> tuple[Matrix, Matrix]:
    """Weight in common over the lighter of two rows, and over their union."""
    root = np.sqrt(matrix)
    common = root @ root.T
    mass = matrix.sum(axis=1)
    lighter = np.maximum(np.minimum(mass[:, None], mass[None, :]), 1e-6)
    union = np.maximum(mass[:, None] + mass[None, :] - common, 1e-6)
    return (common / lighter).astype(np.float32), (common / union).astype(np.float32)


def _soft(vocabulary: dict[str, int], matrix: Matrix) -> Matrix:
    """How well the words of each row are met by the nearest words of each column's passage, by word vectors."""
    vocab = pipeline().vocab
    rows = [np.asarray(vocab.get_vector(word), dtype=np.float32) for word in vocabulary]
    vectors = np.stack(rows or [np.zeros(1, dtype=np.float32)])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.maximum(norms, 1e-6)
    near = np.clip(unit @ unit.T, 0.0, 1.0).astype(np.float32)
    np.fill_diagonal(near, 1.0)
    best = np.stack(
        [near[:, row > 0].max(axis=1) if (row > 0).any() else np.zeros(len(near)) for row in matrix], axis=1
    )
    mass = np.maximum(matrix.sum(axis=1, keepdims=True), 1e-6)
    return np.asarray((matrix / mass) @ best, dtype=np.float32)


def _margin(scores: Matrix, told: npt.NDArray[np.int64]) -> Matrix:
    """By how much a pair beats the best other pair of either passage with the same two articles, or falls short."""
    margin = np.full_like(scores, -1.0)
    for article in np.unique(told):
        columns = np.flatnonzero(told == article)
        block = scores[:, columns]
        order = np.sort(block, axis=1)
        top, second = order[:, -1:], (order[:, -2:-1] if block.shape[1] > 1 else np.zeros_like(order[:, -1:]))
        margin[:, columns] = block - np.where(block >= top, second, top)
    return np.minimum(margin, margin.T)


def _bigrams(passages: Sequence[Passage]) -> Matrix:
    sets = [Counter(f"{a} {b}" for a, b in zip(p.terms, p.terms[1:], strict=False)) for p in passages]
    return _shared(_weights(sets)[1])[0]


def _pairwise(passages: Sequence[Passage]) -> tuple[Matrix, Matrix]:
    """Whether two passages tell an agreeing amount, and whether they tell different amounts of the same thing."""
    size = len(passages)
    agreeing, differing = np.zeros((size, size), dtype=np.float32), np.zeros((size, size), dtype=np.float32)
    told = [(p.index, [m for a in p.amounts for m in measures(a)]) for p in passages if p.amounts]
    for place, (i, left) in enumerate(told):
        for j, right in told[place + 1 :]:
            pairs = [(a, b) for a in left for b in right if alike(a, b)]
            if any(agree(a, b) for a, b in pairs):
                agreeing[i, j] = agreeing[j, i] = 1.0
            elif pairs:
                differing[i, j] = differing[j, i] = 1.0
    return agreeing, differing


def _sets(items: Iterable[Iterable[str]]) -> Matrix:
    return _shared(_weights([Counter(set(row)) for row in items])[1])[0]


def features(passages: Sequence[Passage]) -> Matrix:
    """An array of shape (passages, passages, len(NAMES)), symmetric in its first two axes."""
    told = np.array([p.told for p in passages])
    vectors = np.stack([p.vector for p in passages])
    cosine = (vectors @ vectors.T).astype(np.float32)
    vocabulary, matrix = _weights([Counter(p.terms) for p in passages])
    containment, jaccard = _shared(matrix)
    soft = _soft(vocabulary, matrix)
    least, most = np.minimum(soft, soft.T), np.maximum(soft, soft.T)
    entities = _sets(p.entities for p in passages)
    some = np.array([bool(p.entities) for p in passages])
    agreeing, differing = _pairwise(passages)
    length = np.log1p(np.array([len(p.terms) for p in passages], dtype=np.float32))
    place = np.array([p.place for p in passages], dtype=np.float32)
    quoted = np.array([any(q.mode != "indirect" for q in p.quotations) for p in passages], dtype=np.float32)
    columns = (
        cosine,
        least,
        most,
        containment,
        jaccard,
        _bigrams(passages),
        entities,
        ((entities == 0) & some[:, None] & some[None, :]).astype(np.float32),
        agreeing,
        differing,
        _sets({c.predicate for c in p.clauses if c.role not in DESCRIBING} for p in passages),
        np.abs(length[:, None] - length[None, :]),
        np.minimum(length[:, None], length[None, :]),
        _margin(cosine, told),
        _margin(least, told),
        _margin(containment, told),
        np.abs(place[:, None] - place[None, :]),
        quoted[:, None] * quoted[None, :],
    )
    return np.stack(columns, axis=-1).astype(np.float32)
