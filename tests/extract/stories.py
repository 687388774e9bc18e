# ruff: noqa: E501
"""The story that the tests of extraction tell, and what holds for every article."""

from __future__ import annotations

from rashomon.extract.article import Extracted
from rashomon.model.identity import digest
from rashomon.model.records import Source

STORY = """Ferry to Oldham Quay stops after the council of Karsk refuses to pay

By Ann Orr

KARSK, March 3 (Northline) —

The ferry that links Karsk with the island of Selm stopped on Tuesday after the council said that it would not pay for new engines.

"We have asked for three years and we have been told to wait for three years," said Marta Ilvin, who runs the line with her brother.

The council said in a statement that the island could be reached by the bridge at Dorn, which was opened in 2017 and is used by 4,000 cars a day.

About 300 people who live on Selm have no car, according to the ferry company, and the nearest bus stops two kilometres from the bridge.

The mayor of Karsk, Piet Holm, said that talks would be held with the company before the end of the month.
"""


def source(data: bytes | str, kind: str = "text", uri: str = "in/a.txt") -> Source:
    data = data.encode() if isinstance(data, str) else data
    return Source(uri, digest(data), kind, data)


def check(found: Extracted) -> None:
    text, at = found.article.text, 0
    for block in found.blocks:
        assert block.article_id == found.article.article_id
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert 0 <= block.confidence <= 1
        at = block.end
    assert not text[at:].strip()


def roles(found: Extracted) -> list[tuple[str, str]]:
    return [(block.role, found.article.text[block.start : block.end]) for block in found.blocks]
