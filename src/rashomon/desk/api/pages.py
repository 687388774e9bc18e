"""The one shape of every list that the API answers with, and the rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from fastapi import Depends, Request
from pydantic import BaseModel, Field

from rashomon.store.library import Library, Numbers

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """A part of a list."""

    items: list[T] = Field(description="The rows of this page, in the order of the list.")
    total: int = Field(description="How many rows the whole list has.")
    limit: int = Field(description="How many rows were asked for.")
    offset: int = Field(description="How many rows of the list come before this page.")
    next: int | None = Field(description="The offset of the next page; null on the last.")


def library(request: Request) -> Library:
    """The dossier as it is now."""
    return Library.current(request.app.state.dossier)


Shelf = Annotated[Library, Depends(library)]


def rows(shelf: Library, record: type, **equal: str | None) -> Numbers:
    """The numbers of the rows whose columns have these values, ascending; None asks for nothing."""
    found: Numbers | None = None
    for column, value in equal.items():
        if value is not None:
            has = shelf.numbers(record, column, value)
            found = has if found is None else np.intersect1d(found, has)
    return np.arange(shelf.count(record), dtype=np.int64) if found is None else np.sort(found)


def among(shelf: Library, record: type, column: str, values: Iterable[str | None]) -> Numbers:
    """The numbers of the rows whose column has one of these values, ascending."""
    found = [shelf.numbers(record, column, value) for value in set(values) if value is not None]
    return np.sort(np.concatenate(found)) if found else np.arange(0, dtype=np.int64)


def ordered(shelf: Library, record: type, numbers: Numbers, *columns: str) -> Numbers:
    """The numbers by the values of columns, `-` before a name for the largest first; what is empty comes last."""
    names = [name.removeprefix("-") for name in columns]
    table = pa.table({name: shelf.column(record, name).take(pa.array(numbers)) for name in names})
    keys = [(name.removeprefix("-"), "descending" if name.startswith("-") else "ascending") for name in columns]
    order: Numbers = pc.sort_indices(table, sort_keys=keys).to_numpy()  # which puts what is empty last
    return numbers[order]
