"""What analysts corrected: listed for all, given and withdrawn by whoever has the desk's token."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field

from rashomon.desk.api.filters import Pages
from rashomon.desk.api.pages import Page, Shelf, rows
from rashomon.desk.api.problem import documented
from rashomon.model.records import Judgement
from rashomon.run import judging
from rashomon.run.judging import Correction

router = APIRouter(tags=["judgements"])
_token = APIKeyHeader(name="X-Rashomon-Token", auto_error=False, description="What the desk prints when it starts.")
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Judging(BaseModel):
    """A correction to be recorded."""

    model_config = ConfigDict(extra="forbid")

    verb: Literal["merge", "split", "rename", "confirm", "move", "dismiss"]
    about: list[Name] = Field(
        min_length=1,
        max_length=100,
        description="Entities by id or spelling (merge: the first stays); an article and its event, or `new` (move); "
        "a difference or a claim (dismiss).",
    )
    names: list[Name] = Field([], max_length=100, description="Spellings: somebody else's (split), its name (rename).")
    why: str = Field("", max_length=2000, description="For whoever reads it later.")
    by: str = Field("", max_length=200, description="Who judges; the account that runs the desk where not given.")


def allowed(request: Request, token: Annotated[str | None, Depends(_token)]) -> Path:
    """The dossier, for whoever may write to it."""
    if token is None or not secrets.compare_digest(token.encode(), str(request.app.state.token).encode()):
        raise HTTPException(401, "Writing needs the token that the desk printed, in X-Rashomon-Token.")
    return Path(request.app.state.dossier)


Writable = Annotated[Path, Depends(allowed)]


@router.get("/judgements")
def judgements(shelf: Shelf, paging: Pages) -> Page[Judgement]:
    """Every judgement ever given, those that were withdrawn among them."""
    return paging.cut(rows(shelf, Judgement), lambda wanted: shelf.at(Judgement, wanted))


@router.get("/judgements/{judgement_id}")
def judgement(shelf: Shelf, judgement_id: str) -> Judgement:
    """One judgement."""
    return shelf.one(Judgement, judgement_id)


@router.post("/judgements", status_code=201, responses=documented(401))
def judge(folder: Writable, given: Judging) -> Judgement:
    """Record a correction and apply it; what depends on it is worked out again before this answers."""
    correction = Correction(given.verb, tuple(given.about), tuple(given.names), given.why, given.by)
    return judging.judge(folder, correction)


@router.post("/judgements/{judgement_id}/retire", responses=documented(401))
def retire(folder: Writable, judgement_id: str) -> Judgement:
    """Withdraw a judgement: it stays in the log, and is applied no more."""
    return judging.retire(folder, judgement_id)
