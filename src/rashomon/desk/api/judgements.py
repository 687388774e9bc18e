"""What analysts corrected. (Reading; writing follows.)"""

from __future__ import annotations

from fastapi import APIRouter

from rashomon.desk.api.filters import Pages
from rashomon.desk.api.pages import Page, Shelf, rows
from rashomon.model.records import Judgement

router = APIRouter(tags=["judgements"])


@router.get("/judgements")
def judgements(shelf: Shelf, paging: Pages) -> Page[Judgement]:
    """Every judgement ever given, those that were withdrawn among them."""
    return paging.cut(rows(shelf, Judgement), lambda wanted: shelf.at(Judgement, wanted))
