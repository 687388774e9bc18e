"""Articles that changed at their address, for the brief."""

from __future__ import annotations

import re

from rashomon.model.records import Change, Revision
from rashomon.report.context import ChangeBrief, Changed, RevisionBrief
from rashomon.report.index import Index, by_day

_NEAR = 160  # characters beside a change in which the ends of its sentence are sought
_BREAK = re.compile(r"[.!?…][\"”’')\]]*\s+|\n\s*")
_STOP = re.compile(r"[.!?…][\"”’')\]]*(?=\s|$)|(?=\n)")
_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")


def revised(shelf: Index, event_id: str) -> tuple[RevisionBrief, ...]:
    """The revisions of an event's articles that changed their own words, by the later version's day and name."""
    found = [_brief(shelf, revision) for revision in shelf.revisions.get(event_id, ()) if revision.changes]
    return tuple(sorted(found, key=lambda r: (by_day(r.later), r.revision_id)))


def _brief(shelf: Index, revision: Revision) -> RevisionBrief:
    return RevisionBrief(
        revision_id=revision.revision_id,
        later=shelf.tellings[revision.article_id],
        earlier=shelf.tellings[revision.previous_id],
        at=revision.at,
        ordered=revision.ordered,
        changes=tuple(_change(shelf, revision, change) for change in revision.changes),
    )


def _change(shelf: Index, revision: Revision, change: Change) -> ChangeBrief:
    old = (revision.previous_id, change.previous_start, change.previous_end)
    return ChangeBrief(
        before=_changed(shelf, *old) if change.previous_text else None,
        after=_changed(shelf, revision.article_id, change.start, change.end) if change.text else None,
    )


def _changed(shelf: Index, article_id: str, start: int, end: int) -> Changed:
    """The changed words with what stands beside them, up to the ends of their sentence."""
    text = shelf.articles[article_id].text
    first = max(0, start - _NEAR)
    breaks = [match.end() for match in _BREAK.finditer(text, first, start)]
    if breaks:
        first = breaks[-1]
    elif first:  # in the middle of a word
        first = text.find(" ", first, start) + 1 or start
    last = end
    if not _ENDED.search(text[start:end]):
        stop = _STOP.search(text, end, end + _NEAR)
        rest = len(text) if len(text) <= end + _NEAR else text.rfind(" ", end, end + _NEAR)
        last = stop.end() if stop else max(end, rest)
    return Changed(shelf.cite(article_id, first, last), start - first, end - first)
