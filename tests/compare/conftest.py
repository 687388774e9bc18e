"""Readings built by hand from parsed text, so that comparing is tested without the stages before it."""

from __future__ import annotations

import pytest

from rashomon.annotate import amounts, clauses
from rashomon.annotate.encoder import encoder, pack
from rashomon.annotate.language import parse
from rashomon.model.identity import identify
from rashomon.model.records import Article, Block, Event, Extent, Mention, Quotation, Reading, Sentence

CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}


def _sentences(parsed):
    for block in parsed.blocks:
        for sent in block.doc.sents:
            terms = tuple(t.lemma_.lower() for t in sent if t.pos_ in CONTENT and not t.is_stop and t.is_alpha)
            yield Sentence(
                parsed.article_id, block.offset + sent.start_char, block.offset + sent.end_char, "body", terms
            )


def _mentions(parsed):
    kinds = {"PERSON": "person", "ORG": "organisation", "GPE": "place"}
    for block in parsed.blocks:
        for ent in block.doc.ents:
            if ent.label_ in kinds:
                start, end = block.offset + ent.start_char, block.offset + ent.end_char
                key = identify("n", ent.text.split()[-1].lower())
                name = identify("m", parsed.article_id, start, end)
                yield Mention(name, parsed.article_id, start, end, ent.text, kinds[ent.label_], "name", 0, "", key)


def _quotations(article_id, text):
    start = text.find("“")
    while start >= 0:
        end = text.index("”", start)
        key = identify("q", article_id, start)
        content = (Extent(start + 1, end),)
        yield Quotation(
            key, article_id, content, text[start + 1 : end], None, None, None, None, None, "direct", 0.9, "n-speaker"
        )
        start = text.find("“", end)


@pytest.fixture(scope="session")
def read():
    def make(outlet: str, day: str, text: str, copy_of: str | None = None) -> Reading:
        article_id = identify("a", outlet, text)
        parsed = parse(article_id, text, [Block(article_id, 0, len(text), "body", 1.0)])
        sentences = tuple(_sentences(parsed))
        article = Article(
            article_id, outlet, None, None, None, "en", day, day, day, "metadata", None, text, outlet, "", copy_of
        )
        return Reading(
            article=article,
            blocks=(Block(article_id, 0, len(text), "body", 1.0),),
            sentences=sentences,
            mentions=tuple(_mentions(parsed)),
            quotations=tuple(_quotations(article_id, text)),
            times=(),
            amounts=amounts.find(parsed),
            clauses=clauses.find(parsed),
            vectors=pack(encoder().encode([text[s.start : s.end] for s in sentences])),
        )

    return make


@pytest.fixture(scope="session")
def event() -> Event:
    return Event("e-test", "a ferry sinks", None, None, None, None, 3, 3)
