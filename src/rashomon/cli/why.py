"""`rashomon why`: the reasons behind one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from rashomon.report.why import why
from rashomon.report.words import one_line
from rashomon.store.dossier import Dossier


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to ask.")],
    name: Annotated[
        str, typer.Argument(help="An id (n-…, a-…, e-…, d-…), or a spelling of a person, place, organisation.")
    ],
) -> None:
    """Tell why an entity is one, why an article is in its event and has its day, why a difference is one."""
    told = why(Dossier(dossier), name)
    console = Console(highlight=False)
    console.print(Text(one_line(told.title), "bold"), soft_wrap=not console.is_terminal)
    for heading, lines in told.sections:
        if lines:
            console.print()
            console.print(Text(heading.upper(), "bold cyan"))
        for line in lines:
            console.print(Text(f"  {one_line(line)}"), soft_wrap=not console.is_terminal)
