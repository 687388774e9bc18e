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
# A page's loss is the mean over its characters; the measure of the task is a mean over pages.
Lines = tuple[Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The lines of one page: features, whether each is the article's own, its characters, and its groups."""

    features: Any
    own: Any
    chars: Any
    groups: Sequence[Any]


class Hearing(nn.Module):  # type: ignore[misc]
    """The network as it is trained; `rashomon.extract.hearing.hear` computes the same."""

    def __init__(self, features: int, groups: int) -> None:
        super().__init__()
        self.inp = nn.Linear(features, HIDDEN)
        self.own = nn.ModuleList(nn.Linear(HIDDEN, HIDDEN) for _ in range(LAYERS))
        self.mix = nn.ModuleList(nn.Linear(HIDDEN * (3 + groups), HIDDEN, bias=False) for _ in range(LAYERS))
        self.out = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(DROPOUT)
        self.drop_inputs = nn.Dropout(DROPOUT)

    def forward(self, inputs: Any, groups: Sequence[tuple[Any, Any]]) -> Any:
        """The log odds of each line."""
        values = torch.relu(self.inp(self.drop_inputs(inputs)))
        count = len(values)
        for layer in range(LAYERS):
            step = 2**layer
            pad = torch.zeros(min(step, count), HIDDEN)
            far = torch.zeros_like(values)
            before = torch.cat([pad, values[:-step]]) if step < count else far
            behind = torch.cat([values[step:], pad]) if step < count else far
            parts = [before, behind, values.mean(0, keepdim=True).expand(count, -1)]
            for which, sizes in groups:
                parts.append((torch.zeros(len(sizes), HIDDEN).index_add_(0, which, values) / sizes[:, None])[which])
            heard = self.own[layer](values) + self.mix[layer](torch.cat(parts, 1))
            values = values + torch.relu(self.drop(heard))
        return self.out(values)[:, 0]


def _prepared(page: Labelled, mean: Any, scale: Any) -> Lines:
    inputs = torch.tensor(np.clip((page.features - mean) / scale, -5, 5))
    groups = [(torch.tensor(which), torch.tensor(np.bincount(which).astype(np.float32))) for which in page.groups]
    own = torch.tensor(np.where(page.own, 1 - SOFT, SOFT), dtype=torch.float32)
    return inputs, groups, own, torch.tensor(page.chars / page.chars.sum(), dtype=torch.float32)


def fit(pages: Sequence[Labelled], seed: int) -> Arrays:
    """The weights of one network, as rashomon.extract.hearing reads them."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    everything = np.concatenate([page.features for page in pages])
    mean, scale = everything.mean(0), everything.std(0) + 1e-2
    prepared = [_prepared(page, mean, scale) for page in pages]
    net = Hearing(everything.shape[1], len(pages[0].groups))
    steps = EPOCHS * -(-len(prepared) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.15)
    net.train()
    for _ in range(EPOCHS):
        order = rng.permutation(len(prepared))
        for at in range(0, len(order), BATCH):
            optimiser.zero_grad()
            loss = torch.zeros(())
            for i in order[at : at + BATCH]:
                inputs, groups, own, weights = prepared[i]
                each = nn.functional.binary_cross_entropy_with_logits(net(inputs, groups), own, reduction="none")
                loss = loss + (each * weights).sum()
            (loss / BATCH).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return arrays(net.state_dict(), mean, scale)


def arrays(state: Any, mean: Any, scale: Any) -> Arrays:
    """The state of a network as arrays, in half precision but for the biases."""
    told = {name: value.numpy() for name, value in state.items()}

    def stacked(name: str) -> Any:
        return np.stack([told[f"{name}.{layer}.weight"].T for layer in range(LAYERS)]).astype(np.float16)

    return {
        "mean": mean.astype(np.float32),
        "scale": scale.astype(np.float32),
        "input": told["inp.weight"].T.astype(np.float16),
        "input_bias": told["inp.bias"],
        "own": stacked("own"),
        "own_bias": np.stack([told[f"own.{layer}.bias"] for layer in range(LAYERS)]),
        "mix": stacked("mix"),
        "output": told["out.weight"].T,
        "output_bias": told["out.bias"],
    }
