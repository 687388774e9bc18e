"""The tables as dataclasses: one class a table, one field a column (docs/reference/tables.md is made from it).

Offsets are code points into the article's `text`, half open. Days are ISO dates (`2022-12-19`); an interval is
[earliest, latest], both included. Ids are derived from content (model/identity.py). A field `text` beside a span holds
the very characters under it, so that every table can be read alone and every span can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as they came: a page, a text file, one record of a file of many, what an address answered."""

    source_uri: str  # the address, or the path as given, normalised, with `#N` for record N of a file of many
    sha256: str  # of `data`
    kind: str  # text, html, json (one JSON object), mail (a MIME message), pdf, docx
    data: bytes
    url: str | None = None  # the address that it came from, as an archive or the network tells it
    charset: str | None = None  # the encoding that the transport declared
    retrieved: str | None = None  # when it was fetched, ISO 8601 in UTC; none for files
    fields: str | None = None  # names of its fields as the user mapped them: `text=body,date=when`
    named: str | None = None  # what the feed or sitemap that named it told of it, as JSON: [[field, value, origin], …]


@dataclass(frozen=True, slots=True)
class Article:
    """One telling by one outlet: an immutable `text` and its metadata."""

    article_id: str  # made from outlet, address and text
    outlet: str | None  # as its metadata or its page tells; none if untold
    url: str | None  # the address, canonical where the page names one
    title: str | None  # the headline
    byline: str | None  # who wrote it, as told
    language: str | None  # ISO 639-1 code
    published_earliest: str | None  # first day of the publication interval
    published_latest: str | None  # its last day
    published_best: str | None  # the likeliest day, if one is
    published_basis: str  # metadata, url, text, context, unknown
    published_evidence: str | None  # a sentence for people: which words or field gave the interval
    text: str  # all of it, never changed: what every offset points into
    source_uri: str  # path of the source, with `#N` for line N
    source_sha256: str  # of the source's bytes
    copy_of: str | None = None  # the article whose text this one repeats
    event_id: str | None = None  # the event that it tells
    encoding: str | None = None  # of its bytes, and whether that was guessed; None where it came as a JSON text
    modified: str | None = None  # when it was last changed, as its metadata tell: a day, or a moment in UTC
    retrieved: str | None = None  # when it was fetched, as an archive or the network tells
    event_reason: str | None = None  # why it is in its event, for people


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text with a role; the blocks of an article hold all its non-blank characters."""

    article_id: str
    start: int
    end: int
    role: str  # title, byline, dateline, body, caption, comment, furniture
    confidence: float


@dataclass(frozen=True, slots=True)
class MetadataValue:
    """What one place of a source says of its article: all that was found, whether or not it was taken."""

    article_id: str
    field: str  # title, byline, outlet, url, language, published, modified
    value: str  # as it stands there, white space collapsed
    origin: str  # where it stands: `JSON-LD datePublished`, `meta og:title`, `field title`, `mail header From`
    used: bool  # whether the article's column was made from it


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article's own blocks."""

    article_id: str
    start: int
    end: int
    role: str  # the role of its block: title, dateline, body or caption
    terms: tuple[str, ...]  # lower-cased lemmas of its content words, in order, repeated as told


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names or refers to someone or something."""

    mention_id: str  # made from article and offsets
    article_id: str
    start: int
    end: int
    text: str
    kind: str  # person, organisation, place, group, other
    form: str  # name, nominal, pronoun
    chain: int  # mentions of one article with the same number refer to the same thing
    reason: str  # why it is in its chain, for people
    entity_id: str | None = None  # whom or what it names, across articles
    stands_for: str | None = None  # government: the name of a place that speaks or acts; it stays that of the place


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which an entity is written, and in how many articles."""

    text: str  # a spelling, verbatim
    articles: int  # how many articles write it so


@dataclass(frozen=True, slots=True)
class Entity:
    """The person, organisation, place or group itself."""

    entity_id: str  # made from its mentions
    kind: str  # person, organisation, place, group, other
    name: str  # verbatim: of its variants one of several words before a single one, then the commonest
    variants: tuple[Variant, ...]  # every way in which it is written
    reason: str  # why these variants are one, for people
    known_as: str | None = None  # its id in the knowledge that was brought


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of text inside a record that has several."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words or thoughts as one article reports them."""

    quotation_id: str  # made from article and offsets
    article_id: str
    content: tuple[Extent, ...]  # in reading order, never empty
    text: str  # the characters of the extents, joined by one space
    cue_start: int | None  # the word that reports: said, according to; none if there is none
    cue_end: int | None  # its end
    source_start: int | None  # the words that tell who speaks; none if untold
    source_end: int | None  # their end
    speaker_mention: str | None  # the mention that the source stretch is or holds
    mode: str  # direct, indirect, mixed
    confidence: float
    speaker_id: str | None = None  # who speaks, across articles
    utterance_id: str | None = None  # the act of speech that it renders
    said_start: int | None = None  # the words that tell when it was said, as in the table times; none if untold
    said_end: int | None = None  # their end


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one article."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of speech, as several articles quote, trim, translate or paraphrase it."""

    utterance_id: str  # made from its renderings
    event_id: str
    speaker_id: str | None  # who speaks
    text: str  # the fullest rendering, verbatim
    renderings: tuple[str, ...]  # quotation ids
    places: tuple[Place, ...] = ()  # the very words in each article: a sentence of a quotation, or a part of one


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch that tells a time, with the interval of days it means (None where it means none)."""

    article_id: str
    start: int
    end: int
    text: str
    type: str  # DATE, TIME, DURATION, SET
    value: str  # TIMEX3
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A stretch that tells a quantity."""

    article_id: str
    start: int
    end: int
    text: str
    low: float | None  # None: no lower bound told
    high: float | None  # None: no upper bound told
    unit: str | None  # people, USD, km, percent, year …; None for a bare count
    of: str | None  # what is counted, verbatim
    of_start: int | None  # where the words in `of` stand
    of_end: int | None  # their end
    approximate: bool  # whether the words say about, nearly, dozens …


@dataclass(frozen=True, slots=True)
class Clause:
    """One typed frame of a sentence: who does what to whom, how surely, and who says so."""

    article_id: str
    start: int
    end: int
    predicate: str  # lemma of the head verb or noun
    predicate_start: int
    subject_start: int | None
    subject_end: int | None
    object_start: int | None
    object_end: int | None
    negated: bool
    modality: str  # fact, possible, planned, reported
    terms: tuple[str, ...]
    role: str = "main"  # main, coordinated, relative, participial, complement, adverbial, nominal, modified
    source_start: int | None = None  # who is said to say so
    source_end: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says, annotated: the record that flows from the per-article stages to the comparing ones."""

    article: Article
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]
    times: tuple[TimeExpression, ...]
    amounts: tuple[Amount, ...]
    clauses: tuple[Clause, ...]
    vectors: bytes  # float16, row-major, one row of 512 a sentence: the sentences in order
    metadata: tuple[MetadataValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One happening at a time and place, told by one or more articles."""

    event_id: str
    title: str  # a headline or sentence of one of its articles, verbatim
    earliest: str | None
    latest: str | None
    place_id: str | None  # where it happened
    storyline_id: str | None  # what it belongs to
    articles: int
    origins: int


@dataclass(frozen=True, slots=True)
class Storyline:
    """Events that follow from each other over weeks or years."""

    storyline_id: str  # made from its events
    title: str  # verbatim, from one of its events
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What passages of one or more articles assert in common."""

    claim_id: str  # made from its passages
    event_id: str
    text: str  # the clearest passage, verbatim
    status: str  # corroborated, disputed, single
    articles: int
    origins: int
    weight: float  # importance to the event, 0..1


@dataclass(frozen=True, slots=True)
class ClaimPassage:
    """One place where a claim is told."""

    claim_id: str  # the claim that is told there
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A point that passages of two or more articles do not tell alike."""

    difference_id: str  # made from its sides
    event_id: str
    kind: str  # number, date, place, identity, attribution, cause, status, wording
    relation: str  # contradiction, update, scope, granularity, naming, framing
    about: str  # verbatim words that name the point
    reason: str  # one sentence built from the values found
    confidence: float


@dataclass(frozen=True, slots=True)
class DifferenceSide:
    """One telling of the point that a difference is about."""

    difference_id: str  # the difference that it is a side of
    article_id: str
    start: int
    end: int
    text: str
    value: str  # what is told there, in short: a number, a day, a name


@dataclass(frozen=True, slots=True)
class Wording:
    """How one article describes an entity, and how loaded the words are."""

    entity_id: str  # whom the words describe
    article_id: str
    start: int
    end: int
    text: str  # the describing words
    loaded: float  # 0..1


@dataclass(frozen=True, slots=True)
class Omission:
    """A corroborated claim that an outlet covering the event does not tell: evidence, never motive."""

    event_id: str
    claim_id: str  # what is not told
    outlet: str  # who does not tell it
    articles_in_window: int  # how many articles of the outlet on the event were read
    reason: str  # the evidence in one sentence


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that comparing the articles of one event gave."""

    event_id: str
    claims: tuple[Claim, ...]
    claim_passages: tuple[ClaimPassage, ...]
    differences: tuple[Difference, ...]
    difference_sides: tuple[DifferenceSide, ...]
    utterances: tuple[Utterance, ...]
    wording: tuple[Wording, ...]
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch that is not the same in two versions; empty on the side that lacks it."""

    start: int  # in the later version
    end: int
    text: str  # verbatim
    previous_start: int  # in the earlier version
    previous_end: int
    previous_text: str  # verbatim


@dataclass(frozen=True, slots=True)
class Revision:
    """An article that changed at its address: what its next version changed of its own words."""

    revision_id: str  # made from the two articles
    article_id: str  # the later version
    previous_id: str  # the earlier version
    url: str | None  # the address of the later version
    at: str | None  # when the later version was seen or changed, as far as that is told
    ordered: bool  # whether anything tells which of the two is the later
    changes: tuple[Change, ...]  # in the order of the later text; none if only what stands around it changed


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that could not be used, and why."""

    source_uri: str  # what was to be read
    stage: str  # read, extract or annotate
    reason: str  # one of a few words: empty, binary, malformed …
    detail: str  # a sentence for people


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's correction: recorded, never overwritten."""

    judgement_id: str  # made from its content
    at: str  # when, ISO 8601
    by: str  # who judged
    verb: str  # merge, split, rename, move, dismiss, confirm
    table: str  # the table judged on
    subject: str  # the id of the row judged
    detail: str  # what it is to become, or why
    retired_at: str | None  # when it was withdrawn; none if it stands
