"""Mentions and their chains, on sentences of our own about invented people and places."""

from __future__ import annotations

import pytest

from rashomon.annotate import language, mentions
from rashomon.model.records import Block, Mention

Found = tuple[Mention, ...]


def find(text: str) -> Found:
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("a-1", start, start + len(paragraph), "body", 1.0))
        start += len(paragraph) + 2
    return mentions.find(language.parse("a-1", text, blocks))


def chain(found: Found, text: str, which: int = 0) -> int:
    places = [m for m in found if m.text == text]
    assert len(places) > which, f"{text!r} is not among {[m.text for m in found]}"
    return places[which].chain


TOGETHER = [
    ("Marko Tervin met reporters in Velmora on Monday. Tervin said he was tired.", "Marko Tervin", "Tervin"),
    ("Marko Tervin met reporters in Velmora on Monday. Tervin said he was tired.", "Marko Tervin", "he"),
    ("Anna Belsky won the vote. She thanked the crowd.", "Anna Belsky", "She"),
    (
        "President Marko Tervin arrived in Karsk on Monday.\n\nThe president said the talks would go on.",
        "Marko Tervin",
        "The president",
    ),
    (
        "The Velmora Transport Workers Union (VTWU) called a strike. The VTWU said it would last a week.",
        "Velmora Transport Workers Union",
        "VTWU",
    ),
    ("Marko Tervin, the president, met Anna Belsky. Tervin smiled.", "Marko Tervin", "Tervin"),
]
TOGETHER += [
    ("Police closed the bridge. Nobody was hurt, police said.", "Police", "police"),
    ("Velmora Steel Corp. cut its forecast. The company said demand had fallen.", "Velmora Steel Corp.", "The company"),
    ("Anna Belsky met Marko Tervin. Tervin thanked her.", "Anna Belsky", "her"),
]
APART = [
    ("Marko Tervin met Paul Orlin on Monday. Anna Tervin, his daughter, stayed home.", "Marko Tervin", "Anna Tervin"),
    ("Anna Belsky won the vote. He thanked the crowd.", "Anna Belsky", "He"),
    ("President Marko Tervin met Prime Minister Paul Orlin. The minister smiled.", "Marko Tervin", "The minister"),
    ("Marko Tervin greeted Paul Orlin. Tervin praised him.", "Tervin", "him"),
    ("Marko Tervin told Paul Orlin a story. “He is wrong,” said Tervin.", "Marko Tervin", "He"),
]


@pytest.mark.parametrize(("text", "one", "other"), TOGETHER)
def test_one_chain(text: str, one: str, other: str) -> None:
    found = find(text)
    assert chain(found, one) == chain(found, other)


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_two_chains(text: str, one: str, other: str) -> None:
    found = find(text)
    assert chain(found, one) != chain(found, other)


def test_a_shared_surname_goes_to_the_person_named_last() -> None:
    found = find("Marko Tervin spoke first. Tervin left early.\n\nAnna Tervin spoke next. Tervin was applauded.")
    assert chain(found, "Tervin", 0) == chain(found, "Marko Tervin")
    assert chain(found, "Tervin", 1) == chain(found, "Anna Tervin")


def test_a_title_that_tells_the_gender_goes_before_nearness() -> None:
    found = find("Anna Tervin opened the fair. Marko Tervin followed her. Ms. Tervin then thanked the guests.")
    assert chain(found, "Tervin") == chain(found, "Anna Tervin")


def test_texts_spans_and_reasons() -> None:
    text = "President Marko Tervin arrived in Karsk.\n\n“We will talk,” he said. The Karsk government agreed."
    found = find(text)
    assert found
    assert list(found) == sorted(found, key=lambda m: (m.start, -m.end))
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.reason
    assert len({m.mention_id for m in found}) == len(found)


def test_titles_and_possessives_are_not_part_of_a_name() -> None:
    found = find("Police questioned Mr. Marko Tervin's brother in Karsk.")
    assert "Marko Tervin" in {m.text for m in found}


@pytest.mark.parametrize("text", ["He met the General.", "mr.", "The talks were led by Dr", "of the", "“Mr"])
def test_a_text_that_ends_in_a_title_holds_no_name_and_does_no_harm(text):
    from rashomon.annotate.mentions.names import _repaired

    doc = language.pipeline()(text)
    for first in range(len(doc)):
        for kind in ("person", "organisation"):
            begin, end = _repaired(doc, first, len(doc), kind)
            assert 0 <= begin <= end <= len(doc)
