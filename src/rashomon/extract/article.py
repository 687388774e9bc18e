"""A source to an article: its text, its blocks, and what its metadata say."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass

from rashomon.errors import UnreadableSource
from rashomon.extract import roles
from rashomon.extract.decoding import decode
from rashomon.extract.described import Metadata, dated, described, host, one_line
from rashomon.extract.lines import paragraphs
from rashomon.extract.tongue import language_of
from rashomon.extract.visible import tree, visible
from rashomon.model.identity import identify
from rashomon.model.records import Article, Block, Source
from rashomon.model.span import Span


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article and its blocks: in reading order, apart from each other, together all its non-blank characters."""

    article: Article
    blocks: tuple[Block, ...]


def extract(source: Source) -> Extracted:
    """The article of a source. UnreadableSource, with reason and detail, where there is none."""
    if source.kind == "json":
        return _of_record(source)
    decoded = decode(source.data, page=source.kind == "html")
    if decoded is None:
        raise _none(source, "encoding", "The bytes fit no known encoding; save the file as UTF-8.")
    found = _of_page(source, decoded.text) if source.kind == "html" else _of_text(source, decoded.text, Metadata())
    article = dataclasses.replace(found.article, encoding=decoded.told)
    return dataclasses.replace(found, article=article)


def _none(source: Source, reason: str, detail: str) -> UnreadableSource:
    return UnreadableSource(source.source_uri, "extract", reason, detail)


def _of_text(source: Source, text: str, found: Metadata) -> Extracted:
    text = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    if not text.strip():
        raise _none(source, "empty", "There is no text in it.")
    if not any(char.isalpha() for char in text):
        raise _none(source, "no words", "There is not one letter in it.")
    spans = paragraphs(text)
    labels = roles.label(text, spans)
    return assembled(source, text, list(zip(spans, labels, strict=True)), found)


def _of_page(source: Source, markup: str) -> Extracted:
    root = tree(markup)
    if root is None:
        raise _none(source, "empty", "There is no element in the page.")
    page = visible(root)
    if not page.text:
        raise _none(source, "no text", "The page shows no text of its own: scripts or frames only.")
    if not any(map(str.isalpha, page.text)):
        raise _none(source, "no words", "There is not one letter in the page's visible text.")
    found = described(root)
    labels = roles.label_page(page, found.title)
    return assembled(
        source, page.text, [(line.span, label) for line, label in zip(page.lines, labels, strict=True)], found
    )


def assembled(source: Source, text: str, parts: list[tuple[Span, tuple[str, float]]], found: Metadata) -> Extracted:
    """The records of an article, given its text, its labelled paragraphs and its metadata."""
    title = found.title or next((one_line(span.of(text)) for span, (role, _) in parts if role == "title"), None)
    own = "\n".join(span.of(text) for span, (role, _) in parts if role in ("title", "body"))
    article_id = identify("a", found.outlet or "", found.url or "", text)
    day = found.published
    article = Article(
        article_id=article_id,
        outlet=found.outlet,
        url=found.url,
        title=title,
        byline=found.byline,
        language=found.language or language_of(own),
        published_earliest=day.earliest.isoformat() if day else None,
        published_latest=day.latest.isoformat() if day else None,
        published_best=day.earliest.isoformat() if day and day.days == 1 else None,
        published_basis=found.basis if day else "unknown",
        published_evidence=found.evidence if day else None,
        text=text,
        source_uri=source.source_uri,
        source_sha256=source.sha256,
    )
    blocks = tuple(Block(article_id, span.start, span.end, role, round(sure, 3)) for span, (role, sure) in parts)
    return Extracted(article, blocks)


@functools.cache
def _fields() -> dict[str, str]:
    """Names that a field may have, lower-cased, each with what it holds; read from fields.tsv."""
    table = importlib.resources.files("rashomon.extract").joinpath("fields.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {name: field for field, names in rows for name in names.split()}


def _of_record(source: Source) -> Extracted:
    try:
        record = json.loads(source.data)
    except (ValueError, RecursionError) as error:
        raise _none(source, "malformed", f"It is no JSON: {str(error)[:200]}") from None
    if not isinstance(record, dict):
        raise _none(source, "malformed", "It is JSON, but no object with fields.")
    values = _mapped(record)
    text = values.get("text")
    if text is None:
        names = ", ".join(sorted(map(str, record)))[:200]
        raise _none(source, "no text field", f"None of its fields holds a text; it has: {names}.")
    return _of_text(source, text, _described(values))


def _mapped(record: Mapping[str, object]) -> dict[str, str]:
    """The fields that are known, under our names; of several names for one thing the first in the table."""
    given = {str(name).strip().lower(): value for name, value in reversed(list(record.items()))}
    values: dict[str, str] = {}
    for name, field in _fields().items():
        told = _words(given.get(name))
        if field not in values and told:
            values[field] = told
    return values


def _words(value: object) -> str | None:
    """A field's value as a string: itself, a number, the names in a list or the `name` of an object."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(int(value)) if value == value and abs(value) < 1e15 else None
    if isinstance(value, dict):
        return _words(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:20]))) or None
    return None


def _described(values: Mapping[str, str]) -> Metadata:
    url = values.get("url")
    outlet, title, byline = values.get("outlet"), values.get("title"), values.get("byline")
    published, basis, evidence = dated([("field", values["date"])] if "date" in values else [], url)
    return Metadata(
        outlet=host(outlet) or one_line(outlet) if outlet else host(url),
        url=url,
        title=one_line(title) if title else None,
        byline=one_line(byline) if byline else None,
        language=values.get("language"),
        published=published,
        basis=basis,
        evidence=evidence,
    )
