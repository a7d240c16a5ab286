"""What several tests share: one demo organization, landed and built once for all workers."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import copy_project, invoke_dbt, made_once, make_template, run_dbt
from click.testing import CliRunner, Result

from demo.cli import main as demo
from tarn.cli import main as tarn
from tarn.lake import open_lake
from tarn.project import Project

# They begin first, in this order: the first worker makes what the most of the others share, while
# the second does what needs none of it; and no worker waits for a long one in the end.
FIRST = ("test_documents.py", "test_compile.py", "test_second_builds.py", "test_readme.py")
FIRST += ("test_incremental.py", "test_plain_dbt.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the first in front: xdist hands the tests out in this order, with their groups."""
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(FIRST)))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all of pytest's workers."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def organization(shared_folder: Path) -> Path:
    """The demo organization of the default size: `deliveries/` and `truth.json`."""
    folder = shared_folder / "organization"
    with made_once(folder) as done:
        if not done:
            assert demo([str(folder / "demo")]) == 0
    return folder / "demo"


@pytest.fixture(scope="session")
def small_deliveries(shared_folder: Path) -> Path:
    """Three days of a small organization, late deliveries and an addendum of another day there."""
    folder = shared_folder / "small"
    with made_once(folder) as done:
        if not done:
            assert demo([str(folder / "demo"), "--events", "2000", "--days", "3"]) == 0
    return folder / "demo" / "deliveries"


@pytest.fixture(scope="session")
def truth(organization: Path) -> dict[str, Any]:
    """What really happened there."""
    loaded: dict[str, Any] = json.loads((organization / "truth.json").read_text())
    return loaded


@pytest.fixture(scope="session")
def template(shared_folder: Path) -> Path:
    """The dbt project that tests copy, parsed once for all workers."""
    return make_template(shared_folder / "template")


@pytest.fixture(scope="session")
def parsed(template: Path) -> Any:
    """The manifest that dbt makes of the project."""
    outcome = invoke_dbt(Project(template, template / "lake"), "parse", "--no-write-json")
    assert outcome.success, outcome.exception
    return outcome.result


@pytest.fixture(scope="session")
def dbt(parsed: Any) -> Callable[..., None]:
    """Run dbt over a copy of the template as it is, parsed once for all runs; no artifacts."""

    def run(project: Project, *arguments: str) -> None:
        run_dbt(project, *arguments, "--no-write-json", parsed=parsed)

    return run


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
def built(
    shared_folder: Path, organization: Path, template: Path, run_tarn: Callable[..., Result]
) -> Project:
    """The demo organization landed and built: for reading only."""
    folder = shared_folder / "built"
    project = Project(folder / "project", folder / "project" / "lake")
    with made_once(folder) as done:
        if not done:
            copy_project(project.folder, template)
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
def new_project(tmp_path: Path, template: Path) -> Project:
    """A project of the test's own, with no lake yet."""
    return copy_project(tmp_path / "project", template)
