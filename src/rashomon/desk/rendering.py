"""The desk's templates: those of the report and its own, with addresses of pages in place of places in one page."""

from __future__ import annotations

import functools
from typing import Any

import jinja2

from rashomon.report.context import Citation
from rashomon.report.rendering import environment


def link(citation: Citation) -> str:
    """The page of an article with a passage marked: `/articles/a-3f9a61b2c4d5e6f7?at=120-188#at`."""
    return f"/articles/{citation.article_id}?at={citation.start}-{citation.end}#at"


@functools.cache
def _templates() -> jinja2.Environment:
    made = environment(link, "/articles/{}".format, ("rashomon.desk", "rashomon.report"))
    made.globals |= {"desk": True}
    return made


def render(name: str, page: Any, **more: Any) -> str:
    """The page of a template over its context."""
    text = _templates().get_template(f"{name}.html.j2").render(page=page, **more)
    return text.encode("utf-8", errors="replace").decode("utf-8")  # a lone surrogate cannot be sent
