"""Copies: what counts as one, who is the origin, and that order does not matter."""

from __future__ import annotations

import itertools
import random

import pytest

from benchmarks._composed import composed
from benchmarks.scale import copied
from rashomon.group.copies import copies, overlap
from tests.group.making import article

WORDS = [a + b + c for a, b, c in itertools.product("bdfgklm", ("ano", "eri", "ulo", "ita"), ("", "s", "n", "nt"))]


def prose(seed: int, words: int) -> str:
    """Made-up running text, the same for the same seed."""
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) + ("." if k % 12 == 11 else "") for k in range(words)) + "."


WIRE = prose(1, 240)
PIECES = WIRE.split(". ")
CASES = {
    "the same text": (WIRE, "exact"),
    "other spacing and case": (WIRE.replace(". ", ".\n\n").upper(), "exact"),
    "the last third trimmed": (". ".join(PIECES[: len(PIECES) * 2 // 3]), "near"),
    "a paragraph added": (f"{WIRE}\n{prose(2, 60)}", "near"),
    "one word in thirty changed": (" ".join("zz" if k % 30 == 7 else w for k, w in enumerate(WIRE.split())), "near"),
    "a short piece of it": (". ".join(PIECES[:5]), "partial"),
    "inside a long report": (f"{prose(3, 300)}\n{WIRE}\n{prose(4, 500)}", "whole"),
    "half of it in a text of its own": (f"{'. '.join(PIECES[:6])}\n{prose(5, 150)}", None),
    "another text": (prose(6, 240), None),
    "a shared sentence": (f"{PIECES[0]}. {prose(7, 200)}", None),
}


@pytest.mark.parametrize("name", CASES)
def test_kinds_of_copies(name: str) -> None:
    text, kind = CASES[name]
    wire, other = article("a-1", WIRE, published="2031-03-02"), article("a-2", text, published="2031-03-03")
    found = copies([wire, other])
    if kind is None:
        assert found == ()
    elif kind == "whole":  # the wire copy is part of the longer report, whichever day each bears
        assert [(c.article_id, c.copy_of, c.kind) for c in found] == [("a-1", "a-2", "partial")]
    else:
        assert [(c.article_id, c.copy_of, c.kind) for c in found] == [("a-2", "a-1", kind)]


@pytest.mark.parametrize(
    ("days", "origin"),
    [
        (("2031-03-04", "2031-03-02"), "a-2"),  # the earliest day
        ((None, "2031-03-02"), "a-2"),
        (("2031-03-02", "2031-03-02"), "a-1"),  # the most complete
        ((None, None), "a-1"),
    ],
)
def test_the_origin_is_the_earliest_then_the_most_complete(days: tuple[str | None, ...], origin: str) -> None:
    longer = article("a-1", f"{WIRE} {prose(9, 40)}", published=days[0])
    found = copies([longer, article("a-2", WIRE, published=days[1])])
    assert [c.copy_of for c in found] == [origin]


def test_a_copy_of_a_copy_points_at_the_origin() -> None:
    brief = ". ".join(PIECES[:6])
    group = [
        article("a-1", WIRE, published="2031-03-02"),
        article("a-2", f"{WIRE} {prose(2, 40)}", published="2031-03-03"),
        article("a-3", brief, published="2031-03-01"),
        article("a-4", brief, published="2031-03-05"),
    ]
    assert {c.article_id: c.copy_of for c in copies(group)} == {"a-2": "a-1", "a-3": "a-1", "a-4": "a-1"}


def test_very_short_texts_are_not_compared() -> None:
    assert copies([article("a-1", prose(1, 12)), article("a-2", prose(1, 12))]) == ()


def test_an_agency_that_the_copy_credits_is_named() -> None:
    found = copies([article("a-1", WIRE), article("a-2", f"DRELLIN (KNA) — {WIRE}")])
    reasons = " ".join(c.reason for c in found)
    assert "runs of 5" in reasons
    assert ("KNA" in reasons) == (found[0].article_id == "a-2")


def test_shares_are_of_words_in_order() -> None:
    backwards = " ".join(reversed(WIRE.split()))
    shares = overlap(article("a-1", WIRE), article("a-2", backwards))
    assert shares.first == shares.second == 0.0


def test_a_crowd_of_reprints_has_one_origin() -> None:
    crowd = [article(f"a-{k:03}", f"{WIRE} {prose(50 + k, 20)}", published="2031-03-03") for k in range(60)]
    found = copies([*crowd, article("a-999", WIRE, published="2031-03-02")])
    assert len(found) == 60
    assert {c.copy_of for c in found} == {"a-999"}


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("DRELLIN (KNA) — The bridge fell.", "KNA"),
        ("The bridge fell. Meridian Wire contributed to this report.", "Meridian Wire"),
        ("The bridge fell. With inputs from the Karvonia Press", "Karvonia Press"),
        ("The bridge (of 1931) fell.", None),
    ],
)
def test_who_is_credited(words: str, credit: str | None) -> None:
    assert article("a-1", words).credit == credit


def test_composed_copies_are_found_by_kind_and_nothing_else_is() -> None:
    figures = copied(list(composed(250, seed=9)))
    assert figures["p"] >= 0.97
    assert min(share for share in figures["r"].values() if share is not None) >= 0.95
