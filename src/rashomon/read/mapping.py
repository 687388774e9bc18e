"""Names that fields of records have: one table for those that are known, and the user's own beside it."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping

from rashomon.errors import RashomonError

TEXTS = ("text", "html")  # the fields that hold what an article says


@functools.cache
def names() -> dict[str, str]:
    """Names that a field may have, lower-cased, each with what it holds, the likelier first; read from fields.tsv."""
    table = importlib.resources.files("rashomon.read").joinpath("fields.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {name: field for field, known in rows for name in known.split()}


def pairs(told: str) -> dict[str, str]:
    """The names in a mapping such as `text=body,published=meta.date`: ours to theirs.

    RashomonError, saying what is wrong, for a field that is none of ours or a pair without `=`.
    """
    ours = sorted(set(names().values()))
    found = {}
    for pair in filter(None, map(str.strip, told.split(","))):
        field, sign, name = (part.strip() for part in pair.partition("="))
        field = names().get(field.lower(), field)
        if not sign or not name or field not in ours:
            raise RashomonError(f"'{pair}' maps no field: write OURS=THEIRS, where OURS is one of {', '.join(ours)}.")
        found[field] = name
    return found


def inside(record: Mapping[str, object], name: str) -> object:
    """The value that a dotted name leads to; None if it leads nowhere."""
    value: object = record
    for part in name.split(".") if "." in name else ():
        value = value.get(part) if isinstance(value, dict) else None
    return value if value is not record else None


def holds_text(record: Mapping[str, object], told: str | None) -> bool:
    """Whether an object is a record with a text, under one of the known names or one of the user's mapping."""
    chosen = pairs(told or "")
    theirs = [chosen[field] for field in TEXTS if field in chosen]
    ours = {name for name, field in names().items() if field in TEXTS}
    return any(record.get(name) or inside(record, name) for name in theirs) or any(
        isinstance(value, str) and name.strip().lower() in ours for name, value in record.items()
    )
