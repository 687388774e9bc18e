"""Whatever a path leads to gives a source or a row that says why not, and nothing raises or blocks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rashomon.model.records import Rejected, Source
from rashomon.read.sources import collect

STORY = "The harbour of Ostrel was closed on Monday after a crane fell, the port authority said."


def rows(*paths: Path, max_bytes: int = 10_000) -> list[Source | Rejected]:
    return list(collect([str(path) for path in paths], max_bytes))


def reason(path: Path, max_bytes: int = 10_000) -> str:
    (row,) = rows(path, max_bytes=max_bytes)
    assert isinstance(row, Rejected) and row.stage == "read" and row.detail.endswith((".", "it."))
    return row.reason


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("zeros.txt", b"abc\x00\x00def" * 50, "binary"),
    ("paper.txt", b"%PDF-1.7 and more", "binary"),
    ("packed.html", b"\x1f\x8b\x08\x00" + bytes(range(60)), "binary"),
    ("noise.txt", bytes(range(1, 32)) * 40, "binary"),
    ("large.txt", STORY.encode() * 500, "too large"),
    ("picture.png", b"x", "unsupported"),
    ("README", b"x", "unsupported"),
    ("empty.jsonl", b"\n\n", "empty"),
    ("list.jsonl", b"[1, 2]\n", "malformed"),
    ("half.jsonl", b'{"text": "a\n', "malformed"),
    ("latin.jsonl", b'{"text": "caf\xe9"}\n', "malformed"),
    ("deep.jsonl", b"[" * 9000, "malformed"),
    ("long.jsonl", b'{"text": "' + b"a" * 20_000 + b'"}\n', "too large"),
]


@pytest.mark.parametrize(("name", "data", "expected"), BAD, ids=[name for name, _, _ in BAD])
def test_what_cannot_be_read_is_told(tmp_path, name, data, expected):
    path = tmp_path / name
    path.write_bytes(data)
    assert reason(path) == expected


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b.txt", "a/z.text", "a/y.html", "c.JSONL", ".secret.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"text": STORY}) if name.endswith("L") else STORY)
    found = rows(tmp_path)
    names = [Path(row.source_uri).relative_to(tmp_path).as_posix() for row in found]
    assert names == ["a/y.html", "a/z.text", "b.txt", "c.JSONL#1"]
    assert [row.kind for row in found if isinstance(row, Source)] == ["html", "text", "text", "json"]


def test_uris_do_not_depend_on_how_the_path_is_written_and_a_file_is_read_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text(STORY)
    found = rows(Path("./in/../in/./a.txt"), Path("in"), Path("in/a.txt"))
    assert [row.source_uri for row in found] == ["in/a.txt"]


def test_bad_lines_are_told_by_number_and_the_others_are_read(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "one"}\r\n\r\n{"text": \n7\n{"text": "five"}')
    found = rows(path)
    assert [(type(row).__name__, row.source_uri.rsplit("#")[-1]) for row in found] == [
        ("Source", "1"),
        ("Rejected", "3"),
        ("Rejected", "4"),
        ("Source", "5"),
    ]
    assert [json.loads(row.data)["text"] for row in found if isinstance(row, Source)] == ["one", "five"]


def test_a_long_line_does_not_hide_the_next(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 30_000 + b'"}\n{"text": "short"}\n')
    assert [type(row).__name__ for row in rows(path)] == ["Rejected", "Source"]


def test_wide_text_is_no_binary_file(tmp_path):
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(STORY.encode(encoding))
        assert isinstance(rows(path)[0], Source), encoding


def test_links_pipes_and_missing_files(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "up").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.txt")
    found = {Path(row.source_uri).name: row.reason for row in rows(tmp_path)}
    assert found == {"gone.txt": "broken link", "round.txt": "link loop", "up": "link loop", "pipe.txt": "no file"}
    assert reason(tmp_path / "nothing.txt") == "missing"
    assert reason(Path("/dev/null")) == "no file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "closed.txt"
    path.write_text(STORY)
    path.chmod(0)
    assert reason(path) == "no permission"


def test_a_name_that_is_no_unicode_gives_a_valid_uri(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text(STORY)
    except OSError:
        pytest.skip("the file system takes Unicode names only")
    (row,) = rows(tmp_path)
    assert row.source_uri.encode("utf-8").endswith(b"caf\\xe9.txt")
