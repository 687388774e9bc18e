"""The templates' environment: what the report and the desk share in showing articles, which are hostile.

Jinja escapes every value; whatever is shown in one line has its control characters made visible.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import jinja2

from rashomon.compare.rank import LOADED
from rashomon.report import words
from rashomon.report.brief import RELATIONS
from rashomon.report.context import Citation, ClaimBrief, EventBrief, Folded, by_article
from rashomon.report.speech import apart, manner

COLUMNS = 12  # claims in the table of who tells what: as many as a phone of 375 pixels holds


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether one origin tells one claim, and where."""

    claim: ClaimBrief
    citation: Citation | None  # where it tells it
    otherwise: Citation | None  # where it tells it otherwise, in a contradiction that is shown


@dataclass(frozen=True, slots=True)
class Row:
    """What one origin, with its copies, tells of an event's claims."""

    telling: Folded
    cells: tuple[Cell, ...]

    @property
    def told(self) -> int:
        """How many of the claims it tells."""
        return sum(cell.citation is not None for cell in self.cells)


def coverage(event: EventBrief) -> tuple[Row, ...]:
    """Which origin tells which of the weightiest `COLUMNS` claims that are shared, and which tells one otherwise."""
    rows = []
    for folded in event.tellings:
        ids = {folded.origin.article_id, *(copy.article_id for copy in folded.copies)}
        cells = []
        for claim in event.alike[:COLUMNS]:
            told = (*claim.evidence.citations, *claim.evidence.repeated)
            here = next((c for c in told if c.article_id in ids), None)
            cells.append(Cell(claim, here, None if here else _otherwise(event, told, ids)))
        rows.append(Row(folded, tuple(cells)))
    return tuple(rows)


def _otherwise(event: EventBrief, told: Sequence[Citation], ids: set[str]) -> Citation | None:
    """Where one of `ids` gives another value in a contradiction, one value of which lies in a passage of the claim."""
    for point in event.differences:
        if point.relation != "contradiction":
            continue
        sides = [(*side.evidence.citations, *side.evidence.repeated) for side in point.sides]
        others = [cited for cited in sides if not any(_within(c, passage) for c in cited for passage in told)]
        if len(others) < len(sides):
            for citation in itertools.chain(*others):
                if citation.article_id in ids:
                    return citation
    return None


def _within(one: Citation, other: Citation) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


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


def shown(text: str | None, limit: int = words.PASSAGE) -> str:
    """A text in one line, hostile characters made visible, cut at `limit` characters."""
    return words.shorten(words.one_line(text or ""), limit)


def _name(text: str) -> str:
    return words.shorten_name(words.one_line(text), 40)


def _known(relation: str) -> str:
    return relation if relation in RELATIONS else "other"


def environment(
    link: Callable[[Citation], str], opened: Callable[[str], str], folders: Sequence[str] = ("rashomon.report",)
) -> jinja2.Environment:
    """Templates of those packages; `link` and `opened` give the address of a citation and of an article on their pages.

    What only the desk shows stands behind `{% if desk %}`.
    """
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(name) for name in folders]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {
        "shown": shown,
        "name": _name,
        "plural": words.plural,
        "link": link,
        "opened": opened,
        "known": _known,
        "visible": words.visible,
        "moment": words.moment,
        "coverage": coverage,
        "apart": apart,
        "manner": manner,
        "by_article": by_article,
    }
    made.globals |= {"emphasised": emphasised, "loaded": LOADED, "desk": False}
    return made
