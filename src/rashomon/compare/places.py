"""Places that differ: one inside the other, two apart from each other, or told in other words.

That one place lies in another is read off the articles themselves (“Korlin, a town in Velonia”) and, where the extra
`geo` is installed, asked of the gazetteer.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rashomon.compare.candidates import Candidate
from rashomon.compare.contrast import NOUNS, VERBS, paired
from rashomon.compare.lexicon import alike
from rashomon.compare.passages import Passage
from rashomon.compare.phrases import Phrase, placed
from rashomon.compare.scene import Meeting, Scene, Unit
from rashomon.model.records import Mention
from rashomon.resolve import gazetteer

MIXED = 0.2
"""Least cosine of a named place and a noun that may stand for it."""
_KIND_OF_PLACE = r"(?:city|town|village|district|province|state|region|county|capital|area|suburb|port)"
_INSIDE = re.compile(
    rf"(?:,|,? (?:(?:the|a|an)\b[\w\s-]{{0,40}}?\b{_KIND_OF_PLACE}\b )?in)\s+(?:the )?"
    rf"(?:(?:far |the )?(?:north|south|east|west|central)\w*(?:[- ](?:east|west)\w*)?\s+)?"
    rf"(?:{_KIND_OF_PLACE} of )?"
)
"""What stands between a place and the one it lies in: a comma, or `in`, with a word of direction or kind."""
_LISTED = re.compile(r",?\s+(?:and|or|to|from)\s")


class Containment:
    """Which named places lie in which, by what the articles of one event say."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._inside: dict[str, set[str]] = defaultdict(set)
        for passage in passages:
            self._read(passage)

    def _read(self, passage: Passage) -> None:
        text = passage.article.text
        named = [m for m in passage.mentions if _is_name(m)]
        run: list[Mention] = []
        for mention in [*named, None]:
            if run and mention and _INSIDE.fullmatch(text[run[-1].end : mention.start]):
                run.append(mention)
                continue
            if len(run) > 1 and not _LISTED.match(text[run[-1].end : passage.end]):
                for part, whole in itertools.pairwise(run):
                    self._inside[part.text.lower()].add(whole.text.lower())
            run = [mention] if mention else []

    def holds(self, whole: str, part: str) -> bool:
        """Whether an article, or the gazetteer, has the one inside the other; False where nothing says so."""
        one, other = whole.lower(), part.lower()
        if self._told(one, other):
            return not self._told(other, one)
        return gazetteer.available() and gazetteer.contains(whole, part) is True

    def _told(self, whole: str, part: str) -> bool:
        seen, ahead = {part}, [part]
        while ahead:
            for outer in self._inside.get(ahead.pop(), ()):
                if outer == whole:
                    return True
                if outer not in seen:
                    seen.add(outer)
                    ahead.append(outer)
        return False


def _is_name(mention: Mention) -> bool:
    return mention.kind == "place" and mention.form == "name"


def find(scene: Scene) -> list[Candidate]:
    """Pairs of phrases of place after verbs that are alike."""
    within = Containment(scene.aligned.passages)
    return [candidate for meeting in scene.meetings for candidate in _places(within, meeting)]


def _places(within: Containment, meeting: Meeting) -> Iterator[Candidate]:
    left, right = meeting.left, meeting.right
    if alike(left.clause.predicate, right.clause.predicate) < VERBS:
        return
    ours, theirs = list(placed(left.passage, left.clause)), list(placed(right.passage, right.clause))
    if {p.head for p in ours} & {p.head for p in theirs}:
        return
    for one in ours:
        for other in theirs:
            told = _told(within, _names(left, one), _names(right, other), alike(one.head, other.head))
            if told is not None:
                yield paired(meeting, ((one.start, one.end), (other.start, other.end)), told)


def _names(unit: Unit, phrase: Phrase) -> list[str]:
    inside = [m for m in unit.passage.mentions if phrase.start <= m.start and m.end <= phrase.end]
    return [m.text for m in inside if m.kind == "place" and m.form != "pronoun"]


def _told(
    within: Containment, ours: Sequence[str], theirs: Sequence[str], near: float
) -> tuple[str, str, str, str] | None:
    """Kind, relation, rule and note of two phrases, by the places that they name and the likeness of their nouns."""
    pairs = [(a, b) for a in ours for b in theirs]
    if any(within.holds(a, b) or within.holds(b, a) for a, b in pairs):
        return "place", "granularity", "place:inside", "one place lies in the other"
    if pairs and gazetteer.available() and all(gazetteer.apart(a, b) for a, b in pairs):
        return "place", "contradiction", "place:apart", "two places apart from each other"
    if pairs:
        return "place", "granularity", "place:named", "the place is told in other words"
    if ours or theirs:
        told = ("place", "granularity", "place:mixed", "the place is told in other words")
        return told if near >= MIXED else None
    return ("wording", "naming", "place:noun", "told in other words") if near >= NOUNS else None
