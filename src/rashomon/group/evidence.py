"""How much two articles look like tellings of one happening: evidence for each pair, and a small trained model."""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.annotate.encoder import WIDTH
from rashomon.group.candidates import neighbours
from rashomon.group.features import LEAD_SENTENCES, ArticleFeatures
from rashomon.group.weighing import Floats, Ints, Rows, Vocabulary, background
from rashomon.model.span import Interval

NAMES = (
    "terms",
    "lead",
    "entities",
    "places",
    "lead_entities",
    "lead_vector",
    "mean_vector",
    "lead_told_most",
    "lead_told_least",
    "local_terms",
    "local_lead",
    "local_lead_vector",
    "published_gap",
    "published_far",
    "marks",
    "marks_apart",
    "days_gap",
    "until_gap",
)
_FAR = 90  # days: news of one happening is seldom told over more
_MARKS = 3  # marks of time; an article that tells fewer says little by not sharing them
_NEAREST = 3  # neighbours whose mean likeness is an article's own scale
# Likeness below this is chance; an article's own scale never falls under it, so that the two strangers in a small
# corpus are not each other's kin for want of company.
_FLOOR = {"local_terms": 0.15, "local_lead": 0.12, "local_lead_vector": 0.45}


@dataclass(frozen=True, slots=True)
class Corpus:
    """All articles as rows: words, opening words, names; and their sentence vectors."""

    articles: Sequence[ArticleFeatures]
    terms: Rows
    lead: Rows
    entities: Rows
    lead_entities: Rows
    places: Rows
    marks: Rows
    lead_vectors: npt.NDArray[np.float32]
    mean_vectors: npt.NDArray[np.float32]
    published: tuple[Interval | None, ...]

    @classmethod
    def of(cls, articles: Sequence[ArticleFeatures]) -> Corpus:
        """Weigh the words and names of `articles` against each other."""
        words = Vocabulary.of(((*a.terms, *a.lead_terms) for a in articles), background())
        names = Vocabulary.of(((*a.entities, *a.places, *a.lead_entities) for a in articles), {})
        dates = Vocabulary.of((a.marks for a in articles), {})
        return cls(
            articles,
            Rows.of([(a.terms, a.term_counts) for a in articles], words),
            Rows.of([(a.lead_terms, (1,) * len(a.lead_terms)) for a in articles], words),
            Rows.of([(a.entities, a.entity_counts) for a in articles], names),
            Rows.of([(a.lead_entities, (1,) * len(a.lead_entities)) for a in articles], names),
            Rows.of([(a.places, a.place_counts) for a in articles], names),
            Rows.of([(a.marks, a.mark_counts) for a in articles], dates),
            _stacked([a.lead_vector for a in articles]),
            _stacked([a.mean_vector for a in articles]),
            tuple(Interval.iso(a.published_earliest, a.published_latest) for a in articles),
        )


def _stacked(vectors: Sequence[bytes]) -> npt.NDArray[np.float32]:
    return np.frombuffer(b"".join(vectors), dtype=np.float16).reshape(-1, WIDTH).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs (first < second), sorted, with a row of evidence each; columns as in NAMES."""

    first: Ints
    second: Ints
    evidence: Floats


def pairs(corpus: Corpus) -> Pairs:
    """The pairs worth comparing, with their evidence."""
    size = len(corpus.articles)
    near = [np.zeros(0, dtype=np.int64)]
    for rows in (corpus.terms, corpus.lead):
        for number, others in enumerate(neighbours(rows)):
            near.append(np.minimum(number, others) * size + np.maximum(number, others))
    first, second = np.divmod(np.unique(np.concatenate(near)), max(1, size))
    return Pairs(first, second, _evidence(corpus, first, second))


def _evidence(corpus: Corpus, first: Ints, second: Ints) -> Floats:
    found = {name: np.zeros(len(first)) for name in NAMES}
    bounds = np.flatnonzero(np.diff(first, prepend=-1, append=-1))
    for start, end in itertools.pairwise(bounds.tolist()):
        _alike(corpus, int(first[start]), second[start:end], {name: row[start:end] for name, row in found.items()})
    for name, floor in _FLOOR.items():
        found[name] = _local(found[name.removeprefix("local_")], (first, second), len(corpus.articles), floor)
    for name in ("terms", "lead", "entities", "places", "lead_entities", "lead_told_most", "lead_told_least", "marks"):
        found[name] = np.sqrt(np.maximum(found[name], 0.0))
    _apart(corpus, first, second, found)
    return np.stack([found[name] for name in NAMES], axis=1) if len(first) else np.zeros((0, len(NAMES)))


def _alike(corpus: Corpus, number: int, others: Ints, into: dict[str, Floats]) -> None:
    """Write the cosines of one article with `others` into the columns."""
    for name, rows in (
        ("terms", corpus.terms),
        ("lead", corpus.lead),
        ("entities", corpus.entities),
        ("lead_entities", corpus.lead_entities),
        ("places", corpus.places),
        ("marks", corpus.marks),
    ):
        into[name][:] = rows.cosines(rows.row(number), others)
    there = corpus.terms.cosines(corpus.lead.row(number), others)
    here = corpus.lead.cosines(corpus.terms.row(number), others)
    into["lead_told_most"][:] = np.maximum(there, here)
    into["lead_told_least"][:] = np.minimum(there, here)
    into["lead_vector"][:] = corpus.lead_vectors[others] @ corpus.lead_vectors[number]
    into["mean_vector"][:] = corpus.mean_vectors[others] @ corpus.mean_vectors[number]


def _local(likeness: Floats, ends: tuple[Ints, Ints], articles: int, floor: float) -> Floats:
    """Likeness by the two articles' own scale: the mean of each one's nearest (Zelnik-Manor and Perona 2004)."""
    own = np.concatenate(ends)
    values = np.tile(likeness, 2)
    order = np.lexsort((-values, own))
    own, values = own[order], values[order]
    starts = np.searchsorted(own, np.arange(articles))
    place = np.arange(len(own)) - starts[own]
    nearest = place < _NEAREST
    total = np.bincount(own[nearest], weights=values[nearest], minlength=articles)
    scale = np.maximum(total / np.maximum(np.bincount(own[nearest], minlength=articles), 1), floor)
    found: Floats = likeness / np.sqrt(scale[ends[0]] * scale[ends[1]])
    return found


def _apart(corpus: Corpus, first: Ints, second: Ints, into: dict[str, Floats]) -> None:
    """Write how far apart in time two articles and what they tell are; unknown days are no evidence against a pair."""
    opening = [
        [i for t in a.days if t.sentence <= LEAD_SENTENCES and (i := Interval.iso(t.earliest, t.latest))]
        for a in corpus.articles
    ]
    until = [Interval.iso(a.told_until, a.told_until) for a in corpus.articles]
    for row, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        days = _gap(corpus.published[one], corpus.published[other])
        into["published_gap"][row] = np.log1p(min(days, _FAR))
        into["published_far"][row] = float(days > _FAR)
        into["marks_apart"][row] = _unlike(corpus.articles[one], corpus.articles[other], into["marks"][row])
        gaps = [x.gap(y) for x in opening[one] for y in opening[other]]
        into["days_gap"][row] = np.log1p(min(min(gaps, default=0), 3 * _FAR))
        into["until_gap"][row] = np.log1p(min(_gap(until[one], until[other]), 3 * _FAR))


def _unlike(one: ArticleFeatures, other: ArticleFeatures, marks: float) -> float:
    """How far two articles that both tell times tell other times: 0 where one tells hardly any, or many are shared."""
    told = min(len(one.marks), len(other.marks), _MARKS) / _MARKS
    return told * max(0.0, 1.0 - 2.0 * marks)


def _gap(one: Interval | None, other: Interval | None) -> int:
    """Days between two intervals; 0 where either is unknown."""
    return one.gap(other) if one and other else 0


@dataclass(frozen=True, slots=True)
class PairModel:
    """Logistic regression over the evidence (training/events.py)."""

    weights: Floats
    bias: float
    threshold: float  # two clusters whose mean pair probability is above it are one event

    def probability(self, evidence: Floats) -> Floats:
        """How likely each pair of articles tells one event."""
        found: Floats = 1.0 / (1.0 + np.exp(-(evidence @ self.weights + self.bias)))
        return found


@functools.cache
def pair_model() -> PairModel:
    """The shipped model."""
    table = json.loads(importlib.resources.files("rashomon.group").joinpath("pair_model.json").read_text("utf-8"))
    weights = np.array([table["weights"][name] for name in NAMES])
    return PairModel(weights, float(table["bias"]), float(table["threshold"]))
