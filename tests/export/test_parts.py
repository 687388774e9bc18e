"""A part of a dossier in every format: whole, verbatim, with the place of every passage."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from rashomon.errors import QueryError, SpanError
from rashomon.export import cited
from rashomon.export.formats import FORMATS, export_part, written
from rashomon.export.lines import Line, lines
from rashomon.export.part import KINDS, part
from rashomon.model.arrow import from_arrow
from rashomon.model.records import (
    Article,
    Claim,
    Difference,
    Entity,
    Event,
    Mention,
    Quotation,
    Storyline,
    Utterance,
    Wording,
)

NOUNS = [*KINDS, None]


def asked(some_ids, noun):
    return None if noun is None else [some_ids[noun]]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_line_of_a_part_is_verbatim_where_it_says(library, some_ids, noun):
    found = list(lines(part(library, asked(some_ids, noun))))
    assert found
    for line in found:
        assert library.text(line.article_id)[line.start : line.end] == line.text
        assert line.outlet == library.one(Article, line.article_id).outlet


def test_the_whole_holds_every_row(library):
    whole = part(library)
    for record, rows in (
        (Storyline, whole.storylines),
        (Event, whole.events),
        (Article, whole.articles),
        (Entity, whole.entities),
        (Claim, whole.claims),
        (Difference, whole.differences),
        (Quotation, whole.quotations),
        (Utterance, whole.utterances),
        (Wording, whole.wording),
    ):
        assert len(rows) == library.count(record)
    names = {entity.entity_id: {p.text for p in entity.passages} for entity in whole.entities}
    assert all(names.values())


def test_an_event_brings_what_is_its_own(library, some_ids):
    event = library.one(Event, some_ids["events"])
    found = part(library, [event.event_id])
    assert [e.event_id for e in found.events] == [event.event_id]
    assert len(found.articles) == len(found.chosen) == event.articles
    assert {c.claim_id for c in found.claims} == {c.claim_id for c in library.of(Claim, "event_id", event.event_id)}
    told_in = set(found.events[0].article_ids)
    assert {q.article_id for q in found.quotations} <= told_in


def test_an_actor_brings_what_it_said_and_where_it_is_named(library, some_ids):
    found = part(library, [some_ids["entities"]])
    said = {q.quotation_id for q in library.of(Quotation, "speaker_id", some_ids["entities"])}
    assert said <= {q.quotation_id for q in found.quotations}
    assert all(q.speaker_id == some_ids["entities"] for q in found.quotations if q.quotation_id in said)
    named = {m.article_id for m in library.of(Mention, "entity_id", some_ids["entities"])}
    assert named <= {a.article_id for a in found.articles}
    assert {w.entity_id for w in found.wording} <= {some_ids["entities"]}


def test_several_things_are_one_part(library, some_ids):
    both = part(library, [some_ids["claims"], some_ids["differences"]])
    assert [c.claim_id for c in both.claims] == [some_ids["claims"]]
    assert [d.difference_id for d in both.differences] == [some_ids["differences"]]


@pytest.mark.parametrize("noun", NOUNS)
def test_the_flat_formats_hold_the_same_lines(library, some_ids, noun):
    ids = asked(some_ids, noun)
    wanted = list(lines(part(library, ids)))
    assert from_arrow(Line, pq.read_table(io.BytesIO(written(library, ids, "parquet")))) == wanted
    rows = [json.loads(line) for line in written(library, ids, "jsonl").decode().splitlines()]
    assert [Line(**row) for row in rows] == wanted
    cells = list(csv.DictReader(io.StringIO(written(library, ids, "csv").decode(), newline="")))
    assert [(cell["id"], cell["text"], int(cell["start"])) for cell in cells] == [
        (x.id, x.text, x.start) for x in wanted
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("noun", NOUNS)
def test_the_same_part_gives_the_same_bytes(library, some_ids, noun, form):
    assert written(library, asked(some_ids, noun), form) == written(library, asked(some_ids, noun), form) != b""


def test_a_report_of_one_event_tells_that_event_only(library, some_ids):
    html = written(library, [some_ids["events"]], "html").decode()
    others = {a.article_id for a in library.records(Article) if a.event_id != some_ids["events"]}
    assert html.startswith("<!doctype html>") and not any(article in html for article in others)


@pytest.mark.parametrize("ids", [["e-0"], ["x-1"], [""], ["../e-1"], ["j-1"]])
def test_an_id_that_is_none_is_refused(library, ids):
    with pytest.raises(QueryError):
        part(library, ids)


def test_a_format_that_is_none_is_refused(library, tmp_path):
    with pytest.raises(QueryError, match="no format 'xls'"):
        export_part(library, None, "xls", tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_passages_are_cut_where_they_fit_and_refused_where_not(library, some_ids):
    article = library.one(Article, some_ids["articles"])
    assert cited.passage(library, article.article_id, 3, 17).text == article.text[3:17]
    with pytest.raises(SpanError):
        cited.passage(library, article.article_id, 3, len(article.text) + 1)
    with pytest.raises(QueryError):
        cited.passage(library, "a-0", 0, 1)
