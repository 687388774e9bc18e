"""The main job: same input same bytes, nothing done twice, nothing lost when killed."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rashomon.errors import DossierError, NothingReadable
from rashomon.group import growing
from rashomon.run.job import Job
from rashomon.run.local import Local
from rashomon.run.progress import Silent
from rashomon.settings import Settings
from rashomon.store.dossier import Dossier
from rashomon.store.verify import verify


def job(into: Path, paths, workers=1, partition=32):
    return Job(into, Settings.of({"workers": workers, "partition": partition}), Local(workers), Silent()).run(
        [str(path) for path in paths]
    )


def content(folder: Path) -> dict[str, bytes]:
    """All that a dossier publishes, by name."""
    public = [folder / "manifest.json", *(folder / "tables").rglob("*.parquet")]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in public}


def together(found: Dossier) -> set[frozenset[str]]:
    """Which articles are in one event."""
    events: dict[str, set[str]] = {}
    for row in found.table("articles").to_pylist():
        events.setdefault(row["event_id"], set()).add(row["article_id"])
    return {frozenset(members) for members in events.values()}


@pytest.mark.parametrize(("workers", "partition"), [(1, 3), (2, 4), (3, 5)])
def test_neither_workers_nor_order_nor_partitions_change_a_byte(dossier, sample_files, tmp_path, workers, partition):
    shuffled = random.Random(workers).sample(sample_files, len(sample_files))
    job(tmp_path / "d", shuffled, workers, partition)
    assert content(tmp_path / "d") == content(dossier.path)


def test_the_samples_verify(dossier):
    done = verify(dossier)
    assert done.rows > 1000 and done.spans > 1000 and done.references > 1000


def test_reading_again_does_nothing_and_reading_more_adds(dossier, sample_files, tmp_path):
    first = job(tmp_path / "d", sample_files[:5])
    assert first.changed and first.new >= 5
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "d").rglob("*.parquet") if "annotate" in p.parts}
    again = job(tmp_path / "d", sample_files[:5])
    assert not again.changed and not again.new and again.rows == first.rows
    more = job(tmp_path / "d", sample_files)
    assert more.changed and more.rows["articles"] == dossier.manifest.rows["articles"]
    assert all(p.stat().st_mtime_ns == at for p, at in before.items()), "a finished partition was done again"
    grown = Dossier(tmp_path / "d")
    assert together(grown) == together(dossier), "in two steps it came out otherwise than in one"
    same = ("articles", "mentions", "quotations", "claim_passages", "difference_sides", "timelines")
    assert [grown.manifest.rows[table] for table in same] == [dossier.manifest.rows[table] for table in same]
    verify(grown)


def test_events_keep_their_ids_when_articles_of_earlier_days_come(sample_files, tmp_path):
    parts = sample_files[:4], sample_files[4:8], sample_files
    ids: set[str] = set()
    for name in ("d", "e"):
        for paths in parts:
            job(tmp_path / name, paths, workers=1 if name == "d" else 2, partition=3 if name == "d" else 4)
            found = Dossier(tmp_path / name)
            left = {change["former_id"] for change in found.table("event_changes").to_pylist()}
            assert ids <= {event.event_id for event in found.events()} | left, "an event lost its id untold"
            ids = {event.event_id for event in found.events()}
        ids = set()
    assert content(tmp_path / "d") == content(tmp_path / "e"), "the same additions gave another dossier"
    verify(found)


def test_a_large_dossier_grows_and_an_addition_killed_before_or_after_publishing_ends_the_same(
    dossier, sample_files, tmp_path, monkeypatch
):
    monkeypatch.setattr(growing, "FEW", 0)
    monkeypatch.setattr(growing, "SHARE", 10.0)
    grown = []
    monkeypatch.setattr("rashomon.group.stage.grow", lambda *given: grown.append(1) or growing.grow(*given))
    parts = sample_files[:4], sample_files[4:8], sample_files
    for paths in parts:
        job(tmp_path / "d", paths)
        verify(Dossier(tmp_path / "d"))
    assert len(grown) == 2, "the events were grouped from scratch"
    assert together(Dossier(tmp_path / "d")) == together(dossier)

    def killed(*_):
        raise KeyboardInterrupt

    for paths in parts:
        for place in ("rashomon.run.job.publish", "rashomon.run.job.Manifest.save", "rashomon.run.job.sweep"):
            with monkeypatch.context() as broken, contextlib.suppress(KeyboardInterrupt):
                broken.setattr(place, killed)
                job(tmp_path / "e", paths)
        job(tmp_path / "e", paths)
    # Killed after publishing, it leaves files that no manifest names; the next addition sweeps them.
    assert content(tmp_path / "e").items() >= content(tmp_path / "d").items()


def test_a_killed_run_started_again_ends_with_the_same_dossier(dossier, sample_files, tmp_path):
    command = [sys.executable, "-m", "rashomon", "read", *map(str, sample_files), "--into", str(tmp_path / "d")]
    environment = {**os.environ, "RASHOMON_PARTITION": "3", "RASHOMON_WORKERS": "1"}
    killed = 0
    for seconds in (4.0, 6.0, 8.0):
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
    assert killed, "the run was over before it could be killed"
    last = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stderr
    assert content(tmp_path / "d") == content(dossier.path)
    assert not list((tmp_path / "d").rglob("*.tmp"))


def test_the_same_text_twice_is_one_article_and_a_row_in_rejected(sample_files, tmp_path):
    text = next(p for p in sample_files if p.suffix == ".txt")
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(text, folder / "one.txt")
    shutil.copy(text, folder / "two.txt")
    job(tmp_path / "d", [folder])
    found = Dossier(tmp_path / "d")
    assert found.manifest.rows["articles"] == 1
    rejected = found.table("rejected").to_pylist()
    assert [r["reason"] for r in rejected] == ["duplicate"] and rejected[0]["source_uri"].endswith("two.txt")


def test_bad_input_is_told_and_the_rest_goes_on(sample_files, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(next(p for p in sample_files if p.suffix == ".txt"), folder / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "lines.jsonl").write_text('{"text": \n{"title": "no text here"}\n', "utf-8")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    job(tmp_path / "d", [folder, tmp_path / "missing.txt"])
    found = Dossier(tmp_path / "d")
    rejected = {Path(r["source_uri"]).name for r in found.table("rejected").to_pylist()}
    assert rejected >= {"empty.txt", "binary.txt", "lines.jsonl#1", "lines.jsonl#2", "gone.txt", "missing.txt"}
    assert found.manifest.rows["articles"] == 1
    verify(found)


def test_nothing_readable_is_an_error_that_leaves_the_reasons(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    with pytest.raises(NothingReadable, match="Nothing could be read"):
        job(tmp_path / "d", [tmp_path / "in"])
    assert Dossier(tmp_path / "d").table("rejected").num_rows == 1
    with pytest.raises(NothingReadable):
        job(tmp_path / "d", [tmp_path / "in"])


def test_a_folder_of_other_things_is_not_made_a_dossier(tmp_path, sample_files):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "thesis.tex").write_text("mine")
    with pytest.raises(DossierError, match="no dossier"):
        job(tmp_path / "d", sample_files)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DossierError, match="a file"):
        job(tmp_path / "file", sample_files)


def test_a_full_disk_is_one_clear_sentence(sample_files, tmp_path, monkeypatch):
    import errno

    import pyarrow.parquet as pq

    def full(self, table, *args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(DossierError, match="disk is full"):
        job(tmp_path / "d", sample_files)
    assert not list((tmp_path / "d").rglob("*.parquet"))
