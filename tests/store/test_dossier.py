"""The dossier as its readers see it."""

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rashomon
from rashomon.errors import DossierError, QueryError, SpanError
from rashomon.export.tables import export
from rashomon.model.arrow import schema
from rashomon.store.files import write_parquet
from rashomon.store.tables import TABLES
from rashomon.store.verify import verify


@pytest.mark.parametrize("spec", TABLES, ids=lambda s: s.name)
def test_every_table_has_its_schema_as_arrow_and_as_a_view(dossier, spec):
    table = dossier.table(spec.name)
    assert table.schema == schema(spec.record)
    assert dossier.sql(f"SELECT count(*) AS n FROM {spec.name}")["n"].to_pylist() == [table.num_rows]
    assert len(dossier.records(spec.record)) == table.num_rows


def test_the_python_names_of_the_readme_work(dossier):
    event = dossier.events()[0]
    assert dossier.claims(event) and dossier.claims(event.event_id)[0].event_id == event.event_id
    assert all(d.event_id == event.event_id for d in dossier.differences(event))
    quotation = dossier.quotations()[0]
    article = dossier.article(quotation.article_id)
    extent = quotation.content[0]
    assert article.text[rashomon.Span(extent.start, extent.end)] in quotation.text
    with pytest.raises(SpanError):
        article.text[rashomon.Span(5, 5)]
    assert article.text[0] == str(article.text)[0]


def test_quotations_by_speaker_and_event(dossier):
    spoken = [q for q in dossier.quotations() if q.speaker_id]
    assert spoken
    assert {q.speaker_id for q in dossier.quotations(speaker=spoken[0].speaker_id)} == {spoken[0].speaker_id}
    event = dossier.events()[0].event_id
    told = {q.article_id for q in dossier.quotations(event=event)}
    assert told and all(dossier.article(a).event_id == event for a in told)


@pytest.mark.parametrize(
    "query",
    [
        "DROP VIEW articles",
        "COPY articles TO 'out.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_csv('/etc/passwd')",
        "INSERT INTO articles VALUES (1)",
        "SELECT nonsense FROM articles",
        "SELEKT",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ],
)
def test_a_query_reads_the_dossier_and_nothing_else(dossier, query):
    with pytest.raises(QueryError):
        dossier.sql(query)


def test_unknown_names_are_told(dossier, tmp_path):
    with pytest.raises(QueryError, match="no table"):
        dossier.table("nonsense")
    with pytest.raises(QueryError, match="no article"):
        dossier.article("a-0")
    with pytest.raises(QueryError, match="no format"):
        export(dossier, "claims", "xls", tmp_path / "x")


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_export_writes_every_row(dossier, tmp_path, form):
    out = tmp_path / f"quotations.{form}"
    rows = export(dossier, "quotations", form, out)
    assert rows == dossier.table("quotations").num_rows
    if form == "jsonl":
        assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == dossier.table(
            "quotations"
        ).to_pylist()
    elif form == "parquet":
        assert pq.read_table(out) == dossier.table("quotations")
    else:
        import csv

        with out.open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == rows


@pytest.fixture
def copy(dossier, tmp_path):
    shutil.copytree(dossier.path, tmp_path / "copy")
    return rashomon.open(tmp_path / "copy")


def change(dossier, name, column, make):
    """Rewrite one column of the first row of a table behind the dossier's back."""
    path = dossier.files(name)[0]
    rows = pq.read_table(path).to_pylist()
    rows[0][column] = make(rows[0][column])
    write_parquet(path, pa.Table.from_pylist(rows, schema=dossier.table(name).schema))


@pytest.mark.parametrize(
    ("name", "column", "make"),
    [
        ("mentions", "start", lambda v: v + 1),
        ("mentions", "end", lambda v: 10**9),
        ("sentences", "start", lambda v: -1),
        ("claim_passages", "text", lambda v: v + "!"),
        ("claims", "text", lambda v: "made up"),
        ("quotations", "text", lambda v: "made up"),
        ("entities", "name", lambda v: "Nobody"),
        ("events", "title", lambda v: "Made up"),
        ("events", "storyline_id", lambda v: "s-0"),
        ("articles", "text", lambda v: v + " more"),
        ("blocks", "start", lambda v: v + 3),
    ],
)
def test_verify_finds_every_kind_of_damage(copy, name, column, make):
    verify(copy)
    change(copy, name, column, make)
    with pytest.raises((SpanError, DossierError)):
        verify(copy)


def test_a_newer_or_damaged_dossier_is_refused(copy, tmp_path):
    path = copy.path / "manifest.json"
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, "format": 99}), "utf-8")
    with pytest.raises(DossierError, match="newer"):
        rashomon.open(copy.path)
    with pytest.raises(DossierError, match="newer"):
        rashomon.read([tmp_path], into=copy.path)
    path.write_text("{", "utf-8")
    with pytest.raises(DossierError, match="damaged"):
        rashomon.open(copy.path)
    with pytest.raises(DossierError, match="no dossier"):
        rashomon.open(tmp_path)


def test_a_dossier_of_an_earlier_version_lacks_what_was_added_since_and_is_read(copy):
    path = copy.files("articles")[0]
    write_parquet(path, pq.read_table(path).drop_columns(["encoding"]))
    assert copy.table("articles")["encoding"].null_count == copy.manifest.rows["articles"]
    write_parquet(path, pq.read_table(path).drop_columns(["text"]))
    with pytest.raises(DossierError, match="cannot be read"):
        copy.table("articles")
