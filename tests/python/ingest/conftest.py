"""Fixtures of the tests of ingest."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from building import SHARED_DATA
from click.testing import CliRunner
from s3_stub import Stub, serving

from ingest.sources.s3 import client, reading
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


@pytest.fixture
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Credentials of a test's own, few retries, and nothing of the machine's settings."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "aws-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "aws-credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDTEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setattr(reading, "_PAUSE_SECONDS", 0)
    client._client.cache_clear()
    yield monkeypatch
    client._client.cache_clear()


@pytest.fixture
def stub(aws: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A stub of S3 that the usual settings lead to."""
    with serving() as server:
        aws.setenv("AWS_ENDPOINT_URL_S3", server.url)
        yield server
