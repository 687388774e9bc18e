"""A source to an article: its text, its blocks, and what its metadata say."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

from rashomon.errors import UnreadableSource
from rashomon.extract import documents, records, roles
from rashomon.extract.decoding import decode
from rashomon.extract.described import described, searched
from rashomon.extract.lines import paragraphs
from rashomon.extract.notices import parted
from rashomon.extract.told import Metadata, Told, kept, one_line, settled
from rashomon.extract.tongue import language_of
from rashomon.extract.unshown import why_unshown
from rashomon.extract.visible import is_markup, tree, visible
from rashomon.model.identity import identify
from rashomon.model.records import Article, Block, MetadataValue, Source
from rashomon.model.span import Span


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article and its blocks: in reading order, apart from each other, together all its non-blank characters."""

    article: Article
    blocks: tuple[Block, ...]
    metadata: tuple[MetadataValue, ...] = ()


def extract(source: Source) -> Extracted:
    """The article of a source. UnreadableSource, with reason and detail, where there is none."""
    if source.kind == "json":
        return _of_fields(source, records.told(source))
    if source.kind in documents.KINDS:
        return _of_fields(source, documents.read(source))
    decoded = decode(source.data, page=source.kind == "html", declared=source.charset)
    if decoded is None:
        raise _none(source, "encoding", "The bytes fit no known encoding; save the file as UTF-8.")
    found = _of_page(source, decoded.text) if source.kind == "html" else _of_text(source, decoded.text)
    article = dataclasses.replace(found.article, encoding=decoded.told)
    return dataclasses.replace(found, article=article)


def _of_fields(source: Source, told: tuple[Told, ...]) -> Extracted:
    """The article of a record or a document: its text, or the page that one of its fields holds."""
    text = next((item for item in told if item.field in ("html", "text")), None)
    if text is None:
        raise _none(source, "no text field", "None of its fields holds a text.")
    page = text.field == "html" or is_markup(text.value)
    return _of_page(source, text.value, told) if page else _of_text(source, text.value, told)


def _none(source: Source, reason: str, detail: str) -> UnreadableSource:
    return UnreadableSource(source.source_uri, "extract", reason, detail)


def _of_text(source: Source, text: str, told: tuple[Told, ...] = ()) -> Extracted:
    text = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    if not text.strip():
        raise _none(source, "empty", "There is no text in it.")
    if not any(char.isalpha() for char in text):
        raise _none(source, "no words", "There is not one letter in it.")
    spans = paragraphs(text)
    parts = parted(text, list(zip(spans, roles.label(text, spans), strict=True)))
    return assembled(source, text, parts, _settled(source, told))


def _of_page(source: Source, markup: str, told: tuple[Told, ...] = ()) -> Extracted:
    root = tree(markup)
    if root is None:
        raise _none(source, "empty", "There is no element in the page.")
    page = visible(root)
    unshown = why_unshown(root, page.text)
    if unshown is not None:
        raise _none(source, *unshown)
    if not any(map(str.isalpha, page.text)):
        raise _none(source, "no words", "There is not one letter in the page's visible text.")
    described_so = (*told, *described(root))
    found = _settled(source, described_so)
    if found.published is None:
        found = _settled(source, (*described_so, *searched(root, source.retrieved, found.modified)))
    del root  # it may be large, and so may be what the lines are weighed with
    labels = roles.label_page(page, found.title)
    return assembled(
        source, page.text, [(line.span, label) for line, label in zip(page.lines, labels, strict=True)], found
    )


def _settled(source: Source, told: tuple[Told, ...]) -> Metadata:
    """What is believed of what was told, the source's own first, then what a feed told of it, and where it was."""
    named = tuple(Told(*item) for item in json.loads(source.named)) if source.named else ()
    fetched = (Told("url", source.url, "address fetched"),) if source.url else ()
    return settled((*told, *named, *fetched))


def assembled(source: Source, text: str, parts: list[tuple[Span, tuple[str, float]]], found: Metadata) -> Extracted:
    """The records of an article, given its text, its labelled paragraphs and its metadata."""
    own = "\n".join(span.of(text) for span, (role, _) in parts if role in ("title", "body"))
    heading = next((one_line(span.of(text)) for span, (role, _) in parts if role == "title"), None)
    title, language = found.title or heading, found.language or language_of(own)
    # What no place of the source tells is told by the text itself.
    read = (
        ("title", title, found.title, "headline in the text"),
        ("language", language, found.language, "words of the text"),
    )
    values = (
        *found.values,
        *((Told(f, value, origin), True) for f, value, told, origin in read if value and not told),
    )
    article_id = identify("a", found.outlet or "", found.url or "", text)
    day = found.published
    article = Article(
        article_id=article_id,
        outlet=found.outlet,
        url=found.url,
        title=title,
        byline=found.byline,
        language=language,
        published_earliest=day.earliest.isoformat() if day else None,
        published_latest=day.latest.isoformat() if day else None,
        published_best=day.earliest.isoformat() if day and day.days == 1 else None,
        published_basis=found.basis if day else "unknown",
        published_evidence=found.evidence if day else None,
        text=text,
        source_uri=source.source_uri,
        source_sha256=source.sha256,
        modified=found.modified,
        retrieved=source.retrieved,
    )
    metadata = tuple(
        MetadataValue(article_id, item.field, kept(item.value), item.origin, used) for item, used in values
    )
    blocks = tuple(Block(article_id, span.start, span.end, role, round(sure, 3)) for span, (role, sure) in parts)
    return Extracted(article, blocks, tuple(dict.fromkeys(metadata)))
