"""Places, organisations, groups and the rest: one key a thing, and acronyms joined to the names they are made of."""

from __future__ import annotations

import collections
from collections.abc import Sequence

from rashomon.resolve.chains import Unit, bare, initials
from rashomon.resolve.lexicon import places, plain, word_set
from rashomon.resolve.parts import folded
from rashomon.resolve.romanise import far, near

FAR_PLACE = 6
"""Names of places with fewer letters must agree in their near key; chosen with tables of cities, see the tests."""

_FAR_WORD = 8
"""The same for words of organisations' names."""


def _words(name: str) -> list[str]:
    return [word for word in folded(name).replace("-", " ").split() if word]


def place_key(name: str) -> tuple[str, ...]:
    """The key under which the spellings of one place are one: a well-known other name, or the sounds."""
    text = plain(bare(name))
    text = text.removeprefix("the ")
    known = places().get(text)
    if known:
        return ("known", known)
    words = [word.strip(".,") for word in _words(text)]
    joined = "".join(words)
    key = far if len(joined) >= FAR_PLACE else near
    return (
        tuple(key(word) if len(word) >= FAR_PLACE else near(word) for word in words if word)
        if key is far
        else (near(joined),)
    )


def organisation_key(unit: Unit) -> tuple[str, ...]:
    """The words of an organisation's name in any order (Ministry of Defence, Defence Ministry), and its numbers."""
    words = (far(word) if len(word) >= _FAR_WORD else near(word) for word in unit.words)
    return (*sorted(words), *sorted(unit.parts.numbers))


def group_key(unit: Unit) -> tuple[str, ...]:
    """The words of a group's name, without the s of a plural: Karskan, Karskans."""
    return tuple(near(word.removesuffix("s") if len(word) > 3 else word) for word in unit.words)


def key(unit: Unit) -> tuple[str, ...]:
    """The key of a thing by its kind."""
    if unit.kind == "place":
        return place_key(unit.name)
    if unit.kind == "organisation":
        return organisation_key(unit)
    return group_key(unit) if unit.kind == "group" else tuple(near(word) for word in unit.words)


def acronyms(units: Sequence[Unit]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Keys of acronyms to the keys of the organisations whose initials they are.

    Only where one organisation alone fits, and the two stand in one article at least.
    """
    short: dict[str, set[tuple[str, ...]]] = collections.defaultdict(set)
    where: dict[tuple[str, ...], set[str]] = collections.defaultdict(set)
    long: dict[str, set[tuple[str, ...]]] = collections.defaultdict(set)
    for unit in units:
        if unit.kind != "organisation":
            continue
        own = key(unit)
        where[own].add(unit.article_id)
        letters = unit.name.replace(".", "")
        if len(unit.words) == 1 and letters.isupper() and 2 <= len(letters) <= 6:
            short[letters.lower()].add(own)
        elif len(unit.words) > 1:
            told = [w for w in _words(unit.name) if w != "the"]
            for made in {
                *initials(told),
                *initials([w for w in told if w not in word_set("little") | word_set("particles")]),
            }:
                long[made].add(own)
    found = {}
    for letters, keys in sorted(short.items()):
        for own in sorted(keys):
            fits = [other for other in sorted(long.get(letters, ())) if where[own] & where[other]]
            if len(fits) == 1:
                found[own] = fits[0]
    return found
