"""Entities that the user already knows, from a file in FollowTheMoney JSON, as OpenSanctions and OpenAleph export it.

One entity a line: `{"id": "Q1", "schema": "Person", "properties": {"name": ["…"], "alias": ["…"]}}`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from rashomon.errors import RashomonError
from rashomon.model.flow import Known

# Of the properties that hold names, those that are names in full; weak aliases are nicknames and code names.
_NAMES = ("name", "alias", "previousName")
_KINDS = {"Person": "person"}
_ORGANISATIONS = frozenset({"Organization", "Company", "LegalEntity", "PublicBody"})
_MOST_NAMES = 200


def known(path: Path) -> list[Known]:
    """The entities of a file, gzipped or not; lines without an id or a name are passed over.

    RashomonError if the file cannot be read, a line is no JSON object, or nothing in it has a name.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            found = list(_read(path, lines))
    except OSError as error:
        raise RashomonError(f"{path} cannot be read ({error.strerror or error}): check the path.") from error
    if not found:
        raise RashomonError(f"{path} names nobody: give entities in FollowTheMoney JSON, one a line.")
    return found


def _read(path: Path, lines: IO[bytes] | gzip.GzipFile) -> Iterator[Known]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RashomonError(f"{path}, line {number}, is no JSON ({error}): one entity a line is needed.") from error
        if isinstance(row, dict) and (entity := _entity(row)):
            yield entity


def _entity(row: dict[str, Any]) -> Known | None:
    told, schema = row.get("properties"), row.get("schema")
    if not isinstance(row.get("id"), str) or not isinstance(told, dict):
        return None
    names: list[str] = [row["caption"]] if isinstance(row.get("caption"), str) else []
    for field in _NAMES:
        values = told.get(field)
        names += [value for value in (values if isinstance(values, list) else []) if isinstance(value, str)]
    kept = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))[:_MOST_NAMES]
    kind = _KINDS.get(str(schema), "organisation" if schema in _ORGANISATIONS else "other")
    return Known(row["id"], kind, kept) if kept else None
