"""Wording: how the tellings describe the same name, or the same noun in aligned passages, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.compare.amounts import singular
from rashomon.compare.candidates import Aligned, Candidate, Side
from rashomon.compare.passages import Passage
from rashomon.compare.wording import loaded
from rashomon.model.records import Clause

LEAST = 0.1
"""Aligned pairs below this probability are not looked at for adjectives of one noun."""
LOADED = 0.5
"""From this score on a description counts as loaded, and its difference from a plain one as framing."""


@dataclass(frozen=True, slots=True)
class Description:
    """A stretch that describes an entity in one article."""

    passage: Passage
    frame: Clause
    entity: str

    @property
    def text(self) -> str:
        """The characters of the description."""
        return self.passage.article.text[self.frame.start : self.frame.end]


def descriptions(passages: Sequence[Passage], entities: dict[tuple[str, int, int], str]) -> list[Description]:
    """What is said of entities beside their names; `entities`: the entity of a mention's article, start and end."""
    found = []
    for passage in passages:
        for frame in passage.clauses:
            if frame.role != "nominal" or frame.subject_start is None or frame.subject_end is None:
                continue
            entity = entities.get((passage.article.article_id, frame.subject_start, frame.subject_end))
            if entity is not None:
                found.append(Description(passage, frame, entity))
    return found


def _nouns(description: Description) -> frozenset[str]:
    return frozenset(singular(term) for term in description.frame.terms)


def find(aligned: Aligned, described: Sequence[Description]) -> list[Candidate]:
    """Differences of kind wording and identity that lie in names' descriptions and nouns' adjectives."""
    return [*_entities(described), *_nouns_described(aligned)]


def _entities(described: Sequence[Description]) -> Iterator[Candidate]:
    """For each entity, one telling's description beside each other's that shares no word with it."""
    by_entity: dict[str, dict[str, list[Description]]] = defaultdict(lambda: defaultdict(list))
    for description in described:
        by_entity[description.entity][description.passage.origin].append(description)
    for entity in sorted(by_entity):
        tellings = by_entity[entity]
        chosen: list[Description] = []
        for origin in sorted(tellings, key=lambda o: tellings[o][0].passage.index):
            fresh = [d for d in tellings[origin] if all(not _nouns(d) & _nouns(c) for c in chosen)]
            if fresh:
                chosen.append(fresh[0])
        if len({d.passage.origin for d in chosen}) >= 2:
            yield _candidate(chosen)


def _candidate(chosen: Sequence[Description]) -> Candidate:
    scores = [loaded(d.text, d.passage.text) for d in chosen]
    framing = max(scores) >= LOADED > min(scores)
    first = chosen[0].frame
    about = chosen[0].passage.article.text[first.subject_start : first.subject_end]
    sides = tuple(Side(d.passage, *_around(d), d.text) for d in chosen)
    if framing:
        return Candidate("wording", "framing", about, sides, "wording:entity", 1.0, "one is described in loaded words")
    return Candidate("identity", "naming", about, sides, "naming:entity", 1.0, "described in other words")


def _around(description: Description) -> tuple[int, int]:
    """The description together with the name that it describes."""
    frame = description.frame
    start = min(frame.start, frame.subject_start or frame.start)
    return start, max(frame.end, frame.subject_end or frame.end)


def _nouns_described(aligned: Aligned) -> Iterator[Candidate]:
    """Aligned passages in which one noun has other adjectives: `strong winds`, `high winds`."""
    for score, left, right in aligned.pairs(LEAST):
        for one in left.clauses:
            for other in right.clauses:
                if one.role != "modified" or other.role != "modified" or one.predicate != other.predicate:
                    continue
                if set(one.terms) & set(other.terms) - {one.predicate}:
                    continue
                sides = (_plain(left, one), _plain(right, other))
                scores = [loaded(s.value, s.passage.text) for s in sides]
                framing = max(scores) >= LOADED > min(scores)
                about = left.article.text[one.subject_start : one.subject_end]
                relation = "framing" if framing else "naming"
                yield Candidate("wording", relation, about, sides, "wording:noun", score, "told in other words")


def _plain(passage: Passage, frame: Clause) -> Side:
    clause = passage.clause_at(frame.start, frame.end)
    text = passage.article.text[frame.start : frame.end]
    start, end = (clause.start, clause.end) if clause is not None else (frame.start, frame.end)
    return Side(passage, start, end, text)
