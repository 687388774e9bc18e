"""A judgement given on a page: applied, shown, listed, undone."""

import html

from fastapi.testclient import TestClient
from lxml.html import fromstring as read

import rashomon
from rashomon.compare.rank import SHOWN
from rashomon.desk.app import application
from rashomon.model.records import Article, Claim, Difference, Entity, Event
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


def test_what_a_merge_changed_is_told_row_by_row(own):
    desk = desk_on(own)
    one, other = named(own, "Mikhail Dorvenko"), named(own, "Pavel Dorvenko")
    form = {"verb": "merge", "other": other.entity_id}
    page = read(desk.post(f"/entities/{one.entity_id}/judgements", data=form).text)
    told = page.xpath("//section[@id='done']")[0]
    assert "Pavel Dorvenko" in "".join(told.xpath(".//li[@class='gone']//text()"))
    count = len(rashomon.open(own).records(Entity))
    assert f"{count + 1} → {count}" in told.text_content()
    for address in told.xpath(".//li[@class!='gone']//a/@href"):
        assert desk.get(address).status_code == 200, address


def test_a_difference_and_a_claim_are_dismissed_where_they_stand_and_come_back(own):
    desk = desk_on(own)
    shown = next(d for d in rashomon.open(own).records(Difference) if d.confidence >= SHOWN)
    claim = next(c for c in rashomon.open(own).records(Claim) if c.origins > 1 and c.event_id == shown.event_id)
    for identity, verb in ((shown.difference_id, "differences"), (claim.claim_id, "claims")):
        to = f"/events/{shown.event_id}"
        assert read(desk.get(to).text).xpath(f"//*[@id='{identity}']")
        page = read(desk.post(f"{to}/judgements", data={"verb": "dismiss", "about": identity, "why": "none"}).text)
        assert not page.xpath(f"//*[@id='{identity}']")
        assert verb in page.xpath("//section[@id='done']")[0].text_content()
        given = judgements.load(own)[-1]
        listed = page.xpath("//section[@id='judgements']")[0].text_content()
        assert "dismiss" in listed and "none" in listed
        form = {"verb": "undo", "judgement": given.judgement_id}
        assert read(desk.post(f"{to}/judgements", data=form).text).xpath(f"//*[@id='{identity}']")


def test_an_article_is_moved_and_moved_back(own):
    desk = desk_on(own)
    events = rashomon.open(own).records(Event)
    article = next(a for a in rashomon.open(own).records(Article) if a.event_id and not a.copy_of)
    to = f"/articles/{article.article_id}"
    other = next(e for e in events if e.event_id != article.event_id)
    offered = read(desk.get(to).text).xpath("//select[@name='other']/option/@value")
    assert set(offered) == {"new", *(e.event_id for e in events if e.event_id != article.event_id)}
    page = desk.post(f"{to}/judgements", data={"verb": "move", "other": other.event_id})
    assert page.status_code == 200
    assert other.title[:40] in read(page.text).xpath("//section[@id='done']")[0].text_content()
    given = judgements.load(own)[-1]
    listed = read(desk.get("/judgements").text)
    assert listed.xpath("//li[contains(@class,'standing')]")
    undone = read(desk.post("/judgements", data={"verb": "undo", "judgement": given.judgement_id}).text)
    assert undone.xpath("//li[contains(@class,'withdrawn')]") and not undone.xpath("//li[contains(@class,'standing')]")
    assert next(a for a in rashomon.open(own).records(Article) if a.article_id == article.article_id) == article


def test_who_only_reads_sees_judgements_and_no_forms(own):
    desk = desk_on(own)
    entity = named(own, "Anna Rosvik")
    desk.post(f"/entities/{entity.entity_id}/judgements", data={"verb": "confirm", "why": "sure"})
    reader = TestClient(application(own, TOKEN), base_url=BASE)
    article = rashomon.open(own).records(Article)[0]
    event = rashomon.open(own).events()[0]
    for address in ("/judgements", f"/entities/{entity.entity_id}", f"/events/{event.event_id}"):
        page = read(reader.get(address).text)
        assert not page.xpath("//form[@method='post']"), address
    assert not read(reader.get(f"/articles/{article.article_id}").text).xpath("//form[@method='post']")
    assert "sure" in reader.get("/judgements").text


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
