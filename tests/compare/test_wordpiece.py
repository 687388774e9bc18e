from __future__ import annotations

import pytest

from rashomon.compare import wordpiece
from rashomon.compare.wordpiece import UNKNOWN, pieces


def spelt(text: str) -> list[str]:
    names = {number: piece for piece, number in wordpiece._vocabulary().items()}
    return [names[p.number] for p in pieces(text, 100)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ferry sank.", ["the", "ferry", "sank", "."]),
        ("Ferrymen", ["ferry", "##men"]),
        ("Café “naïve” £5", ["cafe", "“", "naive", "”", "£5"]),
        ("won't", ["won", "'", "t"]),
        ("a\u200bb\x00c", ["abc"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_spelling(text, wanted):
    assert spelt(text) == wanted


def test_every_piece_stands_where_it_says():
    text = "Die Fähre „Korlin“ sank um 11:30 Uhr – sieben Tote."
    for piece in pieces(text, 100):
        assert 0 <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end].strip()
    starts = [p.start for p in pieces(text, 100)]
    assert starts == sorted(starts)


def test_what_no_piece_covers_is_unknown_as_a_whole():
    assert [p.number for p in pieces("\U0001f6a2", 10)] == [UNKNOWN]
    (piece,) = pieces("x" * 101, 10)
    assert (piece.number, piece.start, piece.end) == (UNKNOWN, 0, 101)


def test_no_more_than_asked_for():
    assert len(pieces("ferry " * 50, 7)) == 7
