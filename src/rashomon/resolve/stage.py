"""The stage that resolves: the mentions of all articles to entities."""

from __future__ import annotations

import pyarrow as pa

from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Link, Resolved
from rashomon.model.records import Mention
from rashomon.resolve.entities import resolve


class Resolve:
    """All mentions of a corpus to one row of Resolved: the entities, and the links sorted by mention."""

    needs = schema(Mention)
    gives = schema(Resolved)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Mention to one row of Resolved."""
        resolution = resolve(from_arrow(Mention, table))
        links = tuple(Link(mention, entity) for mention, entity in sorted(resolution.links.items()))
        return to_table(Resolved, [Resolved(resolution.entities, links)])
