"""The application: its pages, its files, its forms, and the guard before all of them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rashomon.desk.about import about
from rashomon.desk.api.app import api
from rashomon.desk.article import article
from rashomon.desk.correcting import corrected
from rashomon.desk.entity import entity
from rashomon.desk.event import event
from rashomon.desk.found import found
from rashomon.desk.front import front
from rashomon.desk.guard import COOKIE, LOOPBACK, guard, may_write
from rashomon.desk.judged import Bench, judgements_page
from rashomon.desk.outcome import Altered
from rashomon.desk.rendering import render
from rashomon.desk.shelf import Shelf, shelf
from rashomon.desk.storyline import storyline
from rashomon.errors import RashomonError
from rashomon.store.library import Library

P = TypeVar("P")

MISSING = "Not here"
STATIC = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2"}
_REMEMBERED = 32  # judgements of which it is known what they changed
_SHARED = ("page.css", "parts.css", "sift.js")  # of the report


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What is shown in place of a page."""

    heading: str
    told: str  # what went wrong, and what to do


def application(dossier: Path, token: str | None = None, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The desk on a dossier; `token` is what writes, made up where not given. DossierError if it is no dossier."""
    app = FastAPI(title="Rashomon", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.dossier = dossier
    app.state.token = token or secrets.token_urlsafe(24)
    app.state.outcomes = {}  # by judgement: what it changed
    Library.current(dossier)
    guard(app, hosts)
    _pages(app)
    _forms(app)
    _files(app)
    _errors(app)
    app.mount("/api", api(dossier, app.state.token))
    return app


def held(request: Request) -> Shelf:
    """What the pages read: the dossier as it is now."""
    return shelf(Library.current(request.app.state.dossier))


def _shown(name: str, page: P | None, noun: str, identity: str) -> HTMLResponse:
    if page is None:
        return HTMLResponse(
            render("error", ErrorPage(MISSING, f"There is no {noun} “{identity[:40]}” in this dossier.")), 404
        )
    return HTMLResponse(render(name, page))


def _pages(app: FastAPI) -> None:
    @app.get("/", include_in_schema=False)
    def _front(request: Request) -> Response:
        if (given := request.query_params.get("token")) is not None:
            response = RedirectResponse("/", 303)
            if secrets.compare_digest(given.encode(), app.state.token.encode()):
                response.set_cookie(COOKIE, given, httponly=True, samesite="strict")
            return response
        return HTMLResponse(render("front", front(held(request), request.query_params)))

    @app.get("/events/{event_id}", include_in_schema=False)
    def _event(request: Request, event_id: str) -> Response:
        return _shown("desk_event", event(held(request), event_id, _bench(request)), "event", event_id)

    @app.get("/storylines/{storyline_id}", include_in_schema=False)
    def _storyline(request: Request, storyline_id: str) -> Response:
        return _shown("storyline", storyline(held(request), storyline_id), "storyline", storyline_id)

    @app.get("/articles/{article_id}", include_in_schema=False)
    def _article(request: Request, article_id: str, at: str = "") -> Response:
        return _shown("article", article(held(request), article_id, at, _bench(request)), "article", article_id)

    @app.get("/entities/{entity_id}", include_in_schema=False)
    def _entity(request: Request, entity_id: str) -> Response:
        return _shown("entity", entity(held(request), entity_id, _bench(request)), "actor", entity_id)

    @app.get("/search", include_in_schema=False)
    def _search(request: Request) -> Response:
        here = held(request)
        return HTMLResponse(render("found", found(here, here.library.search, request.query_params)))

    @app.get("/judgements", include_in_schema=False)
    def _judgements(request: Request) -> Response:
        return HTMLResponse(render("judgements", judgements_page(held(request), _bench(request))))

    @app.get("/about", include_in_schema=False)
    def _about(request: Request) -> Response:
        return HTMLResponse(render("about", about(held(request))))


def _bench(request: Request) -> Bench:
    given = request.query_params.get("changed", "")
    return Bench(may_write(request), given, request.app.state.outcomes.get(given))


def _forms(app: FastAPI) -> None:
    async def done(request: Request, noun: str, identity: str) -> Response:
        given = parse_qs((await request.body()).decode("utf-8", errors="replace")[:65536], keep_blank_values=True)
        found = await corrected(app.state.dossier, noun, identity, given)
        outcomes: dict[str, tuple[Altered, ...]] = app.state.outcomes
        outcomes.pop(found.judgement_id, None)
        outcomes[found.judgement_id] = found.outcome
        while len(outcomes) > _REMEMBERED:
            outcomes.pop(next(iter(outcomes)))
        return RedirectResponse(f"{found.address}?changed={found.judgement_id}#done", 303)

    @app.post("/judgements", include_in_schema=False)
    async def _undone(request: Request) -> Response:
        return await done(request, "", "")

    @app.post("/{noun}/{identity}/judgements", include_in_schema=False)
    async def _judged(request: Request, noun: Literal["entities", "events", "articles"], identity: str) -> Response:
        return await done(request, noun, identity)


def _files(app: FastAPI) -> None:
    @app.get("/static/{name}", include_in_schema=False)
    def _file(name: str) -> Response:
        folder = "rashomon.report" if name in _SHARED else "rashomon.desk"
        here = {file.name: file for file in (resources.files(folder) / "static").iterdir()}
        kind = STATIC.get(name.rpartition(".")[2])
        if name not in here or kind is None:  # looked up by name, never opened as a path
            return Response("There is no such file.", 404)
        return Response(here[name].read_bytes(), media_type=kind, headers={"Cache-Control": "max-age=3600"})


def _errors(app: FastAPI) -> None:
    @app.exception_handler(404)
    async def _missing(request: Request, error: Exception) -> Response:
        return HTMLResponse(render("error", ErrorPage(MISSING, "There is no such page.")), 404)

    @app.exception_handler(RashomonError)
    async def _told(request: Request, error: Exception) -> Response:
        return HTMLResponse(render("error", ErrorPage("Not done", str(error))), 400)
