"""What is measured of two mentions before they are judged to tell one happening: nothing here knows the answer.

Their words, who takes part, their sentences, and how likely their articles tell one event.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.annotate.happenings import WIDTH, Happening
from rashomon.group.weighing import Floats, Ints, Rows, Vocabulary

NAMES = (
    "same_head",
    "like_head",
    "head_vector",
    "words",
    "arguments",
    "arguments_told_least",
    "arguments_told_most",
    "context",
    "sentence_vector",
    "articles",
    "one_event",
    "one_article",
    "verbs",
    "sentences_apart",
    "first_sentence",
    "head_rarity",
    "head_common",
)
_STEM = 4  # letters that two heads of one family share at least: `shoot`, `shooting`


@dataclass(frozen=True, slots=True)
class Told:
    """All mentions, with the sentence vector (float32, width free) and the number of the sentence of each."""

    mentions: Sequence[Happening]
    vectors: npt.NDArray[np.float32]
    sentences: Sequence[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely articles tell one event, by pairs of ids (smaller first), and the event that each was put into."""

    pairs: Mapping[tuple[str, str], float]
    events: Mapping[str, str]

    def of(self, one: str, other: str) -> float:
        """1 for one article, 0 for two that were never compared."""
        return 1.0 if one == other else self.pairs.get((min(one, other), max(one, other)), 0.0)


class Evidence:
    """Weighs pairs of mentions."""

    def __init__(self, told: Told, likeness: Likeness) -> None:
        self._told, self._likeness = told, likeness
        mentions = told.mentions
        vocabulary = Vocabulary.of(((*m.context, *m.arguments, *m.words) for m in mentions), {})
        self._rows = {
            "words": _rows([m.words for m in mentions], vocabulary),
            "arguments": _rows([m.arguments for m in mentions], vocabulary),
            "context": _rows([m.context for m in mentions], vocabulary),
        }
        self._vectors = np.frombuffer(b"".join(m.vector for m in mentions), dtype=np.float32).reshape(-1, WIDTH)
        self._heads, self._head = np.unique([m.head for m in mentions], return_inverse=True)
        self._articles, self._article = np.unique([m.article_id for m in mentions], return_inverse=True)
        holders: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            holders[mention.head].add(likeness.events[mention.article_id])
        self._spread = np.log([len(holders[str(h)]) for h in self._heads])
        own = [likeness.events[str(a)] for a in self._articles]
        self._event = np.unique(own, return_inverse=True)[1][self._article]
        self._verbal, self._place = np.array([m.verbal for m in mentions], float), np.array(told.sentences)

    def __call__(self, first: Ints, second: Ints) -> npt.NDArray[np.float32]:
        """A row of evidence for each pair of mentions; columns as in NAMES."""
        found = {name: np.zeros(len(first), dtype=np.float64) for name in NAMES}
        rows, told = self._rows, self._told
        bounds = np.flatnonzero(np.diff(first, prepend=-1, append=-1))
        for start, end in itertools.pairwise(bounds.tolist()):
            number, others = int(first[start]), second[start:end]
            for name, matrix in rows.items():
                found[name][start:end] = matrix.cosines(matrix.row(number), others)
            there = rows["context"].cosines(rows["arguments"].row(number), others)
            back = rows["arguments"].cosines(rows["context"].row(number), others)
            found["arguments_told_least"][start:end] = np.minimum(there, back)
            found["arguments_told_most"][start:end] = np.maximum(there, back)
            found["head_vector"][start:end] = self._vectors[others] @ self._vectors[number]
            found["sentence_vector"][start:end] = told.vectors[others] @ told.vectors[number]
        found |= self._looked_up(first, second)
        return np.stack([found[name] for name in NAMES], axis=1).astype(np.float32)

    def _looked_up(self, first: Ints, second: Ints) -> dict[str, Floats]:
        """The evidence that is looked up for words and articles, not computed over rows."""
        heads, articles, likeness = self._heads, self._articles, self._likeness
        head, article, event = self._head, self._article, self._event
        near = _once(head[first], head[second], lambda a, b: family(str(heads[a]), str(heads[b])))
        alike = _once(article[first], article[second], lambda a, b: likeness.of(str(articles[a]), str(articles[b])))
        same = article[first] == article[second]
        apart = np.abs(self._place[first] - self._place[second])
        spread = self._spread[head[first]], self._spread[head[second]]
        return {
            "same_head": (head[first] == head[second]).astype(float),
            "like_head": near,
            "articles": alike,
            "one_event": (event[first] == event[second]).astype(float),
            "one_article": same.astype(float),
            "verbs": self._verbal[first] + self._verbal[second],
            "sentences_apart": np.where(same, apart, -1).astype(float),
            "first_sentence": (np.minimum(self._place[first], 3) + np.minimum(self._place[second], 3)).astype(float),
            "head_rarity": np.minimum(*spread),
            "head_common": np.maximum(*spread),
        }


def _once(first: Ints, second: Ints, value: Callable[[int, int], float]) -> Floats:
    """A symmetric value for each pair, found once for every distinct pair."""
    size = int(max(first.max(initial=0), second.max(initial=0))) + 1
    keys = np.minimum(first, second) * size + np.maximum(first, second)
    distinct, which = np.unique(keys, return_inverse=True)
    found: Floats = np.array([value(*divmod(key, size)) for key in distinct.tolist()], dtype=np.float64)[which]
    return found


def family(one: str, other: str) -> float:
    """The share of the longer word that two words begin with alike; 0 under four letters."""
    common = next((k for k, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return common / max(len(one), len(other), 1) if common >= min(_STEM, len(one), len(other)) else 0.0


def _rows(bags: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> Rows:
    kept = [tuple(sorted(set(bag))) for bag in bags]
    return Rows.of([(bag, (1,) * len(bag)) for bag in kept], vocabulary)
