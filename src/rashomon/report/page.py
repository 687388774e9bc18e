"""The brief as one HTML file that needs nothing else: no network, no other file, no script of an article's making.

Articles are hostile. Jinja escapes every value, the script of the page writes text nodes only, article texts travel in
a JSON block that cannot end its element, and the content security policy admits our style and scripts by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import jinja2

from rashomon.model.records import Article, Block
from rashomon.report import words
from rashomon.report.brief import LOADED, RELATIONS, brief
from rashomon.report.context import Brief, Citation, ClaimBrief, EventBrief, Folded, Rendering, UtteranceBrief
from rashomon.report.index import Records
from rashomon.report.timeline import Timeline, timeline

COLUMNS = 12  # claims in the table of who tells what: as many as a phone of 375 pixels holds
_FIRST = "document.documentElement.classList.add('live')"  # before the first paint, so that the frame does not change
_PARAPHRASE = 0.5  # share of own words above which they are not marked one by one
_PASSAGE = 420  # characters of a passage shown in a line; the article shows the rest


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether one origin tells one claim, and where."""

    claim: ClaimBrief
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one origin, with its copies, tells of an event's claims."""

    telling: Folded
    cells: tuple[Cell, ...]


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
    script = (static / "reader.js").read_text("utf-8")
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
    return _environment().get_template("page.html.j2").render(page=shown)


def coverage(event: EventBrief) -> tuple[Row, ...]:
    """Which origin tells which of the event's shared claims, the weightiest `COLUMNS` of them."""
    rows = []
    for folded in event.tellings:
        ids = {folded.origin.article_id, *(copy.article_id for copy in folded.copies)}
        cells = []
        for claim in event.alike[:COLUMNS]:
            told = (*claim.evidence.citations, *claim.evidence.repeated)
            cells.append(Cell(claim, next((c for c in told if c.article_id in ids), None)))
        rows.append(Row(folded, tuple(cells)))
    return tuple(rows)


def emphasised(text: str, value: str) -> tuple[str, str, str]:
    """`text` before, at and after the first place that holds `value` as a whole word; ("text", "", "") if none does."""
    low, sought = text.casefold(), value.casefold()
    start = low.find(sought) if sought and len(low) == len(text) else -1
    while start >= 0:
        end = start + len(sought)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            return text[:start], text[start:end], text[end:]
        start = low.find(sought, start + 1)
    return text, "", ""


def by_article(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations put together by article, in the order in which the articles first come."""
    grouped: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        grouped[citation.article_id].append(citation)
    return list(grouped.values())


def apart(rendering: Rendering, said: UtteranceBrief) -> tuple[tuple[str, bool], ...]:
    """A rendering as stretches of words, each with whether no other rendering of the remark has these words.

    A rendering that is mostly in words of its own is one stretch: there the marks would tell nothing.
    """
    shown = words.quoted(_shown(rendering.citation.text), rendering.mode)
    others = [r.citation.text for r in said.renderings if r is not rendering]
    if not others:
        return ((shown, False),)
    shared = {_bare(word) for text in others for word in text.split()}
    told = [_bare(word) for word in shown.split()]
    if sum(word not in shared for word in told) > _PARAPHRASE * len(told):
        return ((shown, False),)
    pieces = [(piece, bool(_bare(piece)) and _bare(piece) not in shared) for piece in re.split(r"( )", shown)]
    joined: list[tuple[str, bool]] = []
    for number, (piece, own) in enumerate(pieces):
        if piece == " ":  # a space between two such words belongs to them
            own = pieces[number - 1][1] and number + 1 < len(pieces) and pieces[number + 1][1]
        if joined and joined[-1][1] == own:
            joined[-1] = (joined[-1][0] + piece, own)
        else:
            joined.append((piece, own))
    return tuple(joined)


def _bare(word: str) -> str:
    return re.sub(r"[^\w'’]", "", word).replace("’", "'").casefold()


def link(citation: Citation) -> str:
    """The address within the page that opens an article at a passage: `#a-3f9a61b2c4d5e6f7:120-188`."""
    return f"#{citation.article_id}:{citation.start}-{citation.end}"


def _shown(text: str | None, limit: int = _PASSAGE) -> str:
    return words.shorten(words.one_line(text or ""), limit)


def _name(text: str) -> str:
    return words.shorten_name(words.one_line(text), 40)


def _known(relation: str) -> str:
    return relation if relation in RELATIONS else "other"


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("rashomon.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {
        "shown": _shown,
        "name": _name,
        "plural": words.plural,
        "link": link,
        "known": _known,
        "visible": words.visible,
        "moment": words.moment,
        "coverage": coverage,
        "apart": apart,
        "by_article": by_article,
    }
    made.globals |= {"emphasised": emphasised, "loaded": LOADED}
    return made


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
            "outlet": _shown(t.outlet),
            "title": _shown(t.title),
            "byline": _shown(t.byline),
            "day": t.day,
            "basis": _shown(t.basis),
            "evidence": _shown(t.evidence),
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
