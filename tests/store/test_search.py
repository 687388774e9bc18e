"""Search finds what has the words, marks exactly them, keeps to its filters, and takes any query without harm."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.errors import QueryError
from rashomon.model.records import Article, Block, Claim, ClaimPassage, Mention, Quotation
from rashomon.store.library import Library
from rashomon.store.search import hits
from rashomon.store.search.hits import Search, Within
from rashomon.store.search.question import parse
from rashomon.store.search.words import folded, forms, words


@pytest.fixture(scope="module")
def own(dossier, tmp_path_factory):
    return Library.current(shutil.copytree(dossier.path, tmp_path_factory.mktemp("search") / "own.dossier"))


@pytest.fixture(scope="module")
def search(own):
    return Search(own)


def everything(search, query, within=None):
    return search.find(query, within, limit=10_000)


def marked(hit, own):
    return [own.text(hit.article_id)[m.start : m.end] for m in hit.marks]


@pytest.mark.parametrize("query", ["Dorvenko", "drones over Orlan", '"warm words"', "sol*", "ferry OR drones", "gas"])
def test_passages_and_marks_are_verbatim(search, own, query):
    found = everything(search, query)
    assert found.total == len(found.hits) == sum(found.kinds.values()) > 0
    for hit in found.hits:
        assert own.text(hit.article_id)[hit.start : hit.end] == hit.text
        assert all(hit.start <= m.start < m.end <= hit.end for m in hit.marks)
        for mark in hit.title_marks:
            assert forms((hit.title or "")[mark.start : mark.end])
    assert any(hit.marks for hit in found.hits)


def test_what_is_found_is_what_has_the_word(search, own):
    """Against the tables themselves, read and split without the index."""
    silent = {b.article_id: [] for b in own.records(Block)}
    for block in own.records(Block):
        if block.role not in ("furniture", "comment"):
            silent[block.article_id].append(block)
    for word in ("gas", "soldiers", "zhelhorod"):
        articles = {
            a.article_id
            for a in own.records(Article)
            if word in forms(a.title or "")
            or any(w.form == word for b in silent[a.article_id] for w in words(a.text, b.start, b.end))
        }
        quotations = {q.quotation_id for q in own.records(Quotation) if word in forms(q.text)}
        claims = {c.claim_id for c in own.records(Claim) if word in forms(c.text)}
        found = everything(search, word).hits
        assert {h.id for h in found if h.kind == "article"} == articles
        assert {h.id for h in found if h.kind == "quotation"} == quotations
        assert {h.id for h in found if h.kind == "claim"} == claims


def test_words_phrases_beginnings_and_what_is_kept_out(search, own):
    def ids(query):
        return {h.id for h in everything(search, query).hits}

    assert ids("soldiers gas") == ids("soldiers") & ids("gas")
    assert ids("soldiers OR gas") == ids("soldiers") | ids("gas")
    assert ids("soldiers -gas") == ids("soldiers") - ids("gas")
    assert ids('"cold guns"') <= ids("cold guns") and not ids('"guns cold"')
    assert ids("soldier*") >= ids("soldiers") | ids("soldier")
    assert ids("SOLDIERS") == ids("soldiers") == ids("söldiers")
    assert ids("Maren's") == ids("Maren")
    for hit in everything(search, '"cold guns"').hits:
        assert marked(hit, own) == ["cold guns"]


def test_filters_narrow(search, own):
    every = everything(search, "soldiers").hits
    outlet = next(h.outlet for h in every if h.outlet)
    told = ("article", "quotation")  # a claim has the outlets and days of all who tell it: below
    for within, fits in (
        (Within(("quotation",)), lambda h: h.kind == "quotation"),
        (Within(event_id=every[0].event_id), lambda h: h.event_id == every[0].event_id),
        (Within(told, earliest="2024-12-16"), lambda h: h.kind in told and (h.published_latest or "") >= "2024-12-16"),
        (Within(told, latest="2023-12-31"), lambda h: h.kind in told and (h.published_earliest or "9") <= "2023-12-31"),
        (Within(told, outlet=outlet), lambda h: h.kind in told and h.outlet == outlet),
    ):
        found = everything(search, "soldiers", within).hits
        assert found == tuple(h for h in every if fits(h)) and 0 < len(found) < len(every), within
    tellers = {p.claim_id: set() for p in own.records(ClaimPassage)}
    outlets = {a.article_id: a.outlet for a in own.records(Article)}
    for passage in own.records(ClaimPassage):
        tellers[passage.claim_id].add(outlets[passage.article_id])
    claims = everything(search, "soldiers", Within(kinds=("claim",), outlet=outlet)).hits
    assert [h.id for h in claims] == [h.id for h in every if h.kind == "claim" and outlet in tellers[h.id]]


def test_an_entity_narrows_to_its_articles_and_its_words(search, own):
    speaker = next(q.speaker_id for q in own.records(Quotation) if q.speaker_id)
    named = {m.article_id for m in own.of(Mention, "entity_id", speaker)}
    said = {q.quotation_id for q in own.of(Quotation, "speaker_id", speaker)}
    for hit in everything(search, "the", Within(entity_id=speaker)).hits:
        assert hit.id in said if hit.kind == "quotation" else hit.article_id in named


def test_pages_are_parts_of_one_order(search, own):
    whole = everything(search, "the").hits
    pages = [search.find("the", limit=7, offset=at).hits for at in range(0, len(whole) + 7, 7)]
    assert tuple(hit for page in pages for hit in page) == whole
    assert [h.score for h in whole] == sorted((h.score for h in whole), reverse=True)
    assert everything(Search(own), "the").hits == whole


def test_of_very_many_hits_the_first_are_weighed_and_the_rest_follow(own, monkeypatch):
    monkeypatch.setattr(hits, "RANKED", 30)
    search = Search(own)
    whole = everything(search, "the").hits
    assert len(whole) == everything(search, "the").total > 60
    assert [h.score for h in whole[:30]] == sorted((h.score for h in whole[:30]), reverse=True)
    assert {h.score for h in whole[30:]} == {0.0} and len({(h.kind, h.id) for h in whole}) == len(whole)
    pages = [search.find("the", limit=7, offset=at).hits for at in range(0, len(whole) + 7, 7)]
    assert tuple(hit for page in pages for hit in page) == whole
    some = Within(kinds=("quotation", "claim"), earliest="2024-01-01")
    assert {h.kind for h in everything(search, "the", some).hits} == {"quotation", "claim"}


@given(st.text(max_size=60) | st.text('abc"*-() :^+{}NEAROT', max_size=40))
def test_any_query_is_answered_or_refused(search, query):
    try:
        found = search.find(query, limit=3)
    except QueryError:
        return
    assert found.total >= len(found.hits)


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text):
    for word in words(text):
        assert folded(word.span.of(text)) == word.form and " " not in word.form
    assert forms(text) == [word.form for word in words(text)]


@pytest.mark.parametrize("query", ["", "   ", '"', "-ferry", "* - OR", "a " * 33, 'x"' * 40])
def test_a_query_for_nothing_or_too_much_is_refused(query):
    with pytest.raises(QueryError):
        parse(query)


def test_a_kind_that_there_is_not_is_refused(search):
    for kinds in (("mentions",), ()):
        with pytest.raises(QueryError):
            search.find("gas", Within(kinds=kinds))


def test_the_index_is_kept_and_made_anew_when_the_dossier_changes(dossier, tmp_path):
    own = shutil.copytree(dossier.path, tmp_path / "own.dossier")
    assert rashomon.open(own).search("lighthouse").total == 0
    (index,) = (own / "work" / "search").iterdir()
    made = index.stat().st_mtime_ns
    rashomon.open(own).search("gas")
    assert index.stat().st_mtime_ns == made
    more = tmp_path / "more.txt"
    more.write_text("The lighthouse of Valdinsk is open again, said a clerk of the port on Monday.\n" * 3)
    changed = rashomon.read([more], into=own)
    assert changed.search("lighthouse").kinds["article"] == 1
    (again,) = (own / "work" / "search").iterdir()
    assert again != index
    assert sqlite3.connect(again).execute("SELECT count(*) FROM documents WHERE kind = 'article'").fetchone() == (
        changed.manifest.rows["articles"],
    )


def test_a_dossier_that_takes_no_index_is_searched_all_the_same(dossier, tmp_path):
    own = shutil.copytree(dossier.path, tmp_path / "own.dossier")
    shutil.rmtree(own / "work" / "search", ignore_errors=True)
    (own / "work" / "search").touch()
    assert rashomon.open(own).search("gas").hits == dossier.search("gas").hits


def test_a_day_that_is_none_is_refused(search):
    with pytest.raises(QueryError, match="no day"):
        search.find("gas", Within(earliest="Monday"))
