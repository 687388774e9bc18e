"""Utterances: the same words of one speaker as several articles quote, trim, translate or paraphrase them."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from rashomon.compare.candidates import Aligned
from rashomon.compare.overlap import Overlap
from rashomon.compare.passages import Passage
from rashomon.model.identity import identify
from rashomon.model.records import Event, Place, Quotation, Utterance

LEAST_WORDS = 3
"""Fewer quoted words are a term in quotation marks, not an utterance."""
VERBATIM = 88.0
"""Least partial ratio (rapidfuzz, 0..100) of two direct renderings of the same words."""
RUN = 6
"""Words in a row that two direct renderings share only where one trims or translates the other."""
UNMARKED = 8
"""Words quoted in one article that are the same utterance where another article has them without quotation marks."""
TRANSLATED = 0.4
"""Least probability that two passages with direct words of one speaker tell the same."""
REPORTED = 0.5
"""Least probability that two passages tell the same, one or both of which report the speaker's words indirectly."""
ANYONE = 0.75
"""Least probability that two passages tell the same, both with direct words, of speakers that may be different."""
SOMEONE = 0.85
"""Least probability that two passages tell the same, where words are reported and one speaker is not known.
These were chosen by reading all pairs of renderings of the development events, aligned by weights that had not seen the
event (benchmarks/results/accounts.md)."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rendering: one sentence of a quotation, or the part of a sentence that is quoted."""

    quotation: Quotation
    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]
    distinct: frozenset[str]
    runs: frozenset[tuple[str, ...]]  # every RUN words in a row

    @property
    def direct(self) -> bool:
        """Whether it is quoted, wholly or in part."""
        return self.quotation.mode != "indirect"


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance: its renderings, and where other articles have its words without marks of quotation."""

    renderings: tuple[Spoken, ...]
    unmarked: tuple[Place, ...]


class _Near:
    """Which of some sets of words have a fourth of the fewer words in common with others: only they are compared."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        self._overlap = Overlap(sets)
        self._sizes = np.array([len(words) for words in sets], dtype=np.int64)

    def to(self, words: frozenset[str]) -> list[int]:
        """The numbers of the sets that are near to the words, in order."""
        fewer = np.minimum(self._sizes, len(words))
        return np.flatnonzero(4 * self._overlap.count(words) >= fewer).tolist()


def heard(aligned: Aligned) -> list[Heard]:
    """The utterances that two or more articles render, in no particular order."""
    renderings = _renderings(aligned.passages)
    people = {m.entity_id: m.kind for p in aligned.passages for m in p.mentions if m.entity_id}
    links = []
    near = _Near([r.distinct for r in renderings])
    for i, one in enumerate(renderings):
        for j in near.to(one.distinct):
            strength = _alike(aligned, one, renderings[j], people) if j > i else 0.0
            if strength > 0:
                links.append((strength, i, j))
    groups = {i: [i] for i in range(len(renderings))}
    home = list(range(len(renderings)))
    for _, i, j in sorted(links, key=lambda link: (-link[0], link[1], link[2])):
        a, b = sorted((home[i], home[j]))
        if a != b and _one_each([renderings[k] for k in (*groups[a], *groups[b])]):
            groups[a] += groups.pop(b)
            for k in groups[a]:
                home[k] = a
    told = [tuple(renderings[k] for k in members) for members in groups.values()]
    beside = _Near([frozenset(_words(p.text)) for p in aligned.passages])
    found = [Heard(group, tuple(_unmarked(aligned, group, beside))) for group in told]
    return [one for one in found if one.unmarked or len({r.passage.told for r in one.renderings}) >= 2]


def rows(event: Event, found: Sequence[Heard]) -> list[Utterance]:
    """The rows of the utterances of an event, by their ids."""
    return sorted((_utterance(event, one.renderings, one.unmarked) for one in found), key=lambda u: u.utterance_id)


def _renderings(passages: Sequence[Passage]) -> list[Spoken]:
    """Every sentence's part of every quotation, by place; short terms in quotation marks are left out."""
    found = []
    for passage in passages:
        for quotation in sorted(passage.quotations, key=lambda q: (q.content[0].start, q.quotation_id)):
            inside = [e for e in quotation.content if e.start < passage.end and passage.start < e.end]
            parts = [(max(e.start, passage.start), min(e.end, passage.end)) for e in inside]
            start, end = parts[0][0], parts[-1][1]
            words = _words(" ".join(passage.article.text[a:b] for a, b in parts))  # without who speaks between them
            if len(words) >= LEAST_WORDS:
                runs = frozenset(words[n : n + RUN] for n in range(len(words) - RUN + 1))
                found.append(Spoken(quotation, passage, start, end, words, frozenset(words), runs))
    return found


@functools.lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _alike(aligned: Aligned, one: Spoken, other: Spoken, people: Mapping[str, str]) -> float:
    """How surely two renderings are of one utterance; 0 where they are not taken to be."""
    if one.passage.told == other.passage.told:
        return 0.0
    score = float(aligned.scores[one.passage.index, other.passage.index])
    direct = one.direct and other.direct
    if not direct and score < REPORTED:
        return 0.0
    shorter = min(len(one.words), len(other.words))
    shared = (Counter(one.words) & Counter(other.words)).total() / shorter
    if not direct:
        return score if _reported(one, other, score, shared, people) else 0.0
    if shared >= 0.7:
        ratio = fuzz.partial_ratio(" ".join(one.words), " ".join(other.words))
        if ratio >= VERBATIM:
            return 1.0 + ratio / 100
    if one.runs & other.runs:
        return 1.0
    if score >= ANYONE and shared >= 0.5:
        return score
    known = one.quotation.speaker_id is not None and one.quotation.speaker_id == other.quotation.speaker_id
    return score if known and score >= TRANSLATED and shared >= 0.3 else 0.0


def _reported(one: Spoken, other: Spoken, score: float, shared: float, people: Mapping[str, str]) -> bool:
    """Whether words told indirectly at least once are of one utterance: of one person, or nearly alike."""
    speakers = {r.quotation.speaker_id for r in (one, other)} - {None}
    if len(speakers) != 1 or people.get(next(iter(speakers)) or "") != "person":
        return False
    if one.quotation.speaker_id != other.quotation.speaker_id:
        return score >= SOMEONE and shared >= 0.8
    return score >= REPORTED and shared >= (0.3 if one.direct or other.direct else 0.5)


def _unmarked(aligned: Aligned, group: Sequence[Spoken], beside: _Near) -> list[Place]:
    """Where articles without a rendering in the group have its words, but not as a quotation."""
    fullest = max(group, key=lambda r: (r.direct, len(r.words), r.quotation.quotation_id))
    if not fullest.direct or len(fullest.words) < UNMARKED:
        return []
    quoting = {r.passage.told for r in group}
    found = []
    for passage in (aligned.passages[index] for index in beside.to(fullest.distinct)):
        if passage.told in quoting:
            continue
        words = _words(passage.text)
        ratio = fuzz.partial_ratio(" ".join(fullest.words), " ".join(words))
        if len(words) >= UNMARKED and ratio >= VERBATIM:
            found.append(Place(passage.article.article_id, passage.start, passage.end))
    return found


def _one_each(group: Sequence[Spoken]) -> bool:
    """Whether no article renders two different sentences in the group; the same words told twice are let through."""
    first: dict[int, Spoken] = {}
    for rendering in group:
        kept = first.setdefault(rendering.passage.told, rendering)
        if kept.passage.index != rendering.passage.index:
            ratio = fuzz.partial_ratio(" ".join(kept.words), " ".join(rendering.words))
            if ratio < VERBATIM:
                return False
    return True


def _utterance(event: Event, group: Sequence[Spoken], unmarked: Sequence[Place]) -> Utterance:
    fullest = max(group, key=lambda r: (r.direct, len(r.words), r.quotation.quotation_id))
    speakers = Counter(r.quotation.speaker_id for r in group if r.quotation.speaker_id)
    speaker = min(speakers, key=lambda s: (-speakers[s], s)) if speakers else None
    ids = tuple(sorted({r.quotation.quotation_id for r in group}))
    quoted = {(r.quotation.article_id, r.start, r.end) for r in group}
    places = tuple(sorted(quoted | {(p.article_id, p.start, p.end) for p in unmarked}))
    parts = [part for place in places for part in place]
    return Utterance(
        identify("u", event.event_id, *parts),
        event.event_id,
        speaker,
        fullest.passage.article.text[fullest.start : fullest.end],
        ids,
        tuple(Place(*place) for place in places),
    )
