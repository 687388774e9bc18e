from __future__ import annotations

import dataclasses
import itertools

import pytest

from rashomon.compare.event import compare
from rashomon.model.records import Comparison, Reading

COURIER = (
    "A ferry sank off Dorvik on Tuesday and 7 people were killed. Strong winds had delayed the ferry in the morning. "
    "“We heard a bang and then the lights went out at once,” the cook said. The harbour of Dorvik was rebuilt."
)
HERALD = (
    "At least 7 people were killed when a ferry sank off Dorvik. High winds had delayed the ferry in the morning. "
    "“We heard a bang and then the lights went out,” said the cook. Farmers in Korlin sold two hundred goats."
)
MONITOR = (
    "A ferry sank off Dorvik and 9 people were killed. The minister flew to Karsk. "
    "Orchards around Korlin suffered from frost."
)


@pytest.fixture(scope="module")
def readings(read) -> list[Reading]:
    return [
        read("Courier", "2031-03-04", COURIER),
        read("Herald", "2031-03-04", HERALD),
        read("Monitor", "2031-03-06", MONITOR),
    ]


@pytest.fixture(scope="module")
def comparison(event, readings) -> Comparison:
    return compare(event, readings)


def test_what_several_tell_is_one_claim(comparison):
    first = comparison.claims[0]
    assert first.articles == 3
    assert "ferry" in first.text
    assert first.status in ("corroborated", "disputed")


def test_what_one_tells_stays_single(comparison):
    alone = {claim.text for claim in comparison.claims if claim.status == "single"}
    assert "Orchards around Korlin suffered from frost." in alone


def test_every_text_is_verbatim_and_short(comparison, readings):
    text = {r.article.article_id: r.article.text for r in readings}
    for row in (*comparison.claim_passages, *comparison.difference_sides, *comparison.wording):
        assert text[row.article_id][row.start : row.end] == row.text
        assert len(row.text) <= 400


def test_two_figures_for_the_dead_are_a_difference_with_a_reason(comparison):
    numbers = [d for d in comparison.differences if d.kind == "number" and d.relation in ("contradiction", "update")]
    assert numbers, [d.reason for d in comparison.differences]
    assert any("7" in d.reason and "9" in d.reason and "Monitor, 6 Mar 2031" in d.reason for d in numbers)


def test_a_figure_and_its_floor_are_no_contradiction(comparison):
    sides = {d.difference_id: d for d in comparison.differences if d.relation == "contradiction" and d.kind == "number"}
    values = [{s.value for s in comparison.difference_sides if s.difference_id == key} for key in sides]
    assert {"7", "At least 7"} not in values


def test_adjectives_of_one_noun_stand_side_by_side(comparison):
    wording = [d.difference_id for d in comparison.differences if d.kind == "wording"]
    values = [{s.value for s in comparison.difference_sides if s.difference_id == key} for key in wording]
    assert {"Strong winds", "High winds"} in values


def test_trimmed_words_are_one_utterance(comparison):
    assert len(comparison.utterances) == 1
    assert comparison.utterances[0].text.startswith("We heard a bang and then the lights went out at once")
    assert len(comparison.utterances[0].renderings) == 2


def test_the_order_of_articles_changes_nothing(event, readings, comparison):
    for order in itertools.permutations(readings):
        assert compare(event, list(order)) == comparison


def test_a_copy_is_no_second_origin(event, read):
    origin = read("Courier", "2031-03-04", COURIER)
    copy = read("Gazette", "2031-03-04", COURIER + " ", copy_of=origin.article.article_id)
    told = compare(event, [origin, copy])
    assert {claim.status for claim in told.claims} == {"single"}
    assert told.differences == ()
    assert told.omissions == ()


def test_one_article_has_only_single_claims(event, readings):
    told = compare(event, readings[:1])
    assert {claim.status for claim in told.claims} == {"single"}
    assert told.differences == () and told.utterances == ()


def test_no_articles_give_nothing(event):
    assert compare(event, []).claims == ()


def test_an_article_without_passages_between_others_changes_nothing(event, readings, comparison):
    empty = dataclasses.replace(readings[0], sentences=(), vectors=b"")
    for article_id in ("a-0", "a-z", min(r.article.article_id for r in readings) + "0"):
        article = dataclasses.replace(readings[0].article, article_id=article_id)
        told = compare(event, [*readings, dataclasses.replace(empty, article=article)])
        assert [c.text for c in told.claims if c.status != "single"] == [
            c.text for c in comparison.claims if c.status != "single"
        ]
