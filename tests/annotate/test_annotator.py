"""One article to its reading."""

import dataclasses

from rashomon.annotate.annotator import annotate
from rashomon.annotate.encoder import WIDTH, unpack
from rashomon.model.arrow import from_arrow, to_batch
from rashomon.model.flow import Annotated, Extraction
from rashomon.model.records import Article, Block

TEXT = (
    "Ferry leaves Valdinsk after two days\n"
    'The ferry Halcyon left Valdinsk on Tuesday with 40 people, harbour master Pavel Dorvenko said. "We waited long."\n'
    "Subscribe to our newsletter"
)


def article(language="en", published="2024-12-18"):
    dated = (published, published, published, "metadata", "json date")
    return Article("a-1", "Courier", None, "Ferry", None, language, *dated, TEXT, "x.txt", "0")


def blocks():
    lines = TEXT.split("\n")
    starts = [0, len(lines[0]) + 1, len(lines[0]) + len(lines[1]) + 2]
    roles = ("title", "body", "furniture")
    return tuple(Block("a-1", s, s + len(x), r, 1.0) for s, x, r in zip(starts, lines, roles, strict=True))


def test_everything_stands_in_the_articles_own_blocks():
    reading = annotate(article(), blocks())
    own = blocks()[1].end
    assert [s.role for s in reading.sentences] == ["title", "body", "body"]
    assert unpack(reading.vectors).shape == (3, WIDTH)
    for row in (*reading.sentences, *reading.mentions, *reading.times, *reading.amounts, *reading.clauses):
        assert 0 <= row.start < row.end <= own
    for row in (*reading.mentions, *reading.times, *reading.amounts):
        assert row.text == TEXT[row.start : row.end]
    assert [(t.text, t.value) for t in reading.times if "Tuesday" in t.text] == [("Tuesday", "2024-12-17")]
    assert any(a.low == a.high == 40 for a in reading.amounts)
    assert any("Dorvenko" in m.text and m.kind == "person" for m in reading.mentions)
    assert any("Halcyon left Valdinsk" in q.text for q in reading.quotations)


def test_a_language_that_is_not_read_is_kept_and_told():
    reading = annotate(article("de"), blocks())
    assert reading.article.text == TEXT and len(reading.blocks) == 3
    assert not reading.sentences and not reading.mentions and not reading.vectors
    from rashomon.annotate.stage import Annotate

    given = to_batch(Extraction, [Extraction("x.txt", article("de"), blocks(), None)])
    row = from_arrow(Annotated, Annotate()(given))[0]
    assert row.reading is not None and row.rejected is not None and row.rejected.reason == "language"


def test_an_article_that_breaks_the_annotator_is_rejected_with_the_reason(monkeypatch):
    from rashomon.annotate import stage

    def broken(*_):
        raise ValueError("no such luck")

    monkeypatch.setattr(stage, "annotate", broken)
    given = to_batch(Extraction, [Extraction("x.txt", article(), blocks(), None)])
    row = from_arrow(Annotated, stage.Annotate()(given))[0]
    assert row.reading is None and row.rejected is not None and "no such luck" in row.rejected.detail


def test_an_article_that_is_too_long_is_kept_whole_and_read_in_part(monkeypatch):
    from rashomon.annotate import language, stage

    given = to_batch(Extraction, [Extraction("x.txt", article(), blocks(), None)])
    monkeypatch.setattr(language, "MOST_READ", 140)
    row = from_arrow(Annotated, stage.Annotate()(given))[0]
    assert row.rejected is not None and row.rejected.reason == "too long" and "first 140 of" in row.rejected.detail
    assert row.reading is not None and row.reading.article.text == TEXT and row.reading.blocks == blocks()
    assert row.reading.sentences and max(s.end for s in row.reading.sentences) <= 141
    whole = annotate(
        article(),
        blocks(),
    )
    monkeypatch.setattr(language, "MOST_READ", 10_000)
    assert len(annotate(article(), blocks()).sentences) > len(whole.sentences)


def test_words_date_an_article_without_metadata():
    undated = dataclasses.replace(
        article(),
        published_earliest=None,
        published_latest=None,
        published_best=None,
        published_basis="unknown",
        published_evidence=None,
    )
    assert annotate(undated, blocks()).article.published_basis in ("text", "unknown")
