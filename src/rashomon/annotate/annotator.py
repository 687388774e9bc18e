"""One article's own words, annotated: sentences, mentions, quotations, time expressions, amounts, clauses, vectors."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rashomon.annotate import amounts, clauses, mentions, quotations, times
from rashomon.annotate.encoder import encoder, pack
from rashomon.annotate.language import OWN_ROLES, ParsedArticle, parse, within
from rashomon.annotate.mentions import acting
from rashomon.annotate.normal import Normalised, put_back, read_blocks, restored
from rashomon.annotate.published import Published, from_words
from rashomon.model.records import Article, Block, Reading, Sentence, TimeExpression
from rashomon.model.span import Interval, Span

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}


def sentences(parsed: ParsedArticle) -> tuple[Sentence, ...]:
    """The sentences of the article's own blocks, in reading order, trimmed of blanks; none crosses a block."""
    found = []
    for block in parsed.blocks:
        for sent in block.doc.sents:
            words = [token for token in sent if not token.is_space]
            if not any(any(c.isalnum() for c in token.text) for token in words):
                continue
            start = block.offset + words[0].idx
            end = block.offset + words[-1].idx + len(words[-1])
            terms = tuple(
                token.lemma_.lower()
                for token in words
                if token.pos_ in _CONTENT and not token.is_stop and token.is_alpha
            )
            found.append(Sentence(parsed.article_id, start, end, block.role, terms))
    return tuple(found)


def dated(article: Article, told: Published | None) -> Article:
    """The article with the publication interval told of it; itself where nothing was told."""
    if told is None:
        return article
    return dataclasses.replace(
        article,
        published_earliest=told.interval.earliest.isoformat(),
        published_latest=told.interval.latest.isoformat(),
        published_best=told.best.isoformat() if told.best else None,
        published_basis=told.basis,
        published_evidence=told.evidence,
    )


def reads(language: str | None) -> bool:
    """Whether articles of this language can be annotated; one whose language is not known is taken for English."""
    return language in (None, "en")


def annotate(article: Article, blocks: Sequence[Block]) -> Reading:
    """The reading of one article; it depends on nothing but the article and its blocks.

    An article in a language that is not read keeps its text and blocks, and nothing is guessed about what it says.
    """
    if not reads(article.language):
        return Reading(article, tuple(blocks), (), (), (), (), (), (), b"")
    read = Normalised.of(article.text)
    if read is None:
        return _annotated(article, blocks)
    reading = _annotated(dataclasses.replace(article, text=read.text), read_blocks(read, blocks))
    stored = dataclasses.replace(reading.article, text=article.text)
    return dataclasses.replace(reading, article=stored, blocks=tuple(blocks), **restored(read, reading, article.text))


def _annotated(article: Article, every: Sequence[Block]) -> Reading:
    blocks = within(article.text, every)
    if article.published_basis == "unknown":
        article = dated(article, from_words(article.text, blocks))
    parsed = parse(article.article_id, article.text, blocks)
    told = sentences(parsed)
    named = mentions.find(parsed)
    timed = _times(article, blocks)
    quoted = quotations.find(parsed, named, timed)
    return Reading(
        article=article,
        blocks=tuple(every),
        sentences=told,
        mentions=acting.marked(parsed, named, {q.speaker_mention for q in quoted if q.speaker_mention}),
        quotations=quoted,
        times=timed,
        amounts=amounts.find(parsed),
        clauses=clauses.find(parsed),
        vectors=pack(encoder().encode([article.text[s.start : s.end] for s in told])),
    )


def _times(article: Article, blocks: Sequence[Block]) -> tuple[TimeExpression, ...]:
    own = [Span(block.start, block.end) for block in within(article.text, blocks) if block.role in OWN_ROLES]
    published = Interval.iso(article.published_earliest, article.published_latest)
    return times.annotate(article.article_id, article.text, own, published)


def timed(article: Article, blocks: Sequence[Block]) -> tuple[TimeExpression, ...]:
    """The time expressions of an article as its publication interval stands now."""
    read = Normalised.of(article.text)
    if read is None:
        return _times(article, blocks)
    found = _times(dataclasses.replace(article, text=read.text), read_blocks(read, blocks))
    return tuple(put_back(read, item, article.text) for item in found)
