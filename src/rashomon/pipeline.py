"""The ordered stages: what each is, what it needs, what it gives, and the check that the chain fits before a run.

A map stage turns one RecordBatch into another, row for row or dropping rows; a group stage turns the Table of one group
into a Table. Neither knows what runs it: `run/` has a local executor, and the same objects go to a Spark cluster.
Stages are named by where they are found, so that this module imports none of them.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, cast

import pyarrow as pa

from rashomon.errors import PipelineError


class MapStage(Protocol):
    """A stage over one article at a time; loads what it needs in `__init__`, once per process."""

    needs: pa.Schema
    gives: pa.Schema

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Rows of `needs` to rows of `gives`."""
        ...


class GroupStage(Protocol):
    """A stage over the rows of one group: all articles, or those of one event."""

    needs: pa.Schema
    gives: pa.Schema

    def __call__(self, table: pa.Table) -> pa.Table:
        """The rows of one group to what they give together."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the chain.

    `after` names the stages whose rows it is fed, joined by the executor; `layers` are the packages whose code decides
    its result, so that a change in one of them makes it run again and a change elsewhere does not. `brings` names the
    columns that no stage gives, but the user.
    """

    name: str
    kind: str  # map, group
    stage: str  # module:Class
    after: tuple[str, ...]
    layers: tuple[str, ...]
    brings: tuple[str, ...] = ()


_BASE = ("model", "errors", "settings", "pipeline")

CHAIN = (
    Step("extract", "map", "rashomon.extract.stage:Extract", (), (*_BASE, "read", "extract")),
    Step("annotate", "map", "rashomon.annotate.stage:Annotate", ("extract",), (*_BASE, "extract", "annotate")),
    Step("resolve", "group", "rashomon.resolve.stage:Resolve", ("annotate",), (*_BASE, "resolve")),
    Step(
        "judge",
        "group",
        "rashomon.resolve.judged:Judge",
        ("annotate", "resolve"),
        (*_BASE, "resolve"),
        brings=("judgements", "known"),
    ),
    Step("describe", "map", "rashomon.group.stage:Describe", ("annotate", "judge"), (*_BASE, "annotate", "group")),
    Step("group", "group", "rashomon.group.stage:Group", ("describe",), (*_BASE, "annotate", "group")),
    Step(
        "grow",
        "group",
        "rashomon.group.stage:Grow",
        ("describe", "group"),
        (*_BASE, "annotate", "group"),
        brings=("kept",),
    ),
    Step(
        "move",
        "group",
        "rashomon.group.moves:Move",
        ("describe", "group"),
        (*_BASE, "annotate", "group"),
        brings=("judgements",),
    ),
    Step("place", "map", "rashomon.group.stage:Place", ("annotate", "judge", "group"), (*_BASE, "annotate", "group")),
    Step("revise", "group", "rashomon.group.revisions:Revise", ("place", "group"), (*_BASE, "annotate", "group")),
    Step(
        "date", "group", "rashomon.group.timelines.stage:Timelines", ("place", "group"), (*_BASE, "annotate", "group")
    ),
    Step("compare", "group", "rashomon.compare.stage:Compare", ("place", "group"), (*_BASE, "annotate", "compare")),
    Step(
        "dismiss",
        "group",
        "rashomon.compare.dismissed:Dismiss",
        ("compare",),
        (*_BASE, "compare"),
        brings=("judgements",),
    ),
)


@functools.cache
def load(step: Step) -> MapStage | GroupStage:
    """The stage of a step, made once per process. PipelineError if it is not where the step says."""
    module, _, name = step.stage.partition(":")
    try:
        factory = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        message = f"The stage '{step.name}' is not found at {step.stage} ({error}): reinstall rashomon."
        raise PipelineError(message) from error
    return cast("MapStage | GroupStage", factory())


def find(name: str) -> Step:
    """The step of that name; PipelineError if the chain has none."""
    for candidate in CHAIN:
        if candidate.name == name:
            return candidate
    raise PipelineError(f"There is no stage '{name}'; the chain is {', '.join(s.name for s in CHAIN)}.")


def _offered(schema: Iterable[pa.Field]) -> set[str]:
    """Every column, struct and list item of a schema, however deep: what later stages can be fed."""
    found: set[str] = set()
    for field in schema:
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        found |= {f"{field.name}: {field.type}", str(inner)}
        if pa.types.is_struct(inner):
            found |= _offered(inner.field(i) for i in range(inner.num_fields))
    return found


def check(chain: Iterable[Step] = CHAIN) -> None:
    """Raise PipelineError unless all that a stage needs is given by the stages that it comes after.

    A column of records fits by its type, whoever holds it; a plain column by its name and type (of two articles beside
    each other the earlier one's columns are called `previous_…`).
    """
    given: dict[str, set[str]] = {}
    for step in chain:
        stage = load(step)
        offered: set[str] = set()
        for before in step.after:
            if before not in given:
                raise PipelineError(f"The stage '{step.name}' comes after '{before}', which has not run by then.")
            offered |= given[before]
        wanted = [field for field in stage.needs if step.after and field.name not in step.brings]
        missing = [field.name for field in wanted if not _fits(field, offered)]
        if missing:
            raise PipelineError(
                f"The stage '{step.name}' needs {', '.join(missing)}, which none of {', '.join(step.after)} gives."
            )
        given[step.name] = _offered(stage.gives) | {str(pa.struct(list(stage.gives)))}


def _fits(field: pa.Field, offered: set[str]) -> bool:
    inner = field.type.value_type if pa.types.is_list(field.type) else field.type
    name = field.name.removeprefix("previous_")
    return str(inner) in offered if pa.types.is_struct(inner) else f"{name}: {field.type}" in offered
