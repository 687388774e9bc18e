"""What articles and other pages must not be able to do."""

import re

import pytest
from fastapi.testclient import TestClient

from rashomon.desk.app import application
from rashomon.desk.guard import COOKIE, HEADER
from rashomon.model.records import Article, Entity
from tests.desk.conftest import BASE, HOSTILE, TOKEN


def test_nothing_of_an_article_becomes_markup(client, dossier_here):
    article = next(a for a in dossier_here.records(Article) if a.url == HOSTILE["url"] or "hostile" in a.source_uri)
    entity = next(e for e in dossier_here.records(Entity) if e.name == "Anna Rosvik")
    pages = ("/", f"/events/{article.event_id}", f"/articles/{article.article_id}", f"/entities/{entity.entity_id}")
    for address in (*pages, "/about", "/judgements", "/search?q=ferry", "/search?q=<script>alert(1)</script>"):
        text = client.get(address).text
        assert "<script>" not in text and "<svg onload" not in text and "<img" not in text
        assert "<style" not in text and '="javascript:' not in text
        assert "\u202e" not in text and "\u2066" not in text
        assert re.search(r"style=", text) is None


def test_every_answer_says_what_a_browser_may_load(client):
    for address in ("/", "/nothing", "/static/desk.css", "/search?q=ferry"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "169.254.169.254"])
def test_another_name_for_this_machine_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8400", "127.0.0.1:1", "[::1]:8400"])
def test_its_own_names_are_answered(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/%2e%2e/errors.py", "desk.css%00", "/etc/passwd", "x.js"]
)
def test_only_its_own_files_are_given(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_files_are_given_with_their_kinds(client):
    for name, kind in (("desk.css", "text/css"), ("desk.js", "text/javascript"), ("page.css", "text/css")):
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind)


def test_writing_needs_the_token_and_its_own_page(own):
    desk = TestClient(application(own, TOKEN), base_url=BASE, follow_redirects=False)
    entity = next(e for e in __import__("rashomon").open(own).records(Entity) if e.name == "Anna Rosvik")
    to = f"/entities/{entity.entity_id}/judgements"
    form = {"verb": "confirm", "why": ""}
    assert desk.post(to, data=form).status_code == 403
    assert desk.post(to, data=form, headers={HEADER: "guessed"}).status_code == 403
    assert desk.post(to, data=form, headers={HEADER: TOKEN, "origin": "http://evil.example"}).status_code == 403
    assert desk.post(to, data=form, headers={HEADER: TOKEN, "origin": BASE}).status_code == 303


def test_the_address_of_the_command_lets_its_browser_write(folder):
    desk = TestClient(application(folder, TOKEN), base_url=BASE, follow_redirects=False)
    assert COOKIE not in desk.get("/?token=wrong").cookies
    answer = desk.get(f"/?token={TOKEN}")
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    kept = answer.headers["set-cookie"].lower()
    assert "httponly" in kept and "samesite=strict" in kept
