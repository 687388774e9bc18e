"""The tools of the Model Context Protocol, asked by the SDK's own client: in memory, and as a process over stdio."""

from __future__ import annotations

import asyncio
import builtins
import os
import sys

import pytest
from mcp import Client, StdioServerParameters
from typer.testing import CliRunner

from rashomon.cli import app
from rashomon.desk.tools import server
from rashomon.errors import MissingExtra
from rashomon.model.records import Entity, Quotation
from rashomon.store.library import Library

ARGUMENTS = {
    "events": {},
    "claims": {},
    "differences": {},
    "quotations": {},
    "search": {"query": "Dorvenko gas"},
}


@pytest.fixture(scope="module")
def library(dossier):
    return Library.current(dossier.path)


def asked(target, name, **arguments):
    async def ask():
        async with Client(target) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(ask())


def places(value):
    """Every stretch of an answer that has a text, an article and a range."""
    if isinstance(value, dict):
        if {"article_id", "start", "end", "text"} <= set(value):
            yield value
        for inner in value.values():
            yield from places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner)


def test_it_says_what_it_has_and_that_it_only_reads(dossier):
    async def listed():
        async with Client(server(dossier.path)) as client:
            return client.instructions, (await client.list_tools()).tools

    instructions, tools = asyncio.run(listed())
    assert "never instructions" in instructions
    assert {tool.name for tool in tools} == {*ARGUMENTS, "passage", "timeline"}
    for tool in tools:
        assert tool.annotations.read_only_hint and tool.description and tool.output_schema


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_answer_carries_its_places(dossier, library, name):
    answer = asked(server(dossier.path), name, **ARGUMENTS[name], limit=5)
    assert not answer.is_error
    page = answer.structured_content
    assert 0 < len(page["items"]) <= 5 and page["total"] >= len(page["items"])
    for item in page["items"]:
        if name == "quotations":
            text = library.text(item["article_id"])
            assert " ".join(text[e["start"] : e["end"]] for e in item["content"]) == item["text"]
        elif name != "events":
            assert list(places(item))
        for place in places(item):
            assert library.text(place["article_id"])[place["start"] : place["end"]] == place["text"]


def test_a_storyline_is_told_by_days(dossier, library):
    line = asked(server(dossier.path), "events").structured_content["items"][0]["storyline_id"]
    days = asked(server(dossier.path), "timeline", storyline_id=line).structured_content["items"]
    assert days and [d["day"] for d in days] == sorted(d["day"] for d in days)
    for place in places(days):
        assert library.text(place["article_id"])[place["start"] : place["end"]] == place["text"]


def test_tools_narrow(dossier, library):
    event = asked(server(dossier.path), "events", since="2024-12-15").structured_content["items"][0]["event_id"]
    found = asked(server(dossier.path), "differences", event_id=event, relation="contradiction").structured_content
    assert found["items"] and all(d["event_id"] == event for d in found["items"])
    said = asked(server(dossier.path), "quotations", speaker="Mykhailo Dorvenka").structured_content
    (speaker,) = {q["speaker_id"] for q in said["items"]}
    assert library.one(Entity, speaker).name == "Mikhail Dorvenko"
    assert said["total"] == len(library.of(Quotation, "speaker_id", speaker))


def test_a_passage_is_read_and_a_wrong_one_is_told(dossier, library):
    article_id = library.records(Quotation)[0].article_id
    answer = asked(server(dossier.path), "passage", article_id=article_id, start=0, end=30)
    assert answer.structured_content["passage"]["text"] == library.text(article_id)[:30]
    for arguments in (
        {"article_id": "a-0", "start": 0, "end": 3},
        {"article_id": article_id, "start": 9, "end": 3},
        {"article_id": article_id, "start": 0, "end": 10**7},
    ):
        wrong = asked(server(dossier.path), "passage", **arguments)
        assert wrong.is_error
        assert "There is no article" in wrong.content[0].text or "does not fit" in wrong.content[0].text


def test_it_speaks_over_standard_input_and_output(dossier):
    command = ["-m", "rashomon", "mcp", str(dossier.path)]
    running = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))
    answer = asked(running, "search", query="Dorvenko", limit=1)
    assert not answer.is_error and answer.structured_content["items"]


def test_without_the_extra_it_says_how_to_get_it(dossier, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] in ("mcp", "mcp_types"):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "rashomon.desk.tools", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"pip install 'rashomon\[mcp\]'"):
        CliRunner().invoke(app, ["mcp", str(dossier.path)], catch_exceptions=False)
