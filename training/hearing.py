"""Trains the network of rashomon/extract/hearing.py with torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from training.network import Arrays

HIDDEN, LAYERS, DROPOUT = 48, 4, 0.2
EPOCHS, BATCH, RATE, DECAY = 16, 4, 2e-3, 1e-2
# A line is never wholly sure: labels are made by script.
SOFT = 0.01


@dataclass(frozen=True, slots=True)
class Labelled:
    """The lines of one text: features, whether each is the article's own, how much it weighs, and its groups."""

    features: Any
    own: Any
    weights: Any
    groups: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """The lines of several texts as tensors: for each its place in its text, how many are left there, and its text."""

    inputs: Any
    own: Any
    weights: Any
    at: Any  # (lines, 1)
    left: Any  # (lines, 1), itself included
    text: Any
    starts: Any  # (texts,): the first line of each, and the last
    ends: Any
    groups: Sequence[tuple[Any, Any]]


class Hearing(nn.Module):  # type: ignore[misc]
    """The network as it is trained; `rashomon.extract.hearing.hear` computes the same."""

    def __init__(self, features: int, groups: int, along: bool) -> None:
        super().__init__()
        self.along = along  # whether it hears the means up to each line and from it on
        parts = groups + (5 if along else 3)
        self.inp = nn.Linear(features, HIDDEN)
        self.own = nn.ModuleList(nn.Linear(HIDDEN, HIDDEN) for _ in range(LAYERS))
        self.mix = nn.ModuleList(nn.Linear(HIDDEN * parts, HIDDEN, bias=False) for _ in range(LAYERS))
        self.out = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(DROPOUT)
        self.drop_inputs = nn.Dropout(DROPOUT)

    def forward(self, batch: Batch) -> Any:
        """The log odds of each line of the texts of a batch."""
        values = torch.relu(self.inp(self.drop_inputs(batch.inputs)))
        at, left, starts, text = batch.at, batch.left, batch.starts, batch.text
        for layer in range(LAYERS):
            step = 2**layer
            pad = torch.zeros(min(step, len(values)), HIDDEN)
            before = torch.cat([pad, values[:-step]])[: len(values)] * (at >= step)
            behind = torch.cat([values[step:], pad])[-len(values) :] * (left > step)
            total = values.cumsum(0)
            upto = total - (total - values)[starts][text]
            whole = upto[batch.ends][text]
            parts = [before, behind, whole / (at + left)]
            if self.along:
                parts += [upto / (at + 1), (whole - upto + values) / left]
            for which, sizes in batch.groups:
                parts.append((torch.zeros(len(sizes), HIDDEN).index_add_(0, which, values) / sizes[:, None])[which])
            heard = self.own[layer](values) + self.mix[layer](torch.cat(parts, 1))
            values = values + torch.relu(self.drop(heard))
        return self.out(values)[:, 0]


def _prepared(texts: Sequence[Labelled], mean: Any, scale: Any) -> Batch:
    """Several texts as one batch, in which no text hears another."""
    counts = np.array([len(text.features) for text in texts])
    starts = np.cumsum(counts) - counts
    at = np.concatenate([np.arange(count) for count in counts])
    groups = []
    for column in zip(*(text.groups for text in texts), strict=True):
        firsts = np.cumsum([0, *(which.max() + 1 for which in column[:-1])])
        which = np.concatenate([first + one for first, one in zip(firsts, column, strict=True)])
        groups.append((torch.tensor(which), torch.tensor(np.maximum(1, np.bincount(which)).astype(np.float32))))
    features = np.concatenate([text.features for text in texts])
    own = np.where(np.concatenate([text.own for text in texts]), 1 - SOFT, SOFT)
    return Batch(
        inputs=torch.tensor(np.clip((features - mean) / scale, -5, 5)),
        own=torch.tensor(own, dtype=torch.float32),
        weights=torch.tensor(np.concatenate([text.weights for text in texts]), dtype=torch.float32),
        at=torch.tensor(at)[:, None],
        left=torch.tensor(np.repeat(counts, counts) - at)[:, None],
        text=torch.tensor(np.repeat(np.arange(len(texts)), counts)),
        starts=torch.tensor(starts),
        ends=torch.tensor(starts + counts - 1),
        groups=groups,
    )


def fit(texts: Sequence[Labelled], seeds: Sequence[int], along: bool) -> Arrays:
    """The weights of one network a seed, as rashomon.extract.hearing reads them. A line's loss counts by its weight.

    Whether a line hears the means up to it and from it on (`along`) helps plain text; pages get worse by it.
    """
    everything = np.concatenate([text.features for text in texts])
    mean, scale = everything.mean(0), everything.std(0) + 1e-2
    nets = []
    for seed in seeds:
        torch.manual_seed(seed)
        net = Hearing(len(mean), len(texts[0].groups), along)
        _train(net, texts, (mean, scale), seed)
        nets.append(arrays(net.state_dict()))
    stacked = {name: np.stack([net[name] for net in nets]) for name in nets[0]}
    return {"mean": mean.astype(np.float32), "scale": scale.astype(np.float32), **stacked}


def _train(net: Hearing, texts: Sequence[Labelled], scales: tuple[Any, Any], seed: int) -> None:
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    steps = EPOCHS * -(-len(texts) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.15)
    net.train()
    for _ in range(EPOCHS):
        order = rng.permutation(len(texts))
        for at in range(0, len(order), BATCH):
            batch = _prepared([texts[i] for i in order[at : at + BATCH]], *scales)
            optimiser.zero_grad()
            each = nn.functional.binary_cross_entropy_with_logits(net(batch), batch.own, reduction="none")
            ((each * batch.weights).sum() / BATCH).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()


def arrays(state: Any) -> Arrays:
    """The state of a network as arrays, in half precision but for the biases."""
    told = {name: value.numpy() for name, value in state.items()}

    def stacked(name: str) -> Any:
        return np.stack([told[f"{name}.{layer}.weight"].T for layer in range(LAYERS)]).astype(np.float16)

    return {
        "input": told["inp.weight"].T.astype(np.float16),
        "input_bias": told["inp.bias"],
        "own": stacked("own"),
        "own_bias": np.stack([told[f"own.{layer}.bias"] for layer in range(LAYERS)]),
        "mix": stacked("mix"),
        "output": told["out.weight"].T,
        "output_bias": told["out.bias"],
    }
