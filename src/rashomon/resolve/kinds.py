"""What kind of thing a name is, by all articles together: a tagger errs in one sentence and not in the next."""

from __future__ import annotations

import collections
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from rashomon.resolve.chains import Unit, read, vote
from rashomon.resolve.lexicon import peoples

_ENDINGS = ("n", "an", "ian", "ns", "ans", "ians", "ese", "i", "is", "ish")
"""What English hangs on a place's name to call its people."""

_STEM = 4
"""A place's name must leave so many letters before such an ending: Ir-an is nobody's people."""


def _counted(unit: Unit, kind: str) -> Unit:
    """The same chain as another kind of thing."""
    parts = read(kind, unit.name)
    return Unit(unit.article_id, kind, unit.name, parts.words, parts, unit.names, unit.followers)


def place_of(word: str, places: AbstractSet[str]) -> str | None:
    """The place whose people or things a word is an adjective of: a known one, or one of `places` with an ending."""
    if known := peoples().get(word):
        return known
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM:
            for vowel in ("", "a", "e", "y"):
                if stem + vowel in places:
                    return stem + vowel
    return None


def agreed(found: Sequence[Unit]) -> list[Unit]:
    """The chains with one kind a name.

    The commonest kind wins, with three exceptions: full names of people stay people; a surname alone is a person where
    its article has the full name and the surname is oftener part of a name than anything else; and a word made of a
    place's name with an ending for its people is a group.
    """
    tags: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    surnames: collections.Counter[str] = collections.Counter()
    bearers: dict[str, set[str]] = collections.defaultdict(set)
    for unit in found:
        tags[unit.words].append(unit.kind)
        if unit.kind == "person" and len(unit.words) > 1:
            surnames[unit.words[-1]] += 1
            bearers[unit.words[-1]].add(unit.article_id)
    kinds = {words: vote(votes) for words, votes in tags.items()}
    others = {words: sum(kind != "person" for kind in votes) for words, votes in tags.items()}
    places = {words[0] for words, kind in kinds.items() if kind == "place" and len(words) == 1}
    result = []
    for unit in found:
        kind = kinds[unit.words]
        if len(unit.words) == 1:
            word = unit.words[0]
            if unit.article_id in bearers[word] and surnames[word] > others[unit.words]:
                kind = "person"
            elif kind in ("organisation", "other") and place_of(word, places):
                kind = "group"
        elif "person" in (unit.kind, kind):
            kind = unit.kind
        result.append(unit if kind == unit.kind else _counted(unit, kind))
    return result
