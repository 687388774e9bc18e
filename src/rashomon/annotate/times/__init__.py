"""Time expressions: found by a grammar over typed tokens, resolved against the publication interval."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.annotate.times.recognise import Expression, recognise
from rashomon.annotate.times.resolve import resolve
from rashomon.model.records import TimeExpression
from rashomon.model.span import Interval, Span

__all__ = ["Expression", "annotate", "recognise", "resolve"]


def annotate(article_id: str, text: str, own: Sequence[Span], published: Interval | None) -> tuple[TimeExpression, ...]:
    """The time expressions inside the `own` spans of an article's text, in order, resolved against its publication.

    `published` None means that nothing is known of the day: what is told relative to it then means no days. To resolve
    again when the interval narrows, keep what `recognise` gave and call `resolve`.
    """
    return resolve(article_id, text, recognise(text, own), published)
