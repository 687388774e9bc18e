"""The one shape of every error that the API answers with (RFC 9457, application/problem+json)."""

from __future__ import annotations

import http
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from rashomon.errors import DossierError, QueryError, RashomonError, SpanError, UnknownId

MEDIA = "application/problem+json"


class Problem(BaseModel):
    """What went wrong, and what to do."""

    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, to what, and what to do.")


_STATUS: tuple[tuple[type[RashomonError], int], ...] = (
    (UnknownId, 404),
    (QueryError, 400),
    (SpanError, 400),
    (DossierError, 503),  # being written, or replaced while it was read: ask again
)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a path may answer with, for its OpenAPI."""
    return {status: {"model": Problem, "description": http.HTTPStatus(status).phrase} for status in statuses}


def handle(app: FastAPI) -> None:
    """Have an application answer every error with a Problem."""

    @app.exception_handler(RashomonError)
    def ours(_: Request, error: RashomonError) -> JSONResponse:
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
        return answer(status, str(error))

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if error.status_code == 405:  # each method of a path is a route of its own, and the router asks only the first
            path, known = request.url.path.removeprefix(request.scope.get("root_path", "")), app.openapi()["paths"]
            methods = {m.upper() for at, told in known.items() if compile_path(at)[0].match(path) for m in told}
            headers["Allow"] = ", ".join(sorted(methods)) or headers["Allow"]
        return answer(error.status_code, str(error.detail), headers)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        told = (f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors())
        return answer(422, "; ".join(told))


def answer(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem as it is sent."""
    problem = Problem(title=http.HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(problem.model_dump(), status, headers, MEDIA)
