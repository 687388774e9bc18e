"""Feeds (RSS, Atom) and sitemaps: their entries as records where they hold the text, as addresses where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from rashomon.model.records import Rejected, Source
from rashomon.read.addresses import is_address
from rashomon.read.intake import Address
from rashomon.read.opened import WHOLE_FILE, Opened, too_large
from rashomon.read.tables import dumped

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# Elements that hold an entry's parts, in the order in which they are believed; names without their namespaces.
_PARTS = {
    "html": ("encoded", "content"),
    "title": ("title",),
    "date": ("pubdate", "published", "issued", "date", "created"),
    "modified": ("updated", "modified"),
    "byline": ("creator", "author"),
}
# What tells of pictures and sound beside the entry: Media RSS, iTunes.
_BESIDE = ("{http://search.yahoo.com/mrss", "{http://www.itunes.com/")
# What sitemaps tell of a page: https://www.sitemaps.org/protocol.html, and Google's extension for news.
_NEWS = {"publication_date": "published", "lastmod": "modified", "title": "title", "name": "outlet"}
_NAMING = {"author": "name", "source": "title"}  # elements of Atom that tell a name inside
_FIELDS = {"date": "published"}  # of a record, as the table `metadata` names them
_SUMMARIES = ("description", "summary")
_MARKUP = re.compile(r"<[^<>]*>")
# A summary is a paragraph or two; an article is longer. Of feeds that put articles into `description`, this keeps them.
_ARTICLE = 1200  # characters without markup


def read(file: Opened, base: str | None = None) -> Iterator[Source | Rejected | Address]:
    """The entries of a feed and the addresses of a sitemap, in the document's order, each address once.

    `base` is the address that the document came from. An entry whose own text is long enough to be an article is a
    record (kind json: title, url, date, byline, outlet, html); any other is the address that it links to.
    """
    limit = WHOLE_FILE * file.max_bytes
    data = file.stream.read(limit + 1)
    if len(data) > limit:
        yield file.rejected("too large", too_large(limit))
        return
    root = _tree(data)
    if root is None:
        yield file.rejected("malformed", "It is no XML document.")
        return
    name = _name(root)
    base = _based(root, base)
    found = _sitemap(file, root, base) if name in ("urlset", "sitemapindex") else _entries(file, root, base)
    empty = True
    seen: set[str] = set()
    for item in found:
        empty = False
        if not isinstance(item, Address):
            yield item
        elif item.url not in seen:
            seen.add(item.url)
            yield item
    if empty:
        kind = "sitemap" if name in ("urlset", "sitemapindex") else "feed"
        told = name in ("urlset", "sitemapindex", "rss", "feed", "RDF")
        detail = f"The {kind} holds no entry." if told else f"It is XML, but no feed and no sitemap: <{name}>."
        yield file.rejected("empty" if told else "unsupported", detail)


def _tree(data: bytes) -> Any:
    # No entity is resolved and nothing is loaded; what is broken is mended as far as it goes.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _based(element: Any, base: str | None) -> str | None:
    """The address against which links inside an element stand."""
    own = element.get(_BASE)
    return urljoin(base or "", own) if own else base


def _sitemap(file: Opened, root: Any, base: str | None) -> Iterator[Address | Rejected]:
    for number, entry in enumerate(root, 1):
        place = next((part for part in entry if _name(part) == "loc"), None)
        told = _text(place) if place is not None else ""
        url = _joined(base, told)
        if url is not None:
            yield Address(url, file.uri, tuple(_told_by_sitemap(entry)))
        elif _name(entry) in ("url", "sitemap"):
            detail = f"Entry {number} tells no address that can be fetched: {told[:100]!r}."
            yield Rejected(file.at(number), "read", "no address", detail)


def _told_by_sitemap(entry: Any) -> Iterator[tuple[str, str, str]]:
    """What a sitemap tells of a page itself, not of the pictures on it."""
    for part in entry.iter():
        name = _name(part)
        if name in _NEWS and (name == "lastmod" or "sitemap-news" in part.tag) and _text(part):
            yield _NEWS[name], _text(part), f"sitemap {name}"


def _entries(file: Opened, root: Any, base: str | None) -> Iterator[Source | Rejected | Address]:
    channel = next((part for part in root if _name(part) == "channel"), root)
    outlet = next((_text(part) for part in channel if _name(part) == "title"), None)
    base = _based(channel, base) or next((u for p in channel if (u := _link(p, None)) is not None), None)
    entries = (e for e in root.iter() if _name(e) in ("item", "entry"))
    for number, entry in enumerate(entries, 1):
        yield _entry(file, number, entry, (outlet, _based(entry, base)))


def _entry(file: Opened, number: int, entry: Any, known: tuple[str | None, str | None]) -> Source | Rejected | Address:
    outlet, base = known
    parts: dict[str, str] = {}
    for part in entry:
        if isinstance(part.tag, str) and not part.tag.startswith(_BESIDE):
            parts.setdefault(_name(part).lower(), _text(part))
    links = [part for part in entry if _name(part) == "link" and part.get("rel", "alternate") == "alternate"]
    url = next((u for part in links if (u := _link(part, base)) is not None), None)
    if url is None and is_address(parts.get("guid", "").strip()):
        url = parts["guid"].strip()
    # An entry taken over from another feed names it; the name of this one says little of pages that it only links to.
    outlet = parts.get("source") or outlet
    record = {"outlet": outlet} if outlet else {}
    for field, names in _PARTS.items():
        told = next((parts[name] for name in names if parts.get(name)), None)
        if told:
            record[field] = told
    text = max((parts.get(name, "") for name in (*_PARTS["html"], *_SUMMARIES)), key=lambda t: len(_MARKUP.sub("", t)))
    if len(_MARKUP.sub("", text)) >= _ARTICLE or (url is None and text.strip()):
        record["html"] = text
        return file.record(url or number, dumped(record | ({"url": url} if url else {})))
    if url is not None:
        told_of = {_FIELDS.get(f, f): value for f, value in record.items() if f != "outlet" or "source" in parts}
        return Address(url, file.uri, tuple((field, value, f"feed {field}") for field, value in told_of.items()))
    return Rejected(file.at(number), "read", "no address", f"Entry {number} holds neither a text nor a link.")


def _text(element: Any) -> str:
    """What an element says: its text, or its markup where it holds elements (Atom's type xhtml)."""
    if len(element) and _name(element) in ("content", "summary"):
        return "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in element).strip()
    if len(element) and _name(element) in _NAMING:
        name = next((part for part in element if _name(part) == _NAMING[_name(element)]), None)
        return _text(name) if name is not None else ""
    return "".join(element.itertext()).strip()


def _link(part: Any, base: str | None) -> str | None:
    """The address that a `link` element names, absolute; None if it names none."""
    if _name(part) != "link" or part.get("rel", "alternate") != "alternate":
        return None
    return _joined(base, part.get("href") or _text(part))


def _joined(base: str | None, told: str) -> str | None:
    if not told.strip():
        return None
    try:
        url = urljoin(base or "", told.strip())
    except ValueError:
        return None
    return url if is_address(url) else None
