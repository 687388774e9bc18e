"""Words of one speaker that are quoted in other words: what a translation, or an editor, chose.

Two direct quotations of one utterance cannot both be its very words where other words stand at one place of them. The
places are found by the words around them, which both have (longest common runs, as in Ratcliff and Metzener 1988).
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence

from rashomon.annotate.language import pipeline
from rashomon.annotate.quotations.marks import stretches
from rashomon.compare.candidates import Candidate, Side
from rashomon.compare.utterances import Heard, Spoken
from rashomon.model.span import Span

MOST = 4
"""Words that another word may stand for: longer stretches are other sentences."""
BESIDE = 2
"""Words in a row before or after the place that both renderings have."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")

Word = tuple[str, int, int]


def find(heard: Sequence[Heard]) -> list[Candidate]:
    """Places at which two direct renderings of one utterance have other words."""
    found: list[Candidate] = []
    for one in heard:
        direct = [r for r in one.renderings if r.direct]
        for left, right in itertools.combinations(sorted(direct, key=lambda r: r.passage.index), 2):
            if left.passage.origin != right.passage.origin:
                found.extend(_apart(left, right))
    return found


def _apart(left: Spoken, right: Spoken) -> Iterator[Candidate]:
    ours, theirs = _words(left), _words(right)
    matcher = difflib.SequenceMatcher(None, [w for w, _, _ in ours], [w for w, _, _ in theirs], autojunk=False)
    runs = matcher.get_opcodes()
    marked = _marked(left), _marked(right)
    for number, (how, a, b, c, d) in enumerate(runs):
        if how != "replace" or max(b - a, d - c) > MOST:
            continue
        beside = [runs[n][2] - runs[n][1] for n in (number - 1, number + 1) if 0 <= n < len(runs)]
        if max(beside, default=0) < BESIDE or not _telling(ours[a:b], theirs[c:d]):
            continue
        places = [_place(words) for words in (ours[a:b], theirs[c:d])]
        if not all(
            any(s.start <= x and y <= s.end for s in inside) for inside, (x, y) in zip(marked, places, strict=True)
        ):
            continue
        sides = tuple(
            Side(one.passage, one.start, one.end, x, y) for one, (x, y) in zip((left, right), places, strict=True)
        )
        yield Candidate("wording", "framing", sides[0].value, sides, "wording:quoted", 1.0, "quoted in other words")


def _place(words: Sequence[Word]) -> tuple[int, int]:
    """Where they stand, without words at either end that mean nothing by themselves."""
    vocabulary = pipeline().vocab
    telling = [n for n, (word, _, _) in enumerate(words) if not vocabulary[word].is_stop]
    return words[telling[0]][1], words[telling[-1]][2]


def _telling(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether both have a word with a meaning of its own, and not merely another form of the other's."""
    vocabulary = pipeline().vocab
    told = [{w for w, _, _ in words if not vocabulary[w].is_stop} for words in (ours, theirs)]
    if not all(told) or _joined(ours) == _joined(theirs):
        return False
    return not any(a[:4] == b[:4] for a in told[0] for b in told[1])


def _words(one: Spoken) -> list[Word]:
    text = one.passage.article.text
    return [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text, one.start, one.end)]


def _joined(words: Sequence[Word]) -> str:
    return "".join(c for word, _, _ in words for c in word if c.isalnum())


def _marked(one: Spoken) -> list[Span]:
    """What stands between quotation marks in the rendering's paragraph."""
    text = one.passage.article.text
    first, last = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
    return [s.inner for s in stretches(text, [Span(first, last if last >= 0 else len(text))])]
