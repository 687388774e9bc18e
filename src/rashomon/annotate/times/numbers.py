"""Counts told in words or digits, and TIMEX3 lengths of time."""

from __future__ import annotations

import re

from rashomon.annotate.times import lexicon

_LENGTHS = {"TS": "T{}S", "TM": "T{}M", "TH": "T{}H", "D": "{}D", "W": "{}W", "2W": "{}W", "WE": "{}WE", "M": "{}M",
            "Q": "{}Q", "Y": "{}Y", "E": "{}E", "C": "{}C"}  # fmt: skip
_FACTOR = {"2W": 2, "E": 10, "C": 100}
_SMALLER = {"Y": ("M", 12), "TH": ("TM", 60), "TM": ("TS", 60), "D": ("TH", 24), "E": ("Y", 10)}
_PLURAL_CLASS = "UNITS"


def unit(word: str) -> str:
    """The unit that a singular or plural word names, as in the lexicon (`TS` second … `C` century)."""
    classes = lexicon.entries()[word]
    return classes.get("UNIT") or classes[_PLURAL_CLASS]


def _one(word: str) -> float | None:
    if word in ("a", "an", "another", "one"):
        return 1.0
    if word in ("1/2", "half"):
        return 0.5
    classes = lexicon.entries().get(word, {})
    for name in ("NUMWORD", "TENS"):
        if name in classes:
            return float(classes[name])
    digits = word.replace(",", "")
    try:
        return float(digits)
    except ValueError:
        return None


def count(words: str) -> float | None:
    """The number that words such as `2 1/2`, `twenty - five` or `a hundred` tell; None where it is vague."""
    total, known = 0.0, False
    if any(word in lexicon.entries() and "INDEF" in lexicon.entries()[word] for word in words.split()):
        return 2.0 if "couple" in words else None
    if re.fullmatch(r"half (a|an)|(a|an) half", words):
        return 0.5
    if re.search(r"\d ?- ?\d", words):  # 3-4 days
        return None
    for word in words.replace("-", " ").split():
        hundred = lexicon.entries().get(word, {}).get("HUNDRED")
        number = _one(word)
        if word in ("to", "or"):
            return None
        if hundred:
            total = max(total, 1.0) * float(hundred)
        elif number is not None:
            total, known = total + number, True
    return total if known else None


def length(number: float | None, name: str) -> str:
    """The TIMEX3 value of `number` units, `X` for a vague number: `P2D`, `PT36H`, `PXM`, `P2Y6M`."""
    if number is None:
        return "P" + _LENGTHS[name].format("X")
    if number != int(number) and name in _SMALLER:
        smaller, factor = _SMALLER[name]
        whole, rest = int(number), round((number - int(number)) * factor)
        head = length(whole, name) if whole else "P"
        tail = _LENGTHS[smaller].format(rest)
        return head + (tail.removeprefix("T") if "T" in head else tail)
    if name in _FACTOR:
        number, name = number * _FACTOR[name], "W" if name == "2W" else "Y"
    return "P" + _LENGTHS[name].format(f"{number:g}")
