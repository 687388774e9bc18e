"""The generated reference is what the code says now, and all that is public says what it is."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "rashomon").rglob("*.py"))


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


def undocumented(tree: ast.Module) -> Iterator[str]:
    """The public things of a module that say nothing of themselves; a nested function is not public."""
    if tree.body and not ast.get_docstring(tree):
        yield "the module"
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            for item in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(item, ast.FunctionDef) and not item.name.startswith("_") and not ast.get_docstring(item):
                    yield f"{node.name}.{item.name}"


@pytest.mark.parametrize("page", ["tables.md", "settings.md", "cli.md", "python.md"])
def test_reference_is_up_to_date(page: str):
    module = generator()
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert module.PAGES[page]() == written, "make docs"


def test_field_comments_are_read():
    source = 'class A:\n    """A."""\n\n    x: int  # what x is\n    y: str = "#"  # what y is\n    z: int\n'
    found = generator().field_comments(source)
    assert found == {("A", "x"): "what x is", ("A", "y"): "what y is", ("A", "z"): ""}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src" / "rashomon")))
def test_everything_public_is_documented(path: Path):
    assert list(undocumented(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_check_finds_what_is_undocumented():
    tree = ast.parse('"""M."""\nclass A:\n    """A."""\n    def f(self): ...\ndef g(): ...\ndef _h(): ...\n')
    assert list(undocumented(tree)) == ["A.f", "g"]
