"""Quotations with cue, speaker and mode, on sentences of our own about invented people and places."""

from __future__ import annotations

import pytest

from rashomon.annotate import language, mentions, quotations
from rashomon.model.records import Block, Quotation


def find(text: str) -> tuple[Quotation, ...]:
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("a-1", start, start + len(paragraph), "body", 1.0))
        start += len(paragraph) + 2
    parsed = language.parse("a-1", text, blocks)
    return quotations.find(parsed, mentions.find(parsed))


# text, contents as told (parts joined by |), source, mode
CASES = [
    (
        "“We will not leave the harbour,” Marko Tervin said.",
        "“We will not leave the harbour,”",
        "Marko Tervin",
        "direct",
    ),
    (
        "“We will not leave,” Marko Tervin said on Monday, “before the ships are safe.”",
        "“We will not leave,”|“before the ships are safe.”",
        "Marko Tervin",
        "direct",
    ),
    (
        "“The harbour is closed,” said Anna Belsky. “Nobody knows for how long.”",
        "“The harbour is closed,”|“Nobody knows for how long.”",
        "Anna Belsky",
        "direct",
    ),
    (
        "The minister said that the bridge would be open by spring.",
        "that the bridge would be open by spring",
        "The minister",
        "indirect",
    ),
    (
        "Anna Belsky said the plan was “a gift to the smugglers” of Karsk.",
        "the plan was “a gift to the smugglers” of Karsk",
        "Anna Belsky",
        "mixed",
    ),
    ("According to the ministry, nine ships were lost.", "nine ships were lost", "the ministry", "indirect"),
    (
        "The bridge will be closed until May, officials said.",
        "The bridge will be closed until May",
        "officials",
        "indirect",
    ),
    (
        "``We saw the smoke first,'' Paul Orlin said.",
        "``We saw the smoke first,''",
        "Paul Orlin",
        "direct",
    ),
    (
        "«The ferry sank within minutes», Paul Orlin said.",
        "«The ferry sank within minutes»",
        "Paul Orlin",
        "direct",
    ),
    (
        "„The ferry sank within minutes,“ said the harbour master.",
        "„The ferry sank within minutes,“",
        "the harbour master",
        "direct",
    ),
    (
        "“Nobody told us that the mole would be closed in winter.” ― Anna Belsky",
        "“Nobody told us that the mole would be closed in winter.”",
        "Anna Belsky",
        "direct",
    ),
    (
        "The Kremlin said it had not been told of the plan.",
        "it had not been told of the plan",
        "The Kremlin",
        "indirect",
    ),
]


@pytest.mark.parametrize(("text", "content", "source", "mode"), CASES)
def test_find(text: str, content: str, source: str, mode: str) -> None:
    found = {"|".join(text[e.start : e.end] for e in q.content): q for q in find(text)}
    assert content in found
    q = found[content]
    assert q.source_start is not None
    assert text[q.source_start : q.source_end] == source
    assert q.mode == mode


def test_an_opening_mark_only_goes_on_in_the_next_paragraph() -> None:
    text = "The harbour was closed.\n\nMarko Tervin said: “We waited for hours.\n\n“Then the ship came.”"
    long = [q for q in find(text) if "We waited" in q.text]
    told = [[text[e.start : e.end] for e in q.content] for q in long]
    assert told == [["“We waited for hours.", "“Then the ship came.”"]]


def test_a_quotation_inside_another_keeps_its_own_speaker() -> None:
    text = "Marko Tervin said that the minister had said that the harbour would be closed."
    sources = {q.text: text[q.source_start : q.source_end] for q in find(text) if q.source_start is not None}
    assert sources == {
        "that the minister had said that the harbour would be closed": "Marko Tervin",
        "that the harbour would be closed": "the minister",
    }


def test_a_line_that_a_name_signs_ends_before_the_next() -> None:
    text = "“We lost the house and both of the boats.”― Anna Belsky\n“The mole was never safe for us.”― Paul Orlin"
    parsed = language.parse("a-1", text, [Block("a-1", 0, len(text), "body", 1.0)])
    found = quotations.find(parsed, mentions.find(parsed))
    assert [text[q.source_start : q.source_end] for q in found if q.source_start] == ["Anna Belsky", "Paul Orlin"]


@pytest.mark.parametrize("text", ["The ship “Aurora” lay in the harbour.", "They sell “fresh” fish at the mole."])
def test_marks_around_a_name_or_a_word_quote_nobody(text: str) -> None:
    assert find(text) == ()


def test_a_speaker_is_the_mention_at_the_source() -> None:
    text = "Marko Tervin arrived in Karsk on Monday. He said that the talks had failed."
    blocks = [Block("a-1", 0, len(text), "body", 1.0)]
    parsed = language.parse("a-1", text, blocks)
    found = mentions.find(parsed)
    by_id = {m.mention_id: m for m in found}
    told = [q for q in quotations.find(parsed, found) if "talks" in q.text]
    assert len(told) == 1
    assert told[0].speaker_mention is not None
    assert by_id[told[0].speaker_mention].chain == next(m.chain for m in found if m.text == "Marko Tervin")


def test_a_possessor_is_not_the_speaker() -> None:
    text = "Marko Tervin owns the harbour. Its latest inspection suggested that the cranes were unsafe."
    parsed = language.parse("a-1", text, [Block("a-1", 0, len(text), "body", 1.0)])
    for q in quotations.find(parsed, mentions.find(parsed)):
        assert q.speaker_mention is None


def test_no_quotation_in_plain_narration() -> None:
    assert find("The ship left the harbour at noon. Rain fell on the bridge.") == ()


def test_spans_and_order() -> None:
    text = "Officials said the road was shut. “It is late,” Anna Belsky told reporters who asked about it."
    found = find(text)
    assert found
    assert [q.content[0].start for q in found] == sorted(q.content[0].start for q in found)
    for q in found:
        assert q.text == " ".join(text[e.start : e.end] for e in q.content)
        assert 0 <= q.confidence <= 1
