"""Articles that changed at their address, for the brief."""

from __future__ import annotations

from rashomon.model.records import Change, Revision
from rashomon.report.context import ChangeBrief, RevisionBrief
from rashomon.report.index import Index, by_day


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
    new = (revision.article_id, change.start, change.end)
    return ChangeBrief(
        before=shelf.cite(*old) if change.previous_text else None,
        after=shelf.cite(*new) if change.text else None,
    )
