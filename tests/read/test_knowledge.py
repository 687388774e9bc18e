"""Entities brought from elsewhere, in FollowTheMoney JSON."""

from __future__ import annotations

import gzip
import json

import pytest

from rashomon.errors import RashomonError
from rashomon.model.flow import Known
from rashomon.read.knowledge import known


def line(**row):
    return json.dumps(row)


def test_names_aliases_and_kinds_are_read(tmp_path):
    file = tmp_path / "known.ftm.json.gz"
    rows = [
        line(
            id="Q1",
            schema="Person",
            properties={"name": ["Ilse  Tovander"], "alias": ["Ilsa Tovander"], "weakAlias": ["Gull"]},
        ),
        line(id="Q2", schema="Company", caption="Norra Line", properties={"name": ["Norra Line"]}),
        line(id="Q3", schema="Vessel", properties={"name": ["Halda"]}),
        line(id="Q4", schema="Person", properties={"name": []}),
        line(id="Q5", schema="Ownership", properties={"owner": ["Q1"]}),
        "",
        "[1, 2]",
    ]
    file.write_bytes(gzip.compress("\n".join(rows).encode()))
    assert known(file) == [
        Known("Q1", "person", ("Ilse Tovander", "Ilsa Tovander")),
        Known("Q2", "organisation", ("Norra Line",)),
        Known("Q3", "other", ("Halda",)),
    ]


@pytest.mark.parametrize(
    ("text", "said"), [("", "names nobody"), ("{broken", "line 1, is no JSON"), ('{"id": "Q1"}', "names nobody")]
)
def test_a_file_that_names_nobody_is_an_error(tmp_path, text, said):
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RashomonError, match=said):
        known(file)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(RashomonError, match="cannot be read"):
        known(tmp_path / "none.json")
