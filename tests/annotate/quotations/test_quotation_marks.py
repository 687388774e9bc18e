"""Stretches between quotation marks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.annotate.quotations.marks import stretches
from rashomon.model.span import Span

CASES = [
    ("“We go,” he said. “Now.”", ["“We go,”", "“Now.”"]),
    ('"We go," he said. "Now."', ['"We go,"', '"Now."']),
    ("``We go,'' he said.", ["``We go,''"]),
    ("''We go,'' he said.", ["''We go,''"]),
    ("«We go», he said.", ["«We go»"]),
    ("„We go“, he said.", ["„We go“"]),
    ("‘We go,’ he said, and the minister’s dog barked.", ["‘We go,’"]),
    ("'We go,' he said.", ["'We go,'"]),
    ("The minister's dog and the drivers' strike of '98.", []),
    ("“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”", "‘no’"]),
    ("“We go on.", ["“We go on."]),
    ('A 6" pipe and a 4" pipe.', []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_stretches(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in stretches(text, [Span(0, len(text))])] == expected


def test_an_open_paragraph_does_not_swallow_the_next() -> None:
    text = "“We go.\n\n“We stay.”"
    found = stretches(text, [Span(0, 7), Span(9, len(text))])
    assert [(s.start, s.end, s.closed) for s in found] == [(0, 7, False), (9, len(text), True)]


@given(st.text(alphabet="ab .,“”‘’\"'`«»\n", max_size=60).filter(bool))
def test_stretches_fit_and_do_not_cross(text: str) -> None:
    found = stretches(text, [Span(0, len(text))])
    for s in found:
        assert 0 <= s.start < s.inner.start <= s.inner.end <= s.end <= len(text)
    outer = [s for s in found if s.depth == 0 and text[s.start] not in "‘'`"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(outer))
