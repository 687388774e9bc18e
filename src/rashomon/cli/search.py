"""`rashomon search`: full text over articles, quotations and claims."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from rashomon.model.records import Extent
from rashomon.report import words
from rashomon.store.dossier import Dossier
from rashomon.store.search.hits import KINDS, Hit, Within

QUERY = 'Words, all wanted; OR between two, "a phrase", begin*, -without.'


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to search.")],
    query: Annotated[str, typer.Argument(help=QUERY)],
    kind: Annotated[list[str] | None, typer.Option(help="Only these: article, quotation, claim.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only what this outlet tells.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what was published on this ISO day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Only what was published on this ISO day or earlier.")] = None,
    limit: Annotated[int, typer.Option(help="How many are shown.", min=1)] = 20,
    offset: Annotated[int, typer.Option(help="How many are passed over first.", min=0)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as one JSON object.")] = False,
) -> None:
    """Find articles, quotations and claims that have the words; each with its passage, best first."""
    within = Within(kinds=tuple(kind or KINDS), outlet=outlet, earliest=since, latest=until)
    found = Dossier(dossier).search(query, within, limit, offset)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    for hit in found.hits:
        when = words.days(hit.published_earliest, hit.published_latest)
        head = " · ".join(filter(None, (hit.kind, hit.outlet, words.one_line(hit.title or ""), when)))
        console.print(Text(head, "bold"), soft_wrap=not console.is_terminal)
        console.print(Text("  ").append(_marked(hit.text, hit.marks, hit.start)), soft_wrap=not console.is_terminal)
        console.print(Text(f"  {_address(hit)}", "dim"), soft_wrap=not console.is_terminal)
    told = ", ".join(words.plural(count, name) for name, count in found.kinds.items())
    typer.echo(f"{found.total} found: {told}.")


def _marked(text: str, marks: Sequence[Extent], start: int) -> Text:
    shown, at = Text(), 0
    for mark in marks:
        shown.append(_flat(text[at : mark.start - start]))
        shown.append(_flat(text[mark.start - start : mark.end - start]), "bold yellow")
        at = mark.end - start
    return shown.append(_flat(text[at:]))


def _flat(text: str) -> str:
    return words.visible(re.sub(r"\s+", " ", text))


def _address(hit: Hit) -> str:
    """Where it stands: `rashomon.open(...).article(ID).text[START:END]`."""
    place = f"{hit.article_id} {hit.start}–{hit.end}"
    return place if hit.kind == "article" else f"{hit.id} in {place}"
