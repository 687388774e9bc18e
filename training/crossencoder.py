"""Makes src/rashomon/compare/crossencoder.onnx: a small network that reads two passages together.

    python -m training.encoder ../shared/data WORK_FOLDER        # first: pairs of sentences
    python -m training.crossencoder ../shared/data WORK_FOLDER whole
    python -m training.crossencoder ../shared/data WORK_FOLDER half-0
    python -m training.crossencoder ../shared/data WORK_FOLDER half-1

The network of training/encoder.py goes on learning from the events of the first round of training/readings.py. It is
asked of each pair of passages whether the reading has a fact that both tell alike, a point that they tell differently,
and of what kind and relation; and of each piece whether it stands in that fact or point. `whole` learns from all these
events and writes the packaged network, in seven bits: it never saw the six events of task `accounts`, nor those of the
second round, and answers for them. `half-0` and `half-1` learn from every other event and answer for the rest, so that
training/claims.py is fitted to no answer given by heart. Each goes on at the end of an epoch where it was stopped;
`whole` takes 25 to 50 minutes on two cores, a half 12 to 25. Seed 0. No sentence of the data is in the weights. (The
packaged network was first written in eight bits, and put into seven from those, not trained anew.)
"""

from __future__ import annotations

import os
import pathlib
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from benchmarks._accounts_score import links
from rashomon.compare.crossencoder import ASKED, LONGEST, MARKED, CrossEncoder, laid
from rashomon.compare.passages import Passage
from rashomon.compare.reread import READ, read
from rashomon.compare.wordpiece import Piece, pieces
from training.checkpoint import Checkpoint
from training.encoder import Encoder
from training.examples import Example, examples, judged, place

TARGET = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare" / "crossencoder.onnx"
EPOCHS, BATCH, RATE = 2, 32, 6e-5
TAUGHT = 0.02
"""Least probability of the first look of a pair that is learnt from."""
KEPT = 0.35
"""Share of the pairs between TAUGHT and READ in which nothing is asked for; they count for more by as much."""


class Reader(Encoder):
    """The encoder with a head for all that is asked of a pair, and one for all that is asked of a piece."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = nn.Linear(self.heads.in_features, len(ASKED))
        self.marks = nn.Linear(self.heads.in_features // 2, len(MARKED))

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds of shape (pairs, len(ASKED)) and (pairs, pieces, len(MARKED))."""
        states = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        return self.heads(torch.cat([states[:, 0], mean], dim=1)), self.marks(states)


def begun(path: pathlib.Path) -> Reader:
    """The network as training/encoder.py left it; what it said of shared happenings begins what is asked of facts."""
    model, state = Reader(), torch.load(path)["model"]
    heads = {name: state.pop(f"heads.{name}")[4] for name in ("weight", "bias")}
    model.load_state_dict(state, strict=False)
    with torch.no_grad():
        model.heads.weight[0] = heads["weight"]
        model.heads.bias[0] = heads["bias"]
    return model


@dataclass(frozen=True, slots=True)
class Taught:
    """A pair of passages in pieces, with the answers: of the pair, and of each piece of both."""

    number: int  # among the event's measured pairs
    sides: tuple[list[Piece], list[Piece]]
    answers: npt.NDArray[np.float32]
    marks: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
    first_look: float

    @property
    def telling(self) -> bool:
        """Whether the reading by hand says anything of the pair."""
        return bool(self.answers[:2].any())


def taught(event: Example, first_look: npt.NDArray[np.float32]) -> Iterator[Taught]:
    """The pairs of an event that are worth learning from."""
    split: dict[int, list[Piece]] = {}
    for number in np.flatnonzero((first_look >= TAUGHT) | event.same).tolist():
        pair = [event.passages[table[number]] for table in (event.measured.rows, event.measured.columns)]
        for passage in pair:
            split.setdefault(passage.index, pieces(passage.text, LONGEST))
        sides = (split[pair[0].index], split[pair[1].index])
        answers = np.zeros(len(ASKED), dtype=np.float32)
        marks = tuple(np.zeros((len(side), len(MARKED)), dtype=np.float32) for side in sides)
        answers[0] = event.same[number]
        told = [(members, "same", None) for members in event.gold.same if event.same[number]]
        told += [(members, d["kind"], d["relation"]) for members, d in event.gold.differ]
        for members, kind, relation in told:
            if links(members, [place(p) for p in pair]):
                for passage, side, mark in zip(pair, sides, marks, strict=True):
                    _mark(passage, side, mark[:, MARKED.index(kind)], members)
                if relation is not None:
                    answers[[1, ASKED.index(kind), ASKED.index(relation)]] = 1
        yield Taught(number, sides, answers, (marks[0], marks[1]), float(first_look[number]))


def _mark(
    passage: Passage, side: Sequence[Piece], column: npt.NDArray[np.float32], members: Sequence[tuple[int, int, int]]
) -> None:
    doc = place(passage)[0]
    for row, piece in enumerate(side):
        low, high = passage.start + piece.start, passage.start + piece.end
        if any(doc == d and low < end and start < high for d, start, end in members):
            column[row] = 1


def batched(pairs: Sequence[Taught], turned: Sequence[bool]) -> tuple[torch.Tensor, ...]:
    """Pieces, kinds, mask and marks of some pairs, those `turned` with their sides changed about."""
    rows = [pair.sides[::-1] if turn else pair.sides for pair, turn in zip(pairs, turned, strict=True)]
    ids, kinds, mask = (torch.from_numpy(table) for table in laid(rows))
    marks = torch.zeros((*ids.shape, len(MARKED)))
    for row, (pair, turn) in enumerate(zip(pairs, turned, strict=True)):
        first, second = pair.marks[::-1] if turn else pair.marks
        marks[row, 1 : len(first) + 1] = torch.from_numpy(first)
        marks[row, len(first) + 2 : len(first) + len(second) + 2] = torch.from_numpy(second)
    return ids, kinds, mask, marks


def loss(model: Reader, pairs: Sequence[Taught], turned: Sequence[bool]) -> torch.Tensor:
    """What the network is wrong by, over a batch: the pair's answers, and those of its pieces."""
    ids, kinds, mask, marks = batched(pairs, turned)
    told, marked = model(ids, kinds, mask)
    answers = torch.from_numpy(np.stack([p.answers for p in pairs]))
    thinned = [p.first_look < READ and not p.telling for p in pairs]
    weight = torch.tensor([1 / KEPT if thin else 1.0 for thin in thinned]).unsqueeze(1)
    wrong = nn.functional.binary_cross_entropy_with_logits(told, answers, reduction="none")
    total = (wrong[:, :1] * weight).mean() + 0.5 * (wrong[:, 1:2] * weight).mean()
    total = total + 0.3 * ((wrong[:, 2:] * answers[:, 1:2]).sum(1) / 4).mean()
    inside = mask.unsqueeze(-1).float()
    pieces_wrong = nn.functional.binary_cross_entropy_with_logits(marked, marks, reduction="none") * inside
    return total + (0.5 * pieces_wrong[..., 0].sum() + pieces_wrong[..., 1:].sum()) / inside.sum()


def train(pairs: Sequence[Taught], work: pathlib.Path, name: str) -> Reader:
    """The network trained on the pairs, from the last epoch that WORK_FOLDER has of this name."""
    torch.manual_seed(0)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    model = begun(work / "encoder.pt")
    learning = [p for p in model.parameters() if p.requires_grad]
    steps = len(pairs) // BATCH
    optimiser = torch.optim.AdamW(learning, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * steps + 1, pct_start=0.1)
    parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
    checkpoint = Checkpoint(work / f"{name}.pt", parts)
    for epoch in range(checkpoint.restored(), EPOCHS):
        draw, began, mean = random.Random(epoch), time.time(), 0.0
        order = sorted(pairs, key=lambda p: (len(p.sides[0]) + len(p.sides[1])) // 8 + draw.random())
        batches = [order[n : n + BATCH] for n in range(0, len(order) - BATCH + 1, BATCH)]
        draw.shuffle(batches)
        for step, batch in enumerate(batches, 1):
            wrong = loss(model, batch, [draw.random() < 0.5 for _ in batch])
            optimiser.zero_grad()
            wrong.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimiser.step()
            schedule.step()
            mean = 0.98 * mean + 0.02 * wrong.item()
            if step % 100 == 0:
                print(name, epoch, step, len(batches), round(mean, 4), round(time.time() - began), flush=True)
        checkpoint.keep(epoch + 1)
    model.eval()
    return model


def export(model: Reader, path: pathlib.Path) -> None:
    """The network as ONNX, its weights but the heads' in seven bits, one scale a column.

    With eight, processors without VNNI add two products in sixteen bits, which overflow: on one such machine nine in
    ten of the pieces' marks came out otherwise than by exact sums.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".whole")
    ids = torch.randint(1000, 2000, (2, 20))
    given = (ids, torch.zeros_like(ids), torch.ones_like(ids))
    names = ["ids", "kinds", "mask"]
    axes = {name: {0: "pairs", 1: "pieces"} for name in (*names, "marks")} | {"pair": {0: "pairs"}}
    outputs = {"input_names": names, "output_names": ["pair", "marks"], "dynamic_axes": axes}
    torch.onnx.export(model, given, str(whole), opset_version=17, dynamo=False, **outputs)
    heads = [node.name for node in onnx.load(whole).graph.node if node.name.startswith(("/heads/", "/marks/"))]
    settings: dict[str, Any] = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": True}
    quantize_dynamic(str(whole), str(path), nodes_to_exclude=heads, **settings)
    whole.unlink()


def main(data: str, folder: str, name: str) -> None:
    """Train one network and write its answers about the events that it did not learn from to WORK_FOLDER."""
    work, draw = pathlib.Path(folder), random.Random(0)
    told = examples(pathlib.Path(data), work)
    looks = judged(told, work)
    first_round = sorted(key for key in told if told[key].round == 1)
    learnt = [key for n, key in enumerate(first_round) if name == "whole" or n % 2 != int(name[-1])]
    pairs = [p for key in learnt for p in taught(told[key], looks[key])]
    pairs = [p for p in pairs if p.first_look >= READ or p.telling or draw.random() < KEPT]
    print(name, len(learnt), "events", len(pairs), "pairs", sum(p.answers[0] for p in pairs), "same", flush=True)
    path = TARGET if name == "whole" else work / f"{name}.onnx"
    export(train(pairs, work, name), path)
    reader = CrossEncoder(path.read_bytes())
    asked = [key for key in sorted(told) if key not in learnt and (name == "whole") == (told[key].round != 1)]
    said = {key: read(told[key].passages, told[key].measured, looks[key], reader.read) for key in asked}
    (work / f"{name}.pkl").write_bytes(pickle.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:4])
