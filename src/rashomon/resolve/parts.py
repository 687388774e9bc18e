"""A name taken apart: its words, and what stands with them but is not the name (titles, generations, legal forms)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rashomon.resolve.lexicon import GENERATIONS, legal_forms, titles, word_set, words
from rashomon.resolve.romanise import latin, near, syllabic, unvowelled

_SIGNS = re.compile(r"['`’‘ʼ\"]")
_INITIALISM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b\.?|\b[a-z](?:\.[a-z])+\b")
_WORD = re.compile(r"[a-z0-9]+")
_NUMERAL = re.compile(r"^(?:\d+[a-z]{0,3}\d*|[ivx]+)$")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_SLIPS = {"fourty": "forty", "fourtieth": "fortieth"}
_TENS = frozenset(str(ten) for ten in range(20, 100, 10))


LOOSE_FORMS = frozenset(("co", "corp", "inc"))
"""Legal forms that say no more than company."""

LEADING_FORMS = frozenset(("jsc", "llc", "ano", "srl"))
"""Legal forms that may stand before the name."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A name in comparable parts; all words folded to lower-case ASCII."""

    words: tuple[str, ...]
    numbers: frozenset[str]  # of an organisation or vessel, Roman ones as digits
    generation: str | None  # jr, sr, 2, 3, 4
    form: str | None  # legal form, by its short name in the table
    own: tuple[str, ...]  # the words before bin or ibn; empty where there is none
    ordered: bool  # the family name was marked by a comma and is now the last word
    unvowelled: bool  # written in a script without short vowels
    syllabic: bool  # written in signs for whole syllables


def folded(name: str) -> str:
    """Lower-case Latin letters; signs inside words dropped, initials with full stops joined (U.S.A. as usa)."""
    text = _SIGNS.sub("", latin(name)).lower()
    return _INITIALISM.sub(lambda m: m.group().replace(".", "") + " ", text)


def _roman(word: str) -> int:
    values = [_ROMAN[letter] for letter in word]
    return sum(-v if k + 1 < len(values) and values[k + 1] > v else v for k, v in enumerate(values))


def _spelt(told: list[str]) -> list[str]:
    """Numbers told in words as digits: forty four as 44."""
    units, tens = words("units"), words("tens")[1:]
    found: list[str] = []
    for word in (_SLIPS.get(word, word) for word in told):
        if word in units:
            value = units.index(word)
            if found and found[-1] in _TENS and 0 < value < 10:
                found[-1] = str(int(found[-1]) + value)
            else:
                found.append(str(value))
        else:
            found.append(str(10 * tens.index(word) + 20) if word in tens else word)
    return found


def _without_titles(told: list[str]) -> list[str]:
    """Without the titles before the name, and what stands before an office; never without its last word."""
    known = titles()
    start = max((k + 1 for k, word in enumerate(told[:-1]) if word in word_set("offices")), default=0)
    while start < len(told) - 1 and told[start] in known:
        start += 1
    return told[start:]


@functools.lru_cache(maxsize=1 << 16)
def person(name: str) -> Parts:
    """The parts of a person's name; a comma puts the family name last, as does nothing else."""
    text = folded(name)
    family, comma, rest = text.partition(",")
    tail = _WORD.findall(rest)
    after = word_set("credentials")
    comma_name = bool(comma) and bool(tail) and not all(word in GENERATIONS or word in after for word in tail)
    told = tail + _WORD.findall(family) if comma_name else _WORD.findall(text)
    told = _without_titles(told)
    generation = next((GENERATIONS[word] for word in told[1:] if word in GENERATIONS), None)
    told = told[:1] + [word for word in told[1:] if word not in GENERATIONS and word not in after]
    descent = next((k for k, word in enumerate(told) if word in word_set("descent") and 0 < k < len(told) - 1), 0)
    own = tuple(word for word in told[:descent] if word not in word_set("particles"))
    core = [word for word in told if word not in word_set("particles") or len(told) == 1] or told
    return Parts(tuple(core), frozenset(), generation, None, own, comma_name, unvowelled(name), syllabic(name))


def _form_key(word: str) -> str:
    """Words of legal forms by their near key, as they are romanised and misspelt; abbreviations letter by letter."""
    return near(word) if len(word) > 4 else word


@functools.cache
def _forms() -> dict[tuple[str, ...], str]:
    """The table of legal forms by keys of their words."""
    return {tuple(map(_form_key, form)): short for form, short in legal_forms().items()}


def _legal_form(told: list[str]) -> tuple[list[str], str | None]:
    """Words without the legal forms at either end, and the first of these that says more than company."""
    forms = _forms()
    longest = max(map(len, forms))
    keys = [_form_key(word) for word in told]
    start, end = 0, len(told)
    found: list[str] = []
    again = True
    while again and end - start > 1:
        again = False
        for size in range(min(longest, end - start - 1), 0, -1):
            if (form := forms.get(tuple(keys[end - size : end]))) is not None:
                end -= size
            elif (form := forms.get(tuple(keys[start : start + size]))) in LEADING_FORMS:
                start += size
            else:
                continue
            found.append(form or "")
            again = True
            break
    return told[start:end], next((form for form in found if form not in LOOSE_FORMS), found[0] if found else None)


@functools.lru_cache(maxsize=1 << 16)
def organisation(name: str) -> Parts:
    """The parts of an organisation's or a vessel's name: words, numbers, legal form."""
    told = _spelt(_WORD.findall(folded(name).replace("&", " and ")))
    told, form = _legal_form(told)
    if len(told) > 1 and told[0] in word_set("vessels"):
        told = told[1:]
    numbers = {word for word in told[1:] if _NUMERAL.match(word)} | {word for word in told[:1] if word.isdigit()}
    told = [word for word in told if word not in word_set("little") or len(told) == 1] or told
    core = tuple(word for word in told if word not in numbers) or tuple(told)
    values = frozenset(str(_roman(word)) if word.isalpha() else word for word in numbers)
    return Parts(core, values, None, form, (), False, unvowelled(name), syllabic(name))
