"""`rashomon read`: sources into a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import progress
from rashomon.read.intake import Intake
from rashomon.run.job import Job, Summary
from rashomon.run.local import Local
from rashomon.settings import Settings

INPUTS = (
    "Files, folders, patterns: .txt .html .mhtml .json .jsonl .csv .tsv .parquet .warc .eml .pdf .docx .xml .rss .atom "
    ".urls, also as .gz; addresses (http, https) of pages, feeds and sitemaps; - for standard input."
)


def run(
    inputs: Annotated[list[str], typer.Argument(help=INPUTS)],
    into: Annotated[Path, typer.Option(help="The dossier to make or add to.")],
    fields: Annotated[
        str | None, typer.Option("--map", help="Fields of records: text=body,published=meta.date.")
    ] = None,
    online: Annotated[bool, typer.Option("--online", help="Fetch the addresses that stand in files as well.")] = False,
    private: Annotated[bool, typer.Option("--allow-private", help="Fetch private and loopback addresses.")] = False,
    entities: Annotated[
        Path | None, typer.Option(help="Entities that you know, in FollowTheMoney JSON: names, aliases, ids.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; 0 means one for each core.")] = None,
) -> None:
    """Read articles into a dossier; what it already holds is not read again."""
    settings = Settings.of({"workers": workers})
    intake = Intake.of(fields, online, private, entities)
    typer.echo(told(Job(into, settings, Local(settings.workers), progress()).run(inputs, intake)))


def told(summary: Summary) -> str:
    """A run's last line."""
    rows = summary.rows
    counts = ", ".join(
        f"{rows[table]} {table if rows[table] != 1 else singular}"
        for table, singular in (
            ("articles", "article"),
            ("events", "event"),
            ("storylines", "storyline"),
            ("claims", "claim"),
            ("differences", "difference"),
            ("quotations", "quotation"),
            ("rejected", "rejected"),
        )
    )
    first = f"{summary.new} new. " if summary.changed else "Nothing new to read. "
    return f"{first}{counts}. Dossier: {summary.path}"
