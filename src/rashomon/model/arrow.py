"""Between records and Arrow: schemas are read off the dataclasses, so a table and its class cannot drift apart."""

from __future__ import annotations

import dataclasses
import functools
import gc
import types
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

import pyarrow as pa

R = TypeVar("R")

_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
}


def _arrow_type(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of one field's annotation, and whether it may be null."""
    if isinstance(hint, types.UnionType):
        inner = [arg for arg in typing.get_args(hint) if arg is not types.NoneType]
        return _arrow_type(inner[0])[0], True
    if typing.get_origin(hint) is tuple:
        item, nullable = _arrow_type(typing.get_args(hint)[0])
        return pa.list_(pa.field("item", item, nullable=nullable)), False
    if dataclasses.is_dataclass(hint):
        return pa.struct(list(schema(typing.cast(type, hint)))), False
    return _SCALARS[hint], False


@functools.cache
def schema(cls: type) -> pa.Schema:
    """The Arrow schema of a record class: one field a dataclass field, `X | None` nullable, `tuple[X, ...]` a list."""
    hints = typing.get_type_hints(cls)
    fields = []
    for field in dataclasses.fields(cls):
        arrow, nullable = _arrow_type(hints[field.name])
        fields.append(pa.field(field.name, arrow, nullable=nullable))
    return pa.schema(fields)


def _plain(hint: Any) -> Any:
    """What makes of the value of one field what Arrow takes, dicts and lists; None where it is that already."""
    if isinstance(hint, types.UnionType):
        inner = _plain(next(arg for arg in typing.get_args(hint) if arg is not types.NoneType))
        return None if inner is None else lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        item = _plain(typing.get_args(hint)[0])
        return None if item is None else lambda values: [item(value) for value in values]
    if dataclasses.is_dataclass(hint):
        return _plain_record(typing.cast(type, hint))
    return None


@functools.cache
def _plain_record(cls: type) -> Any:
    hints = typing.get_type_hints(cls)
    steps = [(field.name, _plain(hints[field.name])) for field in dataclasses.fields(cls)]

    def plain(record: Any) -> dict[str, Any]:
        return {name: getattr(record, name) if make is None else make(getattr(record, name)) for name, make in steps}

    return plain


def to_batch(cls: type[R], records: Iterable[R]) -> pa.RecordBatch:
    """Records of one class as one RecordBatch of `schema(cls)`, in the order given."""
    plain = _plain_record(typing.cast(Any, cls))
    return pa.RecordBatch.from_pylist([plain(record) for record in records], schema=schema(typing.cast(Any, cls)))


def to_table(cls: type[R], records: Iterable[R]) -> pa.Table:
    """Records of one class as a Table of `schema(cls)`."""
    return pa.Table.from_batches([to_batch(cls, records)], schema=schema(typing.cast(Any, cls)))


def _builder(hint: Any) -> Any:
    """What makes the Python value of one field from what Arrow gives back; None where that is already it."""
    if isinstance(hint, types.UnionType):
        inner = _builder(next(arg for arg in typing.get_args(hint) if arg is not types.NoneType))
        return None if inner is None else lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        item = _builder(typing.get_args(hint)[0])
        return tuple if item is None else lambda values: tuple(item(value) for value in values)
    if dataclasses.is_dataclass(hint):
        return _record_builder(typing.cast(type, hint))
    return None


@functools.cache
def _record_builder(cls: type) -> Any:
    hints = typing.get_type_hints(cls)
    steps = [(field.name, _builder(hints[field.name])) for field in dataclasses.fields(cls)]

    def build(row: dict[str, Any]) -> Any:
        return cls(*[row[name] if make is None else make(row[name]) for name, make in steps])

    return build


def from_arrow(cls: type[R], data: pa.RecordBatch | pa.Table) -> list[R]:
    """The records of one class in a batch or table of `schema(cls)`; KeyError if a column is missing."""
    build = _record_builder(typing.cast(Any, cls))
    collecting = gc.isenabled()
    gc.disable()  # records hold no cycles, and looking for some among millions takes most of the time
    try:
        return [build(row) for row in data.to_pylist()]
    finally:
        if collecting:
            gc.enable()
