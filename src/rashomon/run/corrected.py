"""What judgements change beside entities: which rows the stages `move` and `dismiss` are given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rashomon.compare import dismissed
from rashomon.compare.dismissed import Dismissing
from rashomon.group import moves
from rashomon.group.features import ArticleFeatures
from rashomon.group.moves import Moving
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Grouping
from rashomon.model.records import Comparison, Judgement


def moving(grouped: Path, features: pa.Table, log: Sequence[Judgement]) -> pa.Table | None:
    """The row of Moving that corrects a grouping; None where no judgement moves anything."""
    standing = moves.moves(log)
    if not standing:
        return None
    grouping = from_arrow(Grouping, pq.read_table(grouped))[0]
    wanted = pa.array(sorted(moves.named(grouping, standing)), pa.string())
    articles = from_arrow(ArticleFeatures, features.filter(pc.is_in(features.column("article_id"), wanted)))
    return to_table(Moving, [Moving(grouping, tuple(articles), tuple(standing))])


def dismissing(comparisons: Path, grouping: Grouping, log: Sequence[Judgement]) -> pa.Table | None:
    """The rows of Dismissing of a file of comparisons; None where no judgement is about any of its events."""
    named = dismissed.articles(log)
    events = pa.array(sorted({m.event_id for m in grouping.memberships if m.article_id in named}), pa.string())
    if not pc.any(pc.is_in(pq.read_table(comparisons, columns=["event_id"]).column(0), events)).as_py():
        return None
    standing = tuple(dismissed.dismissals(log))
    rows = from_arrow(Comparison, pq.read_table(comparisons).select(schema(Comparison).names).cast(schema(Comparison)))
    return to_table(Dismissing, [Dismissing(row, standing) for row in rows])
