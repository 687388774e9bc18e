"""The formats of an export, and a part of a dossier written in one of them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rashomon.errors import QueryError
from rashomon.export.citation import bibtex, csl
from rashomon.export.cited import CitedArticle
from rashomon.export.follow_the_money import follow_the_money
from rashomon.export.lines import Line, lines
from rashomon.export.linked_data import json_ld
from rashomon.export.part import Part, part
from rashomon.export.tables import data
from rashomon.model.arrow import to_table
from rashomon.report.page import page
from rashomon.store.files import write_bytes
from rashomon.store.library import Library
from rashomon.store.selection import Selection


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is for people, its media type, and what writes a part of a dossier in it."""

    name: str
    help: str
    media: str
    suffix: str
    write: Callable[[Library, Part], bytes]


def _flat(form: str) -> Callable[[Library, Part], bytes]:
    return lambda _, chosen: data(to_table(Line, lines(chosen)), form)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _report(library: Library, chosen: Part) -> bytes:
    return page(Selection(library, [event.event_id for event in chosen.events])).encode("utf-8", "replace")


def _meant(chosen: Part) -> list[CitedArticle]:
    meant = set(chosen.chosen)
    return [article for article in chosen.articles if article.article_id in meant]


def _money(_: Library, chosen: Part) -> bytes:
    told = (json.dumps(proxy, ensure_ascii=False) + "\n" for proxy in follow_the_money(chosen))
    return "".join(told).encode("utf-8", "replace")


FORMATS = {
    form.name: form
    for form in (
        Format("csv", "a line for each passage", "text/csv; charset=utf-8", "csv", _flat("csv")),
        Format("jsonl", "the same as JSON lines", "application/jsonl", "jsonl", _flat("jsonl")),
        Format("parquet", "the same as Parquet", "application/vnd.apache.parquet", "parquet", _flat("parquet")),
        Format(
            "json",
            "the records, each with its passages, as one object",
            "application/json",
            "json",
            lambda _, chosen: _json(dataclasses.asdict(chosen)),
        ),
        Format(
            "jsonld",
            "schema.org: NewsArticle, Event, Claim, Quotation",
            "application/ld+json",
            "jsonld",
            lambda _, chosen: _json(json_ld(chosen)),
        ),
        Format("ftm", "FollowTheMoney, an entity a line", "application/jsonl", "ftm.json", _money),
        Format(
            "bib",
            "the articles as BibTeX",
            "application/x-bibtex; charset=utf-8",
            "bib",
            lambda _, chosen: bibtex(_meant(chosen)).encode("utf-8", "replace"),
        ),
        Format(
            "csl",
            "the articles as CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            "csl.json",
            lambda _, chosen: _json(csl(_meant(chosen))),
        ),
        Format("html", "a report of the events, as one page", "text/html; charset=utf-8", "html", _report),
    )
}
"""Every format by its name."""


def format_of(name: str) -> Format:
    """The format of that name; QueryError, listing them, if there is none."""
    if name not in FORMATS:
        raise QueryError(f"There is no format '{name}'; there are {', '.join(FORMATS)}.")
    return FORMATS[name]


def written(library: Library, ids: Sequence[str] | None, form: str) -> bytes:
    """A part of a dossier, or the whole where `ids` is None, in a format.

    QueryError for an id or a format that there is not.
    """
    return format_of(form).write(library, part(library, ids))


def export_part(library: Library, ids: Sequence[str] | None, form: str, out: Path) -> int:
    """Write a part of a dossier to a file, whole or not at all, and return its bytes. QueryError as `written`."""
    told = written(library, ids, form)
    write_bytes(out, told)
    return len(told)
