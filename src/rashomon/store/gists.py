"""What a language model proposed to say of claims: a log beside the tables, which nothing in them depends on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rashomon.store import log
from rashomon.store.files import write_bytes

LOG = "gists.jsonl"


@dataclass(frozen=True, slots=True)
class Gist:
    """One sentence that a model proposed for a claim; `refused` says why it is not to be shown, None where it may be.

    A claim's id is made of its passages, so a gist is never taken for one of other passages.
    """

    claim_id: str
    model: str
    text: str
    refused: str | None


def load(folder: Path) -> list[Gist]:
    """All that was ever proposed on a dossier, in order. DossierError if the log is damaged."""
    return log.load(Gist, folder / LOG)


def save(folder: Path, gists: Iterable[Gist]) -> None:
    """Replace the log, whole."""
    write_bytes(folder / LOG, log.text(gists).encode())
