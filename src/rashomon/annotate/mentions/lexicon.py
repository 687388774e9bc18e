"""Word lists of this package: role nouns and titles (`roles.tsv`), given names with their usual gender (`given.tsv`).

Both lists are general knowledge, written for this project.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that tells what somebody is: `kind`, gender m, f or None, and sort: title (before a name only) or role."""

    kind: str
    gender: str | None
    sort: str


def _rows(name: str) -> list[list[str]]:
    text = (importlib.resources.files("rashomon.annotate.mentions") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@functools.cache
def roles() -> Mapping[str, Role]:
    """Role nouns by lower-cased word; where a word is both title and role, the role."""
    table: dict[str, Role] = {}
    for word, kind, gender, sort in _rows("roles.tsv"):
        if word not in table or sort == "role":
            table[word] = Role(kind, None if gender == "-" else gender, sort)
    return table


@functools.cache
def titles() -> Mapping[str, str | None]:
    """Words that may stand before a person's name, lower-cased, with the gender they tell."""
    table: dict[str, str | None] = {}
    for word, kind, gender, _ in _rows("roles.tsv"):
        if kind == "person":
            table[word] = table.get(word) or (None if gender == "-" else gender)
    return table


@functools.cache
def given_names() -> Mapping[str, str]:
    """Lower-cased given name to m or f, names borne by one gender almost only."""
    return {row[0]: row[1] for row in _rows("given.tsv")}
