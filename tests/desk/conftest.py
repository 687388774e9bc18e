"""A dossier of the samples and of one hostile article, with the desk open on it."""

from __future__ import annotations

import json
import shutil

import pytest
from fastapi.testclient import TestClient

import rashomon
from rashomon.desk.app import application

TOKEN = "told-by-the-command"
BASE = "http://127.0.0.1"
SCRIPT = "<script>alert('told')</script>"
HOSTILE = {
    "outlet": 'Evil"><img src=x onerror=alert(1)>',
    "title": f"{SCRIPT} Ferry \u202eseknis ffo \u2066Brod{{7*7}}",
    "url": "javascript:alert(1)",
    "date": "2024-12-15",
    "text": f"{SCRIPT} The ferry Halcyon sank off Valdinsk on Saturday, Anna Rosvik said.\n\n"
    "<svg onload=alert(2)> At least 17 people died </style><style>body{display:none}</style> in the storm.\n\n"
    "“</p></div></main>We have no sign of an explosion,” Anna Rosvik said. <!-- --> ]]> &lt;b&gt;\n",
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory, sample_files):
    """The dossier's folder; it is not written to."""
    base = tmp_path_factory.mktemp("desk")
    (base / "hostile.json").write_text(json.dumps(HOSTILE), encoding="utf-8")
    rashomon.read([*sample_files, base / "hostile.json"], into=base / "desk.dossier")
    return base / "desk.dossier"


@pytest.fixture
def own(folder, tmp_path):
    """A copy of it for a test that writes."""
    return shutil.copytree(folder, tmp_path / "own.dossier")


@pytest.fixture(scope="session")
def client(folder):
    """Reads, and has no token."""
    return TestClient(application(folder, TOKEN), base_url=BASE, follow_redirects=False)


@pytest.fixture(scope="session")
def dossier_here(folder):
    return rashomon.open(folder)
