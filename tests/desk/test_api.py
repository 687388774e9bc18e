"""The REST API: as it describes itself, the same rows as the tables, one shape of pages, one shape of errors."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS
from starlette.testclient import TestClient

from rashomon.desk.api.app import api
from rashomon.desk.api.exports import Form
from rashomon.export.formats import FORMATS, written
from rashomon.export.part import KINDS, part
from rashomon.model.chronicle import Moment
from rashomon.model.records import Article, Claim, Difference, Event, Mention, Omission, Quotation, Wording
from rashomon.report.why import why
from rashomon.store.library import Library
from rashomon.store.search.hits import Within
from rashomon.store.tables import BY_RECORD

TOKEN = "a-token-of-the-test"
LISTS = {**KINDS, "mentions": Mention, "omissions": Omission, "wording": Wording, "timelines": Moment}


@pytest.fixture(scope="module")
def library(dossier):
    return Library.current(dossier.path)


@pytest.fixture(scope="module")
def client(dossier):
    return TestClient(api(dossier.path, TOKEN))


APP = api(Path("set.by.the.fixture"), TOKEN)
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)
_CHECKS = {check.__name__: check for check in CHECKS.get_all() if hasattr(check, "__name__")}


@schema.parametrize()
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_it_answers_as_it_describes_itself(case, dossier):
    APP.state.dossier = dossier.path
    # A search for signs only, without a word, is refused with words that say so; no schema can tell the two apart.
    refused = [_CHECKS["positive_data_acceptance"]] if case.path == "/search" else []
    case.call_and_validate(excluded_checks=refused)


def told(client, path, **asked):
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def every(client, path, **asked):
    """All pages of a list, seven rows at a time."""
    found, offset = [], 0
    while offset is not None:
        page = told(client, path, **asked, limit=7, offset=offset)
        assert page["limit"] == 7 and page["offset"] == offset and len(page["items"]) <= 7
        found += page["items"]
        offset = page["next"]
        assert (offset is None) == (len(found) == page["total"])
    return found


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_has_every_row_once(client, library, noun):
    spec = BY_RECORD[LISTS[noun]]
    items = every(client, f"/{noun}")
    assert len(items) == library.count(LISTS[noun]) > 0
    if spec.key:
        assert {item[spec.key] for item in items} == set(library.column(LISTS[noun], spec.key).to_pylist())


@pytest.mark.parametrize("noun", KINDS)
def test_a_row_alone_is_the_row_of_the_list_and_of_the_export(client, library, noun):
    whole = {getattr(row, BY_RECORD[KINDS[noun]].key): row for row in getattr(part(library), noun)}
    for identity, row in list(whole.items())[:5]:
        assert told(client, f"/{noun}/{identity}") == json.loads(json.dumps(dataclasses.asdict(row)))


def test_filters_keep_what_they_say(client, library):
    event = max(library.records(Event), key=lambda e: e.articles)
    article = library.of(Article, "event_id", event.event_id)[0]
    speaker = next(q.speaker_id for q in library.records(Quotation) if q.speaker_id)
    kept = library.of(Claim, "event_id", event.event_id)
    assert {c["claim_id"] for c in every(client, "/claims", event=event.event_id)} == {c.claim_id for c in kept}
    weights = [c["weight"] for c in every(client, "/claims")]
    assert weights == sorted(weights, reverse=True)
    for path, asked, fits in (
        ("/events", {"storyline": event.storyline_id}, lambda e: e["storyline_id"] == event.storyline_id),
        ("/events", {"outlet": "Tolmenia Herald"}, lambda e: "Tolmenia Herald" in e["outlets"]),
        ("/events", {"since": "2024-12-15"}, lambda e: e["latest"] >= "2024-12-15"),
        ("/events", {"until": "2023-12-31"}, lambda e: e["earliest"] <= "2023-12-31"),
        ("/articles", {"outlet": "Meridian Wire"}, lambda a: a["outlet"] == "Meridian Wire"),
        ("/articles", {"event": event.event_id}, lambda a: a["event_id"] == event.event_id),
        ("/entities", {"kind": "person"}, lambda e: e["kind"] == "person"),
        ("/entities", {"name": "DORV"}, lambda e: any("dorv" in v["text"].lower() for v in e["variants"])),
        ("/claims", {"status": "disputed"}, lambda c: c["status"] == "disputed"),
        (
            "/claims",
            {"article": article.article_id},
            lambda c: article.article_id in {p["article_id"] for p in c["passages"]},
        ),
        ("/differences", {"kind": "number", "confidence": 0.4}, lambda d: d["kind"] == "number"),
        (
            "/differences",
            {"article": article.article_id},
            lambda d: article.article_id in {s["article_id"] for s in d["sides"]},
        ),
        ("/quotations", {"speaker": speaker}, lambda q: q["speaker_id"] == speaker),
        ("/quotations", {"event": event.event_id}, lambda q: q["event_id"] == event.event_id),
        ("/timelines", {"storyline": event.storyline_id}, lambda m: m["storyline_id"] == event.storyline_id),
        ("/timelines", {"chosen": True}, lambda m: m["chosen"]),
        ("/utterances", {"event": event.event_id}, lambda u: u["event_id"] == event.event_id),
    ):
        some, whole = every(client, path, **asked), every(client, path)
        assert 0 < len(some) < len(whole), (path, asked)
        assert some == [row for row in whole if fits(row) and row.get("confidence", 1) >= asked.get("confidence", 0)]
    naming = every(client, "/articles", entity=speaker)
    assert {a["article_id"] for a in naming} == {m.article_id for m in library.of(Mention, "entity_id", speaker)}
    sure = [d["confidence"] for d in every(client, "/differences", event=event.event_id)]
    assert sure == sorted(sure, reverse=True) and len(sure) == len(library.of(Difference, "event_id", event.event_id))


def test_search_is_the_search(client, library):
    page = told(client, "/search", q="Dorvenko gas", kind=["claim", "quotation"], limit=3)
    found = library.search.find("Dorvenko gas", Within(kinds=("claim", "quotation")), limit=3)
    assert page["total"] == found.total and page["kinds"] == found.kinds
    assert page["items"] == json.loads(json.dumps([dataclasses.asdict(hit) for hit in found.hits]))


def test_a_passage_is_verbatim(client, library):
    article = library.records(Article)[0]
    passage = told(client, "/passages", article_id=article.article_id, start=10, end=40)
    assert passage["text"] == article.text[10:40]
    assert client.get(f"/passages?article_id={article.article_id}&start=40&end=10").status_code == 400


@pytest.mark.parametrize("of", ["article", "event", "difference", "entity", "spelling"])
def test_why_is_that_of_the_whole_dossier(client, dossier, library, of):
    records = {"article": Article, "event": Event, "difference": Difference}
    name = {"entity": "n-ae2d413f80dfb508", "spelling": "Mykhailo Dorvenka"}.get(of)
    if of == "entity":
        name = next(m.entity_id for m in library.records(Mention) if m.text == "Mykhailo Dorvenka")
    elif name is None:
        name = library.column(records[of], f"{of}_id")[0].as_py()
    assert told(client, f"/why/{name}") == json.loads(json.dumps(dataclasses.asdict(why(dossier, name))))


def test_exports_are_files_to_keep(client, library):
    event = library.records(Event)[0].event_id
    for form in FORMATS:
        answer = client.get(f"/export/events/{event}.{form}")
        assert answer.content == written(library, [event], form)
        assert answer.headers["content-disposition"] == f'attachment; filename="{event}.{FORMATS[form].suffix}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
    selection = client.get("/export/dossier.json", params={"of": [event]}).json()
    assert [e["event_id"] for e in selection["events"]] == [event]
    assert client.get("/export/tables/claims.csv").text.count("\n") >= library.count(Claim)
    assert set(Form.__args__) == set(FORMATS)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events/e-0", 404),
        ("/nothing", 404),
        ("/events?limit=0", 422),
        ("/events?limit=201", 422),
        ("/events?since=yesterday", 422),
        ("/search", 422),
        ("/search?q=%22", 400),
        ("/claims?status=odd", 422),
        ("/passages?article_id=a-0&start=0&end=1", 404),
        ("/why/nobody", 404),
        ("/export/events/a-0.csv", 404),
        ("/export/events/..%2F..%2Fmanifest.csv", 404),
        ("/export/tables/..%2Fmanifest.csv", 404),
        ("/export/tables/judgements%00.csv", 404),
        ("/export/nouns/e-0.csv", 404),
        ("/export/dossier.xls", 422),
        ("/../manifest.json", 404),
        ("/%2e%2e/manifest.json", 404),
    ],
)
def test_every_error_has_one_shape(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"title", "status", "detail"} and answer.json()["status"] == status


def test_what_is_not_allowed_says_what_is(client):
    answer = client.put("/events")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET" and answer.json()["status"] == 405


def test_a_dossier_that_is_gone_is_told(tmp_path):
    answer = TestClient(api(tmp_path / "none.dossier", TOKEN)).get("/events")
    assert answer.status_code == 503 and "is no dossier" in answer.json()["detail"]
