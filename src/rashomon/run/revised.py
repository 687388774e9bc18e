"""Pairs of versions with their texts, for the stage that tells what changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.flow import Grouping, Versions
from rashomon.model.records import Reading
from rashomon.run.corpus import Corpus


def pairs(corpus: Corpus, placed: Mapping[str, Path], grouping: Grouping) -> pa.Table:
    """One row of Versions for each pair of neighbouring versions; only their articles are read."""
    wanted = {article for v in grouping.versions for article in (v.article_id, v.previous_id)}
    readings: dict[str, Reading] = {}
    for part in corpus.parts:
        rows = [row for row, article in enumerate(part.articles) if article in wanted]
        if rows:
            for reading in from_arrow(Reading, pq.read_table(placed[part.name]).take(rows)):
                readings[reading.article.article_id] = reading
    found = []
    for version in grouping.versions:
        later, earlier = readings[version.article_id], readings[version.previous_id]
        article, before = later.article, earlier.article
        found.append(Versions(version, article.url, article.text, before.text, later.blocks, earlier.blocks))
    return to_table(Versions, found)
