"""Records with named fields to what they tell: names by one table, as the user mapped them, however deep they stand."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rashomon.errors import UnreadableSource
from rashomon.extract.told import Told
from rashomon.model.records import Source
from rashomon.read import mapping

_TEXTS = ("text", "html")


def told(source: Source) -> tuple[Told, ...]:
    """What the fields of a JSON object tell: mapped ones first, then by the table.

    UnreadableSource where none of them holds a text.
    """
    try:
        record = json.loads(source.data)
    except (ValueError, RecursionError) as error:
        detail = f"It is no JSON: {str(error)[:200]}"
        raise UnreadableSource(source.source_uri, "extract", "malformed", detail) from None
    if not isinstance(record, dict):
        raise UnreadableSource(source.source_uri, "extract", "malformed", "It is JSON, but no object with fields.")
    given = {str(name).strip().lower(): value for name, value in reversed(list(record.items()))}
    found = []
    chosen = mapping.pairs(source.fields or "")
    for field, name in [*chosen.items(), *((field, name) for name, field in mapping.names().items())]:
        value = words(given[name.lower()] if name.lower() in given else _inside(record, name))
        if value:
            found.append(Told(field, value, f"field {name}"))
    if not any(item.field in _TEXTS for item in found):
        listed = ", ".join(sorted(map(str, record)))[:200]
        detail = f"None of its fields holds a text; it has: {listed}. Name the one that does: --map text=NAME."
        raise UnreadableSource(source.source_uri, "extract", "no text field", detail)
    return tuple(found)


def _inside(record: Mapping[str, object], name: str) -> object:
    """The value that a dotted name leads to; None if it leads nowhere."""
    value: object = record
    for part in name.split(".") if "." in name else ():
        value = value.get(part) if isinstance(value, dict) else None
    return value if value is not record else None


def words(value: object) -> str | None:
    """A field's value as a string: itself, a number, the names in a list or the `name` of an object."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(int(value)) if value == value and abs(value) < 1e15 else None
    if isinstance(value, dict):
        return words(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(words, value[:20]))) or None
    return None
