"""What became in time: the table `timelines` and what flows to it, and the table `event_changes`."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.model.records import Reading, Storyline


@dataclass(frozen=True, slots=True)
class Moment:
    """One sentence of one entry of a storyline's timeline, or another article's sentence that tells the same of it."""

    storyline_id: str
    day: str  # of happening, as the sentences tell it
    rank: int  # 1 is the best sentence of the day
    article_id: str
    start: int
    end: int
    text: str  # verbatim
    chosen: bool  # whether this sentence stands for the day; the others of its rank tell the same
    articles: int  # that name the day
    origins: int  # independent texts among them


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The timeline of one storyline."""

    storyline_id: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """One article's final reading beside the storyline that it tells: a row of the group that `date` takes."""

    storyline: Storyline
    reading: Reading


@dataclass(frozen=True, slots=True)
class EventChange:
    """Articles that stood in one event and stand in another, since others were added to the dossier."""

    change_id: str  # made from its step and its two events
    step: int  # which addition that changed events it came with, from 1
    kind: str  # merged: the former event is no more; split: they are an event of their own now; moved: to another event
    former_id: str  # the event in which they stood
    event_id: str  # the event in which they stand since this step
    articles: tuple[str, ...]  # those that stood in the one and stand in the other
    article_id: str | None  # the added article that brought it about, where one did
    reason: str
