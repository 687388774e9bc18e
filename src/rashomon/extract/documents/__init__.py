"""Documents that are no pages: mail, PDF, office documents; each gives its text (or a page) and its metadata."""

from __future__ import annotations

from collections.abc import Callable

from rashomon.extract.documents import docx, mail, pdf
from rashomon.extract.told import Told
from rashomon.model.records import Source

# Kinds of sources that are documents, each with its reader.
KINDS: dict[str, Callable[[Source], tuple[Told, ...]]] = {"mail": mail.read, "pdf": pdf.read, "docx": docx.read}


def read(source: Source) -> tuple[Told, ...]:
    """What a document tells: one value of the field `text` or `html`, and its metadata.

    Raises UnreadableSource, with reason and detail, where nothing can be read.
    """
    return KINDS[source.kind](source)
