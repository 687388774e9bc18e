"""The stage that extracts: sources to articles with their blocks."""

from __future__ import annotations

import pyarrow as pa

from rashomon.errors import UnreadableSource
from rashomon.extract.article import extract
from rashomon.model.arrow import from_arrow, schema, to_batch
from rashomon.model.flow import Extraction
from rashomon.model.records import Rejected, Source


class Extract:
    """Sources to extractions, one row each: an article with its blocks, or the reason why there is none."""

    needs = schema(Source)
    gives = schema(Extraction)

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Rows of Source to rows of Extraction, in the same order."""
        return to_batch(Extraction, [self._one(source) for source in from_arrow(Source, batch)])

    def _one(self, source: Source) -> Extraction:
        try:
            found = extract(source)
        except UnreadableSource as error:
            rejected = Rejected(error.source_uri, error.stage, error.reason, error.detail)
        except Exception as error:  # whatever one source brings about, the others go on; the row says what it was
            detail = f"{type(error).__name__}: {error}"[:500]
            rejected = Rejected(source.source_uri, "extract", "failed", detail)
        else:
            return Extraction(source.source_uri, found.article, found.blocks, None, found.metadata)
        return Extraction(source.source_uri, None, (), rejected)
