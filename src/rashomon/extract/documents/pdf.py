"""PDF documents, read by pypdf: the words of their pages in the order in which they were set."""

from __future__ import annotations

import io
import logging
import re

from rashomon.errors import UnreadableSource
from rashomon.extract.told import Told
from rashomon.model.records import Source

_MOST_PAGES = 2000
_MOST_CHARACTERS = 20_000_000
_PROPERTIES = {"/Title": "title", "/Author": "byline", "/CreationDate": "published", "/ModDate": "modified"}
_STAMP = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
# Names that programs give to documents of their own accord.
_NO_TITLE = re.compile(r"^(?:untitled|microsoft word\b.*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt))$", re.IGNORECASE)


def read(source: Source) -> tuple[Told, ...]:
    """The text of all pages, a blank line between them, and the document's properties."""
    import pypdf  # late: a run without PDF files does not pay for it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is no news to a reader
    try:
        document = pypdf.PdfReader(io.BytesIO(source.data), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise UnreadableSource(source.source_uri, "extract", "encrypted", "The PDF asks for a password.")
        text = _text(document)
        told = _properties(document)
    except UnreadableSource:
        raise
    except Exception as error:  # pypdf raises errors of many kinds on damaged files, some of them Python's own
        detail = f"The PDF is damaged: {type(error).__name__}: {str(error)[:200]}."
        raise UnreadableSource(source.source_uri, "extract", "malformed", detail) from error
    if not any(map(str.isalpha, text)):
        detail = "Its pages hold no letters, pictures at most: recognise its text (OCR) first."
        raise UnreadableSource(source.source_uri, "extract", "no text", detail)
    return (Told("text", text, "PDF pages"), *told)


def _text(document: object) -> str:
    pages: list[str] = []
    length = 0
    for page in document.pages[:_MOST_PAGES]:  # type: ignore[attr-defined]
        words = page.extract_text().encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()
        if words:
            pages.append(words)
            length += len(words)
        if length > _MOST_CHARACTERS:
            raise ValueError(f"its pages hold more than {_MOST_CHARACTERS:,} characters")
    return "\n\n".join(pages)


def _properties(document: object) -> tuple[Told, ...]:
    found = []
    for name, field in _PROPERTIES.items():
        value = (document.metadata or {}).get(name)  # type: ignore[attr-defined]
        told = str(value).strip() if value is not None else ""
        stamp = _STAMP.match(told)
        if stamp is not None:
            told = "-".join(stamp.groups())
        if told and not (field == "title" and _NO_TITLE.match(told)):
            found.append(Told(field, told, f"PDF property {name[1:]}"))
    return tuple(found)
