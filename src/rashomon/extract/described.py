"""What a page's head says of its article: JSON-LD, Open Graph, meta elements, time elements, the address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from rashomon.extract import days
from rashomon.model.span import Interval

# Names of meta elements, in the order in which they are believed: the first that tells something is taken.
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
}
_ARTICLES = ("Article", "BlogPosting", "Report", "ForumPosting", "QAPage")  # ends of the names of schema.org's types
_FIELDS = {"published": ("datePublished", "dateCreated", "uploadDate"), "title": ("headline", "name")}
_LONGEST = 2_000_000  # characters of JSON-LD that are looked at
_NODES = 5000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page's markup or a record's fields say of an article; None where they say nothing."""

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    published: Interval | None = None
    basis: str = "unknown"
    evidence: str | None = None


def one_line(text: str) -> str:
    """A value with its white space collapsed."""
    return " ".join(text.split())


def host(url: str | None) -> str | None:
    """The host of an address without `www.`; None if there is no address or it has no host."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") or None if name else None


def dated(told: list[tuple[str, str]], url: str | None) -> tuple[Interval | None, str, str | None]:
    """The interval, basis and evidence from dates as (where it stands, what it says), else from the address."""
    for where, value in told:
        day = days.told(value)
        if day is not None:
            return day, "metadata", f"{where} {one_line(value)[:80]}"
    inside = days.in_url(url) if url else None
    if inside is not None:
        return inside[0], "url", f"address {inside[1]}"
    return None, "unknown", None


def described(root: Any) -> Metadata:
    """The metadata of a page; dates of modification are not dates of publication."""
    metas = _metas(root)
    linked = next((item for item in _linked_data(root) if _is_article(item)), {})

    def meta(field: str) -> str | None:
        return next((metas[name] for name in _META[field] if name in metas), None)

    canonical = next((link.get("href") for link in root.iterfind(".//link[@rel='canonical']")), None)
    addresses = (canonical, meta("url"), _name(linked.get("url")))
    url = next((address for address in addresses if address and address.startswith("http")), None)
    told = [
        (f"JSON-LD {name}", str(linked[name])) for name in _FIELDS["published"] if isinstance(linked.get(name), str)
    ]
    told.extend((f"meta {name}", metas[name]) for name in _META["published"] if name in metas)
    told.extend(_times(root))
    published, basis, evidence = dated(told, url)
    headline = next(filter(None, (_name(linked.get(name)) for name in _FIELDS["title"])), None)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or meta("language")
    return Metadata(
        outlet=_name(linked.get("publisher")) or meta("outlet") or host(url),
        url=url,
        title=headline or meta("title") or _heading(root),
        byline=_byline(_name(linked.get("author")) or meta("byline")),
        language=_language(language),
        published=published,
        basis=basis,
        evidence=evidence,
    )


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


def _byline(value: str | None) -> str | None:
    """Names, without a leading `By` and addresses of pages."""
    if value is None or value.startswith(("http:", "https:", "@")):
        return None
    return one_line(value[3:] if value[:3].lower() == "by " else value) or None


def _times(root: Any) -> Iterator[tuple[str, str]]:
    """Dates in elements that say that they are the date of publication."""
    for element in root.iter("time", "span"):
        marks = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        stamp = element.get("datetime") or element.get("content")
        if not stamp or any(word in marks for word in ("modif", "updat")):
            continue
        if element.get("pubdate") is not None or "publish" in marks or "entry-date" in marks:
            yield f"{element.tag} element", stamp


def _heading(root: Any) -> str | None:
    """The page's only first heading, or its title element."""
    headings = [one_line("".join(element.itertext())) for element in root.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = root.find(".//title")
    return one_line("".join(title.itertext())) or None if title is not None else None


def _language(value: str | None) -> str | None:
    """The first part of a language tag, lower-cased."""
    code = (value or "").replace("_", "-").split("-")[0].strip().lower()
    return code if 2 <= len(code) <= 3 and code.isalpha() else None
