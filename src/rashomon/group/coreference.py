"""Which mentions, in one article or in several, tell the same happening.

Two mentions are compared where their articles may tell one event. Boosted trees (training/coreference.py) weigh
their words, who takes part, their sentences and how likely the articles tell one event; chains are found by average
linkage, as events are.
"""

from __future__ import annotations

import functools
import importlib.resources
import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.annotate.happenings import WIDTH, Happening
from rashomon.extract.forest import Forest
from rashomon.group.evidence import Corpus, pair_model, pairs
from rashomon.group.features import ArticleFeatures
from rashomon.group.grouping import group
from rashomon.group.linkage import clusters
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
LEAST = 0.05  # articles less likely to tell one event than this are not compared
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


def likeness(articles: Sequence[ArticleFeatures]) -> Likeness:
    """How likely the articles tell one event, and their events, as grouping finds them."""
    ordered = sorted(articles, key=lambda a: a.article_id)
    found = pairs(Corpus.of(ordered))
    likely = pair_model().probability(found.evidence)
    ids = [a.article_id for a in ordered]
    table = zip(found.first.tolist(), found.second.tolist(), likely.tolist(), strict=True)
    return Likeness(
        {(ids[one], ids[other]): value for one, other, value in table if value >= LEAST},
        {m.article_id: m.event_id for m in group(ordered).memberships},
    )


def compared(told: Told, likeness: Likeness) -> tuple[Ints, Ints]:
    """The pairs of mentions worth comparing (first < second): those whose articles may tell one event."""
    own: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(told.mentions):
        own[mention.article_id].append(number)
    found = [pair for numbers in own.values() for pair in itertools.combinations(numbers, 2)]
    near = {pair for pair, value in likeness.pairs.items() if value >= LEAST}
    by: dict[str, list[str]] = defaultdict(list)
    for article in sorted(own):
        by[likeness.events[article]].append(article)
    near |= {pair for articles in by.values() for pair in itertools.combinations(articles, 2)}
    for one, other in sorted(near):
        found += [(min(a, b), max(a, b)) for a in own.get(one, ()) for b in own.get(other, ())]
    table = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def evidence(told: Told, likeness: Likeness, first: Ints, second: Ints) -> npt.NDArray[np.float32]:
    """A row of evidence for each pair of mentions; columns as in NAMES."""
    mentions = told.mentions
    vocabulary = Vocabulary.of(((*m.context, *m.arguments, *m.words) for m in mentions), {})
    rows = {
        "words": _rows([m.words for m in mentions], vocabulary),
        "arguments": _rows([m.arguments for m in mentions], vocabulary),
        "context": _rows([m.context for m in mentions], vocabulary),
    }
    heads = np.frombuffer(b"".join(m.vector for m in mentions), dtype=np.float32).reshape(-1, WIDTH)
    found = {name: np.zeros(len(first), dtype=np.float64) for name in NAMES}
    bounds = np.flatnonzero(np.diff(first, prepend=-1, append=-1))
    for start, end in itertools.pairwise(bounds.tolist()):
        number, others = int(first[start]), second[start:end]
        for name, matrix in rows.items():
            found[name][start:end] = matrix.cosines(matrix.row(number), others)
        there = rows["context"].cosines(rows["arguments"].row(number), others)
        back = rows["arguments"].cosines(rows["context"].row(number), others)
        found["arguments_told_least"][start:end] = np.minimum(there, back)
        found["arguments_told_most"][start:end] = np.maximum(there, back)
        found["head_vector"][start:end] = heads[others] @ heads[number]
        found["sentence_vector"][start:end] = told.vectors[others] @ told.vectors[number]
    found |= _pairwise(told, likeness, first, second)
    return np.stack([found[name] for name in NAMES], axis=1).astype(np.float32)


def _pairwise(told: Told, likeness: Likeness, first: Ints, second: Ints) -> dict[str, Floats]:
    """The evidence that is looked up for words and articles, not computed over rows."""
    mentions = told.mentions
    heads, head = np.unique([m.head for m in mentions], return_inverse=True)
    articles, article = np.unique([m.article_id for m in mentions], return_inverse=True)
    holders: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        holders[mention.head].add(likeness.events[mention.article_id])
    spread = np.log([len(holders[str(h)]) for h in heads])
    event = np.unique([likeness.events[str(a)] for a in articles], return_inverse=True)[1][article]
    verbal, place = np.array([m.verbal for m in mentions], float), np.array(told.sentences)
    near = _looked_up(head[first], head[second], lambda a, b: family(str(heads[a]), str(heads[b])))
    alike = _looked_up(article[first], article[second], lambda a, b: likeness.of(str(articles[a]), str(articles[b])))
    same = article[first] == article[second]
    return {
        "same_head": (head[first] == head[second]).astype(float),
        "like_head": near,
        "articles": alike,
        "one_event": (event[first] == event[second]).astype(float),
        "one_article": same.astype(float),
        "verbs": verbal[first] + verbal[second],
        "sentences_apart": np.where(same, np.abs(place[first] - place[second]), -1).astype(float),
        "first_sentence": (np.minimum(place[first], 3) + np.minimum(place[second], 3)).astype(float),
        "head_rarity": np.minimum(spread[head[first]], spread[head[second]]),
        "head_common": np.maximum(spread[head[first]], spread[head[second]]),
    }


def _looked_up(first: Ints, second: Ints, value: Callable[[int, int], float]) -> Floats:
    """A symmetric value for each pair, found once for every distinct pair."""
    table = np.stack([np.minimum(first, second), np.maximum(first, second)], axis=1)
    distinct, which = np.unique(table, axis=0, return_inverse=True)
    found: Floats = np.array([value(a, b) for a, b in distinct.tolist()], dtype=np.float64)[which.reshape(-1)]
    return found


def family(one: str, other: str) -> float:
    """The share of the longer word that two words begin with alike; 0 under four letters."""
    common = next((k for k, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return common / max(len(one), len(other), 1) if common >= min(_STEM, len(one), len(other)) else 0.0


def _rows(bags: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> Rows:
    kept = [tuple(sorted(set(bag))) for bag in bags]
    return Rows.of([(bag, (1,) * len(bag)) for bag in kept], vocabulary)


@dataclass(frozen=True, slots=True)
class MentionModel:
    """Boosted trees over the evidence, and the mean probability from which two chains are one."""

    forest: Forest
    threshold: float


@functools.cache
def mention_model() -> MentionModel:
    """The shipped model."""
    file = importlib.resources.files("rashomon.group").joinpath("mention_model.npz")
    with file.open("rb") as stream, np.load(stream) as arrays:
        return MentionModel(Forest.of({name: arrays[name] for name in arrays.files}), float(arrays["threshold"]))


def chains(told: Told, likeness: Likeness) -> list[int]:
    """For each mention the number of the first mention of its chain."""
    if not told.mentions:
        return []
    model = mention_model()
    first, second = compared(told, likeness)
    likely: Floats = model.forest.probability(evidence(told, likeness, first, second)).astype(np.float64)
    return linked(len(told.mentions), first, second, likely, model.threshold)


def linked(size: int, first: Ints, second: Ints, likely: Floats, threshold: float) -> list[int]:
    """Chains by average linkage over the pairs."""
    pairs = zip(first.tolist(), second.tolist(), likely.tolist(), strict=True)
    return clusters(size, pairs, range(size), threshold)
