"""What several tests share: one demo organization, landed and built once for all workers."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from demo.cli import main as demo
from tarn.cli import main as tarn
from tarn.lake import open_lake
from tarn.project import Project

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
PROJECT_PARTS = (
    *("models", "macros", "seeds", "analyses", "tests"),
    *("dbt_project.yml", "profiles.yml", "selectors.yml"),
)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all of pytest's workers."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; whether what is to be made there is made already."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / ".done"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield done.exists()
        done.touch()


def copy_project(folder: Path) -> Path:
    """A copy of the dbt project, so that workers do not share dbt's target folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PROJECT_PARTS:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("python", "__pycache__")
            )
        elif source.is_file():
            shutil.copy(source, folder / name)
    return folder


def run_dbt(project: Project, *arguments: str) -> None:
    """Run dbt in this process over a project and its lake; fails with dbt's own words."""
    from dbt.cli.main import dbtRunner

    from tarn.build import working_in

    with working_in(project):
        outcome = dbtRunner().invoke([*arguments, "--quiet"])
    assert outcome.success, outcome.exception or [
        (result.node.name, result.message)
        for result in outcome.result
        if result.status not in ("success", "pass")
    ]


@pytest.fixture(scope="session")
def organization(shared_folder: Path) -> Path:
    """The demo organization of the default size: `deliveries/` and `truth.json`."""
    folder = shared_folder / "organization"
    with made_once(folder) as done:
        if not done:
            assert demo([str(folder / "demo")]) == 0
    return folder / "demo"


@pytest.fixture(scope="session")
def truth(organization: Path) -> dict[str, Any]:
    """What really happened there."""
    loaded: dict[str, Any] = json.loads((organization / "truth.json").read_text())
    return loaded


@pytest.fixture(scope="session")
def run_tarn() -> Callable[..., Result]:
    """Call `tarn` in a project, with its lake."""

    def run(project: Project, *arguments: str) -> Result:
        before = Path.cwd()
        os.chdir(project.folder)
        try:
            return CliRunner().invoke(
                tarn, list(arguments), env={"TARN_ROOT": str(project.root)}, prog_name="tarn"
            )
        finally:
            os.chdir(before)

    return run


@pytest.fixture(scope="session")
def built(shared_folder: Path, organization: Path, run_tarn: Callable[..., Result]) -> Project:
    """The demo organization landed and built: for reading only."""
    folder = shared_folder / "built"
    project = Project(folder / "project", folder / "lake")
    with made_once(folder) as done:
        if not done:
            copy_project(project.folder)
            landed = run_tarn(project, "ingest", str(organization / "deliveries"))
            assert landed.exit_code == 3, landed.output
            build = run_tarn(project, "build")
            assert build.exit_code == 0, build.output
    return project


@pytest.fixture
def lake(built: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads the built demo lake."""
    connection = open_lake(built.root)
    yield connection
    connection.close()


@pytest.fixture
def new_project(tmp_path: Path) -> Project:
    """A project of the test's own, with no lake yet."""
    return Project(copy_project(tmp_path / "project"), tmp_path / "lake")


def shared_data(*parts: str) -> Path:
    """A folder of the real logs that lie beside the project."""
    path = SHARED_DATA.joinpath(*parts)
    assert path.is_dir(), f"{path} is missing: the tests read real logs from there"
    return path
