"""Versions of one article: the same address with another text; and what changed from one to the next."""

from __future__ import annotations

import difflib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyarrow as pa

from rashomon.annotate.language import OWN_ROLES
from rashomon.group.copies import overlap
from rashomon.group.features import ArticleFeatures
from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Copy, Version, Versions
from rashomon.model.identity import identify
from rashomon.model.records import Block, Change, Revision

# Of the words of the shorter one: two texts at one address that share less are two articles (a home page, a live page).
ALIKE = 1 / 3
_WORD = re.compile(r"\S+")
_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")
_LONGEST = 3000  # words: a changed stretch of more is told as a whole, since comparing words costs their square


def _order(article: ArticleFeatures) -> tuple[str, str, str, str]:
    """When a version was seen, changed, published; its id where nothing tells."""
    return article.retrieved or "", article.modified or "", article.published_latest or "", article.article_id


def versions(articles: Sequence[ArticleFeatures]) -> tuple[Version, ...]:
    """Pairs of neighbouring versions among `articles`, the later first; sorted by id."""
    places: dict[str, list[ArticleFeatures]] = defaultdict(list)
    for article in articles:
        if article.address is not None:
            places[article.address].append(article)
    found = []
    for _, members in sorted(places.items()):
        members.sort(key=_order)
        for earlier, later in itertools.pairwise(members):
            if _alike(earlier, later):
                told = _order(earlier)[:3] != _order(later)[:3]
                at = later.retrieved or later.modified
                found.append(Version(later.article_id, earlier.article_id, at if told else None, told))
    return tuple(sorted(found, key=lambda v: (v.article_id, v.previous_id)))


def _alike(one: ArticleFeatures, other: ArticleFeatures) -> bool:
    if one.title is not None and one.title == other.title:
        return True
    shares = overlap(one, other)
    return max(shares.first, shares.second) >= ALIKE


def as_copies(found: Sequence[Version], copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """Earlier versions as copies of the latest, or of what that is itself a copy of; beside the other copies."""
    later = {version.previous_id: version.article_id for version in found}
    origin = {copy.article_id: copy.copy_of for copy in copies}
    made = []
    for earlier in sorted(later):
        latest = later[earlier]
        while latest in later:
            latest = later[latest]
        made.append(Copy(earlier, origin.get(latest, latest), "version", 1.0, f"an earlier version of {latest}"))
    return tuple(sorted([*copies, *made], key=lambda copy: copy.article_id))


class Revise:
    """Pairs of versions to revisions: what of the article's own words changed."""

    needs = schema(Versions)
    gives = schema(Revision)

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of Versions to rows of Revision, in the same order."""
        return to_table(Revision, [revision(row) for row in from_arrow(Versions, table)])


def revision(pair: Versions) -> Revision:
    """What changed between two versions, in the words of both; furniture and comments are not compared."""
    version = pair.version
    return Revision(
        revision_id=identify("r", version.previous_id, version.article_id),
        article_id=version.article_id,
        previous_id=version.previous_id,
        url=pair.url,
        at=version.at,
        ordered=version.ordered,
        changes=tuple(_changes(pair)),
    )


def _own(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.role in OWN_ROLES]


def _changes(pair: Versions) -> Iterator[Change]:
    """Changed stretches: blocks that are the same are passed over, the words of the others are aligned."""
    old, new = _own(pair.previous_blocks), _own(pair.blocks)
    said = [pair.previous_text[b.start : b.end] for b in old], [pair.text[b.start : b.end] for b in new]
    matcher = difflib.SequenceMatcher(None, *said, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            here = old[j - 1].end if j else 0, new[m - 1].end if m else 0
            before = (old[i].start, old[j - 1].end) if i < j else (here[0], here[0])
            after = (new[k].start, new[m - 1].end) if k < m else (here[1], here[1])
            yield from _within(pair, before, after)


def _within(pair: Versions, before: tuple[int, int], after: tuple[int, int]) -> Iterator[Change]:
    """The changed words of a changed stretch; neighbouring changes that one word parts are one."""
    old = [(m.start(), m.end()) for m in _WORD.finditer(pair.previous_text, *before)]
    new = [(m.start(), m.end()) for m in _WORD.finditer(pair.text, *after)]
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        yield _change(pair, before, after)
        return
    words = [pair.previous_text[s:e] for s, e in old], [pair.text[s:e] for s, e in new]
    runs: list[tuple[int, int, int, int]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if runs and i - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], j, runs[-1][2], m)
        else:
            runs.append((i, j, k, m))
    floor = 0
    for run in runs:
        i, j, k, m = _from_sentence(words, run, floor)
        floor = j
        yield _change(pair, _extent(old, i, j, before), _extent(new, k, m, after))


def _from_sentence(
    words: tuple[list[str], list[str]], run: tuple[int, int, int, int], floor: int
) -> tuple[int, int, int, int]:
    """Words that only one side has, moved back to begin with a sentence where the words before them allow it.

    `A. The end.` made `A. The tower fell. The end.` by adding `tower fell. The`, or as well `The tower fell.`
    """
    i, j, k, m = run
    if i < j and k < m:
        return run
    side, start, end = (words[1], k, m) if i == j else (words[0], i, j)
    for back in range(min(start, i - floor) + 1):
        if start == back or _ENDED.search(side[start - back - 1]):
            return i - back, j - back, k - back, m - back
        if side[start - back - 1] != side[end - back - 1]:
            break
    return run


def _extent(words: Sequence[tuple[int, int]], first: int, last: int, within: tuple[int, int]) -> tuple[int, int]:
    """From the first to the last of some words; where there are none, the place where they would stand."""
    if first < last:
        return words[first][0], words[last - 1][1]
    place = words[first - 1][1] if first else within[0]
    return place, place


def _change(pair: Versions, before: tuple[int, int], after: tuple[int, int]) -> Change:
    return Change(*after, pair.text[slice(*after)], *before, pair.previous_text[slice(*before)])
