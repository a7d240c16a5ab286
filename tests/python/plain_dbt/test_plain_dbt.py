"""Plain dbt in the project folder: with one kind landed, and under readers.

With nothing landed the README's commands run it (test_readme.py)."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project


@pytest.mark.parametrize("kind", ["CloudTrail", "Config"])
def test_one_kind_alone_is_enough(
    new_project: Project,
    run_tarn: Callable[..., Result],
    dbt: Callable[..., None],
    organization: Path,
    kind: str,
) -> None:
    source = organization / "deliveries" / "AWSLogs" / "444455556666" / kind
    assert run_tarn(new_project, "ingest", str(source)).exit_code in (0, 3)
    dbt(new_project, "seed")
    dbt(new_project, "run")
    dbt(new_project, "test", "--exclude", "test_type:unit", "path:tests/macros")
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
    environment = {name: value for name, value in os.environ.items() if name != "TARN_ROOT"}
    command = [str(Path(sys.executable).parent / "dbt"), "run", "--full-refresh", "--quiet"]
    build = subprocess.Popen(command, cwd=new_project.folder, env=environment)
    readings = []
    while build.poll() is None:
        readings.append(counts())
        time.sleep(0.5)
    assert build.wait() == 0
    assert len(readings) > 10
    assert all(reading == whole for reading in readings)
