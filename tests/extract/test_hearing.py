"""The networks that hear the lines around, against the same sum written out line by line."""

import numpy as np
import pytest

from rashomon.extract import roles
from rashomon.extract.hearing import hear
from rashomon.extract.model import chances
from rashomon.extract.visible import tree, visible

FEATURES, HIDDEN, LAYERS, NETWORKS = 3, 4, 2, 2


@pytest.fixture(params=[6, 4], ids=["along", "not along"])
def arrays(request):
    rng = np.random.default_rng(7)

    def some(*shape):
        return rng.normal(size=shape).astype(np.float32)

    return {
        "mean": some(FEATURES), "scale": np.abs(some(FEATURES)) + 1, "input": some(NETWORKS, FEATURES, HIDDEN),
        "input_bias": some(NETWORKS, HIDDEN), "own": some(NETWORKS, LAYERS, HIDDEN, HIDDEN),
        "own_bias": some(NETWORKS, LAYERS, HIDDEN), "mix": some(NETWORKS, LAYERS, HIDDEN * request.param, HIDDEN),
        "output": some(NETWORKS, HIDDEN, 1), "output_bias": some(NETWORKS, 1),
    }  # fmt: skip


def slowly(rows, group, w):
    values = [np.maximum(np.clip((r - w["mean"]) / w["scale"], -5, 5) @ w["input"] + w["input_bias"], 0) for r in rows]
    for layer in range(LAYERS):
        step, old = 2**layer, values
        values = []
        for i, value in enumerate(old):
            before = old[i - step] if i >= step else np.zeros(HIDDEN)
            behind = old[i + step] if i + step < len(old) else np.zeros(HIDDEN)
            mine = np.mean([old[j] for j in range(len(old)) if group[j] == group[i]], axis=0)
            along = (old, old[: i + 1], old[i:]) if w["mix"].shape[1] == 6 * HIDDEN else (old,)
            means = [np.mean(some, axis=0) for some in along]
            heard = np.concatenate([before, behind, *means, mine])
            values.append(
                value + np.maximum(value @ w["own"][layer] + w["own_bias"][layer] + heard @ w["mix"][layer], 0)
            )
    return [float((value @ w["output"] + w["output_bias"])[0]) for value in values]


def each(rows, group, arrays):
    shared = {name: arrays[name] for name in ("mean", "scale")}
    return [slowly(rows, group, {n: a if n in shared else a[k] for n, a in arrays.items()}) for k in range(NETWORKS)]


@pytest.mark.parametrize("group", [[0], [0, 0], [0, 1, 0, 2, 1, 0]])
def test_an_unsure_text_is_heard_by_every_network(arrays, group):
    rows = np.random.default_rng(len(group)).normal(size=(len(group), FEATURES)).astype(np.float32)
    arrays["output"], arrays["output_bias"] = arrays["output"] * 0.01, arrays["output_bias"] * 0
    assert hear(rows, [np.array(group)], arrays) == pytest.approx(np.mean(each(rows, group, arrays), axis=0), abs=1e-4)


def test_a_sure_text_is_heard_by_one_network(arrays):
    rows, group = np.random.default_rng(3).normal(size=(4, FEATURES)).astype(np.float32), [0, 1, 1, 0]
    arrays["output_bias"] = arrays["output_bias"] + 1000
    assert hear(rows, [np.array(group)], arrays) == pytest.approx(each(rows, group, arrays)[0], abs=1e-3)


def test_long_pages_are_weighed_in_pieces(monkeypatch):
    story = "".join(
        f"<p>The ferry left Karsk for Selm at {n} on Tuesday with its {n * 7} passengers, said Ann Orr.</p>"
        for n in range(99)
    )
    page = visible(tree(f"<html><body><ul>{'<li><a href=/>Towns</a></li>' * 30}</ul>{story}</body></html>"))
    whole = roles.label_page(page, None)
    monkeypatch.setattr(roles, "_PIECE", 50)
    pieces = roles.label_page(page, None)
    assert len(pieces) == len(whole) == 129 and pieces != whole
    assert [role for role, _ in pieces[30:]] == ["body"] * 99 and {role for role, _ in pieces[:30]} == {"furniture"}


@pytest.mark.parametrize(("model", "features"), [("pages", 432), ("lines", 223)])
def test_long_texts_are_weighed_in_pieces(model, features):
    rows = np.zeros((20_050, features), dtype=np.float32)
    found = chances(model, rows, [np.zeros(len(rows), dtype=np.int64)] * 5)
    assert found.shape == (20_050, 2)
    assert np.isfinite(found).all()
    assert np.allclose(found.sum(axis=1), 1)
