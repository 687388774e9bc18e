"""The brief as one HTML file that needs nothing else: no network, no other file, no script of an article's making.

Articles are hostile. Jinja escapes every value, the script of the page writes text nodes only, article texts travel in
a JSON block that cannot end its element, and the content security policy admits our style and scripts by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from rashomon.model.records import Article, Block
from rashomon.report import words
from rashomon.report.brief import brief
from rashomon.report.context import Brief, Citation
from rashomon.report.index import Records
from rashomon.report.rendering import environment, shown
from rashomon.report.timeline import Timeline, timeline

_FIRST = "document.documentElement.classList.add('live')"  # before the first paint, so that the frame does not change


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template shows."""

    brief: Brief
    timeline: Timeline | None
    days: dict[str, str]  # article_id -> its day in words
    css: str
    first: str  # the script that runs before the first paint
    script: str
    data: str  # JSON: article_id -> text, blocks and metadata
    policy: str


def write(dossier: Records, out: Path) -> None:
    """Write the report of a dossier to `out`, which is replaced whole; OSError if that cannot be written."""
    html = page(dossier)
    aside = out.with_name(f".{out.name}.part")
    # A lone surrogate in a text cannot be UTF-8; "?" stands in for it and keeps every offset.
    aside.write_bytes(html.encode("utf-8", errors="replace"))
    aside.replace(out)


def page(dossier: Records) -> str:
    """The report of a dossier as the text of one HTML file."""
    found = brief(dossier)
    static = resources.files("rashomon.report") / "static"
    css = "".join((static / name).read_text("utf-8") for name in ("page.css", "parts.css", "reader.css"))
    script = "".join((static / name).read_text("utf-8") for name in ("reader.js", "sift.js"))
    shown = Page(
        brief=found,
        timeline=timeline(found.events),
        days={telling.article_id: telling.day for telling in found.tellings},
        css=css,
        first=_FIRST,
        script=script,
        data=_data(dossier, found),
        policy=_policy(css, script),
    )
    return environment(link, "#{}".format).get_template("page.html.j2").render(page=shown)


def link(citation: Citation) -> str:
    """The address within the page that opens an article at a passage: `#a-3f9a61b2c4d5e6f7:120-188`."""
    return f"#{citation.article_id}:{citation.start}-{citation.end}"


def _policy(css: str, script: str) -> str:
    """Nothing is loaded from anywhere; one style and two scripts of our own run, known by their hashes."""
    style, first, code = (_hash(text) for text in (css, _FIRST, script))
    return (
        f"default-src 'none'; style-src {style}; script-src {first} {code}; img-src data:; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(dossier: Records, found: Brief) -> str:
    """The articles as JSON that is safe inside a script element: no `<`, so neither a closing tag nor a comment."""
    blocks: dict[str, list[list[int | str]]] = defaultdict(list)
    for block in sorted(dossier.records(Block), key=lambda b: (b.article_id, b.start)):
        blocks[block.article_id].append([block.start, block.end, block.role])
    texts = {article.article_id: article.text for article in dossier.records(Article)}
    copies: dict[str, list[str]] = defaultdict(list)
    for telling in found.tellings:
        if telling.copy_of:
            copies[telling.copy_of].append(telling.article_id)
    data = {
        t.article_id: {
            "label": words.one_line(t.label),
            "outlet": shown(t.outlet),
            "title": shown(t.title),
            "byline": shown(t.byline),
            "day": t.day,
            "basis": shown(t.basis),
            "evidence": shown(t.evidence),
            "url": t.url if t.url and t.url.startswith(("https://", "http://")) else None,
            "source": words.visible(t.source_uri),
            "copyOf": t.copy_of,
            "copies": copies[t.article_id],
            "blocks": blocks[t.article_id],
            "text": texts[t.article_id],
        }
        for t in found.tellings
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
