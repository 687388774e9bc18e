"""Packs what training/encoder.py left in WORK_FOLDER into src/rashomon/annotate/crossencoder/pairs.npz.

    python -m training.encoder_pack WORK_FOLDER

Eight bits a weight with one scale a row; prints how far the packed network is from the trained one on a few pairs.
"""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from rashomon.annotate.crossencoder.network import CrossEncoder
from training.encoder import MODEL, Encoder, Pair, encoded

OUT = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "annotate" / "crossencoder" / "pairs.npz"
NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "first_norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "second_norm",
}
PROBES = (
    ("The ferry sank in a storm off Valdinsk.", "A ferry went down near Valdinsk in heavy weather."),
    ("At least 17 people died.", "The number of the dead rose to 33."),
    ("Maren will travel to Karvonia on Monday.", "The harvest was poor."),
)


def _rows(weight: torch.Tensor) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Whole numbers of eight bits and one scale a row."""
    values = weight.detach().numpy()
    scale = np.maximum(np.abs(values).max(axis=1), 1e-9) / 127
    return np.round(values / scale[:, None]).astype(np.int8), scale.astype(np.float16).astype(np.float32)


def packed(model: Encoder) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the package file."""
    states = model.bert.state_dict()
    vocabulary = (MODEL / "vocab.txt").read_text("utf-8").rstrip("\n")
    found = {"vocabulary": np.frombuffer(vocabulary.encode(), dtype=np.uint8)}
    found["embeddings"], found["embeddings.scale"] = _rows(states["embeddings.word_embeddings.weight"])
    found["positions"] = states["embeddings.position_embeddings.weight"].numpy()[:128].astype(np.float16)
    found["kinds"] = states["embeddings.token_type_embeddings.weight"].numpy()
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = states[f"embeddings.LayerNorm.{part}"].numpy()
    for n in range(model.bert.config.num_hidden_layers):
        for theirs, ours in NAMES.items():
            weight = states[f"encoder.layer.{n}.{theirs}.weight"]
            found[f"{n}.{ours}.bias"] = states[f"encoder.layer.{n}.{theirs}.bias"].numpy()
            if weight.ndim == 2:
                found[f"{n}.{ours}.weight"], found[f"{n}.{ours}.scale"] = _rows(weight)
            else:
                found[f"{n}.{ours}.weight"] = weight.numpy()
    found["heads.weight"] = model.heads.weight.detach().numpy()
    found["heads.bias"] = model.heads.bias.detach().numpy()
    return found


def main(work: str) -> None:
    """Write the package file and print the greatest distance of its answers from the trained ones."""
    model = Encoder()
    model.load_state_dict(torch.load(pathlib.Path(work) / "encoder.pt")["model"])
    model.eval()
    stored = packed(model)
    np.savez_compressed(OUT, **stored)  # type: ignore[arg-type]
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with torch.no_grad():
        logits = model(*encoded(tokenizer, [Pair(a, b, "told", 0.0) for a, b in PROBES]))
    said = [CrossEncoder(stored).read(a, b) for a, b in PROBES]
    told = torch.sigmoid(logits[:, 4]).tolist()
    print(OUT.stat().st_size, max(abs(s.told - t) for s, t in zip(said, told, strict=True)))


if __name__ == "__main__":
    main(sys.argv[1])
