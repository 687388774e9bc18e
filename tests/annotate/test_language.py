"""Blocks as parsed documents at their places in the article."""

from hypothesis import given
from hypothesis import strategies as st

from rashomon.annotate.language import parse
from rashomon.annotate.pieces import pieces, spoken
from rashomon.model.records import Block
from rashomon.model.span import Span


@given(st.text(alphabet="ab .!\n", min_size=1, max_size=200), st.integers(1, 30))
def test_pieces_join_to_the_span_again(text, longest):
    found = list(pieces(text, Span(0, len(text)), longest))
    assert "".join(piece.of(text) for piece in found) == text
    assert all(piece.end - piece.start <= longest for piece in found)


def test_pieces_end_behind_sentences():
    text = "The ferry left. The port closed. Nobody spoke."
    assert [p.of(text) for p in pieces(text, Span(0, len(text)), 20)] == [
        "The ferry left. ",
        "The port closed. ",
        "Nobody spoke.",
    ]


def test_tokens_stand_where_the_article_has_them():
    text = "Menu | Home\nThe port of Valdinsk\nwas closed on Monday. Two ferries waited.\nShare this"
    blocks = [
        Block("a", 0, 11, "furniture", 1.0),
        Block("a", 12, 74, "body", 1.0),
        Block("a", 75, 85, "furniture", 1.0),
    ]
    parsed = parse("a", text, blocks)
    assert [block.role for block in parsed.blocks] == ["body"]
    for block in parsed.blocks:
        for token in block.doc:
            found = block.span(token).of(text)
            assert found == token.text or found.isspace()
        for sentence in block.doc.sents:
            assert block.span(sentence).of(text).replace("\n", " ") == sentence.text


def test_a_very_long_line_is_parsed_whole():
    text = "The ferry left the port of Valdinsk on Monday. " * 2500
    parsed = parse("a", text, [Block("a", 0, len(text.rstrip()), "body", 1.0)])
    assert len(parsed.blocks) > 1
    assert sum(1 for block in parsed.blocks for _ in block.doc.sents) == 2500


def test_what_no_blank_ends_is_cut_and_nothing_is_lost():
    text = "The quay. " + "&" * 3500 + " It is closed."
    found = [piece.of(text) for piece in spoken(text, Span(0, len(text)), 50_000)]
    assert "".join(found) == text and max(map(len, found)) <= 1020 and len(found) == 4
