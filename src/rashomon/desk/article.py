"""An article's page: its text as it is stored, with what was found in it as layers that can be switched on and off."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rashomon.compare.rank import SHOWN
from rashomon.desk.judged import Bench, Judged, judged
from rashomon.desk.shelf import Listed, Shelf
from rashomon.model.records import (
    Article,
    Block,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Mention,
    MetadataValue,
    Quotation,
    Revision,
    TimeExpression,
)
from rashomon.report import words
from rashomon.report.context import Telling
from rashomon.report.index import index
from rashomon.store.selection import Selection

R = TypeVar("R")

LAYERS = ("differences", "claims", "quotations", "mentions", "times")
"""Where a stretch is of several, its link is that of the innermost, and among equals that of the first of these."""
_EVENTS = 100  # offered to move an article to
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text in one layer, and the record that it belongs to."""

    layer: str
    start: int
    end: int
    record: str  # the id by which other pages link here
    told: str  # what it is, in a few words
    address: str | None  # the page of its record


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch within which nothing begins or ends."""

    start: int
    text: str
    layers: tuple[str, ...]
    told: str
    address: str | None
    anchors: tuple[str, ...]  # ids of the records that begin here
    sought: bool  # whether it lies within the passage that the address asks for


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the text; a stretch between blocks has the role `between`."""

    role: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the page of an article shows."""

    dossier: str
    article: Article
    telling: Telling
    event_title: str | None
    copy_of: Telling | None
    copies: tuple[Telling, ...]
    parts: tuple[Part, ...]
    counts: tuple[tuple[str, int], ...]  # layer and number of its marks
    metadata: tuple[MetadataValue, ...]
    revisions: tuple[Revision, ...]  # in which it is the later or the earlier version
    sought: tuple[int, int] | None
    address: str | None  # of the article on the network, if that is one a browser may follow
    events: tuple[Listed, ...]  # it may be moved to: the nearest in days first
    judged: Judged


def article(shelf: Shelf, article_id: str, at: str, bench: Bench) -> ArticlePage | None:
    """The page of an article with the passage `at` (`120-188`) marked; None if there is no such article."""
    library = shelf.library
    found = library.find(Article, article_id)
    if found is None:
        return None
    told = index(Selection(library, [found.event_id])).tellings if found.event_id in shelf.by_id else {}
    telling = told.get(article_id) or index(_Alone(shelf, found)).tellings[article_id]
    marks = list(_marks(shelf, found))
    sought = _sought(at, len(found.text))
    blocks = sorted(library.of(Block, "article_id", article_id), key=lambda b: (b.start, b.end))
    return ArticlePage(
        dossier=shelf.name,
        article=found,
        telling=telling,
        event_title=shelf.by_id[found.event_id].title if found.event_id in shelf.by_id else None,
        copy_of=told.get(found.copy_of or ""),
        copies=tuple(t for t in told.values() if t.copy_of == article_id),
        parts=tuple(_parts(found.text, blocks, marks, sought)),
        counts=tuple((layer, sum(m.layer == layer for m in marks)) for layer in LAYERS),
        metadata=tuple(library.of(MetadataValue, "article_id", article_id)),
        revisions=tuple(
            {
                r.revision_id: r for key in ("article_id", "previous_id") for r in library.of(Revision, key, article_id)
            }.values()
        ),
        sought=sought,
        address=found.url if found.url and found.url.startswith(("https://", "http://")) else None,
        events=_near(shelf, found) if bench.writes else (),
        judged=judged(shelf, bench, [article_id], [article_id]),
    )


def _near(shelf: Shelf, article: Article) -> tuple[Listed, ...]:
    """The other events that it may tell: those of its storyline, then the nearest in days."""
    own = shelf.by_id.get(article.event_id or "")
    day = (own.earliest if own else None) or article.published_best or article.published_earliest

    def apart(event: Listed) -> tuple[bool, float, str]:
        along = own is not None and own.storyline_id is not None and event.storyline_id == own.storyline_id
        days = (
            abs((dt.date.fromisoformat(event.earliest[:10]) - dt.date.fromisoformat(day[:10])).days)
            if (event.earliest and day)
            else math.inf
        )
        return not along, days, event.event_id

    return tuple(sorted((e for e in shelf.events if e is not own), key=apart)[:_EVENTS])


class _Alone:
    """One article as if it were the whole dossier."""

    def __init__(self, shelf: Shelf, article: Article) -> None:
        self.path = shelf.library.path
        self._article = article

    def records(self, record: type[R]) -> list[R]:
        """The article itself, and nothing of any other table."""
        return [self._article] if record is Article else []  # type: ignore[list-item]


def _sought(at: str, length: int) -> tuple[int, int] | None:
    """The passage that an address asks for, if it lies in the text."""
    match = _AT.fullmatch(at)
    if match is None:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= length else None


def _marks(shelf: Shelf, article: Article) -> Iterator[Mark]:
    library, article_id = shelf.library, article.article_id
    event = f"/events/{article.event_id}"
    for side in library.of(DifferenceSide, "article_id", article_id):
        point = library.find(Difference, side.difference_id)
        if point is not None and point.confidence >= SHOWN:
            said = f"{point.relation}, {point.kind}: {words.one_line(point.about)}"
            yield Mark("differences", side.start, side.end, side.difference_id, said, f"{event}#{side.difference_id}")
    for passage in library.of(ClaimPassage, "article_id", article_id):
        claim = library.find(Claim, passage.claim_id)
        if claim is not None and claim.origins > 1:
            said = f"told by {words.plural(claim.origins, 'origin')}"
            yield Mark("claims", passage.start, passage.end, claim.claim_id, said, f"{event}#{claim.claim_id}")
    for quotation in library.of(Quotation, "article_id", article_id):
        said = f"{quotation.mode} quotation"
        to = f"/entities/{quotation.speaker_id}#{quotation.quotation_id}" if quotation.speaker_id else None
        for extent in quotation.content:
            yield Mark("quotations", extent.start, extent.end, quotation.quotation_id, said, to)
    for mention in library.of(Mention, "article_id", article_id):
        if mention.entity_id:
            said = f"{mention.kind}, {mention.form}: {mention.reason}"
            yield Mark(
                *("mentions", mention.start, mention.end, mention.mention_id, said, f"/entities/{mention.entity_id}")
            )
    for time in library.of(TimeExpression, "article_id", article_id):
        days = words.days(time.earliest, time.latest, "no day") if time.earliest or time.latest else time.value
        yield Mark("times", time.start, time.end, f"t-{time.start}", f"{time.type.lower()}: {days}", None)


def _parts(text: str, blocks: Sequence[Block], marks: Sequence[Mark], sought: tuple[int, int] | None) -> Iterator[Part]:
    """The whole text, nothing left out and nothing twice, in blocks and what stands between them."""
    reached = 0
    for block in blocks:
        if block.start > reached:
            yield from _between(text, reached, block.start)
        start = max(reached, block.start)
        if block.end > start:
            yield Part(block.role, tuple(_segments(text, (start, block.end), marks, sought)))
            reached = block.end
    if reached < len(text):
        yield from _between(text, reached, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Part]:
    if text[start:end].strip():
        yield Part("between", (Segment(start, words.visible(text[start:end]), (), "", None, (), False),))


def _segments(
    text: str, within: tuple[int, int], marks: Iterable[Mark], sought: tuple[int, int] | None
) -> Iterator[Segment]:
    low, high = within
    here = [m for m in marks if m.start < high and low < m.end]
    cuts = {low, high, *(x for m in here for x in (m.start, m.end) if low < x < high)}
    if sought:
        cuts |= {x for x in sought if low < x < high}
    ordered = sorted(cuts)
    for start, end in itertools.pairwise(ordered):
        over = [m for m in here if m.start <= start and end <= m.end]
        inner = min(over, key=lambda m: (m.address is None, m.end - m.start, LAYERS.index(m.layer)), default=None)
        yield Segment(
            start,
            words.visible(text[start:end]),
            tuple(layer for layer in LAYERS if any(m.layer == layer for m in over)),
            "; ".join(dict.fromkeys(m.told for m in over)),
            inner.address if inner else None,
            tuple(dict.fromkeys(m.record for m in over if m.start == start)),
            sought is not None and sought[0] <= start and end <= sought[1],
        )
