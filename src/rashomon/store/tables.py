"""The tables of a dossier, their order of rows, and which column of one names a row of another."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from rashomon.model import chronicle, records


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its record class, the columns that order its rows, and its references (column: table.column)."""

    name: str
    record: type
    order: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()

    @property
    def key(self) -> str | None:
        """The column that identifies a row, where rows have an id of their own: `event_id` of Event."""
        name = f"{self.record.__name__.lower()}_id"
        return name if name in {field.name for field in dataclasses.fields(self.record)} else None


_ARTICLE = ("article_id", "articles", "article_id")
_SPANS = ("article_id", "start", "end")
_EVENT = ("event_id", "events", "event_id")
_ENTITY = ("entity_id", "entities", "entity_id")

TABLES = (
    TableSpec("articles", records.Article, ("article_id",), (("copy_of", "articles", "article_id"), _EVENT)),
    TableSpec("metadata", records.MetadataValue, ("article_id", "field", "origin", "value"), (_ARTICLE,)),
    TableSpec("blocks", records.Block, _SPANS, (_ARTICLE,)),
    TableSpec("sentences", records.Sentence, _SPANS, (_ARTICLE,)),
    TableSpec("mentions", records.Mention, (*_SPANS, "mention_id"), (_ARTICLE, _ENTITY)),
    TableSpec("entities", records.Entity, ("entity_id",)),
    TableSpec(
        "quotations",
        records.Quotation,
        ("article_id", "quotation_id"),
        (
            _ARTICLE,
            ("speaker_mention", "mentions", "mention_id"),
            ("speaker_id", "entities", "entity_id"),
            ("utterance_id", "utterances", "utterance_id"),
        ),
    ),
    TableSpec("utterances", records.Utterance, ("utterance_id",), (_EVENT, ("speaker_id", "entities", "entity_id"))),
    TableSpec("times", records.TimeExpression, (*_SPANS, "type"), (_ARTICLE,)),
    TableSpec("amounts", records.Amount, (*_SPANS, "low", "high"), (_ARTICLE,)),
    TableSpec(
        "events",
        records.Event,
        ("event_id",),
        (("place_id", "entities", "entity_id"), ("storyline_id", "storylines", "storyline_id")),
    ),
    TableSpec("storylines", records.Storyline, ("storyline_id",)),
    TableSpec("event_changes", chronicle.EventChange, ("step", "former_id", "event_id"), (_ARTICLE,)),
    TableSpec(
        "timelines",
        chronicle.Moment,
        ("storyline_id", "day", "rank", *_SPANS),
        (_ARTICLE, ("storyline_id", "storylines", "storyline_id")),
    ),
    TableSpec("claims", records.Claim, ("event_id", "claim_id"), (_EVENT,)),
    TableSpec(
        "claim_passages", records.ClaimPassage, ("claim_id", *_SPANS), (_ARTICLE, ("claim_id", "claims", "claim_id"))
    ),
    TableSpec("differences", records.Difference, ("event_id", "difference_id"), (_EVENT,)),
    TableSpec(
        "difference_sides",
        records.DifferenceSide,
        ("difference_id", *_SPANS),
        (_ARTICLE, ("difference_id", "differences", "difference_id")),
    ),
    TableSpec("wording", records.Wording, ("entity_id", *_SPANS), (_ARTICLE, _ENTITY)),
    TableSpec(
        "omissions", records.Omission, ("event_id", "claim_id", "outlet"), (_EVENT, ("claim_id", "claims", "claim_id"))
    ),
    TableSpec(
        "revisions",
        records.Revision,
        ("article_id", "previous_id"),
        (_ARTICLE, ("previous_id", "articles", "article_id")),
    ),
    TableSpec("rejected", records.Rejected, ("source_uri", "stage", "reason", "detail")),
    TableSpec("judgements", records.Judgement, ("judgement_id",)),
)

BY_NAME = {spec.name: spec for spec in TABLES}
BY_RECORD = {spec.record: spec for spec in TABLES}
