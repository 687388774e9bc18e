"""The command line as a user types it."""

import json
import re

import pytest
from typer.testing import CliRunner

from rashomon.cli import app, main
from rashomon.model.records import Claim


def invoke(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_every_command_has_help():
    told = invoke("--help").output
    for command in ("read", "show", "report", "search", "verify", "export", "query", "doctor", "demo"):
        assert command in told
        assert invoke(command, "--help").exit_code == 0


def test_show_names_every_part_and_every_source(dossier):
    shown = invoke("show", dossier.path)
    assert shown.exit_code == 0, shown.output
    assert "\x1b" not in shown.output
    data = json.loads(invoke("show", dossier.path, "--json").output)
    assert data["storylines"]


def test_verify_export_and_query(dossier, tmp_path):
    assert re.search(r"All holds: \d+ rows", invoke("verify", dossier.path).output)
    out = tmp_path / "claims.csv"
    assert invoke("export", dossier.path, "--table", "claims", "--format", "csv", "-o", out).exit_code == 0
    assert out.read_text("utf-8").startswith("claim_id,event_id,text,status")
    rows = invoke("query", dossier.path, "SELECT count(*) AS n FROM articles", "--format", "jsonl").output
    assert json.loads(rows) == {"n": dossier.manifest.rows["articles"]}
    assert "rows" in invoke("query", dossier.path, "SELECT article_id, outlet FROM articles").output


def test_a_part_is_exported_in_its_format(dossier, tmp_path):
    event, out = dossier.events()[0], tmp_path / "event.json"
    told = invoke("export", dossier.path, "--of", event.event_id, "--format", "json", "-o", out)
    assert told.exit_code == 0 and event.event_id in told.output
    assert [e["event_id"] for e in json.loads(out.read_text("utf-8"))["events"]] == [event.event_id]
    assert invoke("export", dossier.path, "--of", event.event_id, "--table", "claims", "-o", out).exit_code == 1


def test_search_tells_where_each_passage_stands(dossier):
    told = invoke("search", dossier.path, "Dorvenko gas", "--kind", "claim", "--limit", "1").output
    having = [c for c in dossier.records(Claim) if {"Dorvenko", "gas"} <= set(re.findall(r"\w+", c.text))]
    assert re.search(r"c-\w{16} in a-\w{16} \d+–\d+\n", told)
    assert having and re.search(rf"\b{len(having)} claims?\.", told)
    (hit,) = json.loads(invoke("search", dossier.path, "Dorvenko gas", "--json", "--limit", "1").output)["hits"]
    assert dossier.article(hit["article_id"]).text[hit["start"] : hit["end"]] == hit["text"]


def test_the_report_is_one_file(dossier, tmp_path):
    out = tmp_path / "report.html"
    assert invoke("report", dossier.path, "-o", out).exit_code == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_doctor_tells_versions_and_that_the_chain_fits():
    told = invoke("doctor")
    assert told.exit_code == 0, told.output
    assert "spacy" in told.output and "the chain fits" in told.output


def test_an_error_is_one_line_and_exit_code_one(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["rashomon", "show", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "is no dossier" in told


def test_a_setting_that_is_no_number_is_told(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("RASHOMON_PARTITION", "many")
    monkeypatch.setattr("sys.argv", ["rashomon", "read", str(tmp_path), "--into", str(tmp_path / "d")])
    with pytest.raises(SystemExit):
        main()
    assert "RASHOMON_PARTITION" in capsys.readouterr().err
