"""Small word lists of the comparing stage, kept beside the code."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def words(kind: str) -> frozenset[str]:
    """The words of one set of words.tsv: `nobody`, `nothing`."""
    text = resources.files(__package__).joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(row[0] for row in rows if row[1] == kind)
