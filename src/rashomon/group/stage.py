"""The stages that group: each article described, all articles grouped, each article placed in its event."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa

from rashomon.annotate.annotator import dated, timed
from rashomon.group.features import ArticleFeatures, features
from rashomon.group.grouping import group
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
        return to_table(Grouping, [_with_neighbours(group(articles), articles)])


def _with_neighbours(grouping: Grouping, articles: list[ArticleFeatures]) -> Grouping:
    """The grouping with, for each article, the publication intervals of its event's other origins."""
    days = {a.article_id: f"{a.published_earliest}/{a.published_latest}" for a in articles if a.published_earliest}
    copies = {copy.article_id for copy in grouping.copies}
    told: dict[str, list[str]] = defaultdict(list)
    for membership in grouping.memberships:
        if membership.article_id in days and membership.article_id not in copies:
            told[membership.event_id].append(membership.article_id)
    memberships = tuple(
        dataclasses.replace(
            m, neighbours=tuple(sorted(days[other] for other in told[m.event_id] if other != m.article_id))
        )
        for m in grouping.memberships
    )
    return dataclasses.replace(grouping, memberships=memberships)


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
