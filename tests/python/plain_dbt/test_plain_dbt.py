"""Plain dbt in the project folder: with nothing landed, with one kind, and under readers."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project


def started(project: Project, *arguments: str) -> subprocess.Popen[bytes]:
    """dbt in a process of its own: within one, it keeps the lake of the first folder open."""
    environment = {name: value for name, value in os.environ.items() if name != "TARN_ROOT"}
    command = [str(Path(sys.executable).parent / "dbt"), *arguments, "--quiet"]
    return subprocess.Popen(command, cwd=project.folder, env=environment)


def dbt(project: Project, *arguments: str) -> None:
    """Run dbt to its end; it prints what failed."""
    assert started(project, *arguments).wait() == 0


def test_it_builds_tests_and_documents_before_anything_has_landed(new_project: Project) -> None:
    dbt(new_project, "seed")
    dbt(new_project, "run")
    dbt(new_project, "test", "--exclude", "test_type:unit", "path:tests/macros")
    dbt(new_project, "docs", "generate", "--static")
    page = (new_project.folder / "target" / "static_index.html").read_text(encoding="utf-8")
    assert "fct_bucket_encryption_changes" in page


@pytest.mark.parametrize("kind", ["CloudTrail", "Config"])
def test_one_kind_alone_is_enough(
    new_project: Project, run_tarn: Callable[..., Result], organization: Path, kind: str
) -> None:
    source = organization / "deliveries" / "AWSLogs" / "444455556666" / kind
    assert run_tarn(new_project, "ingest", str(source)).exit_code in (0, 3)
    dbt(new_project, "build", "--exclude", "test_type:unit", "path:tests/macros")
    with open_lake(new_project.root) as lake:
        evidence = lake.execute(
            "select distinct evidence from fct_bucket_encryption_changes"
        ).fetchall()
        resources = lake.execute("select count(*) from dim_resources").fetchone()
    if kind == "CloudTrail":
        assert ("item_without_event",) not in evidence
        assert resources == (0,)
    else:
        assert evidence == [("item_without_event",)]
        assert resources != (0,)


def test_people_read_while_a_build_runs(new_project: Project, built: Project) -> None:
    """A reader sees a table's old rows or its new ones, never none and never an error."""
    shutil.copytree(built.folder, new_project.folder, dirs_exist_ok=True)
    tables = ("fct_bucket_encryption_changes", "dim_resources", "eds_cloudtrail_events")

    def counts() -> list[tuple[int, ...] | None]:
        with open_lake(new_project.root) as lake:
            return [lake.execute(f"select count(*) from {name}").fetchone() for name in tables]

    whole = counts()
    build = started(new_project, "run", "--full-refresh")
    readings = []
    while build.poll() is None:
        readings.append(counts())
    assert build.wait() == 0
    assert len(readings) > 10
    assert all(reading == whole for reading in readings)
