"""Make docs/reference/ from the code: python docs/generate.py, or with --check: exit 1 if a page is out of date."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import inspect
import io
import re
import sys
import tokenize
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import typer

import rashomon
from rashomon.cli import app
from rashomon.model import chronicle, records
from rashomon.model.arrow import schema
from rashomon.model.records import Change, Extent, Variant
from rashomon.settings import SETTINGS
from rashomon.store.tables import TABLES, TableSpec

REFERENCE = Path(__file__).parent / "reference"
_INSIDE = (Change, Extent, Variant)  # records that stand inside columns of other tables
_SHARED = {  # columns that mean the same wherever they stand and have no comment of their own
    "article_id": "the article",
    "start": "where the stretch begins in the article's text",
    "end": "where it ends; the character there is not part of it",
    "text": "the characters of the stretch",
    "confidence": "how sure, 0..1",
    "earliest": "first day of the interval",
    "latest": "last day of the interval",
    "event_id": "the event",
    "articles": "how many articles tell it",
    "origins": "how many of them are not copies",
}


def field_comments(source: str) -> dict[tuple[str, str], str]:
    """The comment behind each annotated field of each class: (class, field) to the words of the comment."""
    comments = {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.end_lineno:
                    found[node.name, item.target.id] = comments.get(item.end_lineno, "")
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"


def _type_name(kind: pa.DataType) -> str:
    """An Arrow type in the words of a reader: a struct is shown by its fields."""
    if pa.types.is_list(kind):
        return f"list of {_type_name(kind.value_type)}"
    if pa.types.is_struct(kind):
        fields = (kind.field(index) for index in range(kind.num_fields))
        return "{" + ", ".join(field.name for field in fields) + "}"
    return str(kind)


def _columns(record: type, comments: dict[tuple[str, str], str], refers: dict[str, str]) -> Iterator[str]:
    """The Markdown table of a record's columns."""
    rows = []
    for field in schema(record):
        told = comments.get((record.__name__, field.name)) or _SHARED.get(field.name, "")
        link = f"names a row of [{refers[field.name]}](#{refers[field.name]})" if field.name in refers else ""
        meaning = "; ".join(part for part in (told, link) if part)
        rows.append((f"`{field.name}`", _type_name(field.type), "yes" if field.nullable else "", meaning))
    yield from _table(("column", "type", "may be empty", "meaning"), rows)


def _table_section(spec: TableSpec, comments: dict[tuple[str, str], str]) -> Iterator[str]:
    refers = {column: table for column, table, _ in spec.refers}
    yield f"## {spec.name}\n"
    yield f"{inspect.getdoc(spec.record)}\n"
    yield from _columns(spec.record, comments, refers)
    yield f"\nRows are in the order of {', '.join(f'`{column}`' for column in spec.order)}.\n"


def tables() -> str:
    """The page of tables: record classes, the comments behind their fields, and the Arrow schemas made from them."""
    comments = field_comments(inspect.getsource(records)) | field_comments(inspect.getsource(chronicle))
    lines = ["# Tables\n", f"{inspect.cleandoc(records.__doc__ or '')}\n"]
    lines.append("Each table is one or more Parquet files in the dossier, and a view of the same name in SQL.\n")
    lines.append(" · ".join(f"[{spec.name}](#{spec.name})" for spec in TABLES) + "\n")
    for spec in TABLES:
        lines.extend(_table_section(spec, comments))
    lines.append("## Inside columns\n")
    for record in _INSIDE:
        lines.append(f"**{record.__name__}**: {inspect.getdoc(record)}\n")
        lines.extend([*_columns(record, comments, {}), ""])
    return _page(lines)


def settings() -> str:
    """The page of settings, from the one table of them."""
    rows = [(f"`{s.name}`", str(s.default), s.unit, s.help, f"`{s.variable}`") for s in SETTINGS]
    lines = ["# Settings\n", "Read when a run starts: an argument first, then the environment, then the default.\n"]
    lines.extend(_table(("name", "default", "unit", "what it does", "environment variable"), rows))
    return _page(lines)


@dataclasses.dataclass(frozen=True)
class _Parameter:
    """One argument or option of a command, read off the annotation of the function that runs it."""

    usage: str
    name: str
    kind: str
    default: str
    help: str


_KINDS = {Path: "path", str: "text", int: "whole number", float: "number", bool: "flag"}


def _parameter(parameter: inspect.Parameter, hint: object) -> _Parameter:
    """The parameter of a Typer command from `Annotated[type, Argument or Option]` and its default."""
    kind, info = typing.get_args(hint)[:2]
    if isinstance(kind, types.UnionType):
        kind = next(arg for arg in typing.get_args(kind) if arg is not types.NoneType)
    many = typing.get_origin(kind) is list
    inner = typing.get_args(kind)[0] if many else kind
    required = parameter.default is inspect.Parameter.empty
    unsaid = parameter.default is None or parameter.default is False
    default = "required" if required else "" if unsaid else f"`{parameter.default}`"
    if isinstance(info, typer.models.ArgumentInfo):
        shown = f"{info.metavar or parameter.name.upper()}{'...' if many else ''}"
        return _Parameter(shown, f"`{shown}`", _KINDS[inner], default, info.help or "")
    given = info.default if isinstance(info.default, str) else None  # Typer holds the first name here
    options = [option for option in (given, *(info.param_decls or ())) if option]
    options = options or [f"--{parameter.name.replace('_', '-')}"]
    longest = max(options, key=len)
    if parameter.default is True and len(options) == 1:
        options.append(f"--no-{longest[2:]}")  # as Typer makes it
    usage = longest if inner is bool else f"{longest} {_KINDS[inner].upper().replace(' ', '_')}"
    names = ", ".join(f"`{option}`" for option in options) + (" (may be repeated)" if many else "")
    return _Parameter(usage if required else f"[{usage}]", names, _KINDS[inner], default, info.help or "")


def _command(name: str, run: Callable[..., object]) -> Iterator[str]:
    hints = typing.get_type_hints(run, include_extras=True)
    parameters = [_parameter(p, hints[p.name]) for p in inspect.signature(run).parameters.values()]
    yield f"## {name}\n"
    yield f"{inspect.getdoc(run)}\n"
    yield f"```\n{' '.join(['rashomon', name, *(p.usage for p in parameters)])}\n```\n"
    if parameters:
        rows = ((p.name, p.kind, p.default, p.help) for p in parameters)
        yield from _table(("argument or option", "type", "default", "what it does"), rows)
        yield ""


def cli() -> str:
    """The page of commands, from the functions registered on the command line."""
    lines = ["# Commands\n", f"{app.info.help}\n"]
    for command in app.registered_commands:
        if command.name and command.callback:
            lines.extend(_command(command.name, command.callback))
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            if command.callback:
                lines.extend(_command(f"{group.name} {command.name or command.callback.__name__}", command.callback))
    lines.append("`rashomon --version` prints the version, and `--help` after any command what it takes.\n")
    lines.append("## Exit codes\n")
    codes = (
        ("0", "done"),
        ("1", "an error; the message says what to do"),
        ("2", "the command line was not understood"),
        ("130", "stopped from the keyboard; what was finished is kept"),
    )
    lines.extend(_table(("code", "meaning"), codes))
    return _page(lines)


def _signature(thing: Callable[..., object]) -> str:
    """A signature without module paths, as one would write it."""
    told = re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", str(inspect.signature(thing)).replace("'", ""))
    return told.replace("(self, ", "(").replace("(self)", "()")


def _members(owner: type) -> Iterator[str]:
    for name, member in vars(owner).items():
        target = member.__func__ if isinstance(member, classmethod) else member
        if inspect.isfunction(target) and not name.startswith("_"):
            yield f"#### `{owner.__name__}.{name}{_signature(target)}`\n"
            yield f"{inspect.getdoc(target)}\n"


def python() -> str:
    """The page of the public Python names, from their signatures and docstrings."""
    lines = ["# Python\n", "```python", inspect.cleandoc(rashomon.__doc__ or "").partition("\n\n")[2], "```\n"]
    for name in sorted(rashomon.__all__, key=lambda name: (name[0].isupper(), name)):
        thing = getattr(rashomon, name)
        if inspect.isfunction(thing):
            lines.extend([f"### `rashomon.{name}{_signature(thing)}`\n", f"{inspect.getdoc(thing)}\n"])
            continue
        lines.extend([f"### `rashomon.{name}`\n", f"{inspect.getdoc(thing)}\n"])
        if dataclasses.is_dataclass(thing):
            fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(thing))
            lines.append(f"Fields: {fields}.\n")
        lines.extend(_members(thing))
    return _page(lines)


def _page(lines: Iterable[str]) -> str:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return f"<!-- Made by docs/generate.py from the code. Do not edit. -->\n\n{text}\n"


PAGES: dict[str, Callable[[], str]] = {"tables.md": tables, "settings.md": settings, "cli.md": cli, "python.md": python}


def stale() -> list[str]:
    """The pages whose file is not what the code would give."""
    return [name for name, make in PAGES.items() if _written(name) != make()]


def _written(name: str) -> str | None:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or with --check only say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is out of date")
    found = stale()
    if parser.parse_args(arguments).check:
        sys.stdout.write("".join(f"docs/reference/{name} is out of date: make docs\n" for name in found))
        return 1 if found else 0
    REFERENCE.mkdir(exist_ok=True)
    for name in found:
        (REFERENCE / name).write_text(PAGES[name](), encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
