"""Where the article ends and a thread of comments begins, in text where nothing separates the two."""

from __future__ import annotations

import numpy as np

from rashomon.extract.features import voice
from rashomon.extract.lexical import Matrix
from rashomon.extract.model import commenting

# A thread has at least this many lines; fewer are too little to tell a voice by.
_FEWEST = 5
# What one line can weigh, and what a thread's lines must weigh together, as log odds. Chosen so that at most one in a
# hundred of 166 news articles without a thread seems to have one; of threads of forty lines, made of pages that the
# model had not seen, three quarters are found.
_MOST, _ENOUGH = 2.5, 10.0
# What stands before the thread must speak as clearly the other way, together and a line, where the thread's lines are
# likely ones; less is asked of it where they are very likely. With no such demand, advice that says "you" throughout
# and forums lose a tenth of their own text (task `plain`); with these a hundredth of the articles' is.
_TOLD, _TOLD_EACH, _LIKELY = -8.0, -1.3, 0.4
_TOLD_LITTLE, _VERY_LIKELY, _MUCH = -0.4, 1.5, 20.0
# The line that opens a thread must itself speak so: a doubtful one is the article's last.
_OPENING = 0.5


def thread_start(features: Matrix) -> int | None:
    """The number of the first of the given lines in a thread of comments that runs to their end.

    `features` are the rows of `measure` for the lines that are not furniture. Each line has its odds of being a
    commenter's, whatever stands beside it; the thread begins where the odds of all that follows are highest (one change
    point, as in CUSUM), if they are high enough and what stands before speaks otherwise. At least two lines stay the
    article's: a text that speaks so from its beginning is no thread.
    """
    if len(features) < _FEWEST + 2:
        return None
    return change(commenting(voice(features)))


def change(odds: Matrix) -> int | None:
    """The index from which on the odds are those of a thread; None if they never clearly are."""
    clipped = np.clip(odds, -_MOST, _MOST).astype(np.float64)
    behind = np.cumsum(clipped[::-1])[::-1]
    k = 2 + int(np.argmax(behind[2 : len(behind) - _FEWEST + 1]))
    told, likely = clipped[:k], clipped[k:].mean()
    plain = told.sum() <= _TOLD and told.mean() <= _TOLD_EACH and likely >= _LIKELY and behind[k] >= _ENOUGH
    if not plain and not (told.mean() <= _TOLD_LITTLE and likely >= _VERY_LIKELY and behind[k] >= _MUCH):
        return None
    while k < len(clipped) - 1 and clipped[k] < _OPENING:
        k += 1
    return k
