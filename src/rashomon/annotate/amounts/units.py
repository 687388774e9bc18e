"""Units of measure as told, and their conversion to one base unit each."""

from __future__ import annotations

import functools
from importlib import resources


def _rows(name: str) -> list[list[str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def unit_words() -> dict[str, str]:
    """Words for a unit, in lower case, to the unit as recorded: `kilometres` to `km`."""
    return {row[0]: row[1] for row in _rows("units.tsv")}


@functools.cache
def _bases() -> dict[str, tuple[str, float]]:
    return {row[1]: (row[2], float(row[3])) for row in _rows("units.tsv")}


@functools.cache
def people_nouns() -> frozenset[str]:
    """Lemmas, in lower case, of nouns for people."""
    return frozenset(row[0] for row in _rows("people.tsv"))


def base(unit: str | None) -> tuple[str | None, float]:
    """The base unit of a recorded unit and the factor to it; a unit that has none is its own base."""
    return _bases().get(unit or "", (unit, 1.0))
