"""`rashomon show`: the brief in the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rashomon.report.brief import brief, to_json
from rashomon.report.terminal import render
from rashomon.store.dossier import Dossier


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to show.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as one JSON object.")] = False,
) -> None:
    """Print what happened, what several tell alike, where they differ, who said what, and what only one tells."""
    found = brief(Dossier(dossier))
    if as_json:
        typer.echo(json.dumps(to_json(found), ensure_ascii=False, indent=1))
    else:
        render(found, Console())
