"""Fixtures of the tests of ingest."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building import SHARED_DATA
from click.testing import CliRunner

from tarn.cli import main


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real logs."""
    if not SHARED_DATA.is_dir():
        pytest.fail(f"{SHARED_DATA} is missing: these tests need the real logs that lie there")
    return SHARED_DATA


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where a lake may be made."""
    return tmp_path / "lake"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An empty folder to ingest."""
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def tarn(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The `tarn` command over the lake."""
    monkeypatch.setenv("TARN_ROOT", str(root))
    return lambda *arguments: CliRunner().invoke(main, [str(one) for one in arguments])
