"""The stage that annotates: one article's blocks to its reading."""

from __future__ import annotations

import dataclasses

import pyarrow as pa

from rashomon.annotate import language
from rashomon.annotate.annotator import annotate, reads
from rashomon.annotate.encoder import encoder
from rashomon.annotate.language import own_length, pipeline
from rashomon.model.arrow import from_arrow, schema, to_batch
from rashomon.model.flow import Annotated, Extraction
from rashomon.model.records import Rejected


class Annotate:
    """Extractions to readings; an article that cannot be annotated is rejected with the reason, the rest goes on."""

    needs = schema(Extraction)
    gives = schema(Annotated)

    def __init__(self) -> None:
        pipeline()
        encoder()

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """One row an article in; one row an article out: a reading, a rejection, or both where it is only kept."""
        return to_batch(Annotated, [self._one(row) for row in from_arrow(Extraction, batch) if row.article])

    def _one(self, extraction: Extraction) -> Annotated:
        article = extraction.article
        assert article is not None
        unread = None
        if not reads(article.language):
            detail = f"kept, but not annotated: it is told to be '{article.language}', and only English is read"
            unread = Rejected(article.source_uri, "annotate", "language", detail)
        elif (length := own_length(extraction.blocks)) > language.MOST_READ:
            most = language.MOST_READ
            detail = f"kept whole, but annotated in part: the first {most:,} of its {length:,} own characters"
            unread = Rejected(article.source_uri, "annotate", "too long", detail)
        try:
            reading = dataclasses.replace(annotate(article, extraction.blocks), metadata=extraction.metadata)
            return Annotated(article.source_uri, article.article_id, reading, unread)
        except Exception as error:  # whatever one article brings about, the others go on; the row says what it was
            detail = f"{type(error).__name__}: {error}"
            return Annotated(article.source_uri, None, None, Rejected(article.source_uri, "annotate", "failed", detail))
