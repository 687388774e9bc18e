"""Records with named fields to what they tell: names by one table, as the user mapped them, however deep they stand."""

from __future__ import annotations

import json

from rashomon.errors import UnreadableSource
from rashomon.extract.told import Told
from rashomon.model.records import Source
from rashomon.read import mapping

# Where an object holds the value of its field: schema.org, WordPress, JSON made of XML, Elasticsearch.
_HOLDING = ("name", "rendered", "text", "value", "$t", "#text")
_MOST = 20  # names in a list that are taken


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
        told = given[name.lower()] if name.lower() in given else mapping.inside(record, name)
        value = paragraphs(told) if field in mapping.TEXTS else words(told)
        if value:
            found.append(Told(field, value, f"field {name}"))
    if not any(item.field in mapping.TEXTS for item in found):
        listed = ", ".join(sorted(map(str, record)))[:200]
        detail = f"None of its fields holds a text; it has: {listed}. Name the one that does: --map text=NAME."
        raise UnreadableSource(source.source_uri, "extract", "no text field", detail)
    return tuple(found)


def words(value: object) -> str | None:
    """A field's value as a string: itself, a number, the names in a list, what an object holds as name or value."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(int(value)) if value == value and abs(value) < 1e15 else None
    if isinstance(value, dict):
        return words(next((value[name] for name in _HOLDING if value.get(name)), None))
    if isinstance(value, list):
        return ", ".join(filter(None, map(words, value[:_MOST]))) or None
    return None


def paragraphs(value: object) -> str | None:
    """A text as a string; of a list of paragraphs all of them, a line each."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(words, value))) or None
    return words(value)
