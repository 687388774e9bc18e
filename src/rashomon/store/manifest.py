"""The manifest: which files are current, what went in, and which code, models and settings made it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import DossierError
from rashomon.store.files import write_bytes

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dossier holds; it tells no clock and no machine, so that equal dossiers have equal manifests."""

    format: int
    version: str  # of rashomon
    models: dict[str, str]  # package of each model: its version
    stages: dict[str, str]  # stage: fingerprint of the code and weights that ran
    settings: dict[str, int]  # those that can change a result
    inputs: dict[str, str]  # source_uri, with `@sha256` where a path was read in several states: SHA-256
    rejected: dict[str, int]  # reason: how many
    rows: dict[str, int]  # table: how many rows
    tables: dict[str, list[str]]  # table: its files, relative to the dossier
    judged: str = ""  # digest of the judgements and the knowledge that were applied

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest of a dossier; DossierError if there is none, it is damaged, or a newer version made it."""
        path = folder / NAME
        if not path.is_file():
            raise DossierError(
                f"{folder} is no dossier (it has no {NAME}): make one with `rashomon read PATH... --into {folder}`."
            )
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            newer = int(data["format"]) > FORMAT
        except (ValueError, KeyError, TypeError) as error:
            raise DossierError(f"{path} is damaged ({error}): run `rashomon read` into {folder} again.") from error
        if newer:
            raise DossierError(
                f"{folder} was made by a newer Rashomon (format {data['format']}, this one knows {FORMAT}): "
                "upgrade with `pip install --upgrade rashomon`."
            )
        try:
            return cls(**data)
        except TypeError as error:
            raise DossierError(f"{path} is damaged ({error}): run `rashomon read` into {folder} again.") from error

    def save(self, folder: Path) -> None:
        """Publish it: readers see the old one or this one, never a part."""
        write_bytes(folder / NAME, self.text().encode())

    def text(self) -> str:
        """It as it stands in its file."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
