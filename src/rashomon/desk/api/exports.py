"""Any part of the dossier as a file to keep: /export/events/e-3f9a61b2c4d5e6f7.csv, /export/dossier.jsonld."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from rashomon.desk.api.pages import Shelf
from rashomon.errors import UnknownId
from rashomon.export import tables
from rashomon.export.formats import FORMATS, format_of, written
from rashomon.export.part import KINDS, kind
from rashomon.store.library import Library
from rashomon.store.tables import BY_NAME

router = APIRouter(tags=["export"])
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": f"A file: {', '.join(FORMATS)}.",
        "content": {form.media.partition(";")[0]: {"schema": {}} for form in FORMATS.values()},
    }
}
Form = Literal["csv", "jsonl", "parquet", "json", "jsonld", "ftm", "bib", "csl", "html"]
TableForm = Literal["csv", "jsonl", "parquet"]
_OF = "Ids of storylines, events, articles, entities, claims, differences, quotations; the whole where none is given."


@router.get("/export/dossier.{form}", response_class=Response, responses=_FILES)
def of_dossier(
    shelf: Shelf, form: Form, of: Annotated[list[str] | None, Query(max_length=1000, description=_OF)] = None
) -> Response:
    """The whole dossier, or a selection of it, as a file."""
    return _file(shelf, of, form, "selection" if of else shelf.path.stem)


@router.get("/export/tables/{table}.{form}", response_class=Response, responses=_FILES)
def of_table(shelf: Shelf, table: str, form: TableForm) -> Response:
    """A whole table as it is: csv, jsonl or parquet."""
    if table not in BY_NAME:
        raise UnknownId(f"There is no table '{table}'; there are {', '.join(BY_NAME)}.")
    return _answer(tables.data(shelf.dossier.table(table), form), form, table)


@router.get("/export/{noun}/{identity}.{form}", response_class=Response, responses=_FILES)
def of_one(shelf: Shelf, noun: str, identity: str, form: Form) -> Response:
    """One storyline, event, article, entity, claim, difference, quotation or utterance with what belongs to it."""
    if noun not in KINDS or kind(identity) is not KINDS[noun]:
        raise UnknownId(f"There is nothing called '{identity}' among {noun}; nouns are {', '.join(KINDS)}.")
    return _file(shelf, [identity], form, identity)


def _file(shelf: Library, of: Sequence[str] | None, form: str, name: str) -> Response:
    return _answer(written(shelf, of, form), form, name)


def _answer(data: bytes, form: str, name: str) -> Response:
    """A file to be kept, never shown: what is in it are strangers' words."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    headers = {"Content-Disposition": f'attachment; filename="{safe}.{format_of(form).suffix}"'}
    return Response(data, headers={**headers, "X-Content-Type-Options": "nosniff"}, media_type=format_of(form).media)
