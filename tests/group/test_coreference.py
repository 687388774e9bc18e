"""Mentions of one happening, across articles: what is compared, how it is weighed, and which chains come out."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.annotate.encoder import encoder
from rashomon.annotate.happenings import Happening, happenings
from rashomon.annotate.language import parse
from rashomon.group.coreference import chains, compared
from rashomon.group.mentions import NAMES, Evidence, Likeness, Told, family
from rashomon.model.records import Block
from rashomon.model.span import Span

TEXTS = {
    "a-1": ("A bomb exploded in the harbour of Maren on Friday. Police arrested a docker.", ["exploded", "arrested"]),
    "a-2": (
        "The explosion in the harbour of Maren killed two dockers. Police arrested a man.",
        ["explosion", "arrested"],
    ),
    "a-3": ("The parliament of Karvonia elected a speaker. He was elected by four votes.", ["elected a", "elected by"]),
}


def told_of(text: str, words: list[str], article_id: str) -> list[Happening]:
    block = Block(article_id, 0, len(text), "body", 1.0)
    spans = [Span(text.index(word), text.index(word) + len(word.split()[0])) for word in words]
    found = happenings(parse(article_id, text, [block]), spans)
    assert all(found)
    return [one for one in found if one]


@pytest.fixture(scope="module")
def told() -> Told:
    mentions = [one for key, (text, words) in TEXTS.items() for one in told_of(text, words, key)]
    vectors = encoder().encode([m.sentence.of(TEXTS[m.article_id][0]) for m in mentions])
    return Told(mentions, vectors, [0, 1] * 3)


ONE = Likeness({("a-1", "a-2"): 0.9}, {"a-1": "e-1", "a-2": "e-1", "a-3": "e-2"})


def test_a_happening_has_its_head_and_who_takes_part(told: Told):
    exploded, arrested = told.mentions[:2]
    assert (exploded.head, exploded.verbal) == ("explode", True)
    assert "bomb" in exploded.arguments
    assert {"police", "docker"} <= set(arrested.arguments)
    assert not told.mentions[2].verbal


def test_a_span_outside_the_parsed_blocks_tells_nothing():
    assert happenings(
        parse("a-9", "One line.\nA fire broke out.", [Block("a-9", 0, 9, "body", 1.0)]), [Span(12, 16)]
    ) == [None]


def test_only_mentions_of_articles_that_may_tell_one_event_are_compared(told: Told):
    pairs = set(zip(*(part.tolist() for part in compared(told, ONE)), strict=True))
    assert (0, 2) in pairs
    assert (4, 5) in pairs
    assert (0, 4) not in pairs


def test_evidence_tells_same_heads_and_articles(told: Told):
    first, second = compared(told, ONE)
    rows = Evidence(told, ONE)(first, second)
    of = {
        pair: dict(zip(NAMES, row, strict=True))
        for pair, row in zip(zip(first, second, strict=True), rows, strict=True)
    }
    assert of[1, 3]["same_head"] == 1
    assert of[1, 3]["articles"] == pytest.approx(0.9)
    assert of[4, 5]["one_article"] == 1
    assert of[0, 2]["same_head"] == 0
    assert of[0, 2]["like_head"] > 0.5


def test_the_same_arrest_is_one_chain_and_another_event_s_mentions_are_not_in_it(told: Told):
    found = chains(told, ONE)
    assert found[1] == found[3]
    assert len({found[1], found[4]}) == 2
    assert found[0] != found[1]


def test_chains_do_not_depend_on_how_often_they_are_asked(told: Told):
    assert chains(told, ONE) == chains(told, ONE)


def test_no_mentions_have_no_chains():
    assert chains(Told([], np.zeros((0, 4), np.float32), []), Likeness({}, {})) == []


@pytest.mark.parametrize(("one", "other", "alike"), [("shoot", "shooting", True), ("fire", "find", False)])
def test_families_of_words(one: str, other: str, alike: bool):
    assert (family(one, other) > 0) is alike
