"""What the places of a source tell of its article, and which of them is believed."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rashomon.extract import days
from rashomon.model.span import Interval

FIELDS = ("title", "byline", "outlet", "url", "language", "published", "modified")
_TAG = re.compile(r"</?(?:a|b|br|em|i|p|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\S+@\S+ \((.+)\)$")  # as RSS has it: ann@gazette.example (Ann Orr)
_LONGEST = 500  # characters of a value that are kept as evidence


@dataclass(frozen=True, slots=True)
class Told:
    """One value, and where it stands: `JSON-LD headline`, `meta og:title`, `field title`, `mail header From`."""

    field: str  # one of FIELDS; in a record also text or html
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is believed of an article, and all that was told of it; None where nothing was."""

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    published: Interval | None = None
    basis: str = "unknown"
    evidence: str | None = None
    modified: str | None = None
    values: tuple[tuple[Told, bool], ...] = ()  # each with whether it was believed


def one_line(text: str) -> str:
    """A value with its white space collapsed."""
    return " ".join(text.split())


def shown(value: str) -> str:
    """A value as a reader sees it: editors' systems write entities and tags of HTML where none belong."""
    if "&" in value or "<" in value:
        value = html.unescape(_TAG.sub("", value)) if _ENTITY.search(value) or _TAG.search(value) else value
    return one_line(value)


def host(url: str | None) -> str | None:
    """The host of an address without `www.`; None if there is no address or it has no host."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") or None if name else None


def settled(told: Sequence[Told]) -> Metadata:
    """The first usable value of each field, in the order told; a day in the address where no field tells one."""
    readings = {"title": shown, "byline": _byline, "outlet": _outlet, "url": _address, "language": _language}
    chosen: dict[str, tuple[Told, str]] = {}
    dates: dict[str, tuple[Told, Interval]] = {}
    for item in told:
        if item.field in ("published", "modified"):
            day = days.told(item.value) if item.field not in dates else None
            if day is not None:
                dates[item.field] = (item, day)
        elif item.field in FIELDS and item.field not in chosen:
            value = readings.get(item.field, one_line)(item.value)
            if value:
                chosen[item.field] = (item, value)
    address = chosen["url"][1] if "url" in chosen else None
    if "outlet" not in chosen and (name := host(address)):
        chosen["outlet"] = (Told("outlet", name, "host of the address"), name)
    published, basis, evidence, stands = _dated(dates.get("published"), address)
    used = {id(item) for item, _ in [*chosen.values(), *dates.values()]}
    best = {field: text for field, (_, text) in chosen.items()}
    modified = dates.get("modified")
    derived = (item for item in (chosen.get("outlet", (None,))[0], stands) if item is not None and item not in told)
    return Metadata(
        outlet=best.get("outlet"),
        url=best.get("url"),
        title=best.get("title"),
        byline=best.get("byline"),
        language=best.get("language"),
        published=published,
        basis=basis,
        evidence=evidence,
        modified=(days.moment(modified[0].value) or modified[1].earliest.isoformat()) if modified else None,
        values=(
            *((item, id(item) in used) for item in told if item.field in FIELDS and one_line(item.value)),
            *((item, True) for item in derived),
        ),
    )


def _dated(told: tuple[Told, Interval] | None, url: str | None) -> tuple[Interval | None, str, str | None, Told | None]:
    """The interval of publication, its basis, its evidence, and what told it: a field, else the address."""
    if told is not None:
        item, day = told
        return day, "metadata", f"{item.origin} {one_line(item.value)[:80]}", item
    inside = days.in_url(url) if url else None
    if inside is not None:
        return inside[0], "url", f"address {inside[1]}", Told("published", inside[1], "path of the address")
    return None, "unknown", None, None


def kept(value: str) -> str:
    """A value as it stands in the table: white space collapsed, its beginning if it is very long."""
    return one_line(value)[:_LONGEST]


def _address(value: str) -> str | None:
    value = value.strip()
    return value if value.startswith(("http://", "https://")) else None


def _outlet(value: str) -> str | None:
    return host(value) or shown(value)


def _byline(value: str) -> str | None:
    """Names, without a leading `By`; addresses of pages are none."""
    value = _ADDRESSED.sub(r"\1", shown(value))
    if value.startswith(("http:", "https:", "@")):
        return None
    return (value[3:] if value[:3].lower() == "by " else value) or None


def _language(value: str) -> str | None:
    """The first part of a language tag, lower-cased."""
    code = value.replace("_", "-").split("-")[0].strip().lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None
