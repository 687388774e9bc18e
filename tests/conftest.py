"""The samples as a dossier, made once a test run, and where the development data lies if it is there."""

from pathlib import Path

import pytest

import rashomon

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "src" / "rashomon" / "samples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def sample_files() -> list[Path]:
    return sorted(SAMPLES.iterdir())


@pytest.fixture(scope="session")
def dossier(tmp_path_factory, sample_files) -> rashomon.Dossier:
    return rashomon.read(sample_files, into=tmp_path_factory.mktemp("samples") / "samples.dossier")


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "data").is_dir():
        pytest.skip("the development data is not on this machine (../shared/data)")
    return SHARED
