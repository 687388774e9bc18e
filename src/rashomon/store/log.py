"""A log beside the tables: a line of JSON a row, rows of one dataclass whose fields are text or nothing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rashomon.errors import DossierError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def load(record: type[R], path: Path) -> list[R]:
    """The rows of a log, in order; none where there is no such file. DossierError if it is damaged."""
    return parsed(record, path.read_bytes(), str(path)) if path.is_file() else []


def parsed(record: type[R], data: bytes, name: str) -> list[R]:
    """The rows of a log's bytes; DossierError, with the line, where one is no row of it."""
    found = []
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            try:
                row = record(**json.loads(line))
                if not all(isinstance(v, str) or v is None for v in dataclasses.asdict(row).values()):
                    raise TypeError("a field is no text")
            except (ValueError, TypeError) as error:
                raise DossierError(f"{name}, line {number}, is no {record.__name__.lower()} ({error}).") from error
            found.append(row)
    return found


def text(rows: Iterable[DataclassInstance]) -> str:
    """A log."""
    return "".join(json.dumps(dataclasses.asdict(row), ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
