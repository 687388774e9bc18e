"""`rashomon follow` from a real feed: rounds add what is new, keep what changed, and rewrite nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from typer.testing import CliRunner

from rashomon.cli import app
from rashomon.store.dossier import Dossier
from rashomon.store.verify import verify
from tests.read import made
from tests.read.web.server import answer, serving

CALM = {
    "RASHOMON_WEB_DELAY": "0",
    "RASHOMON_WEB_RETRIES": "0",
    "RASHOMON_WEB_RECHECK": "0",
    "RASHOMON_WEB_TIMEOUT": "5",
}
ITEM = "<title>{0}</title><link>/news/{0}</link><description>Brief.</description>"
SECOND = made.STORY.replace("Two dockers", "Three dockers")
OTHER = (
    "The mayor of Velm opened the new library on Sunday in front of a small crowd.\n"
    "The building cost nine million crowns and holds eighty thousand books, the city council said.\n"
)


def follow(server, into, times: int = 1) -> str:
    args = [
        "follow",
        server.base + "/feed",
        "--into",
        str(into),
        "--times",
        str(times),
        "--every",
        "0",
        "--allow-private",
    ]
    result = CliRunner().invoke(app, [*args, "--workers", "1"])
    assert result.exit_code == 0, result.output
    return result.output


def test_rounds_add_what_is_new_and_keep_what_changed(tmp_path, monkeypatch):
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)
    with serving() as server:
        server.answers = {
            "/feed": answer(made.rss(ITEM.format("crane")), kind="application/rss+xml"),
            "/news/crane": answer(made.page()),
        }
        assert "1 new. 1 article" in follow(server, tmp_path / "d")
        before = (tmp_path / "d" / "manifest.json").stat().st_mtime_ns
        assert "Nothing new to read" in follow(server, tmp_path / "d")
        assert (tmp_path / "d" / "manifest.json").stat().st_mtime_ns == before
        server.answers["/feed"] = answer(made.rss(ITEM.format("library"), ITEM.format("crane")), kind="text/xml")
        server.answers["/news/crane"] = answer(made.page(SECOND))
        server.answers["/news/library"] = answer(made.page(OTHER))
        assert "2 new. 3 articles" in follow(server, tmp_path / "d")
    dossier = Dossier(tmp_path / "d")
    verify(dossier)
    urls = sorted(dossier.table("articles").column("url").to_pylist())
    assert [url.rpartition("/")[2] for url in urls] == ["crane", "crane", "library"]
    (revision,) = dossier.table("revisions").to_pylist()
    assert revision["url"] == urls[0] and revision["ordered"] and revision["at"].endswith("Z")
    assert [(c["previous_text"], c["text"]) for c in revision["changes"]] == [("Two", "Three")]
    assert all(at.endswith("Z") for at in dossier.table("articles").column("retrieved").to_pylist())


def test_a_round_that_fails_is_told_and_the_next_goes_on(tmp_path, monkeypatch):
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)
    with serving() as server:
        server.answers = {"/feed": answer(b"", 500)}
        assert follow(server, tmp_path / "d", times=2).count("Nothing could be read") == 2


def test_it_ends_politely_when_it_is_told_to(tmp_path):
    with serving() as server:
        server.answers = {
            "/feed": answer(made.rss(ITEM.format("crane")), kind="text/xml"),
            "/news/crane": answer(made.page()),
        }
        args = ["follow", server.base + "/feed", "--into", str(tmp_path / "d"), "--allow-private", "--workers", "1"]
        running = subprocess.Popen(
            [sys.executable, "-m", "rashomon", *args],
            env=os.environ | CALM,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "1 new." in (running.stdout.readline() if running.stdout else "")
        time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        _, told = running.communicate(timeout=20)
    assert running.returncode == 130 and "stopped" in told
    verify(Dossier(tmp_path / "d"))
