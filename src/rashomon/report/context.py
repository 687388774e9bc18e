"""What a brief holds: one typed context for the terminal, `--json` and the HTML page.

Everything that is text from an article is verbatim, with the article and the half-open code-point offsets it came from.
Nothing here knows how it will be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a line comes from: `text == articles[article_id].text[start:end]`."""

    article_id: str
    label: str  # the article's short name, unique among the articles of its event
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages that say one thing: those of origins, and those that copies merely repeat."""

    citations: tuple[Citation, ...]  # never empty; the clearest first
    repeated: tuple[Citation, ...]  # the same words in copies of an article in `citations`


def by_article(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations put together by article, in the order in which the articles first come."""
    grouped: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        grouped[citation.article_id].append(citation)
    return list(grouped.values())


@dataclass(frozen=True, slots=True)
class Telling:
    """One article, as the brief names it."""

    article_id: str
    label: str  # unique among the articles of its event
    outlet: str | None
    title: str | None
    byline: str | None
    url: str | None
    language: str | None
    source_uri: str
    day: str  # the day or days of publication in words: `19 December 2022`, `day unknown`
    published_earliest: str | None
    published_latest: str | None
    basis: str  # metadata, url, text, context, unknown
    evidence: str | None  # which words or field gave the day
    copy_of: str | None  # the article_id of its origin
    event_id: str | None


@dataclass(frozen=True, slots=True)
class Folded:
    """An origin with the articles that repeat its text."""

    origin: Telling
    copies: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class ClaimBrief:
    """A claim and everybody who makes it."""

    claim_id: str
    citation: Citation  # the clearest passage
    status: str  # corroborated, disputed, single
    articles: int
    origins: int
    weight: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Side:
    """One telling of a point: the value and everybody who gives it."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DifferenceBrief:
    """A point that is not told alike: two sides or more."""

    difference_id: str
    kind: str  # number, date, place, identity, attribution, cause, status, wording
    relation: str  # contradiction, update, scope, granularity, naming, framing
    about: str
    reason: str
    confidence: float
    weight: float  # 0..1, importance to the event: how many of its origins are sides, and how early they tell it
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """Somebody's words as one article gives them."""

    quotation_id: str
    citation: Citation  # from the first to the last character of what is quoted
    mode: str  # direct, indirect, mixed
    cue: str | None  # the words that report it: `said`
    source: str | None  # the words that name the speaker there
    confidence: float
    repeated: tuple[Citation, ...]  # the same in copies of the article
    said: str | None  # the day or days on which the article says that it was said, in words
    given_to: str | None = None  # whom the article gives the words to, where others give them to somebody else


@dataclass(frozen=True, slots=True)
class UtteranceBrief:
    """One act of speech in all its renderings."""

    utterance_id: str | None  # None: told once, not compared with others
    text: str  # the fullest rendering
    origins: int
    renderings: tuple[Rendering, ...]  # never empty; by day


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke, and what they said."""

    entity_id: str | None  # None: the name is the article's words, or nobody is named
    name: str | None  # None: no article says who
    utterances: tuple[UtteranceBrief, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """One way of describing somebody or something, and who uses it."""

    text: str
    loaded: float  # 0..1, the highest of its uses
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Named:
    """How the tellings name one entity."""

    entity_id: str
    name: str
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """An outlet that covers an event and does not tell a claim of it."""

    outlet: str
    articles_in_window: int
    reason: str


@dataclass(frozen=True, slots=True)
class OmissionBrief:
    """A claim that several tell and others, who cover the event, do not: evidence, never motive."""

    claim: ClaimBrief
    absences: tuple[Absence, ...]  # by outlet


@dataclass(frozen=True, slots=True)
class Changed:
    """Words of one version that the other lacks, in the sentence around them."""

    citation: Citation  # the sentence, or as much of it as stands near
    first: int  # offsets within its text
    last: int


@dataclass(frozen=True, slots=True)
class ChangeBrief:
    """A stretch that two versions of an article do not share; None on the side that lacks it."""

    before: Changed | None
    after: Changed | None


@dataclass(frozen=True, slots=True)
class RevisionBrief:
    """An article that changed at its address."""

    revision_id: str
    later: Telling
    earlier: Telling
    at: str | None  # when the later version was seen or changed, as far as that is told
    ordered: bool  # whether anything tells which of the two is the later
    changes: tuple[ChangeBrief, ...]  # in the order of the later text


@dataclass(frozen=True, slots=True)
class EventBrief:
    """One event and how it is told."""

    event_id: str
    number: int  # 1, 2, … in the order of the brief
    title: str
    earliest: str | None
    latest: str | None
    day: str  # in words; `day not told` where no article lets one say
    place: str | None
    articles: int
    origins: int
    tellings: tuple[Folded, ...]
    alike: tuple[ClaimBrief, ...]  # told by two origins or more, weightiest first
    differences: tuple[DifferenceBrief, ...]  # from the shown confidence on; the likelier right than wrong stand first
    held_back: int  # differences below it
    speakers: tuple[Speaker, ...]
    single: tuple[ClaimBrief, ...]  # told by one origin only, weightiest first
    omissions: tuple[OmissionBrief, ...]
    wording: tuple[Named, ...]
    revised: tuple[RevisionBrief, ...]  # those that changed their own words, by the day and name of the later version


@dataclass(frozen=True, slots=True)
class DayBrief:
    """One day of a storyline's timeline: a day of happening, not of publication."""

    date: str  # ISO
    day: str  # in words
    articles: int  # that name the day
    origins: int  # independent texts among them
    passages: tuple[Evidence, ...]  # the best sentence first, each with those that tell the same


@dataclass(frozen=True, slots=True)
class StorylineBrief:
    """A storyline: events that follow from each other, in order of days."""

    storyline_id: str | None  # None: events that belong to no storyline
    title: str | None
    earliest: str | None
    latest: str | None
    day: str
    events: tuple[EventBrief, ...]
    timeline: tuple[DayBrief, ...] = ()  # in order of days


@dataclass(frozen=True, slots=True)
class RejectedBrief:
    """Something that could not be read, and why."""

    source_uri: str
    stage: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the brief covers."""

    articles: int
    outlets: int
    origins: int
    events: int
    storylines: int
    differences: int  # shown


@dataclass(frozen=True, slots=True)
class Brief:
    """A dossier in one object."""

    dossier: str  # the name of its folder
    title: str  # the storyline that half of the articles or more tell; where there is none, the dossier's name
    counts: Counts
    tellings: tuple[Telling, ...]  # every article, by day and label
    storylines: tuple[StorylineBrief, ...]
    alone: tuple[Telling, ...]  # articles in no event
    undated: tuple[Telling, ...]  # articles whose day is unknown
    rejected: tuple[RejectedBrief, ...]

    @property
    def events(self) -> tuple[EventBrief, ...]:
        """Every event, in the order of the brief."""
        return tuple(event for storyline in self.storylines for event in storyline.events)
