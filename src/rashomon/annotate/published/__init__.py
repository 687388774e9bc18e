"""The interval of days in which an article was published, told from its own words alone.

Each date that an article tells lies some days before or after its publication; how many, for each kind of date, was
counted on articles whose day is known (training/published.py). Read backwards, the counts give every day a likelihood
(Bayes, all days alike beforehand), and the answer is the shortest interval that holds most of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.annotate.published.evidence import gather
from rashomon.annotate.published.likelihood import answer
from rashomon.model.records import Block
from rashomon.model.span import Interval

__all__ = ["Published", "from_words"]


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: the days it can be, the likeliest of them, where that is from, and why.

    `best` is the likeliest day where it stands out; `likeliest` is that day whether it does or not.
    """

    interval: Interval
    best: dt.date | None
    basis: str  # text, context
    evidence: str  # one sentence that quotes the words or names the articles used
    likeliest: dt.date | None = None


def from_words(text: str, blocks: Sequence[Block]) -> Published | None:
    """The publication interval that the article's own words allow, or None where they tell too little."""
    found = answer(gather(text, blocks))
    if found is None:
        return None
    unsure = "" if found.best else f" No day stands out; the likeliest is {found.likeliest}."
    return Published(found.interval, found.best, "text", found.reason + unsure, found.likeliest)
