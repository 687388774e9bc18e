"""Claims, differences, quotations, utterances, omissions and wording."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from fastapi import APIRouter, Depends

from rashomon.desk.api.filters import OfDifferences, OfQuotations, Pages, Text
from rashomon.desk.api.pages import Page, Shelf, among, ordered, rows
from rashomon.export import cited
from rashomon.export.cited import CitedClaim, CitedDifference, CitedQuotation, CitedUtterance
from rashomon.model.records import (
    Article,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Omission,
    Quotation,
    Utterance,
    Wording,
)

router = APIRouter(tags=["compared"])
Status = Literal["corroborated", "disputed", "single"]


@router.get("/claims")
def claims(
    shelf: Shelf, paging: Pages, event: Text = None, article: Text = None, status: Status | None = None
) -> Page[CitedClaim]:
    """Claims, weightiest first: of an event, told in an article, with a status."""
    numbers = rows(shelf, Claim, event_id=event, status=status)
    if article is not None:
        told = shelf.column(ClaimPassage, "claim_id").take(pa.array(shelf.numbers(ClaimPassage, "article_id", article)))
        numbers = np.intersect1d(numbers, among(shelf, Claim, "claim_id", told.to_pylist()))
    numbers = ordered(shelf, Claim, numbers, "-weight", "claim_id")
    return paging.cut(numbers, lambda wanted: cited.claims(shelf, shelf.at(Claim, wanted)))


@router.get("/claims/{claim_id}")
def claim(shelf: Shelf, claim_id: str) -> CitedClaim:
    """One claim with every passage that tells it."""
    return cited.claims(shelf, [shelf.one(Claim, claim_id)])[0]


@router.get("/differences")
def differences(shelf: Shelf, paging: Pages, of: Annotated[OfDifferences, Depends()]) -> Page[CitedDifference]:
    """Differences, surest first: of an event, with a side in an article, of a kind and relation, at least so sure."""
    numbers = rows(shelf, Difference, event_id=of.event, kind=of.kind, relation=of.relation)
    if of.article is not None:
        sides = shelf.numbers(DifferenceSide, "article_id", of.article)
        told = shelf.column(DifferenceSide, "difference_id").take(pa.array(sides))
        numbers = np.intersect1d(numbers, among(shelf, Difference, "difference_id", told.to_pylist()))
    sure = pc.greater_equal(shelf.column(Difference, "confidence").take(pa.array(numbers)), of.confidence)
    numbers = ordered(shelf, Difference, numbers[sure.to_numpy(zero_copy_only=False)], "-confidence", "difference_id")
    return paging.cut(numbers, lambda wanted: cited.differences(shelf, shelf.at(Difference, wanted)))


@router.get("/differences/{difference_id}")
def difference(shelf: Shelf, difference_id: str) -> CitedDifference:
    """One difference with its sides."""
    return cited.differences(shelf, [shelf.one(Difference, difference_id)])[0]


@router.get("/quotations")
def quotations(shelf: Shelf, paging: Pages, of: Annotated[OfQuotations, Depends()]) -> Page[CitedQuotation]:
    """Quotations, article by article: of an event, in an article, of a speaker (an entity's id), of a mode."""
    numbers = rows(shelf, Quotation, article_id=of.article, speaker_id=of.speaker, mode=of.mode)
    if of.event is not None:
        told = shelf.column(Article, "article_id").take(pa.array(shelf.numbers(Article, "event_id", of.event)))
        numbers = np.intersect1d(numbers, among(shelf, Quotation, "article_id", told.to_pylist()))
    return paging.cut(numbers, lambda wanted: cited.quotations(shelf, shelf.at(Quotation, wanted)))


@router.get("/quotations/{quotation_id}")
def quotation(shelf: Shelf, quotation_id: str) -> CitedQuotation:
    """One quotation."""
    return cited.quotations(shelf, [shelf.one(Quotation, quotation_id)])[0]


@router.get("/utterances")
def utterances(shelf: Shelf, paging: Pages, event: Text = None, speaker: Text = None) -> Page[CitedUtterance]:
    """Utterances that several articles render: of an event, of a speaker (an entity's id)."""
    numbers = rows(shelf, Utterance, event_id=event, speaker_id=speaker)
    return paging.cut(numbers, lambda wanted: cited.utterances(shelf, shelf.at(Utterance, wanted)))


@router.get("/utterances/{utterance_id}")
def utterance(shelf: Shelf, utterance_id: str) -> CitedUtterance:
    """One utterance with its very words in each article."""
    return cited.utterances(shelf, [shelf.one(Utterance, utterance_id)])[0]


@router.get("/omissions")
def omissions(
    shelf: Shelf, paging: Pages, event: Text = None, outlet: Text = None, claim: Text = None
) -> Page[Omission]:
    """What outlets that cover an event do not tell of it; the passages of the claim are those of /claims/{claim_id}."""
    numbers = rows(shelf, Omission, event_id=event, outlet=outlet, claim_id=claim)
    return paging.cut(numbers, lambda wanted: shelf.at(Omission, wanted))


@router.get("/wording")
def wording(shelf: Shelf, paging: Pages, entity: Text = None, article: Text = None) -> Page[Wording]:
    """How articles describe entities, and how loaded the words are."""
    numbers = rows(shelf, Wording, entity_id=entity, article_id=article)
    return paging.cut(numbers, lambda wanted: shelf.at(Wording, wanted))
