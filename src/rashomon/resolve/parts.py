"""A name taken apart: its words, and what stands with them but is not the name (titles, generations, legal forms)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rashomon.resolve.lexicon import DESCENT, GENERATIONS, LITTLE_WORDS, PARTICLES, legal_forms, titles
from rashomon.resolve.romanise import latin, unvowelled

_SIGNS = re.compile(r"['`’‘ʼ\"]")
_INITIALISM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b\.?|\b[a-z](?:\.[a-z])+\b")
_WORD = re.compile(r"[a-z0-9]+")
_NUMERAL = re.compile(r"^(?:\d+[a-z]{0,3}\d*|[ivx]+)$")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_VESSEL = frozenset(("mv", "ms", "ss", "mt", "hms", "uss", "mts", "fv"))
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_UNITS += "sixteen seventeen eighteen nineteen".split()
_TENS = {word: ten * 10 for ten, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_TENS["fourty"] = 40


@dataclass(frozen=True, slots=True)
class Parts:
    """A name in comparable parts; all words folded to lower-case ASCII."""

    words: tuple[str, ...]
    numbers: frozenset[str]  # of an organisation or vessel, Roman ones as digits
    generation: str | None  # jr, sr, 2, 3, 4
    form: str | None  # legal form, by its short name
    own: tuple[str, ...]  # the words before bin or ibn; empty where there is none
    ordered: bool  # the family name was marked by a comma and is now the last word
    unvowelled: bool  # written in a script without short vowels


def folded(name: str) -> str:
    """Lower-case Latin letters; signs inside words dropped, initials with full stops joined (U.S.A. as usa)."""
    text = _SIGNS.sub("", latin(name)).lower()
    return _INITIALISM.sub(lambda m: m.group().replace(".", "") + " ", text)


def _roman(word: str) -> int:
    values = [_ROMAN[letter] for letter in word]
    return sum(-v if k + 1 < len(values) and values[k + 1] > v else v for k, v in enumerate(values))


def _spelt(words: list[str]) -> list[str]:
    """Numbers told in words as digits: forty four as 44."""
    found: list[str] = []
    ten = 0
    for word in words:
        unit = _UNITS.index(word) if word in _UNITS else None
        if ten and not (unit and unit < 10):
            found.append(str(ten))
            ten = 0
        if word in _TENS:
            ten = _TENS[word]
        elif unit is not None:
            found.append(str(ten + unit))
            ten = 0
        else:
            found.append(word)
    return [*found, str(ten)] if ten else found


def _without_titles(words: list[str]) -> list[str]:
    """Without the titles before the name; never without its last word."""
    known = titles()
    start = 0
    while start < len(words) - 1 and words[start] in known:
        start += 1
    return words[start:]


@functools.lru_cache(maxsize=1 << 16)
def person(name: str) -> Parts:
    """The parts of a person's name; a comma puts the family name last, as does nothing else."""
    text = folded(name)
    family, comma, rest = text.partition(",")
    tail = _WORD.findall(rest)
    comma_name = bool(comma) and bool(tail) and not all(word in GENERATIONS for word in tail)
    words = tail + _WORD.findall(family) if comma_name else _WORD.findall(text)
    words = _without_titles(words)
    generation = next((GENERATIONS[word] for word in words[1:] if word in GENERATIONS), None)
    words = words[:1] + [word for word in words[1:] if word not in GENERATIONS]
    descent = next((k for k, word in enumerate(words) if word in DESCENT and 0 < k < len(words) - 1), 0)
    own = tuple(word for word in words[:descent] if word not in PARTICLES)
    core = [word for word in words if word not in PARTICLES or len(words) == 1] or words
    return Parts(tuple(core), frozenset(), generation, None, own, comma_name, unvowelled(name))


def _legal_form(words: list[str]) -> tuple[list[str], str | None]:
    """Words without the legal forms at either end, and the last one found."""
    forms, found = legal_forms(), None
    longest = max(map(len, forms))
    again = True
    while again and len(words) > 1:
        again = False
        for size in range(min(longest, len(words) - 1), 0, -1):
            if tuple(words[-size:]) in forms:
                found, words, again = found or forms[tuple(words[-size:])], words[:-size], True
                break
            if tuple(words[:size]) in forms and words[0] != "the":
                found, words, again = found or forms[tuple(words[:size])], words[size:], True
                break
    return words, found


@functools.lru_cache(maxsize=1 << 16)
def organisation(name: str) -> Parts:
    """The parts of an organisation's or a vessel's name: words, numbers, legal form."""
    words = _spelt(_WORD.findall(folded(name).replace("&", " and ")))
    words, form = _legal_form(words)
    if len(words) > 1 and words[0] in _VESSEL:
        words = words[1:]
    words = [word for word in words if word not in LITTLE_WORDS or len(words) == 1] or words
    numbers = {word for word in words[1:] if _NUMERAL.match(word)} | {word for word in words[:1] if word.isdigit()}
    core = tuple(word for word in words if word not in numbers) or tuple(words)
    told = frozenset(str(_roman(word)) if word.isalpha() else word for word in numbers)
    return Parts(core, told, None, form, (), False, unvowelled(name))
