"""The formats that have a meaning of their own: JSON-LD, FollowTheMoney, BibTeX, CSL-JSON."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.export.citation import bibtex, csl
from rashomon.export.formats import written
from rashomon.export.linked_data import json_ld
from rashomon.export.part import part
from rashomon.model.records import Article

# The properties of followthemoney 4.11 that we use, those that must not be missing, and what may be linked to.
PARTIES = {"Person", "Organization", "LegalEntity"}
MONEY = {
    "Article": {"fileName", "title", "author", "publisher", "sourceUrl", "publishedAt", "date", "language", "bodyText"},
    "Person": {"name", "alias", "weakAlias", "notes"},
    "Organization": {"name", "alias", "weakAlias", "notes"},
    "LegalEntity": {"name", "alias", "weakAlias", "notes"},
    "Address": {"name", "full", "alias"},
    "Mention": {"document", "name", "resolved", "detectedSchema"},
    "Event": {"name", "startDate", "endDate", "location", "involved", "proof"},
    "Note": {"name", "description", "entity"},
}
NEEDED = {"Article": "fileName", "Mention": "document", "Note": "name", "Event": "name", "Person": "name"}
LINKS = {"document": {"Article"}, "resolved": PARTIES, "involved": PARTIES, "proof": {"Article"}}
SCHEMA_ORG = {"NewsArticle", "Event", "EventSeries", "Claim", "Quotation", "CreativeWork", "Collection"}
SCHEMA_ORG |= {"Person", "Organization", "Place", "Thing"}


def nodes(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


@pytest.mark.parametrize("noun", [None, "events", "articles", "entities", "differences"])
def test_json_ld_links_hold_and_its_passages_are_verbatim(library, some_ids, noun):
    told = json_ld(part(library, None if noun is None else [some_ids[noun]]))
    assert told["@context"] == "https://schema.org"
    every = list(nodes(told["@graph"]))
    assert {node["@type"] for node in every if "@type" in node} <= SCHEMA_ORG
    assert {"NewsArticle", "Event"} <= {node.get("@type") for node in told["@graph"]}
    passages = 0
    for node in every:
        article, _, characters = node.get("@id", "").removeprefix("urn:rashomon:").partition("#char=")
        if characters:
            start, end = map(int, characters.split(","))
            passages += 1
            assert library.text(article)[start:end] == node.get("text", library.text(article)[start:end])
    assert passages
    if noun is None:
        known = {node["@id"] for node in told["@graph"]}
        assert {node["@id"].partition("#")[0] for node in every if "@id" in node} <= known


@pytest.mark.parametrize("noun", [None, "events", "entities", "differences"])
def test_follow_the_money_has_its_own_schemata_properties_and_links(library, some_ids, noun):
    data = written(library, None if noun is None else [some_ids[noun]], "ftm").decode()
    proxies = [json.loads(line) for line in data.splitlines()]
    schema = {proxy["id"]: proxy["schema"] for proxy in proxies}
    assert len(schema) == len(proxies)
    for proxy in proxies:
        properties = proxy["properties"]
        assert set(properties) <= MONEY[proxy["schema"]] and NEEDED.get(proxy["schema"], "name") in properties
        assert all(isinstance(value, str) and value for values in properties.values() for value in values)
        for name, ranges in LINKS.items():
            assert all(schema.get(target, "?") in ranges for target in properties.get(name, ()) if noun is None)
        for place in proxy["passages"]:
            assert library.text(place["article_id"])[place["start"] : place["end"]] == place["text"]
        if proxy["schema"] in ("Mention", "Note"):
            assert proxy["passages"]


def article(**told) -> Article:
    fields = dict.fromkeys(field.name for field in dataclasses.fields(Article))
    basic = {"article_id": "a-1", "published_basis": "unknown", "text": "x", "source_uri": "x", "source_sha256": "x"}
    return Article(**{**fields, **basic, **told})


def test_an_article_is_cited_with_what_is_known_of_it():
    one = article(
        outlet="R&D Herald",
        title="50% of {all} #1",
        byline="By Ilse Tovander",
        published_earliest="2024-12-16",
        published_latest="2024-12-16",
        url="https://herald.example/a_b?x=1%202",
        retrieved="2024-12-18T10:00:00Z",
    )
    assert bibtex([one]) == (
        "@article{a-1,\n"
        "  author = {{Ilse Tovander}},\n"
        "  title = {{50\\% of \\{all\\} \\#1}},\n"
        "  journal = {R\\&D Herald},\n"
        "  date = {2024-12-16},\n"
        "  year = {2024},\n"
        "  url = {https://herald.example/a_b?x=1%202},\n"
        "  urldate = {2024-12-18},\n"
        "}\n"
    )
    assert csl([one]) == [
        {
            "id": "a-1",
            "type": "article-newspaper",
            "title": "50% of {all} #1",
            "author": [{"literal": "Ilse Tovander"}],
            "container-title": "R&D Herald",
            "issued": {"date-parts": [[2024, 12, 16]]},
            "URL": "https://herald.example/a_b?x=1%202",
            "accessed": {"date-parts": [[2024, 12, 18]]},
        }
    ]


def test_what_is_not_known_is_left_out_and_an_interval_stays_one():
    assert bibtex([article()]) == "@article{a-1,\n}\n"
    assert csl([article()]) == [{"id": "a-1", "type": "article-newspaper"}]
    between = article(published_earliest="2023-12-28", published_latest="2024-01-03")
    assert "date = {2023-12-28/2024-01-03}" in bibtex([between]) and "year" not in bibtex([between])
    assert csl([between])[0]["issued"] == {"date-parts": [[2023, 12, 28], [2024, 1, 3]]}


@given(st.text(max_size=80))
def test_no_title_ends_its_field(text):
    told = bibtex([article(title=text, byline=text, outlet=text, url=text)])
    told = re.sub(r"  url = \{[!-z|~]*\},\n", "", told)  # verbatim: no brace can stand in it
    bare = re.sub(r"\\textbackslash\{\}|\\textasciitilde\{\}|\\textasciicircum\{\}|\\[{}%&$#_]", "", told)
    depth = 0
    for sign in bare:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0 and not re.search(r"[\\^~%]", bare)


def test_only_the_articles_meant_are_cited(library, some_ids):
    cited = json.loads(written(library, [some_ids["articles"]], "csl"))
    assert [item["id"] for item in cited] == [some_ids["articles"]]
    assert len(part(library, [some_ids["articles"]]).articles) >= 1
    assert len(json.loads(written(library, None, "csl"))) == library.count(Article)
