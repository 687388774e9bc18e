"""The stages that group: each article described, all articles grouped, each article placed in its event."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pyarrow as pa

from rashomon.annotate.annotator import dated, timed
from rashomon.group.features import ArticleFeatures, features
from rashomon.group.grouping import group
from rashomon.group.growing import carries, grow
from rashomon.group.neighbours import with_neighbours
from rashomon.group.published import from_context
from rashomon.model.arrow import from_arrow, schema, to_batch, to_table
from rashomon.model.flow import Grouping, Link, Linked, Placement
from rashomon.model.records import Article, Quotation, Reading
from rashomon.model.span import Interval


def linked(reading: Reading, links: Iterable[Link]) -> Reading:
    """The reading with the entities of its mentions, and the speakers that follow from them."""
    entity = {link.mention_id: link.entity_id for link in links}
    mentions = tuple(dataclasses.replace(m, entity_id=entity.get(m.mention_id)) for m in reading.mentions)

    def spoken(quotation: Quotation) -> Quotation:
        speaker = entity.get(quotation.speaker_mention or "")
        return dataclasses.replace(quotation, speaker_id=speaker)

    return dataclasses.replace(reading, mentions=mentions, quotations=tuple(map(spoken, reading.quotations)))


class Describe:
    """Linked readings to what grouping needs of each article."""

    needs = schema(Linked)
    gives = schema(ArticleFeatures)

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Rows of Linked to rows of ArticleFeatures, in the same order."""
        rows = from_arrow(Linked, batch)
        return to_batch(ArticleFeatures, [features(linked(row.reading, row.links)) for row in rows])


class Group:
    """The features of all articles to one row of Grouping."""

    needs = schema(ArticleFeatures)
    gives = schema(Grouping)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of ArticleFeatures to one row of Grouping."""
        articles = from_arrow(ArticleFeatures, table)
        return to_table(Grouping, [with_neighbours(group(articles), articles)])


@dataclasses.dataclass(frozen=True, slots=True)
class Growing:
    """All articles of a dossier beside the grouping of those that it had before: what the stage `grow` takes."""

    former: Grouping
    kept: bool  # whether today's code made it, so that parts of it may stand
    articles: tuple[ArticleFeatures, ...]


class Grow:
    """One row of Growing to one row of Grouping: events keep their ids, and only those that new articles meet change.

    All are grouped anew where they are few, where many came since that was last done, or where the code is another.
    """

    needs = schema(Growing)
    gives = schema(Grouping)

    def __call__(self, table: pa.Table) -> pa.Table:
        """One row of Growing to one row of Grouping."""
        row = table.combine_chunks().to_batches()[0]
        (former,) = from_arrow(Grouping, pa.Table.from_struct_array(row.column("former")))
        articles = pa.Table.from_struct_array(row.column("articles").flatten())
        if row.column("kept")[0].as_py() and carries(former, articles.column("article_id").to_pylist()):
            return to_table(Grouping, [grow(articles, former)])
        records = from_arrow(ArticleFeatures, articles)
        return to_table(Grouping, [with_neighbours(group(records, former), records)])


class Place:
    """Readings, their links and their place in an event, to final readings."""

    needs = schema(Placement)
    gives = schema(Reading)

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Rows of Placement to rows of Reading, in the same order."""
        return to_batch(Reading, [place(row) for row in from_arrow(Placement, batch)])


def place(placement: Placement) -> Reading:
    """The final reading: linked, in its event, dated by its neighbours where they tell more, its times told anew."""
    reading = linked(placement.reading, placement.links)
    article = dataclasses.replace(reading.article, copy_of=placement.copy_of, event_id=placement.event_id)
    placed = _dated_by(article, placement.neighbours)
    if placed is article:
        return dataclasses.replace(reading, article=article)
    return dataclasses.replace(reading, article=placed, times=timed(placed, reading.blocks))


def _dated_by(article: Article, neighbours: tuple[str, ...]) -> Article:
    """The article dated by its event's other origins; itself where they tell nothing more."""
    own = Interval.iso(article.published_earliest, article.published_latest)
    if own is not None and own.days == 1:
        return article
    others = [interval for pair in neighbours if (interval := Interval.iso(*pair.split("/")))]
    told = from_context(own, others)
    return article if told is None or told.interval == own else dated(article, told)
