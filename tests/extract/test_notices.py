"""Captions, credits and notices are told apart from the article's own words, also where they are glued to them."""

from __future__ import annotations

import itertools

import pytest

from rashomon.extract.article import extract
from rashomon.extract.notices import parted
from rashomon.model.identity import digest
from rashomon.model.records import Source
from rashomon.model.span import Span

STORY = [
    "The harbour of Ostrel was closed on Monday after a crane fell onto the northern quay, the port authority said.",
    "Two dockers were hurt and taken to the hospital of Velm, where a doctor called their state stable.",
    "The authority's head, Ilva Torn, said that the quay would open again once the crane had been lifted.",
    "It was the third accident in the harbour within a year, and the union has asked for an inquiry.",
    "The minister of transport, Orsin Vell, promised one on Tuesday and said that it would be independent.",
]
NOTICES = [
    ("Image copyright Velm Gazette Image caption The crane fell at noon", ["caption"]),
    ("Reuters The northern quay of Ostrel as it was seen on Monday morning", ["caption"]),
    ("Reuters has seen the letter, which the ministry did not want to comment on.", ["body"]),
    (
        "FILE - In this March 3, 2031 file photo ships wait off Ostrel. The port is the largest of Velmora.",
        ["caption", "body"],
    ),
    (
        "The crane had been checked in May. Image Workers look at the fallen crane. It weighs ninety tonnes.",
        ["body", "caption", "body"],
    ),
    ("The inquiry begins on Friday. (Reporting by Ana Mirk; Editing by Tor Sand)", ["body", "furniture"]),
    (
        "The inquiry begins on Friday. Associated Press writer Ana Mirk in Velm contributed to this report.",
        ["body", "furniture"],
    ),
    ("Copyright 2031 The Velm Gazette. All rights reserved.", ["furniture"]),
    ("Follow us on the ferry between Ostrel and Velm, every hour.", ["furniture"]),
    ("READ MORE: Union of dockers asks for an inquiry", ["furniture"]),
    ("We pay for your stories! Do tell the Gazette what the crane did.", ["furniture"]),
    ("Dockers carry parts of the fallen crane from the northern quay of Ostrel", ["caption"]),
    ("What the union says", ["body"]),
    ('"We will not go back before it is safe," said the union\'s Pavo Lind, who has worked there for years.', ["body"]),
]


def labelled(lines: list[str]) -> list[tuple[str, str]]:
    text, parts, at = "\n".join(lines), [], 0
    for line in lines:
        parts.append((Span(at, at + len(line)), ("body", 0.9)))
        at += len(line) + 1
    found = parted(text, parts)
    assert "".join(span.of(text) for span, _ in found).replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(a.end <= b.start for (a, _), (b, _) in itertools.pairwise(found))
    return [(span.of(text), role) for span, (role, _) in found]


@pytest.mark.parametrize(("line", "roles"), NOTICES)
def test_notices_in_the_middle_of_a_story(line, roles):
    found = labelled([*STORY[:3], line, *STORY[3:]])
    assert [role for said, role in found if said in line] == roles
    assert [role for said, role in found if said in STORY] == ["body"] * len(STORY)


def test_an_article_in_one_line_keeps_its_words_and_loses_its_notices():
    text = " ".join(STORY) + " (Reporting by Ana Mirk; Editing by Tor Sand)"
    article = extract(Source("x.txt", digest(text.encode()), "text", text.encode()))
    found = [(block.role, article.article.text[block.start : block.end]) for block in article.blocks]
    assert [role for role, _ in found] == ["body", "furniture"] and found[0][1] == " ".join(STORY)


def test_headlines_listed_behind_a_heading_are_furniture_up_to_the_next_sentence():
    listed = ["You may also like", "The heron that moved to town", "Ten soups for a wet week"]
    found = labelled([*STORY[:3], *listed, *STORY[3:]])
    assert [role for said, role in found if said in listed] == ["furniture"] * 3
    assert [role for said, role in found if said in STORY] == ["body"] * len(STORY)
