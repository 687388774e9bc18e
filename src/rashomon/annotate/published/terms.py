"""Office-holders named with their title: the story is told in their term, as a rule."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from importlib import resources

from rashomon.model.span import Interval

_TITLE = re.compile(
    r"\b(President|Prime Minister|Chancellor|Secretary[- ]General|Pope)\s+((?:[A-Z][\w.'’-]*\s+){0,2}[A-Z][\w'’-]*)"
)
_GOVERNMENT = re.compile(r"\b([A-Z][\w'’-]+) (?:[Aa]dministration|[Pp]residency|White House)\b")
_GONE = re.compile(r"\b(?:former|ex|late|then|under|previous|since|during)[-\s]+(?:the\s+)?$", re.I)
_NOT_NOW = re.compile(r"\b(?:former|ex|late|then|vice|deputy|first|onetime|one-time|under|of)[-\s]+(?:\S+\s+)?$", re.I)
_OPEN_YEARS = 12  # how long an office without a known end is taken to last from its beginning, or from the last known


@functools.cache
def table() -> dict[tuple[str, str], list[tuple[str, Interval]]]:
    """(title, surname) -> first name and term of each who held it, all in lower case."""
    rows: dict[tuple[str, str], list[tuple[str, Interval]]] = {}
    lines = resources.files(__package__).joinpath("offices.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        title, surname, first, start, end = line.split("\t")
        begin = dt.date.fromisoformat(start)
        until = dt.date.fromisoformat(end) if end else max(dt.date(begin.year + _OPEN_YEARS, 1, 1), dt.date(2030, 1, 1))
        rows.setdefault((title, surname), []).append((first, Interval(begin, until)))
    return rows


def told(text: str) -> Iterator[tuple[str, tuple[Interval, ...]]]:
    """The words and the terms of each office-holder that `text` names with a title of the present."""
    for match in _TITLE.finditer(text):
        if _NOT_NOW.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        title = match[1].lower().replace(" general", "-general")
        names = re.findall(r"[^\s.]+", match[2].lower().replace("’", "'").replace("'s", ""))
        for count in range(len(names), 0, -1):
            holders = table().get((title, names[count - 1]))
            if holders is None:
                continue
            fitting = [term for first, term in holders if count == 1 or first in names[:count]]
            if fitting:
                yield f"{match[1]} {' '.join(match[2].split()[:count])}", tuple(fitting)
            break
    for match in _GOVERNMENT.finditer(text):
        holders = table().get(("president", match[1].lower()))
        if holders and not _GONE.search(text[max(0, match.start() - 30) : match.start()]):
            yield match[0], tuple(term for _, term in holders)
