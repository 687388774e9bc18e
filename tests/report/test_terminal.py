"""The terminal brief: complete, bounded, plain where it must be, and deaf to what articles try."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from rashomon.report.brief import brief
from rashomon.report.context import Citation, Evidence
from rashomon.report.terminal import _places, render
from rashomon.report.words import plural


def printed(shelf, width=80, terminal=False, **options):
    console = Console(
        file=io.StringIO(), width=width, force_terminal=terminal, color_system="truecolor" if terminal else None
    )
    render(brief(shelf), console, **options)
    return console.file.getvalue()


def test_it_says_the_whole_brief(shelf):
    text = printed(shelf)
    for words in (
        "The Halda",
        "3 March 2031 · Quellin · 4 articles from 3 origins",
        "TOLD ALIKE",
        "The Quellin Lantern 42–102 · Brisk Gazette 58–108 (+ 1 copy)",
        "contradiction · number · the dead",
        "“We will find out who let her sail”",
        "= “We shall learn who allowed her out”",
        "ONLY ONE TELLS",
        "NOT TOLD BY ALL",
        "2 origins tell it; not Norra Mirror (1 article)",
        "floating coffin",
        "1 doubtful difference held back",
        "place not told",
        "DAY UNKNOWN",
        "repeated by Uppering Echo · a-reprint",
        "broken.html: empty",
    ):
        assert words in text, words


def test_two_sides_stand_side_by_side_where_there_is_room(shelf):
    both = re.compile(r"seven people were killed”.*“Nine people lost their lives")
    assert both.search(printed(shelf, width=80))
    assert not both.search(printed(shelf, width=60))


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(shelf, width):
    assert max(map(len, printed(shelf, width=width).splitlines())) <= min(width, 100)


def test_off_a_terminal_there_is_no_escape_code(shelf):
    assert "\x1b" not in printed(shelf)
    assert " \n" not in printed(shelf)
    assert "\x1b" in printed(shelf, terminal=True)


def test_sections_are_cut_and_say_what_was_left_out(shelf):
    text = printed(shelf, limit=1)
    assert "and 1 more claim" in text
    assert "112 passengers" not in text.split("WHERE THEY DIFFER")[0]


@pytest.mark.parametrize("terminal", [False, True])
def test_articles_cannot_act_on_the_terminal(hostile, terminal):
    text = printed(hostile, terminal=terminal)
    own = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", own)
    assert "⟨U+202E⟩" in own
    assert "\x1b[31m" not in text
    assert "[bold]" in re.sub(r"\s+", "", own)


def test_each_article_is_placed_by_its_first_passage_and_the_one_shown_stands_first():
    def at(article: str, start: int) -> Citation:
        return Citation(article_id=article, start=start, end=start + 9, text="so it said", label=article.upper())

    told = Evidence((at("a", 0), at("b", 5), at("c", 7), at("d", 8), at("e", 9), at("a", 40)), ())
    assert _places(told).plain == "A 0–9 · B 5–14 · C 7–16 · D 8–17 · 2 more"


@pytest.mark.parametrize(
    ("number", "noun", "told"), [(3, "day", "3 days"), (2, "copy", "2 copies"), (1, "day", "1 day")]
)
def test_plurals(number, noun, told):
    assert plural(number, noun) == told
