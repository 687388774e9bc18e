"""Records that flow between stages but are no table of their own."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.model.chronicle import EventChange
from rashomon.model.records import (
    Article,
    Block,
    Entity,
    Event,
    Judgement,
    Mention,
    MetadataValue,
    Reading,
    Rejected,
    Storyline,
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What became of one source: an article with its blocks, or a reason why not."""

    source_uri: str
    article: Article | None
    blocks: tuple[Block, ...]
    rejected: Rejected | None
    metadata: tuple[MetadataValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """What became of one extraction: a reading, or a reason why not."""

    source_uri: str
    article_id: str | None
    reading: Reading | None
    rejected: Rejected | None


@dataclass(frozen=True, slots=True)
class Link:
    """One mention tied to an entity."""

    mention_id: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entities of all articles, and the mentions that name them."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something that the user already knows: an entity of a FollowTheMoney file."""

    known_id: str
    kind: str  # person, organisation, other
    names: tuple[str, ...]  # its name first, then other names; never empty


@dataclass(frozen=True, slots=True)
class Judged:
    """Entities as the stage `resolve` gives them beside what the user knows better: what the stage `judge` takes."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    judgements: tuple[Judgement, ...]  # those that stand
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """One article's reading with the links of its mentions."""

    reading: Reading
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats another's text."""

    article_id: str
    copy_of: str
    kind: str  # exact, near, partial; version: an earlier state of the same article
    share: float  # of its words that also stand in the origin, in order
    reason: str


@dataclass(frozen=True, slots=True)
class Membership:
    """One article's place in an event, with the reason for people."""

    article_id: str
    event_id: str
    reason: str
    neighbours: tuple[str, ...] = ()  # publication intervals of the event's other origins, as `earliest/latest`
    scale: tuple[float, ...] = ()  # its own scale of each likeness that is told by one (group/evidence.py)


@dataclass(frozen=True, slots=True)
class Version:
    """Two neighbouring versions of one article."""

    article_id: str  # the later
    previous_id: str
    at: str | None  # when the later was seen or changed
    ordered: bool  # whether anything tells which is the later


@dataclass(frozen=True, slots=True)
class Versions:
    """Two neighbouring versions with their texts: a row of what the stage `revise` takes."""

    version: Version
    url: str | None
    text: str
    previous_text: str
    blocks: tuple[Block, ...]
    previous_blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Copies, events and storylines of all articles."""

    copies: tuple[Copy, ...]
    events: tuple[Event, ...]
    storylines: tuple[Storyline, ...]
    memberships: tuple[Membership, ...]
    versions: tuple[Version, ...] = ()
    changes: tuple[EventChange, ...] = ()  # of this grouping and those before it, in their order
    whole: int = 0  # how many articles there were when all of them were last grouped together


@dataclass(frozen=True, slots=True)
class Placement:
    """One article's reading with all that the other articles tell of it."""

    reading: Reading
    links: tuple[Link, ...]
    copy_of: str | None
    event_id: str | None
    neighbours: tuple[str, ...]  # as in Membership


@dataclass(frozen=True, slots=True)
class Told:
    """One article's final reading beside the event that it tells: a row of the group that `compare` takes."""

    event: Event
    reading: Reading
