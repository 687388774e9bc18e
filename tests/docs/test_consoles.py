"""The commands on the pages are run as they stand, and their output is put behind them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def consoles() -> ModuleType:
    spec = importlib.util.spec_from_file_location("consoles", ROOT / "docs" / "consoles.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("page", "after"),
    [
        ("```console\n$ echo one\nold\n```\n", "```console\n$ echo one\none\n```\n"),
        ("```console\n$ echo a\n$ echo b\n```", "```console\n$ echo a\na\n$ echo b\nb\n```"),
        ("```python\n# f.py\nprint(3)\n```\n```console\n$ python f.py\n```", None),
        ("```\n$ echo untouched\n```\n", "```\n$ echo untouched\n```\n"),
    ],
)
def test_refreshed(consoles: ModuleType, tmp_path: Path, page: str, after: str | None):
    assert consoles.refreshed(page, tmp_path) == (after or page.replace("f.py\n```", "f.py\n3\n```", 1))


def test_a_command_that_fails_stops(consoles: ModuleType, tmp_path: Path):
    with pytest.raises(SystemExit, match="false"):
        consoles.refreshed("```console\n$ false\n```", tmp_path)


def test_every_page_named_exists(consoles: ModuleType):
    assert [page for page in consoles.PAGES if not (ROOT / page).exists()] == []
