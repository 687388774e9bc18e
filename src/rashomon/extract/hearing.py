"""A small network over the lines of a page, each of which hears what stands before, behind and in the same groups.

Every layer adds to a line's values what it makes of its own, of the lines 2^k before and behind (a dilated convolution,
Yu and Koltun 2016), and of the means over the page and over each group that it is in (deep sets, Zaheer et al. 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.extract.lexical import Matrix, Offsets

Arrays = Mapping[str, npt.NDArray[Any]]


def _moved(values: Matrix, by: int) -> Matrix:
    """Row i holds row i + by; zeros beyond the ends."""
    out = np.zeros_like(values)
    if by > 0:
        out[:-by] = values[by:]
    else:
        out[-by:] = values[:by]
    return out


def _means(values: Matrix, which: Offsets) -> Matrix:
    """For each row the mean of the rows of its group."""
    order = np.argsort(which, kind="stable")
    starts = np.concatenate(([0], np.flatnonzero(np.diff(which[order])) + 1))
    sizes = np.diff(np.concatenate((starts, [len(which)])))
    groups = np.add.reduceat(values[order], starts, axis=0) / sizes[:, None]
    place = np.empty(len(which), dtype=np.int64)
    place[order] = np.repeat(np.arange(len(starts)), sizes)
    means: Matrix = groups[place].astype(np.float32)
    return means


def hear(features: Matrix, groups: Sequence[Offsets], arrays: Arrays) -> Matrix:
    """The log odds of each line; `groups` hold one number a line each. Weights by training/pages.py."""
    inputs = np.clip((features - arrays["mean"]) / arrays["scale"], -5, 5)
    values = np.maximum(inputs @ arrays["input"] + arrays["input_bias"], 0)
    for layer, (own, bias, mix) in enumerate(zip(arrays["own"], arrays["own_bias"], arrays["mix"], strict=True)):
        step = 2**layer
        everything = np.broadcast_to(values.mean(axis=0), values.shape)
        far = step >= len(values)
        near = [np.zeros_like(values) if far else _moved(values, by) for by in (-step, step)]
        heard = np.concatenate([*near, everything, *(_means(values, which) for which in groups)], axis=1)
        values = values + np.maximum(values @ own + bias + heard @ mix, 0)
    odds: Matrix = (values @ arrays["output"] + arrays["output_bias"])[:, 0]
    return odds
