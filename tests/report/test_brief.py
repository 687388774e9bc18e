"""The brief: who stands where, what is folded, what is held back; and that every citation slices right."""

from __future__ import annotations

import dataclasses
import json

import pytest

from rashomon.compare.rank import SURE
from rashomon.model.records import Article, Difference, Entity, Extent, Quotation
from rashomon.report import words
from rashomon.report.brief import brief, to_json
from rashomon.report.context import Citation
from tests.report.conftest import difference, quotation


def citations(value):
    """Every Citation anywhere inside a context object."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from citations(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from citations(getattr(value, field.name))


@pytest.mark.parametrize("which", ["shelf", "hostile"])
def test_every_citation_is_the_articles_own_characters(which, request):
    shelf = request.getfixturevalue(which)
    texts = {a.article_id: a.text for a in shelf.records(Article)}
    found = list(citations(brief(shelf)))
    assert len(found) >= 6
    for citation in found:
        assert citation.text == texts[citation.article_id][citation.start : citation.end]
        assert citation.text


def test_storylines_hold_their_events_in_order(shelf):
    made = brief(shelf)
    (storyline,) = made.storylines
    assert made.title == storyline.title == "The Halda"
    assert [(e.number, e.event_id, e.articles, e.origins) for e in storyline.events] == [
        (1, "e-1", 4, 3),
        (2, "e-2", 1, 1),
    ]
    assert (storyline.events[0].place, storyline.events[0].day) == ("Quellin", "3 March 2031")


def test_copies_are_folded_under_their_origin_and_witness_nothing(shelf):
    event = brief(shelf).events[0]
    folded = {f.origin.label: [c.label for c in f.copies] for f in event.tellings}
    assert folded["The Quellin Lantern"] == ["Uppering Echo"]
    sank, aboard = event.alike
    assert [c.label for c in sank.evidence.citations] == ["The Quellin Lantern", "Brisk Gazette"]
    assert [c.label for c in sank.evidence.repeated] == ["Uppering Echo"]
    assert (sank.articles, sank.origins, aboard.origins) == (3, 2, 3)
    assert [c.claim_id for c in event.single] == ["c-divers"]


def test_differences_show_each_value_once_and_hold_the_doubtful_back(shelf):
    event = brief(shelf).events[0]
    assert [d.relation for d in event.differences] == ["contradiction", "granularity"]
    assert event.held_back == 1
    seven, nine = event.differences[0].sides
    assert (seven.value, [c.article_id for c in seven.evidence.citations]) == ("7", ["a-lantern"])
    assert [c.article_id for c in seven.evidence.repeated] == ["a-reprint"]
    assert nine.value == "9"


def test_what_is_likelier_right_than_wrong_stands_first(shelf):
    halda = ("lantern", "The Halda", "the Halda"), ("gazette", "the ferry Halda", "ferry")
    port = ("lantern", "off Quellin", "off Quellin"), ("mirror", "Brisk", "Brisk")
    doubtful = difference("port", "place", "update", SURE - 0.1, *port)
    event = brief(shelf.with_records(*doubtful, *difference("ship", "identity", "naming", SURE, *halda))).events[0]
    assert [d.relation for d in event.differences] == ["contradiction", "granularity", "naming", "update"]


def test_a_difference_with_one_side_is_no_difference(shelf):
    lonely = Difference("d-lonely", "e-1", "date", "contradiction", "the day", "no other side", 1.0)
    event = brief(shelf.with_records(lonely)).events[0]
    assert "d-lonely" not in {d.difference_id for d in event.differences}


def test_renderings_of_one_utterance_stand_together(shelf):
    tovander, owners = brief(shelf).events[0].speakers
    (said,) = tovander.utterances
    assert (tovander.name, said.origins, len(said.renderings)) == ("Ilse Tovander", 2, 2)
    assert said.text == "We shall learn who allowed her out"
    assert (owners.entity_id, owners.name) == (None, "The owners")


def test_a_remark_that_one_article_gives_to_somebody_else_says_so(shelf):
    owner = next(e for e in shelf.records(Entity) if e.entity_id != "n-tovander")
    one = next(q for q in shelf.records(Quotation) if q.utterance_id == "u-1")
    third = dataclasses.replace(
        one, quotation_id="q-4", article_id="a-gazette", content=(Extent(0, 9),), speaker_id=owner.entity_id
    )
    tovander, *_ = brief(shelf.with_records(third)).events[0].speakers
    assert {r.given_to for r in tovander.utterances[0].renderings} == {None, owner.name}


def test_two_people_who_say_the_same_in_one_article_are_two_speakers(shelf):
    words = "a tragic accident"
    both = [quotation(name, "gazette", words, name, speaker=None) for name in ("The owners", "Tovander")]
    found = brief(shelf.with_records(*both)).events[0].speakers
    assert {"The owners", "Tovander"} <= {s.name for s in found if words in (u.text for u in s.utterances)}


def test_a_pronoun_alone_is_no_remark(shelf):
    one = next(q for q in shelf.records(Quotation) if q.utterance_id == "u-1")
    bare = dataclasses.replace(one, quotation_id="q-5", text="it", utterance_id=None, speaker_id=None)
    told = [u.text for s in brief(shelf.with_records(bare)).events[0].speakers for u in s.utterances]
    assert "it" not in told and len(told) == 2


def test_the_rest_is_told_honestly(shelf):
    made = brief(shelf)
    event = made.events[0]
    assert [t.article_id for t in made.undated] == ["a-mirror"]
    assert [t.article_id for t in made.alone] == ["a-lone"]
    assert [r.source_uri for r in made.rejected] == ["broken.html"]
    assert [(s.claim.claim_id, s.absences[0].outlet) for s in event.omissions] == [("c-sank", "Norra Mirror")]
    assert [(n.name, [w.text for w in n.namings]) for n in event.wording] == [
        ("Halda", ["floating coffin", "A ferry of the Norra line"])
    ]
    assert dataclasses.astuple(made.counts) == (6, 4, 5, 2, 1, 2)


@pytest.mark.parametrize("which", ["shelf", "hostile"])
def test_json_goes_round(which, request):
    made = to_json(brief(request.getfixturevalue(which)))
    assert json.loads(json.dumps(made))["storylines"][0]["events"][0]["event_id"] == "e-1"


def test_an_empty_dossier_has_an_empty_brief(shelf):
    made = brief(type(shelf)())
    assert (made.title, made.storylines, made.tellings) == ("harbour", (), ())


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, "day unknown"),
        ("2031-03-03", "2031-03-03", "3 March 2031"),
        ("2031-03-03", "2031-03-05", "3–5 March 2031"),
        ("2031-03-01", "2031-03-31", "March 2031"),
        ("2032-02-01", "2032-02-29", "February 2032"),
        ("2031-03-30", "2031-04-02", "30 March – 2 April 2031"),
        ("2031-12-30", "2032-01-02", "30 December 2031 – 2 January 2032"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2030-01-01", "2031-12-31", "2030–2031"),
        (None, "2031-03-03", "by 3 March 2031"),
        ("2031-03-03", None, "from 3 March 2031"),
    ],
)
def test_days_in_words(earliest, latest, expected):
    assert words.days(earliest, latest) == expected


def test_labels_are_unique_and_the_shortest_that_are(shelf):
    lantern, *_ = shelf.records(Article)

    def named(number, **more):
        return dataclasses.replace(lantern, article_id=f"a-{number}", **more)

    articles = [
        named(1, outlet="Echo"),
        named(2, outlet="Post", published_best="2031-03-04"),
        named(3, outlet="Post", published_best="2031-03-05"),
        named(4, outlet="Mail", published_best="2031-03-05", title="One"),
        named(5, outlet="Mail", published_best="2031-03-05", title="Two"),
        named(6, outlet="Star", title="Same"),
        named(7, outlet="Star", title="Same"),
        named(8, outlet=None, title="Untold"),
        named(9, outlet=None, title=None, source_uri="news/plain.txt"),
    ]
    assert list(words.labels(articles).values()) == [
        "Echo",
        "“Untold”",
        "plain.txt",
        "Post (4 Mar)",
        "Post (5 Mar)",
        "Mail (“One”)",
        "Mail (“Two”)",
        "Star (4 Mar 2031) #1",
        "Star (4 Mar 2031) #2",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("a\tb\n", "a\tb\n"),
    ],
)
def test_hostile_characters_are_named(text, expected):
    assert words.visible(text) == expected


def test_words_that_a_copy_repeats_are_folded_and_nested_ones_left_out(shelf):
    (first, *_) = [q for q in shelf.records(Quotation) if q.quotation_id == "q-1"]
    start = shelf.records(Article)[3].text.index("We will find out who let her sail")
    again = dataclasses.replace(
        first, quotation_id="q-8", article_id="a-reprint", content=(Extent(start, start + 33),), source_start=None
    )
    nested = dataclasses.replace(
        first, quotation_id="q-9", content=(Extent(first.content[0].start, first.content[0].start + 7),)
    )
    tovander, *_ = brief(shelf.with_records(again, nested)).events[0].speakers
    (said,) = tovander.utterances
    assert [r.citation.label for r in said.renderings] == ["The Quellin Lantern", "Norra Mirror"]
    assert [c.article_id for c in said.renderings[0].repeated] == ["a-reprint"]
    assert said.origins == 2


@pytest.mark.parametrize(
    ("text", "mode", "expected"),
    [
        ("we go", "direct", "“we go”"),
        ("“we go”", "direct", "“we go”"),
        ("“we go,” he said, “and…", "direct", "“we go,” he said, “and…"),
        ("that they go", "indirect", "that they go"),
        ("that they “go at once”", "mixed", "that they “go at once”"),
    ],
)
def test_quote_marks_stand_once(text, mode, expected):
    assert words.quoted(text, mode) == expected


def test_a_remark_that_is_part_of_another_is_not_shown_twice(shelf):
    (first, *_) = [q for q in shelf.records(Quotation) if q.quotation_id == "q-1"]
    part = dataclasses.replace(
        first,
        quotation_id="q-9",
        content=(Extent(first.content[0].start, first.content[0].end - 4),),
        utterance_id=None,
    )
    tovander, *_ = brief(shelf.with_records(part)).events[0].speakers
    assert [u.utterance_id for u in tovander.utterances] == ["u-1"]
