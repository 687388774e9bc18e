"""Judgements over REST: only with the token, applied before it is answered, withdrawn and not erased."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

import rashomon
from rashomon.desk import ahead
from rashomon.desk.api.app import api
from rashomon.desk.app import application
from rashomon.model.records import Article, Difference, Entity
from rashomon.store.verify import verify

TOKEN = "a-token-of-the-test"
SIGNED = {"X-Rashomon-Token": TOKEN}


@pytest.fixture
def own(dossier, tmp_path):
    return shutil.copytree(dossier.path, tmp_path / "own.dossier")


@pytest.fixture
def client(own):
    return TestClient(api(own, TOKEN))


@pytest.mark.parametrize("headers", [{}, {"X-Rashomon-Token": "another"}, {"Authorization": f"Bearer {TOKEN}"}])
def test_without_the_token_nothing_is_written(client, own, headers):
    before = {p: p.read_bytes() for p in own.glob("*.json*")}
    asked = {"verb": "merge", "about": ["Mikhail Dorvenko", "Pavel Dorvenko"]}
    for path, body in (("/judgements", asked), ("/judgements", {"nonsense": 1}), ("/judgements/j-0/retire", None)):
        answer = client.post(path, json=body, headers=headers)
        assert answer.status_code in (401, 422) and answer.headers["content-type"] == "application/problem+json"
    assert client.post("/judgements", json=asked, headers=headers).status_code == 401
    assert {p: p.read_bytes() for p in own.glob("*.json*")} == before


def test_a_judgement_is_given_seen_and_withdrawn(client, own):
    before = {e.entity_id for e in rashomon.open(own).records(Entity)}
    body = {"verb": "merge", "about": ["Mikhail Dorvenko", "Pavel Dorvenko"], "why": "a test", "by": "Mo"}
    answer = client.post("/judgements", json=body, headers=SIGNED)
    assert answer.status_code == 201, answer.text
    given = answer.json()
    assert (given["verb"], given["by"], given["table"]) == ("merge", "Mo", "entities")
    assert client.get("/entities", params={"name": "Pavel Dorvenko"}).json()["items"][0]["name"] == "Mikhail Dorvenko"
    assert client.get("/judgements").json()["items"] == [given]
    assert client.get(f"/judgements/{given['judgement_id']}").json() == given
    withdrawn = client.post(f"/judgements/{given['judgement_id']}/retire", headers=SIGNED)
    assert withdrawn.status_code == 200 and withdrawn.json()["retired_at"]
    assert client.get("/judgements").json()["items"] == [withdrawn.json()]
    assert {e.entity_id for e in rashomon.open(own).records(Entity)} == before
    assert client.post(f"/judgements/{given['judgement_id']}/retire", headers=SIGNED).status_code == 404
    verify(rashomon.open(own))


def test_differences_are_dismissed_and_articles_moved(client, own):
    dossier = rashomon.open(own)
    difference, events = dossier.records(Difference)[0], dossier.events()
    answer = client.post("/judgements", json={"verb": "dismiss", "about": [difference.difference_id]}, headers=SIGNED)
    assert answer.status_code == 201
    assert client.get(f"/differences/{difference.difference_id}").status_code == 404
    article = next(a for a in dossier.records(Article) if a.event_id == events[0].event_id)
    asked = {"verb": "move", "about": [article.article_id, events[1].event_id]}
    assert client.post("/judgements", json=asked, headers=SIGNED).status_code == 201
    assert len(client.get("/judgements").json()["items"]) == 2
    counts = [client.get(f"/events/{e['event_id']}").json() for e in client.get("/events").json()["items"]]
    assert sum(event["articles"] for event in counts) == dossier.manifest.rows["articles"]
    verify(rashomon.open(own))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"verb": "merge", "about": ["Mikhail Dorvenko"]}, 400),
        ({"verb": "merge", "about": ["Mikhail Dorvenko", "Nobody"]}, 404),
        ({"verb": "split", "about": ["Mikhail Dorvenko"]}, 400),
        ({"verb": "rename", "about": ["Mikhail Dorvenko"], "names": ["The President"]}, 400),
        ({"verb": "move", "about": ["a-0", "new"]}, 404),
        ({"verb": "dismiss", "about": ["d-0"]}, 404),
        ({"verb": "dismiss", "about": ["d-0"], "names": ["x"]}, 400),
        ({"verb": "erase", "about": ["d-0"]}, 422),
        ({"verb": "dismiss", "about": []}, 422),
        ({"verb": "dismiss", "about": ["d-0"], "table": "articles"}, 422),
        ([], 422),
    ],
)
def test_what_says_nothing_is_refused_and_nothing_written(client, own, body, status):
    answer = client.post("/judgements", json=body, headers=SIGNED)
    assert answer.status_code == status and answer.json()["status"] == status
    assert not (own / "judgements.jsonl").exists()


def test_two_at_once_are_told_to_wait(client, own):
    import fcntl

    with (own / "work" / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        body = {"verb": "confirm", "about": ["Mikhail Dorvenko"]}
        answer = client.post("/judgements", json=body, headers=SIGNED)
    assert answer.status_code == 503 and "Another run" in answer.json()["detail"]


def test_behind_the_desk_it_is_guarded_in_the_same_words(own):
    desk = TestClient(application(own, TOKEN), base_url="http://127.0.0.1")
    body = {"verb": "confirm", "about": ["Mikhail Dorvenko"]}
    elsewhere = {"Host": "elsewhere.example"}
    for answer, status in (
        (desk.post("/api/judgements", json=body), 403),
        (desk.post("/api/judgements", json=body, headers={**SIGNED, "Origin": "http://elsewhere.example"}), 403),
        (desk.get("/api/events", headers=elsewhere), 421),
        (desk.get("/api/events/e-0"), 404),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert answer.json()["status"] == status
    assert desk.post("/api/judgements", json=body, headers=SIGNED).status_code == 201
    assert desk.get("/api/openapi.json").json()["paths"]["/judgements"]


def test_what_the_first_pages_need_is_read_ahead(own):
    ahead.begin(own).join()
    assert list((own / "work" / "search").glob("*.sqlite"))
    ahead.begin(own / "none").join()
