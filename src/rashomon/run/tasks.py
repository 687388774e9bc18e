"""Units of work that any process can do alone: read files, run one stage on them, write one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
from threadpoolctl import threadpool_limits

from rashomon.pipeline import GroupStage, MapStage, find, load
from rashomon.store.files import write_parquet


@dataclass(frozen=True, slots=True)
class MapTask:
    """One partition for a map stage: its columns stand in `inputs`, row beside row.

    `rows` are those of the first input that are meant, None for all; the other inputs hold just these, in this order.
    """

    step: str
    inputs: tuple[Path, ...]
    rows: tuple[int, ...] | None
    output: Path
    size: int  # articles, for telling progress


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of one file."""

    path: Path
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupTask:
    """Some groups for a group stage; the n-th row of `heads` belongs to the n-th group, beside each of its rows."""

    step: str
    heads: pa.Table
    groups: tuple[tuple[Rows, ...], ...]
    keys: tuple[str, ...]
    output: Path


def beside(inputs: Sequence[pa.Table], wanted: pa.Schema) -> pa.Table:
    """The columns of several tables with the same rows in the same order, as one table of schema `wanted`.

    A column that may be null and is in none of them is null: an earlier version wrote the file.
    """
    columns = {name: table.column(name) for table in inputs for name in table.column_names}
    missing = pa.nulls(inputs[0].num_rows)
    columns |= {field.name: missing for field in wanted if field.nullable and field.name not in columns}
    return pa.table([columns[field.name].cast(field.type) for field in wanted], schema=wanted)


def do(task: MapTask | GroupTask) -> int:
    """Do one task and return how many articles (or groups) it was; BLAS is held to one thread, so that sums agree."""
    with threadpool_limits(limits=1):
        return _map(task) if isinstance(task, MapTask) else _group(task)


def _map(task: MapTask) -> int:
    stage = cast(MapStage, load(find(task.step)))
    inputs = [pq.read_table(path) for path in task.inputs]
    if task.rows is not None:
        inputs[0] = inputs[0].take(list(task.rows))
    rows = beside(inputs, stage.needs)
    batches = [stage(batch) for batch in rows.combine_chunks().to_batches()]
    write_parquet(task.output, pa.Table.from_batches(batches, schema=stage.gives))
    return task.size


def _group(task: GroupTask) -> int:
    stage = cast(GroupStage, load(find(task.step)))
    given = []
    for number, members in enumerate(task.groups):
        rows = pa.concat_tables([pq.read_table(member.path).take(list(member.rows)) for member in members])
        record = pa.StructArray.from_arrays(
            [column.combine_chunks() for column in rows.columns], fields=list(rows.schema)
        )
        heads = task.heads.column(0).combine_chunks().take([number] * rows.num_rows)
        given.append(stage(pa.table([heads, record], schema=stage.needs)))
    found = pa.concat_tables(given)
    write_parquet(task.output, found.append_column(pa.field("key", pa.string()), pa.array(task.keys)))
    return len(task.groups)
