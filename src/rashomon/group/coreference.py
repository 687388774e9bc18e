"""Which mentions, in one article or in several, tell the same happening.

Two mentions are compared where their articles may tell one event. Boosted trees (training/coreference.py) weigh
their evidence (group/mentions.py), and chains are found by average linkage, as events are.
"""

from __future__ import annotations

import functools
import importlib.resources
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.extract.forest import Forest
from rashomon.group.evidence import Corpus, pair_model, pairs
from rashomon.group.features import ArticleFeatures
from rashomon.group.grouping import group
from rashomon.group.linkage import clusters
from rashomon.group.mentions import Evidence, Likeness, Told
from rashomon.group.weighing import Ints

Likely = npt.NDArray[np.float32]

LEAST = 0.05  # articles less likely to tell one event than this are not compared
BATCH = 100_000
"""Pairs weighed at once: some 100 MB; the pairs of 24,000 mentions, all at once, took more than 10 GB."""
FAINT = 0.01
"""Pairs less likely count as unlike: nine in ten, which would only lengthen the linking."""


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
    near = {pair for pair, value in likeness.pairs.items() if value >= LEAST}
    by: dict[str, list[str]] = defaultdict(list)
    for article in sorted(own):
        by[likeness.events[article]].append(article)
    near |= {pair for articles in by.values() for pair in itertools.combinations(articles, 2)}
    near |= {(article, article) for article in own}
    size = len(told.mentions)
    keys = [np.zeros(0, dtype=np.int64)]
    for one, other in near:
        a, b = np.meshgrid(np.array(own.get(one, ()), np.int64), np.array(own.get(other, ()), np.int64))
        kept = a < b if one == other else np.ones(a.shape, bool)
        keys.append((np.minimum(a, b) * size + np.maximum(a, b))[kept])
    first, second = np.divmod(np.sort(np.concatenate(keys)), max(1, size))
    return first, second


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
    weigh = Evidence(told, likeness)
    likely = np.zeros(len(first), dtype=np.float32)
    for start in range(0, len(first), BATCH):
        part = slice(start, start + BATCH)
        likely[part] = model.forest.probability(weigh(first[part], second[part]))
    return linked(len(told.mentions), first, second, likely, model.threshold)


def linked(size: int, first: Ints, second: Ints, likely: Likely, threshold: float) -> list[int]:
    """Chains by average linkage over the pairs; those less likely than FAINT count as 0."""
    some = likely >= FAINT
    pairs = zip(first[some].tolist(), second[some].tolist(), likely[some].tolist(), strict=True)
    return clusters(size, pairs, range(size), threshold)
