"""Makes src/rashomon/compare/crossencoder.onnx and stretches.npz: a small network that reads two passages together.

    python -m training.encoder ../shared/data WORK_FOLDER        # first: pairs of sentences
    python -m training.crossencoder ../shared/data WORK_FOLDER half-0
    python -m training.crossencoder ../shared/data WORK_FOLDER half-1
    python -m training.crossencoder ../shared/data WORK_FOLDER whole

A network goes on learning from the events of training/readings.py and the pairs of stretches of
training/verdicts.json. It is asked of each pair of passages whether both tell a fact alike, whether the reading lists
them for one or has a point that they tell differently, and of what kind and relation; of each piece whether it stands
in that fact or point; and of two stretches that readers judged whether they are one point told differently, and how.
What readers of single pairs of passages say (training/agreements.json) goes before what a reading lists. `half-0` and
`half-1` learn from every other event and answer for the rest, so that training/claims.py is fitted to no answer given
by heart. `whole` is the mean of both (a soup: Wortsman et al. 2022), written as the packaged network, in seven bits:
it never saw the six events of task `accounts`, and answers for them. A half goes on at the end of an epoch where it
was stopped; both side by side take 40 minutes on two cores. Seed 0. No sentence of the data is in the weights.

The halves begin with what training/encoder.py left, as those of the packaged network did, or, without it, with the
packaged network (unpacked.py).
"""

from __future__ import annotations

import os
import pathlib
import pickle
import random
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from rashomon.compare.crossencoder import ASKED, KINDS, MARKED, RELATIONS, CrossEncoder, laid
from rashomon.compare.reread import read
from rashomon.compare.stretches import TOLD, Head
from training.agreements import agreements
from training.checkpoint import Checkpoint
from training.encoder import Encoder
from training.examples import Example, examples, judged
from training.taught import SAID, Stretches, Taught, taught
from training.unpacked import unpacked
from training.verdicts import verdicts

TARGET = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare" / "crossencoder.onnx"
HALVES = ("half-0", "half-1")
EPOCHS, BATCH, RATE = 3, 32, 6e-5
FRESH = 10
"""How many times as fast as the others the layers learn that nothing was taught before."""
KEPT = 0.1
"""Share of the pairs that an epoch reads of those that nobody takes for the same, other ones each time; they count for
more by as much."""
FIXED = 2
"""Layers from the bottom that stay as they are: what an epoch takes is a quarter less."""
COUNTS = (1.0, 0.5, 0.5)
"""What being wrong of each of SAID counts."""
STATES, HIDDEN = 48, 96
UNASKED = -100

Span = tuple[int, int]
"""Pieces of a row, from and to."""


class Reader(Encoder):
    """The encoder with heads for all that is asked of a pair, of a piece, and of two stretches."""

    def __init__(self) -> None:
        super().__init__()
        wide = self.heads.in_features // 2
        self.heads = nn.Linear(2 * wide, len(ASKED))
        self.marks = nn.Linear(wide, len(MARKED))
        self.states = nn.Linear(wide, STATES)
        self.stretches = nn.Sequential(nn.Linear(3 * STATES, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, len(TOLD)))
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:FIXED]):
            part.requires_grad_(False)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Log odds of shape (pairs, len(ASKED)) and (pairs, pieces, len(MARKED)); (pairs, pieces, STATES) vectors."""
        states = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        return self.heads(torch.cat([states[:, 0], mean], dim=1)), self.marks(states), self.states(states)

    def told(self, states: Tensor, rows: Sequence[int], ends: Sequence[tuple[Span, Span]]) -> Tensor:
        """What rashomon.compare.stretches.Head says of two stretches of pieces of a row, (stretches, len(TOLD))."""
        one, other = (
            torch.stack([states[row, low:high].mean(0) for row, (low, high) in zip(rows, side, strict=True)])
            for side in zip(*ends, strict=True)
        )
        return self.stretches(torch.cat([one + other, (one - other).abs(), one * other], dim=1))


def begun(work: pathlib.Path) -> Reader:
    """The network that a half begins with: as training/encoder.py left it, or, without it, the packaged one.

    What the encoder said of shared happenings begins what is asked of facts, told alike or listed.
    """
    model = Reader()
    if not (work / "encoder.pt").exists():
        model.load_state_dict(unpacked(TARGET), strict=False)
        return model
    state = torch.load(work / "encoder.pt")["model"]
    heads = {part: state.pop(f"heads.{part}")[4] for part in ("weight", "bias")}
    model.load_state_dict(state, strict=False)
    with torch.no_grad():
        for asked in ("same", "listed"):
            model.heads.weight[ASKED.index(asked)] = heads["weight"]
            model.heads.bias[ASKED.index(asked)] = heads["bias"]
    return model


def mean(work: pathlib.Path) -> Reader:
    """The network whose weights are the mean of both halves'."""
    halves = [torch.load(work / f"{half}.pt")["model"] for half in HALVES]
    model = Reader()
    model.load_state_dict({key: torch.stack([half[key] for half in halves]).float().mean(0) for key in halves[0]})
    model.eval()
    return model


def batched(pairs: Sequence[Taught], turned: Sequence[bool]) -> tuple[Tensor, ...]:
    """Pieces, kinds, mask and marks of some pairs, those `turned` with their sides changed about."""
    rows = [pair.sides[::-1] if turn else pair.sides for pair, turn in zip(pairs, turned, strict=True)]
    ids, kinds, mask = (torch.from_numpy(table) for table in laid(rows))
    marks = torch.zeros((*ids.shape, len(MARKED)))
    for row, (pair, turn) in enumerate(zip(pairs, turned, strict=True)):
        first, second = pair.marks[::-1] if turn else pair.marks
        marks[row, 1 : len(first) + 1] = torch.from_numpy(first)
        marks[row, len(first) + 2 : len(first) + len(second) + 2] = torch.from_numpy(second)
    return ids, kinds, mask, marks


def loss(model: Reader, pairs: Sequence[Taught], turned: Sequence[bool]) -> Tensor:
    """What the network is wrong by, over a batch: the pair's answers, those of its pieces, and of its stretches."""
    ids, kinds, mask, marks = batched(pairs, turned)
    told, marked, states = model(ids, kinds, mask)
    answers = torch.from_numpy(np.stack([p.answers for p in pairs]))
    weight = torch.tensor([1.0 if p.telling else 1 / KEPT for p in pairs]).unsqueeze(1)
    wrong = nn.functional.binary_cross_entropy_with_logits(told, answers, reduction="none")
    total = (wrong[:, : len(SAID)] * weight * torch.tensor(COUNTS)).sum(1).mean()
    total = total + 0.3 * ((wrong[:, len(SAID) :] * answers[:, 1:2]).sum(1) / 4).mean()
    inside = mask.unsqueeze(-1).float()
    pieces_wrong = nn.functional.binary_cross_entropy_with_logits(marked, marks, reduction="none") * inside
    marked_too = torch.tensor([0.0 if p.unmarked else 0.5 for p in pairs]).unsqueeze(1)
    total = total + ((marked_too * pieces_wrong[..., 0]).sum() + pieces_wrong[..., 1:].sum()) / inside.sum()
    return total + stretches_loss(model, states, pairs, turned)


def stretches_loss(model: Reader, states: Tensor, pairs: Sequence[Taught], turned: Sequence[bool]) -> Tensor:
    """What the network is wrong by of the stretches that readers judged: whether they differ, of what kind and how."""
    some = [(row, stretch) for row, pair in enumerate(pairs) for stretch in pair.stretches]
    if not some:
        return states.new_zeros(())
    ends = [placed(pairs[row], turned[row], stretch) for row, stretch in some]
    told = model.told(states, [row for row, _ in some], ends)
    differ = torch.tensor([stretch.differ for _, stretch in some])
    total = nn.functional.binary_cross_entropy_with_logits(told[:, 0], differ)
    first = 1
    for name, names in (("kind", KINDS), ("relation", RELATIONS)):
        answer = torch.tensor([UNASKED if (n := getattr(s, name)) is None else n for _, s in some])
        if (answer != UNASKED).any():
            asked = told[:, first : first + len(names)]
            total = total + 0.2 * nn.functional.cross_entropy(asked, answer, ignore_index=UNASKED)
        first += len(names)
    return total


def placed(pair: Taught, turned: bool, stretch: Stretches) -> tuple[Span, Span]:
    """Where both stretches stand in the row of a pair."""
    first = len(pair.sides[turned])
    ahead, behind = (stretch.other, stretch.one) if turned else (stretch.one, stretch.other)
    return (ahead[0] + 1, ahead[1] + 1), (behind[0] + first + 2, behind[1] + first + 2)


def optimiser_of(model: Reader, steps: int) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.OneCycleLR]:
    """What changes the weights, and how fast it does so over the steps."""
    fresh = [*model.states.parameters(), *model.stretches.parameters()]
    others = [p for p in model.parameters() if p.requires_grad and not any(p is one for one in fresh)]
    rates = [RATE, FRESH * RATE]
    groups = [{"params": some, "lr": rate} for some, rate in zip((others, fresh), rates, strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    return optimiser, torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps + 1, pct_start=0.1)


def batches(pairs: Sequence[Taught], draw: random.Random) -> list[list[Taught]]:
    """An epoch: all pairs that tell something and some of the others, those of like length together."""
    quiet = [p for p in pairs if not p.telling]
    some = [*(p for p in pairs if p.telling), *draw.sample(quiet, int(KEPT * len(quiet)))]
    order = sorted(some, key=lambda p: (len(p.sides[0]) + len(p.sides[1])) // 8 + draw.random())
    found = [order[n : n + BATCH] for n in range(0, len(order) - BATCH + 1, BATCH)]
    draw.shuffle(found)
    return found


def train(pairs: Sequence[Taught], work: pathlib.Path, name: str) -> Reader:
    """The network trained on the pairs, from the last epoch that WORK_FOLDER has of this name."""
    torch.manual_seed(0)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    model = begun(work)
    optimiser, schedule = optimiser_of(model, EPOCHS * len(batches(pairs, random.Random(0))))
    checkpoint = Checkpoint(work / f"{name}.pt", {"model": model, "optimiser": optimiser, "schedule": schedule})
    for epoch in range(checkpoint.restored(), EPOCHS):
        draw, began, lately = random.Random(epoch), time.time(), 0.0
        order = batches(pairs, draw)
        for step, batch in enumerate(order, 1):
            wrong = loss(model, batch, [draw.random() < 0.5 for _ in batch])
            optimiser.zero_grad()
            wrong.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            lately = 0.98 * lately + 0.02 * wrong.item()
            if step % 100 == 0:
                print(name, epoch, step, len(order), round(lately, 4), round(time.time() - began), flush=True)
        checkpoint.keep(epoch + 1)
    model.eval()
    return model


def export(model: Reader, path: pathlib.Path) -> None:
    """The network as ONNX, its weights but those of the heads in seven bits, one scale a column.

    With eight, processors without VNNI add two products in sixteen bits, which overflow: on one such machine nine in
    ten of the pieces' marks came out otherwise than by exact sums.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".whole")
    ids = torch.randint(1000, 2000, (2, 20))
    given = (ids, torch.zeros_like(ids), torch.ones_like(ids))
    names = ["ids", "kinds", "mask"]
    axes = {name: {0: "pairs", 1: "pieces"} for name in (*names, "marks", "states")} | {"pair": {0: "pairs"}}
    outputs = {"input_names": names, "output_names": ["pair", "marks", "states"], "dynamic_axes": axes}
    torch.onnx.export(model, given, str(whole), opset_version=17, dynamo=False, **outputs)
    graph = onnx.load(whole).graph
    heads = [node.name for node in graph.node if node.name.startswith(("/heads/", "/marks/", "/states/"))]
    heads += [f"{name}_MatMul" for name in heads]  # as the quantiser calls a Gemm that it takes apart
    settings: dict[str, Any] = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": True}
    quantize_dynamic(str(whole), str(path), nodes_to_exclude=heads, **settings)
    whole.unlink()


def layer(model: Reader) -> dict[str, npt.NDArray[np.float32]]:
    """The layer over two stretches, as rashomon.compare.stretches.Head takes it."""
    hidden, _, out = model.stretches
    tables = {"hidden": hidden.weight.T, "hidden_bias": hidden.bias, "out": out.weight.T, "out_bias": out.bias}
    return {name: np.ascontiguousarray(table.detach().numpy()) for name, table in tables.items()}


def half(told: Mapping[str, Example], name: str) -> list[str]:
    """The events that a half answers for; it learns from the others beside the six."""
    return sorted(key for key in told if not told[key].six)[int(name[-1]) :: 2]


def main(data: str, folder: str, name: str) -> None:
    """Train one network and write its answers about the events that it did not learn from to WORK_FOLDER."""
    work = pathlib.Path(folder)
    told = examples(pathlib.Path(data), work)
    looks = judged(told, work)
    if name == "whole":
        model, path = mean(work), TARGET
        asked = [key for key in told if told[key].six]
        np.savez_compressed(path.with_name("stretches.npz"), allow_pickle=False, **layer(model))
    else:
        path, asked = work / f"{name}.onnx", half(told, name)
        said, same = verdicts(told), agreements(told)
        keys = [key for key in sorted(told) if not told[key].six and key not in asked]
        model = train([p for key in keys for p in taught(told[key], looks[key], said[key], same[key])], work, name)
    export(model, path)
    reader = CrossEncoder(path.read_bytes())
    answers = {key: read(told[key].passages, told[key].measured, looks[key], reader.read) for key in asked}
    (work / f"{name}.pkl").write_bytes(pickle.dumps((answers, Head(layer(model)))))


if __name__ == "__main__":
    main(*sys.argv[1:4])
