"""`rashomon gists`: what a language model of the user's proposes to say of claims, above their passages."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rashomon.cli.console import err
from rashomon.errors import RashomonError
from rashomon.report import gist
from rashomon.report.brief import brief
from rashomon.report.terminal import render_gists
from rashomon.report.words import plural
from rashomon.store import gists
from rashomon.store.dossier import Dossier


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier.")],
    endpoint: Annotated[
        str | None,
        typer.Option(help="Ask the model at this address, such as http://localhost:11434/v1. Passages are sent there."),
    ] = None,
    model: Annotated[str | None, typer.Option(help="The model's name at that address.")] = None,
    key_variable: Annotated[
        str, typer.Option(help="The environment variable that holds the address's key, if it wants one.")
    ] = "RASHOMON_ENDPOINT_KEY",
    most: Annotated[int, typer.Option(help="How many claims are asked about at most.", min=1)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="The gists and their passages, as JSON.")] = False,
) -> None:
    """Show one-sentence gists of claims, proposed by a model that you name, each above its verbatim passages.

    Without --endpoint nothing is asked and what was proposed before is shown. No other command uses gists.
    """
    opened = Dossier(dossier)
    told = brief(opened)
    known = gists.load(opened.path)
    if endpoint is not None:
        if not model:
            raise RashomonError("An address alone names no model: add --model NAME.")
        by = gist.Endpoint(endpoint, model, os.environ.get(key_variable))
        refused = 0
        for claim in itertools.islice(gist.wanted(told, tuple(known), model), most):
            known.append(gist.proposed(claim, by))
            gists.save(opened.path, known)
            refused += known[-1].refused is not None
        if refused:
            err(f"{plural(refused, 'gist')} refused; {opened.path / gists.LOG} says why.")
    found = gist.shown(told, known)
    if as_json:
        rows = [{**dataclasses.asdict(one.gist), "claim": dataclasses.asdict(one.claim)} for one in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        render_gists(found, Console())
