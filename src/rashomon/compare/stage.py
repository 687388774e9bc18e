"""The stage that compares: the readings of one event to their comparison."""

from __future__ import annotations

import pyarrow as pa

from rashomon.compare.event import compare
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Told
from rashomon.model.records import Comparison


class Compare:
    """The rows of one event to one row of Comparison."""

    needs = schema(Told)
    gives = schema(Comparison)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Told, all of one event, to one row of Comparison."""
        rows = from_arrow(Told, table)
        return to_table(Comparison, [compare(rows[0].event, [row.reading for row in rows])])
