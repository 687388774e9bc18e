"""How much two articles look like tellings of one happening: evidence for each pair, and a small trained model."""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.annotate.encoder import WIDTH
from rashomon.group.candidates import neighbours
from rashomon.group.features import ArticleFeatures
from rashomon.group.told import Calendar
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


_WIDE = np.arange(2**16, dtype=np.uint16).view(np.float16).astype(np.float32)  # float32 of each float16 by its bits
_OWN = {name: name.removeprefix("local_") for name in _FLOOR}  # which cosine each of them is made from
SCALES = len(_FLOOR)  # how many likenesses are told by each article's own scale


class Widened:
    """Vectors of WIDTH values in float16, a row an article; those asked for are given in float32."""

    def __init__(self, held: npt.NDArray[np.float16]) -> None:
        self._held = held

    def __getitem__(self, rows: int | Sequence[int] | Ints) -> npt.NDArray[np.float32]:
        """One vector, or a table of them."""
        return _widened(self._held[rows])


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
    lead_vectors: npt.NDArray[np.float32] | Widened
    mean_vectors: npt.NDArray[np.float32] | Widened
    published: Sequence[Interval | None]
    calendar: Calendar

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
            Calendar.of(articles),
        )


def _stacked(vectors: Sequence[bytes]) -> npt.NDArray[np.float32]:
    return _widened(np.frombuffer(b"".join(vectors), dtype=np.float16).reshape(-1, WIDTH))


def _widened(vectors: npt.NDArray[np.float16]) -> npt.NDArray[np.float32]:
    """The same values in float32, looked up: many times quicker than numpy's conversion."""
    found: npt.NDArray[np.float32] = _WIDE[vectors.view(np.uint16)]
    return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs (first < second), sorted, with a row of evidence each; columns as in NAMES."""

    first: Ints
    second: Ints
    evidence: Floats
    scales: Floats  # a row an article: its own scale of each likeness of _FLOOR


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles' pairs are looked for, where not all of them; the scales of the others are known from before."""

    articles: Ints  # ascending
    scales: Floats  # as in Pairs; what stands for the wanted articles is not read
    within: bool = False  # of pairs with others only the likest one of each article is wanted


def pairs(corpus: Corpus, wanted: Wanted | None = None) -> Pairs:
    """The pairs worth comparing (those of the wanted articles), with their evidence."""
    size = len(corpus.articles)
    numbers = np.arange(size) if wanted is None else wanted.articles
    near = [np.zeros(0, dtype=np.int64)]
    for rows in (corpus.terms, corpus.lead):
        for number, others in zip(numbers.tolist(), neighbours(rows, numbers), strict=True):
            near.append(np.minimum(number, others) * size + np.maximum(number, others))
    first, second = np.divmod(np.unique(np.concatenate(near)), max(1, size))
    within = wanted is not None and wanted.within
    found = _likeness(corpus, first, second, wanted, tuple(_OWN.values()) if within else NAMES)
    scales = _scales(found, first, second, wanted, size)
    if wanted is not None and within:
        kept = _within(first, second, found["terms"], wanted.articles)
        first, second = first[kept], second[kept]
        found = _likeness(corpus, first, second, wanted, NAMES)
    return Pairs(first, second, _evidence(corpus, first, second, found, scales), scales)


def _within(first: Ints, second: Ints, likeness: Floats, articles: Ints) -> npt.NDArray[np.bool_]:
    """Which pairs are of two of the articles, or the likest that one of them has with another."""
    here, there = np.isin(first, articles), np.isin(second, articles)
    away = np.flatnonzero(here != there)
    ends = np.where(here, first, second)[away]
    away = away[np.lexsort((-likeness[away], ends))]
    ends = np.where(here, first, second)[away]
    kept: npt.NDArray[np.bool_] = here & there
    kept[away[np.diff(ends, prepend=-1) != 0]] = True
    return kept


def _scales(found: Mapping[str, Floats], first: Ints, second: Ints, wanted: Wanted | None, size: int) -> Floats:
    """Each article's own scales: of the wanted ones as their pairs tell, of the others as known."""
    scales = np.stack(
        [_scale(found[name], (first, second), size, _FLOOR[local]) for local, name in _OWN.items()], axis=1
    )
    if wanted is not None:
        known = np.ones(size, dtype=bool)
        known[wanted.articles] = False
        scales[known] = wanted.scales[known]
    return scales


def _evidence(corpus: Corpus, first: Ints, second: Ints, found: dict[str, Floats], scales: Floats) -> Floats:
    """A row of evidence a pair, from its cosines and the scales of its articles."""
    for place, (local, name) in enumerate(_OWN.items()):
        found[local] = found[name] / np.sqrt(scales[first, place] * scales[second, place])
    for name in ("terms", "lead", "entities", "places", "lead_entities", "lead_told_most", "lead_told_least", "marks"):
        found[name] = np.sqrt(np.maximum(found[name], 0.0))
    _apart(corpus, first, second, found)
    return np.stack([found[name] for name in NAMES], axis=1) if len(first) else np.zeros((0, len(NAMES)))


def _likeness(
    corpus: Corpus, first: Ints, second: Ints, wanted: Wanted | None, names: Sequence[str]
) -> dict[str, Floats]:
    """The columns of these names that are cosines, taken for all pairs of an article (a wanted one) at once."""
    own, others = first, second
    order = np.arange(len(first))
    if wanted is not None:
        away = ~np.isin(first, wanted.articles)
        own, others = np.where(away, second, first), np.where(away, first, second)
        order = np.argsort(own, kind="stable")
        own, others = own[order], others[order]
    found = {name: np.zeros(len(first)) for name in names}
    bounds = np.flatnonzero(np.diff(own, prepend=-1, append=-1))
    for start, end in itertools.pairwise(bounds.tolist()):
        _alike(corpus, int(own[start]), others[start:end], {name: row[start:end] for name, row in found.items()})
    back = np.argsort(order, kind="stable")
    return {name: row[back] for name, row in found.items()}


def _alike(corpus: Corpus, number: int, others: Ints, into: dict[str, Floats]) -> None:
    """Write the cosines of one article with `others` into the columns that there are."""
    for name, rows in (
        ("terms", corpus.terms),
        ("lead", corpus.lead),
        ("entities", corpus.entities),
        ("lead_entities", corpus.lead_entities),
        ("places", corpus.places),
        ("marks", corpus.marks),
    ):
        if name in into:
            into[name][:] = rows.cosines(rows.row(number), others)
    if "lead_told_most" in into:
        there = corpus.terms.cosines(corpus.lead.row(number), others)
        here = corpus.lead.cosines(corpus.terms.row(number), others)
        into["lead_told_most"][:] = np.maximum(there, here)
        into["lead_told_least"][:] = np.minimum(there, here)
    for name, vectors in (("lead_vector", corpus.lead_vectors), ("mean_vector", corpus.mean_vectors)):
        if name in into:
            into[name][:] = vectors[others] @ vectors[number]


def _scale(likeness: Floats, ends: tuple[Ints, Ints], articles: int, floor: float) -> Floats:
    """Each article's own scale of likeness: the mean of its nearest (Zelnik-Manor and Perona 2004)."""
    own = np.concatenate(ends)
    values = np.tile(likeness, 2)
    order = np.lexsort((-values, own))
    own, values = own[order], values[order]
    starts = np.searchsorted(own, np.arange(articles))
    place = np.arange(len(own)) - starts[own]
    nearest = place < _NEAREST
    total = np.bincount(own[nearest], weights=values[nearest], minlength=articles)
    found: Floats = np.maximum(total / np.maximum(np.bincount(own[nearest], minlength=articles), 1), floor)
    return found


def _apart(corpus: Corpus, first: Ints, second: Ints, into: dict[str, Floats]) -> None:
    """Write how far apart in time two articles and what they tell are; unknown days are no evidence against a pair."""
    days = corpus.calendar.between_published(first, second)
    into["published_gap"] = np.log1p(np.minimum(days, _FAR))
    into["published_far"] = (days > _FAR).astype(np.float64)
    into["days_gap"] = np.log1p(np.minimum(corpus.calendar.between_told(first, second), 3 * _FAR))
    into["until_gap"] = np.log1p(np.minimum(corpus.calendar.between_written(first, second), 3 * _FAR))
    # How far two articles that both tell times tell other times: 0 where one tells hardly any, or many are shared.
    marks = np.diff(corpus.marks.starts)
    told = np.minimum(np.minimum(marks[first], marks[second]), _MARKS) / _MARKS
    into["marks_apart"] = told * np.maximum(0.0, 1.0 - 2.0 * into["marks"])


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
