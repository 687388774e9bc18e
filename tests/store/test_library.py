"""The open dossier answers as the dossier itself does, row for row, and notices when it changed."""

import shutil

import pytest

import rashomon
from rashomon.errors import QueryError
from rashomon.model import records
from rashomon.model.records import Article, Claim, Difference, Entity, Event, Mention, Quotation
from rashomon.report.page import page
from rashomon.store.library import Library
from rashomon.store.selection import Selection
from rashomon.store.tables import TABLES


@pytest.fixture(scope="module")
def library(dossier):
    return Library(dossier)


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.name)
def test_it_holds_the_rows_of_every_table_in_their_order(dossier, library, spec):
    rows = dossier.records(spec.record)
    assert library.records(spec.record) == rows
    assert library.count(spec.record) == len(rows)
    if spec.key:
        assert all(library.one(spec.record, getattr(row, spec.key)) == row for row in rows)


@pytest.mark.parametrize(("record", "column"), [(Claim, "event_id"), (Mention, "entity_id"), (Quotation, "speaker_id")])
def test_rows_of_a_value_are_those_that_have_it(dossier, library, record, column):
    rows = dossier.records(record)
    for value in {getattr(row, column) for row in rows} - {None}:
        assert library.of(record, column, value) == [row for row in rows if getattr(row, column) == value]
    values = sorted({getattr(row, column) for row in rows} - {None})[:3]
    assert library.of_any(record, column, values) == [row for row in rows if getattr(row, column) in values]
    assert library.of(record, column, "nothing") == [] == library.of_any(record, column, [])


def test_what_is_not_there_is_told(library):
    assert library.find(Event, "e-0") is None
    for ask in (
        lambda: library.one(Event, "e-0"),
        lambda: library.text("a-0"),
        lambda: library.find(records.Block, ""),
    ):
        with pytest.raises(QueryError):
            ask()


def test_texts_are_the_articles_own(dossier, library):
    assert all(library.text(a.article_id) == a.text for a in dossier.records(Article))


def test_it_is_opened_anew_when_the_dossier_changed(dossier, tmp_path):
    own = shutil.copytree(dossier.path, tmp_path / "own.dossier")
    before = Library.current(own)
    assert Library.current(own) is before
    more = tmp_path / "more.txt"
    more.write_text("The harbour of Valdinsk is open again, said a clerk of the port on Monday.\n" * 3)
    rashomon.read([more], into=own)
    after = Library.current(own)
    assert after is not before and after.count(Article) == before.count(Article) + 1


def test_a_selection_of_all_events_makes_the_same_report(dossier, library):
    everything = Selection(library, [e.event_id for e in dossier.events()])
    assert page(everything) == page(dossier)


def test_a_selection_of_one_event_holds_what_is_its_own(dossier, library):
    event = dossier.events()[0]
    some = Selection(library, [event.event_id])
    assert some.records(Event) == [event]
    articles = {a.article_id for a in some.records(Article)}
    assert len(articles) == event.articles
    assert some.records(Claim) == [c for c in dossier.records(Claim) if c.event_id == event.event_id]
    assert some.records(Difference) == [d for d in dossier.records(Difference) if d.event_id == event.event_id]
    assert {m.article_id for m in some.records(Mention)} <= articles
    assert {m.entity_id for m in some.records(Mention)} - {None} <= {e.entity_id for e in some.records(Entity)}
    assert event.title in page(some)
