"""A judgement given on a page: applied, shown, listed, undone."""

import html

from fastapi.testclient import TestClient

import rashomon
from rashomon.desk.app import application
from rashomon.model.records import Entity
from rashomon.store import judgements
from tests.desk.conftest import BASE, TOKEN


def named(folder, name):
    return next(e for e in rashomon.open(folder).records(Entity) if e.name == name)


def desk_on(folder):
    desk = TestClient(application(folder, TOKEN), base_url=BASE, follow_redirects=True)
    desk.get(f"/?token={TOKEN}")
    return desk


def test_a_merge_is_applied_shown_and_undone(own):
    desk = desk_on(own)
    one, other = named(own, "Mikhail Dorvenko"), named(own, "Pavel Dorvenko")
    form = {"verb": "merge", "other": other.entity_id, "why": "a test of <b>ours</b>"}
    page = desk.post(f"/entities/{one.entity_id}/judgements", data=form)
    assert page.status_code == 200 and "compared anew" in page.text
    assert html.escape("a test of <b>ours</b>") in page.text
    joined = named(own, "Mikhail Dorvenko")
    assert {v.text for v in one.variants} | {v.text for v in other.variants} <= {v.text for v in joined.variants}
    given = judgements.load(own)[0]
    assert given.verb == "merge" and given.retired_at is None
    undone = desk.post(
        f"/entities/{joined.entity_id}/judgements", data={"verb": "undo", "judgement": given.judgement_id}
    )
    assert undone.status_code == 200 and "withdrawn" in undone.text
    assert named(own, "Pavel Dorvenko").entity_id == other.entity_id
    assert judgements.load(own)[0].retired_at is not None


def test_a_split_and_a_name(own):
    desk = desk_on(own)
    entity = named(own, "Mikhail Dorvenko")
    spelling = next(v.text for v in entity.variants if v.text != entity.name and " " in v.text)
    renamed = desk.post(f"/entities/{entity.entity_id}/judgements", data={"verb": "rename", "spelling": spelling})
    assert renamed.status_code == 200
    assert any(e.name == spelling for e in rashomon.open(own).records(Entity))


def test_a_form_that_says_nothing_is_answered_in_words(own):
    desk = desk_on(own)
    entity = named(own, "Anna Rosvik")
    for form in (
        {},
        {"verb": "explode"},
        {"verb": "merge"},
        {"verb": "split"},
        {"verb": "undo", "judgement": "j-none"},
    ):
        answer = desk.post(f"/entities/{entity.entity_id}/judgements", data=form)
        assert answer.status_code == 400 and "Not done" in answer.text, form
    assert judgements.load(own) == []
