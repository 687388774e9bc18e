"""A training that was stopped goes on from where it last was written."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any

import torch


class Checkpoint:
    """A file with the state of all `parts` (network, optimiser, schedule) and how much is done, whole or absent."""

    def __init__(self, path: pathlib.Path, parts: Mapping[str, Any]) -> None:
        self._path = path
        self._parts = parts

    def restored(self) -> int:
        """How much was done when the file was written, the parts put back to then; 0 where there is none."""
        if not self._path.exists():
            return 0
        state = torch.load(self._path)
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        return int(state["done"])

    def keep(self, done: int) -> None:
        """Write the parts as they are now."""
        aside = self._path.with_suffix(".part")
        torch.save({**{name: part.state_dict() for name, part in self._parts.items()}, "done": done}, aside)
        aside.replace(self._path)
