"""The shape of the house: imports point one way, rooms stay small, no trap of a package gets in."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "rashomon"
# A layer may import those before it. `version` and `__init__` stand at the edges: one imports nothing, one everything.
LAYERS = (
    *("model", "errors", "settings", "version", "pipeline", "read", "extract", "annotate", "resolve", "group"),
    *("compare", "store", "run", "report", "export", "desk", "cli", "__main__"),
)
FILES = sorted(path for folder in ("src", "benchmarks", "training", "docs") for path in (ROOT / folder).rglob("*.py"))
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "rashomon" else [node.module]
            )
            found += names
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name.split(".")[1] for name in found if name.startswith("rashomon.")]


@pytest.mark.parametrize(
    "path", [p for p in MODULES if layer(p) != "__init__"], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_point_up_the_list(path):
    here = LAYERS.index(layer(path))
    wrong = [name for name in imported(path) if LAYERS.index(name) > here]
    assert not wrong, f"{path.name} imports {wrong}, which come after it"


def test_the_model_imports_nothing_of_ours_but_itself():
    for path in (PACKAGE / "model").glob("*.py"):
        assert set(imported(path)) <= {"model"}, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_stay_small(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400, "a file stays under 400 lines: redesign the room"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"
            arguments = node.args
            count = len(arguments.args + arguments.kwonlyargs + arguments.posonlyargs)
            options = 3 if path.parent.name == "cli" else 0  # a command has an argument for each of its options
            assert count <= 6 + options + (arguments.args[:1] != [] and arguments.args[0].arg == "self"), (
                f"{node.name} has {count}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_everything_public_is_documented(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or path.name == "__init__.py", "the module has no docstring"
    for node in ast.walk(tree):
        public = isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
        if public and node in ast.iter_child_nodes(tree):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_pins_with_hashes_and_names_no_host(name):
    text = (ROOT / name).read_text("utf-8")
    assert "999.9.9" not in text
    assert "://" not in text and "--index-url" not in text and "--find-links" not in text
    pinned = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    assert len(pinned) > 20 and all("==" in line and line.endswith("\\") for line in pinned)
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_weights_in_the_package_stay_small():
    weights = [p for p in PACKAGE.rglob("*") if p.suffix in (".npz", ".onnx", ".json", ".bin") and p.is_file()]
    assert sum(p.stat().st_size for p in weights) < 40_000_000


def test_words_that_hide_a_junk_room_are_no_module_names():
    banned = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}
    assert not [p for p in MODULES if banned & set(p.with_suffix("").relative_to(PACKAGE).parts)]
