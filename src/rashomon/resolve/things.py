"""Places, organisations, groups and the rest: one key a thing, and acronyms joined to the names they are made of."""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Iterable, Sequence

from rashomon.resolve.chains import Unit, bare, initials, read
from rashomon.resolve.kinds import place_of
from rashomon.resolve.lexicon import other_names, plain, word_set
from rashomon.resolve.parts import folded
from rashomon.resolve.romanise import kin, near

_OF_A_KIND = re.compile(r"^(?:the )?(?:city|town|village|state|port) of (?=[A-Z])", re.IGNORECASE)

_KIN_PLACE = 6
"""Words of places' names with fewer letters must agree in their near key (figures: romanise.py)."""

_KIN_WORD = 8
"""The same for words of organisations' names."""


def _words(name: str) -> list[str]:
    return [word for word in folded(name).replace("-", " ").split() if word]


def _known(table: str, name: str) -> str | None:
    """The first of the other names of a well-known thing."""
    return other_names(table).get(plain(bare(name)).removeprefix("the "))


@functools.lru_cache(maxsize=1 << 16)
def place_key(name: str) -> tuple[str, ...]:
    """The key under which the spellings of one place are one: a well-known other name, or the sounds."""
    if known := _known("places", name):
        return (known,)
    words = [word.strip(".,") for word in _words(_OF_A_KIND.sub("", bare(name)))]
    words = ["mount" if word == "mt" else word for word in words if word != "the"]
    return tuple(kin(word) if len(word) >= _KIN_PLACE else near(word) for word in words if word)


@functools.cache
def _long_names() -> re.Pattern[str]:
    """Well-known names of several words, as they stand inside other names."""
    known = [name for table in ("places", "organisations") for name in other_names(table) if " " in name]
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name))) + r")\b")


def _shortened(name: str) -> str:
    """A name with well-known names inside it in one form: United Nations Security Council, UN Security Council."""

    def first(found: re.Match[str]) -> str:
        return other_names("organisations").get(found.group()) or other_names("places")[found.group()]

    return _long_names().sub(first, plain(name))


def head(name: str) -> tuple[str, str]:
    """A place's own name and, after a comma, what it lies in: Springfield, Ill."""
    own, _, rest = bare(name).partition(",")
    return (own, plain(rest)) if rest.strip() and len(plain(own)) > 1 else (name, "")


def settled(units: Iterable[Unit]) -> dict[str, tuple[str, ...]]:
    """The key of every place told as lying in another.

    That of its own name, where all that it is said to lie in are one (Ill., Illinois); else that of the whole.
    """
    lying: dict[tuple[str, ...], dict[str, str]] = collections.defaultdict(dict)
    for unit in units:
        own, rest = head(unit.name)
        if unit.kind == "place" and rest:
            lying[place_key(own)][unit.name] = rest
    found = {}
    for own_key, names in lying.items():
        longest = max(names.values(), key=lambda rest: (len(rest), rest))
        one = all(longest.startswith(rest) for rest in names.values())
        found.update({name: own_key if one else place_key(name) for name in names})
    return found


def parts_of_names(units: Sequence[Unit]) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    """Article and key of an organisation's short name to the key of the one longer name in that article that ends so.

    Only where what the longer name has before it is a place or a people (Rail Board, Velmoran Rail Board), and the
    longer name is no rarity beside the short one, as a tagger's slip would be (Chicago Apple).
    """
    before = {unit.words for unit in units if unit.kind in ("place", "group")}
    before |= {tuple(name.split()) for table in ("places", "organisations") for name in other_names(table)}
    by_article: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = collections.defaultdict(dict)
    counts: collections.Counter[tuple[str, ...]] = collections.Counter()
    for unit in units:
        if unit.kind == "organisation":
            by_article[unit.article_id][unit.words] = organisation_key(unit.name)
            counts[organisation_key(unit.name)] += 1
    found = {}
    for article, names in by_article.items():
        longer: dict[tuple[str, ...], set[tuple[str, ...]]] = collections.defaultdict(set)
        for words, own in names.items():
            for size in range(1, len(words)):
                if words[:size] in before:
                    longer[words[size:]].add(own)
        for words, own in names.items():
            if len(longer[words]) == 1 and 2 * counts[min(longer[words])] >= counts[own]:
                found[article, own] = min(longer[words])
    return found


def _key_word(word: str) -> str:
    return kin(word) if len(word) >= _KIN_WORD else near(word)


@functools.lru_cache(maxsize=1 << 16)
def organisation_key(name: str) -> tuple[str, ...]:
    """The words of an organisation's name in any order (Ministry of Defence, Defence Ministry), and its numbers."""
    if known := _known("organisations", name):
        return (known,)
    parts = read("organisation", _shortened(name))
    return (*sorted(map(_key_word, parts.words)), *sorted(parts.numbers))


def group_key(unit: Unit) -> tuple[str, ...]:
    """The words of a group's name, without the s of a plural: Karskan, Karskans."""
    return tuple(near(word.removesuffix("s") if len(word) > 3 else word) for word in unit.words)


def key(unit: Unit) -> tuple[str, ...]:
    """The key of a thing by its kind."""
    if unit.kind == "place":
        return place_key(unit.name)
    if unit.kind == "organisation":
        return organisation_key(unit.name)
    if unit.kind == "group":
        return group_key(unit)
    return (*(near(word) for word in unit.words), *sorted(unit.parts.numbers))


def is_acronym(name: str) -> bool:
    """Whether a name is two to six capitals, with full stops or without."""
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 6


def _initials(name: str) -> set[str]:
    """What an organisation's acronym can be: first letters of all words, or of those that count."""
    told = [word for word in _words(bare(name)) if word != "the"]
    counted = [word for word in told if word not in word_set("little") | word_set("particles")]
    return {*initials(told), *initials(counted)} if len(told) > 1 else set()


def acronyms(units: Sequence[Unit]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Keys of acronyms to the keys of the organisations whose initials they are.

    Only where one organisation alone fits, and the two stand in one article at least.
    """
    short: dict[str, set[tuple[str, ...]]] = collections.defaultdict(set)
    long: dict[str, set[tuple[str, ...]]] = collections.defaultdict(set)
    where: dict[tuple[str, ...], set[str]] = collections.defaultdict(set)
    told = {(bare(m.text), unit.article_id) for unit in units if unit.kind == "organisation" for m in unit.names}
    for name, article in sorted(told):
        own = organisation_key(name)
        where[own].add(article)
        if is_acronym(name):
            short[name.replace(".", "").lower()].add(own)
        for made in _initials(name):
            long[made].add(own)
    found = {}
    for letters, keys in sorted(short.items()):
        for own in sorted(keys):
            fits = [other for other in sorted(long.get(letters, ())) if other != own and where[own] & where[other]]
            if len(fits) == 1:
                found[own] = fits[0]
    return found


def countries(units: Sequence[Unit]) -> dict[str, str]:
    """Key words of adjectives to those of their places: Velmoran Rail Board, Rail Board of Velmora."""
    places = {unit.words[0] for unit in units if unit.kind == "place" and len(unit.words) == 1}
    told = {word for unit in units if unit.kind == "organisation" for word in unit.words if len(unit.words) > 1}
    found = {}
    for word in sorted(told):
        if (place := place_of(word, places)) and " " not in place:
            found[_key_word(word)] = _key_word(place)
    return found
