"""What a dossier's owner knows better: the log of judgements, and the knowledge brought, beside the tables.

The log is a line a judgement, in the order in which they were given; one that was withdrawn stays, with the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.model.arrow import from_arrow, schema, to_table
from rashomon.model.flow import Known
from rashomon.model.identity import digest
from rashomon.model.records import Judgement
from rashomon.store import log
from rashomon.store.files import write_bytes, write_parquet

LOG, KNOWLEDGE = "judgements.jsonl", "knowledge.parquet"


def load(folder: Path) -> list[Judgement]:
    """Every judgement ever given on a dossier, in order; none where there is no log. DossierError if it is damaged."""
    return log.load(Judgement, folder / LOG)


def save(folder: Path, judgements: Sequence[Judgement]) -> None:
    """Replace the log, whole."""
    write_bytes(folder / LOG, log.text(judgements).encode())


def merged(own: Sequence[Judgement], others: Iterable[Judgement]) -> list[Judgement]:
    """A log with the judgements of another one that it lacks; one withdrawn in either is withdrawn."""
    found = {j.judgement_id: j for j in own}
    for other in others:
        known = found.get(other.judgement_id)
        if known is None or (known.retired_at is None and other.retired_at is not None):
            found[other.judgement_id] = other
    return sorted(found.values(), key=lambda j: (j.at, j.judgement_id))


def knowledge(folder: Path) -> list[Known]:
    """What was brought with `--entities`, by id."""
    path = folder / KNOWLEDGE
    return from_arrow(Known, pq.read_table(path).cast(schema(Known))) if path.is_file() else []


def learn(folder: Path, brought: Iterable[Known]) -> None:
    """Add knowledge; what is brought again replaces what was known under its id."""
    found = {known.known_id: known for known in knowledge(folder)} | {known.known_id: known for known in brought}
    write_parquet(folder / KNOWLEDGE, to_table(Known, [found[key] for key in sorted(found)]))


def state(folder: Path) -> str:
    """A digest of both; empty where there is neither."""
    files = [folder / name for name in (LOG, KNOWLEDGE)]
    held = [path.read_bytes() for path in files if path.is_file()]
    return digest(b"\0".join(held))[:16] if held else ""


def table(folder: Path) -> pa.Table:
    """The log as rows of Judgement."""
    return to_table(Judgement, sorted(load(folder), key=lambda j: j.judgement_id))
