"""The stage that dates: the readings of one storyline to its timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from rashomon.group.timelines.telling import Telling, telling
from rashomon.group.timelines.timeline import Entry, timeline
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.chronicle import Chronicle, Dated, Moment
from rashomon.model.records import Reading
from rashomon.model.span import Interval, Span


class Timelines:
    """The rows of one storyline to one row of Chronicle."""

    needs = schema(Dated)
    gives = schema(Chronicle)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Dated, all of one storyline, to one row of Chronicle."""
        rows = from_arrow(Dated, table)
        return to_table(Chronicle, [chronicle(rows[0].storyline.storyline_id, [row.reading for row in rows])])


def chronicle(storyline_id: str, readings: Sequence[Reading]) -> Chronicle:
    """The timeline of a storyline from its articles; furniture and comments tell no day, copies no support."""
    texts = {one.article.article_id: one.article.text for one in readings}
    entries = timeline([_told(one) for one in readings])
    return Chronicle(
        storyline_id, tuple(moment for entry in entries for moment in _moments(storyline_id, entry, texts))
    )


def _told(reading: Reading) -> Telling:
    article = reading.article
    body = [Span(s.start, s.end) for s in reading.sentences if s.role == "body"]
    published = Interval.iso(article.published_earliest, article.published_latest)
    ids = (article.article_id, article.copy_of or article.article_id)
    times = [t for t in reading.times if any(s.start <= t.start < s.end for s in body)]
    return telling(ids, published, article.text, body, times)


def _moments(storyline_id: str, entry: Entry, texts: dict[str, str]) -> Iterator[Moment]:
    for rank, passage in enumerate(entry.passages, 1):
        own = (passage.article_id, passage.start, passage.end)
        for article, start, end in (own, *passage.also):
            yield Moment(
                storyline_id=storyline_id,
                day=entry.day.isoformat(),
                rank=rank,
                article_id=article,
                start=start,
                end=end,
                text=texts[article][start:end],
                chosen=(article, start, end) == own,
                articles=len(entry.articles),
                origins=entry.origins,
            )
