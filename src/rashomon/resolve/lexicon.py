"""The tables of names beside the code, each read once: given names, titles, legal forms, places, romanisation."""

from __future__ import annotations

import functools
import importlib.resources
from typing import NamedTuple

from anyascii import anyascii

GENERATIONS = {
    "jr": "jr",
    "junior": "jr",
    "jnr": "jr",
    "sr": "sr",
    "senior": "sr",
    "snr": "sr",
    "ii": "2",
    "iii": "3",
    "iv": "4",
}
"""Words that tell one bearer of a name from another of the same family; read as such only after the first word."""


class Rewrite(NamedTuple):
    """One line of the table of romanisations: a pattern over lower-case Latin letters and what replaces it."""

    level: str  # near: one sound spelt in two ways; kin, far: consonants, vowels that languages exchange
    pattern: str
    replacement: str
    why: str


@functools.cache
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """The lines of one of the tables, split at tabs."""
    text = importlib.resources.files("rashomon.resolve").joinpath("tables", f"{table}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line)


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """One of the short lists of words.

    particles: little words inside family names, which come and go between spellings. descent: son or daughter of; what
    stands before is one's own name, what follows the father's. little: words of organisations' names that come and go.
    credentials: what stands after a person's name. offices: titles that end whatever stands before a name.
    vessels: what stands before a ship's name. units, tens: numbers, from zero and from ten.
    """
    return next(tuple(row[1].split()) for row in rows("words") if row[0] == name)


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """One of the short lists of `words` as a set."""
    return frozenset(words(name))


@functools.cache
def rewrites() -> tuple[Rewrite, ...]:
    """The table of romanisations, in the order in which it is applied."""
    return tuple(Rewrite(*row) for row in rows("romanisation")[1:])


@functools.cache
def given_names() -> dict[str, frozenset[int]]:
    """Each form of a given name, and the numbers of the sets (one name in its languages and short forms) it is in."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rows("given_names")):
        for form in row:
            found.setdefault(form, set()).add(number)
    return {form: frozenset(sets) for form, sets in found.items()}


@functools.cache
def titles() -> frozenset[str]:
    """Words before a person's name that are not part of it."""
    return frozenset(row[0] for row in rows("titles"))


@functools.cache
def legal_forms() -> dict[tuple[str, ...], str]:
    """Words of a legal form (as folded tokens) to the form's short name."""
    return {tuple(form.split()): row[0] for row in rows("legal_forms") for form in row}


@functools.cache
def peoples() -> dict[str, str]:
    """Adjectives of countries to the countries."""
    return {row[0]: row[1] for row in rows("peoples")}


def plain(name: str) -> str:
    """A name in lower-case ASCII with single spaces, without full stops: as in the tables of other names."""
    return " ".join(anyascii(name).lower().replace(".", "").split())


@functools.cache
def other_names(table: str) -> dict[str, str]:
    """Other names of well-known places or organisations to the first of them."""
    return {plain(form): plain(row[0]) for row in rows(table) for form in row}
