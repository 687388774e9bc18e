"""Arbitrary and mutated bytes in every format: each gives sources or rows that say why not, and nothing raises."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rashomon.errors import UnreadableSource
from rashomon.extract.article import extract
from rashomon.model.records import Rejected, Source
from rashomon.read.intake import Address
from rashomon.read.opened import Opened
from rashomon.read.sniff import kind_of
from rashomon.read.sources import ENDINGS, READERS, collect
from rashomon.read.web.robots import Robots
from tests.read import made

LIMIT = 200_000
WHOLE = {
    "text": made.STORY.encode(),
    "html": made.page(),
    "mail": made.mail([("a.pdf", "application/pdf", b"%PDF-")]),
    "pdf": made.pdf(made.STORY.splitlines()),
    "docx": made.docx(made.STORY.splitlines()),
    "json lines": made.json_lines(made.RECORD, made.RECORD),
    "json": json.dumps([made.RECORD]).encode(),
    "table": b"title,text\nOne,Two\n",
    "parquet": made.parquet([made.RECORD]),
    "warc": made.warc_record("response", made.http(made.page()), "https://gazette.example/"),
    "feed": made.rss("<title>One</title><link>https://gazette.example/1</link>"),
    "addresses": b"https://gazette.example/1\n",
}


def check(kind: str, data: bytes) -> None:
    for item in READERS[kind](Opened("f", io.BytesIO(data), LIMIT)):
        if isinstance(item, Source):
            assert item.source_uri.startswith("f") and len(item.data) <= LIMIT
            try:
                found = extract(item)
            except UnreadableSource as error:
                assert error.reason and error.detail
            else:
                found.article.text.encode()
                assert all(found.article.text[b.start : b.end].strip() for b in found.blocks)
        else:
            assert isinstance(item, Address) or (item.reason and item.detail)
            if isinstance(item, Rejected):
                item.detail.encode()


def test_every_format_is_tried():
    assert set(WHOLE) == set(READERS) == set(ENDINGS.values())


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400))
@example(data=b"")
@example(data=b"\xff" * 50)
def test_arbitrary_bytes_raise_nothing(kind, data):
    check(kind, data)


@st.composite
def mutated(draw, data: bytes) -> bytes:
    """The bytes with a few cuts, doublings and overwritten stretches."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        data = (
            data[:start]
            + draw(st.one_of(st.just(b""), st.just(data[start:end] * 2), st.binary(max_size=30)))
            + data[end:]
        )
    return data


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_damaged_files_raise_nothing(kind, draw):
    check(kind, draw.draw(mutated(WHOLE[kind])))


CRASHED = [
    ("feed", b'<?xml version="1.0"?><xmlns:content="http://x.example/"><channel><item/></channel></rss>'),
    ("docx", WHOLE["docx"][1:]),
]


@pytest.mark.parametrize(("kind", "data"), CRASHED)
def test_what_once_raised_raises_no_more(kind, data):
    check(kind, data)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(draw=st.data())
def test_damaged_gzip_raises_nothing(tmp_path_factory, draw):
    path = tmp_path_factory.mktemp("gz") / "a.txt.gz"
    path.write_bytes(draw.draw(mutated(gzip.compress(made.STORY.encode() * 20))))
    assert all(isinstance(row, Source | Rejected) for row in collect([str(path)], LIMIT))


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200))
def test_every_beginning_is_of_a_kind_that_is_read(data):
    assert kind_of(data) in {*READERS, "gzip"}


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), path=st.text(max_size=40))
def test_any_robots_file_answers(text, path):
    assert Robots.of("User-agent: *\n" + text).allows("https://gazette.example/" + path) in (True, False)
