"""What a page says of its article: JSON-LD, Open Graph, meta elements, microdata, time elements, headings."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

from rashomon.extract.told import Told, one_line

# Names of meta elements, in the order in which they are believed.
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline", "title"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "byline": ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl", "twitter:creator"),
    "url": ("og:url", "twitter:url"),
    "language": ("og:locale", "content-language", "dc.language"),
    "published": (
        *("article:published_time", "article:published", "og:published_time", "datepublished", "date_published"),
        *("publish_date", "publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date"),
        *("dcterms.created", "dc.date.created", "citation_publication_date", "article.published", "cxenseparse:recs:"),
        *("originalpublicationdate", "article_date_original", "displaydate", "date"),
    ),
    "modified": (
        *("article:modified_time", "og:updated_time", "article:modified", "datemodified", "date_modified"),
        *("lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "article.updated", "revised"),
    ),
}
_ARTICLES = ("Article", "BlogPosting", "Report", "ForumPosting", "QAPage")  # ends of the names of schema.org's types
_SCHEMA = {  # properties of schema.org by field
    "title": ("headline", "name"),
    "byline": ("author",),
    "outlet": ("publisher",),
    "url": ("url",),
    "language": ("inLanguage",),
    "published": ("datePublished", "dateCreated", "uploadDate"),
    "modified": ("dateModified",),
}
# The order in which kinds of places are believed, by field: JSON-LD first for days and people, as editors' systems
# write it; what stands in the visible page last.
_FIRST_PAGES, _NO_CLOCK = "1995-01-01", "2100-01-01"  # today would make the same page read otherwise tomorrow
_LONGEST = 2_000_000  # characters of JSON-LD that are looked at
_NODES = 5000
_MOST_MICRODATA = 200


def described(root: Any) -> tuple[Told, ...]:
    """All that the page's places tell of its article, of each field the most reliable place first."""
    metas = _metas(root)
    linked = next((item for item in _linked_data(root) if _is_article(item)), {})
    found = [*_canonical(root), *_of_linked(linked), *_of_metas(metas), *_microdata(root), *_times(root)]
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        found.insert(0, Told("language", language, "html lang"))
    return (*found, *_headings(root))


def searched(root: Any, latest: str | None, modified: str | None) -> tuple[Told, ...]:
    """The day that htmldate finds in a page's markup and the words around it, where none of its places names one.

    `latest` is a stamp that the page cannot be younger than. A day that is told as that of the last change (`modified`)
    is not taken for that of publication. Right for 47 of 53 such pages of task `pages`.
    """
    import htmldate

    last = (latest or _NO_CLOCK)[:10]
    try:
        day = htmldate.find_date(root, extensive_search=False, original_date=True, min_date=_FIRST_PAGES, max_date=last)
    except (ValueError, TypeError, OverflowError, RecursionError):  # a page that htmldate was not made for
        return ()
    return (Told("published", day, "htmldate"),) if day and day != (modified or "")[:10] else ()


def _of_linked(item: dict[str, Any]) -> Iterator[Told]:
    for field, names in _SCHEMA.items():
        for name in names:
            value = _name(item.get(name))
            if value:
                yield Told(field, value, f"JSON-LD {name}")


def _of_metas(metas: dict[str, str]) -> Iterator[Told]:
    for field, names in _META.items():
        for name in names:
            if name in metas:
                yield Told(field, metas[name], f"meta {name}")


def _canonical(root: Any) -> Iterator[Told]:
    for link in root.iterfind(".//link[@rel='canonical']"):
        if link.get("href"):
            yield Told("url", link.get("href"), "link canonical")
            return


def _metas(root: Any) -> dict[str, str]:
    """Meta elements by lower-cased name, property or itemprop; the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = one_line(element.get("content") or "")
        if name and value:
            found.setdefault(name.strip().lower(), value)
    return found


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, outer ones first; what does not parse is passed over."""
    left = _NODES
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LONGEST:
            continue
        try:
            waiting = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and left:
            left -= 1
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))


def _is_article(item: dict[str, Any]) -> bool:
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(_ARTICLES) for k in kinds)


def _name(value: object) -> str | None:
    """A string, the name of an object, or the names in a list."""
    if isinstance(value, str):
        return one_line(value) or None
    if isinstance(value, dict):
        name = value.get("name")
        return _name(name) if isinstance(name, str | list) else None
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_name, value[:20])))) or None
    return None


def _microdata(root: Any) -> Iterator[Told]:
    """Properties of schema.org in attributes: `itemprop`, and `property` as RDFa writes it."""
    fields = {name.lower(): field for field, names in _SCHEMA.items() if field not in ("url",) for name in names[:1]}
    for element in root.xpath("//*[@itemprop or @property][not(self::meta)]")[:_MOST_MICRODATA]:
        marks = element.get("itemprop") or (element.get("property") or "").removeprefix("schema:")
        for mark in marks.lower().split():
            field = fields.get(mark)
            value = element.get("content") or element.get("datetime") or "".join(element.itertext())
            if field and value.strip() and len(value) < 1000:
                yield Told(field, value, f"microdata {mark}")


def _times(root: Any) -> Iterator[Told]:
    """Dates in elements that say what they are the date of."""
    dated = (element for element in root.iter("time", "span") if element.get("datetime") or element.get("content"))
    for element in itertools.islice(dated, _MOST_MICRODATA):
        marks = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        stamp = element.get("datetime") or element.get("content")
        if "modif" in marks or "updat" in marks:
            yield Told("modified", stamp, f"{element.tag} element")
        elif element.get("pubdate") is not None or "publish" in marks or "entry-date" in marks:
            yield Told("published", stamp, f"{element.tag} element")


def _headings(root: Any) -> Iterator[Told]:
    """The page's only first heading, and its title element."""
    headings = [one_line("".join(element.itertext())) for element in root.iter("h1")]
    if len(headings) == 1 and headings[0]:
        yield Told("title", headings[0], "h1")
    title = root.find(".//title")
    told = one_line("".join(title.itertext())) if title is not None else ""
    if told:
        yield Told("title", told, "title element")
