from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.studio import Studio, serving


@pytest.fixture
def studio() -> Iterator[Studio]:
    with serving() as started:
        yield started


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in an empty folder, where no studio runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUSHES_HOME", str(tmp_path / "home"))
