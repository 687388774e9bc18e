"""The samples and what is said to be planted in them fit together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
KINDS = {"number", "date", "place", "identity", "attribution", "cause", "status", "wording"}
RELATIONS = {"contradiction", "update", "scope", "granularity", "naming", "framing"}


def visible(page: str) -> str:
    tree = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    return " ".join(str(text) for text in tree.xpath("//body//text()[not(ancestor::script)]"))


def articles() -> dict[str, str]:
    texts = {}
    for path in sorted(SAMPLES.iterdir()):
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".txt":
            texts[path.name] = content
        elif path.suffix == ".html":
            texts[path.name] = visible(content)
        elif path.suffix == ".jsonl":
            for number, line in enumerate(content.splitlines(), start=1):
                texts[f"{path.name}#{number}"] = json.loads(line)["text"]
    return texts


TEXTS = articles()


def planted() -> Iterator[tuple[str, str]]:
    """Every (article, substring) that the expectations name."""
    for quotation in EXPECTED["quotations"]:
        yield quotation["article"], quotation["content"]
    for utterance in EXPECTED["utterances"]:
        yield from utterance["renderings"]
    for claim in EXPECTED["claims"]:
        yield from claim["passages"]
    for difference in EXPECTED["differences"] + EXPECTED["not_differences"]:
        yield from difference["sides"]
    for section in ("single", "not_body", "body"):
        yield from EXPECTED[section]


def test_every_article_is_described():
    assert set(TEXTS) == set(EXPECTED["articles"]) == set(EXPECTED["quotations_at_least"])


@pytest.mark.parametrize(("article", "text"), sorted({(article, text) for article, text in planted()}))
def test_what_is_planted_stands_there(article: str, text: str):
    assert text in TEXTS[article]


def test_names_stand_somewhere():
    everything = "\n".join(TEXTS.values())
    for group in EXPECTED["same_entity"] + EXPECTED["different_entities"]:
        for name in group["names"]:
            assert name in everything, name


def test_speakers_stand_in_their_article():
    for quotation in EXPECTED["quotations"]:
        assert quotation["speaker"] in TEXTS[quotation["article"]], quotation


def test_labels_are_the_words_of_the_tables():
    for difference in EXPECTED["differences"]:
        assert difference["kind"] in KINDS
        assert difference["relation"] in RELATIONS
        assert difference["event"] in EXPECTED["events"]


def test_copies_point_at_an_article_of_the_same_event():
    for article in EXPECTED["articles"].values():
        if article["copy_of"]:
            original = EXPECTED["articles"][article["copy_of"]]
            assert original["event"] == article["event"]
            assert original["published"] <= article["published"]


def test_days_are_days_and_weekdays_fit():
    for article in EXPECTED["articles"].values():
        date.fromisoformat(article["published"])
    weekdays = {name: date.fromisoformat(event["day"]).weekday() for name, event in EXPECTED["events"].items()}
    assert weekdays == {"talks": 2, "visit": 0, "ferry": 5}


def test_undated_articles_carry_no_date_metadata():
    undated = [name for name, article in EXPECTED["articles"].items() if not article["dated"]]
    assert len(undated) >= 4
    assert all(name.endswith(".txt") for name in undated)
    for name in undated:
        assert "2023" not in TEXTS[name]
        assert "2024" not in TEXTS[name]


def test_the_articles_are_of_a_length_that_a_reader_knows():
    for name, text in TEXTS.items():
        assert 150 <= len(text.split()) <= 600, name
