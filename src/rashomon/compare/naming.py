"""Wording: how the tellings describe the same name, or the same noun in aligned passages, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.compare.amounts import singular
from rashomon.compare.candidates import Aligned, Candidate, Side, merged, side
from rashomon.compare.lexicon import words
from rashomon.compare.passages import Passage
from rashomon.compare.rank import LOADED
from rashomon.compare.wording import loaded
from rashomon.model.records import Clause, Mention

LEAST = 0.3
"""Aligned pairs below this probability are not looked at for adjectives of one noun."""


@dataclass(frozen=True, slots=True)
class Description:
    """A stretch that describes an entity in one article."""

    passage: Passage
    frame: Clause
    entity: str
    kind: str  # of the entity: person, organisation, place, group, other

    @property
    def text(self) -> str:
        """The characters of the description."""
        return self.passage.article.text[self.frame.start : self.frame.end]


def descriptions(passages: Sequence[Passage], mentions: Iterable[Mention]) -> list[Description]:
    """What is said of resolved entities beside their names, by place; titles of courtesy and directions say nothing."""
    names: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.entity_id and mention.form == "name":
            names[mention.article_id].append(mention)
    found = []
    for passage in passages:
        for frame in passage.clauses:
            if frame.role != "nominal" or not set(frame.terms) - words("nobody"):
                continue
            start, end = frame.subject_start or 0, frame.subject_end or 0
            met = [m for m in names[passage.article.article_id] if m.start < end and start < m.end and m.entity_id]
            if met and met[0].kind != "place":
                found.append(Description(passage, frame, met[0].entity_id or "", met[0].kind))
    return found


def _nouns(description: Description) -> frozenset[str]:
    told = {singular(term) for term in description.frame.terms if term not in words("nobody")}
    return frozenset("spokesman" if word.startswith("spokes") else word for word in told)


def _close(one: Description, other: Description) -> bool:
    """Whether two descriptions share half of the words of the shorter: they describe alike."""
    a, b = _nouns(one), _nouns(other)
    return bool(a and b) and 2 * len(a & b) >= min(len(a), len(b)) and len(a ^ b) <= 3


def find(aligned: Aligned, described: Sequence[Description]) -> list[Candidate]:
    """Differences of kind wording and identity that lie in names' descriptions and nouns' adjectives."""
    return [*_entities(described), *merged(list(_nouns_described(aligned)))]


def _entities(described: Sequence[Description]) -> Iterator[Candidate]:
    """For each entity, one telling's description beside each other's that shares no word with it."""
    by_entity: dict[str, dict[str, list[Description]]] = defaultdict(lambda: defaultdict(list))
    for description in described:
        by_entity[description.entity][description.passage.origin].append(description)
    for entity in sorted(by_entity):
        tellings = by_entity[entity]
        chosen: list[Description] = []
        for origin in sorted(tellings, key=lambda o: tellings[o][0].passage.index):
            fresh = [d for d in tellings[origin] if not any(_close(d, c) for c in chosen)]
            if fresh:
                chosen.append(min(fresh, key=lambda d: (-len(_nouns(d)), d.passage.index, d.frame.start)))
        if len({d.passage.origin for d in chosen}) >= 2:
            yield _candidate(chosen)


def _candidate(chosen: Sequence[Description]) -> Candidate:
    scores = [loaded(d.text) for d in chosen]
    first = chosen[0].frame
    about = chosen[0].passage.article.text[first.subject_start : first.subject_end]
    sides = tuple(Side(d.passage, *_around(d), d.frame.start, d.frame.end) for d in chosen)
    if chosen[0].kind == "person":
        return Candidate("identity", "naming", about, sides, "naming:person", 0.5, "described in other words")
    if max(scores) >= LOADED > min(scores):
        return Candidate("wording", "framing", about, sides, "wording:loaded", 0.5, "one is described in loaded words")
    return Candidate("wording", "naming", about, sides, "wording:entity", 0.5, "described in other words")


def _around(description: Description) -> tuple[int, int]:
    """The description together with the name that it describes."""
    frame = description.frame
    if frame.subject_start is None or frame.subject_end is None:
        return frame.start, frame.end
    return min(frame.start, frame.subject_start), max(frame.end, frame.subject_end)


def _nouns_described(aligned: Aligned) -> Iterator[Candidate]:
    """Aligned passages in which one noun has other adjectives: `strong winds`, `high winds`."""
    for score, left, right in aligned.pairs(LEAST):
        for one in left.clauses:
            for other in right.clauses:
                if one.role != "modified" or other.role != "modified" or one.predicate != other.predicate:
                    continue
                ours, theirs = _modifiers(left, one), _modifiers(right, other)
                if not ours or not theirs or ours & theirs:
                    continue
                sides = (side(left, one.start, one.end), side(right, other.start, other.end))
                if any(_cut_quotation(s.value) for s in sides):
                    continue
                scores = [loaded(s.value) for s in sides]
                relation = "framing" if max(scores) >= LOADED > min(scores) else "naming"
                about = left.article.text[one.subject_start : one.subject_end]
                yield Candidate("wording", relation, about, sides, "wording:noun", score, "told in other words")


def _modifiers(passage: Passage, frame: Clause) -> frozenset[str]:
    """The words before the noun that colour it: none that order or count, and no names."""
    before = passage.article.text[frame.start : frame.subject_start].split()
    if frame.start == passage.start:
        before = before[1:]
    named = {word.lower().strip("“”\"'’,") for word in before if word[:1].isupper()}
    return frozenset(t for t in frame.terms if t != frame.predicate and t not in words("nobody") and t not in named)


def _cut_quotation(text: str) -> bool:
    """Whether a quotation begins or ends in the words, and not both."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")
