"""The closed vocabulary of time expressions: words with their classes and values, and the classes of number shapes."""

from __future__ import annotations

import functools
from importlib import resources

CAPITALISED = frozenset(
    {"MONTH", "SHORTMONTH", "MAY", "WEEKDAY", "WEEKDAYS", "ZONE"}
)  # classes that a word has only with a capital


@functools.cache
def entries() -> dict[str, dict[str, str]]:
    """Word (lower case) -> class -> value (`""` where the class needs none)."""
    table: dict[str, dict[str, str]] = {}
    lines = resources.files(__package__).joinpath("lexicon.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            word, name, value = line.split("\t")
            table.setdefault(word, {})[name] = value
    return table


def value(word: str, name: str) -> str:
    """The value of a word in a class; KeyError if it is not of that class."""
    return entries()[word][name]


def number_classes(digits: str) -> frozenset[str]:
    """The classes of a token of digits: what it could count or name."""
    names = {"NUM"}
    n = int(digits)
    if len(digits) <= 2:
        names |= {"DAYNUM"} if 1 <= n <= 31 else set()
        names |= {"HOURNUM"} if n <= 24 else set()
        names |= {"YEAR2"} if len(digits) == 2 else set()
    if len(digits) == 4:
        names |= {"YEAR"} if 1000 <= n <= 2100 else set()
        names |= {"NEARYEAR"} if 1900 <= n <= 2060 else set()
        names |= {"CLOCK4"} if n <= 2400 and n % 100 < 60 else set()
    return frozenset(names)


def all_number_classes() -> frozenset[frozenset[str]]:
    """Every set that `number_classes` can give."""
    shapes = [str(n) for n in range(100)] + [f"{n:02}" for n in range(100)] + [f"{n:04}" for n in range(3000)] + ["100"]
    return frozenset(number_classes(shape) for shape in shapes)
