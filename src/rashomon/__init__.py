"""Many newsrooms tell one event: what they tell alike, where they differ, and the characters that say so.

import rashomon

dossier = rashomon.read(["articles/"], into="story.dossier")
for event in dossier.events():
    for difference in dossier.differences(event):
        print(difference.reason)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import rashomon.read as _read_package  # bound first: the function `read` below then keeps its name for good
from rashomon.model.records import Article
from rashomon.model.span import Span
from rashomon.store.dossier import Dossier

__all__ = ["Article", "Dossier", "Span", "open", "read"]

del _read_package


def read(
    paths: Sequence[str | os.PathLike[str]],
    into: str | os.PathLike[str],
    workers: int = 1,
    *,
    fields: str | None = None,
    online: bool = False,
    private: bool = False,
) -> Dossier:
    """Read files, folders, patterns and addresses into a dossier, and open it; what it holds is not read again.

    `fields` names the fields of records (`text=body,published=meta.date`); `online` lets addresses that stand in files
    be fetched, `private` also those of private networks. `workers` above 1 uses so many processes, and a script that
    asks for them needs `if __name__ == "__main__":`. Raises RashomonError or one of its kinds (rashomon.errors), whose
    message says what to do.
    """
    from rashomon.read.intake import Intake
    from rashomon.run.job import Job
    from rashomon.run.local import Local
    from rashomon.run.progress import Silent
    from rashomon.settings import Settings

    settings, intake = Settings.of({"workers": workers}), Intake.of(fields, online, private)
    Job(Path(into), settings, Local(settings.workers), Silent()).run([os.fspath(path) for path in paths], intake)
    return Dossier(Path(into))


def open(path: str | os.PathLike[str]) -> Dossier:
    """Open a dossier for reading; DossierError if it is none, is damaged, or was made by a newer version."""
    return Dossier(Path(path))
