"""The REST API as an application of its own, to be mounted under /api: the nouns and verbs of the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI

from rashomon.desk.api import compared, exports, judgements, questions, told
from rashomon.desk.api.problem import MEDIA, documented, handle
from rashomon.version import VERSION


def api(folder: Path, token: str) -> FastAPI:
    """The API on the dossier at `folder`; whoever writes must know `token`.

    Its description is at /openapi.json. Lists are pages (rashomon.desk.api.pages), errors are problems
    (rashomon.desk.api.problem), texts are verbatim and come with their places.
    """
    app = FastAPI(
        title="Rashomon",
        version=VERSION,
        summary="One event as many newsrooms tell it: what alike, where they differ, and the characters that say so.",
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        responses=documented(400, 404, 422, 503),
    )
    app.state.dossier = folder
    app.state.token = token
    for part in (told, compared, questions, exports, judgements):
        app.include_router(part.router)
    handle(app)
    described = app.openapi

    def openapi() -> dict[str, Any]:
        found = described()
        for path in found["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if status >= "400" and "application/json" in answer["content"]:
                        answer["content"] = {MEDIA: answer["content"]["application/json"]}
        return found

    app.openapi = openapi  # type: ignore[method-assign]
    return app
