"""Projects and lakes of tests: copied, made once for all workers, driven in this process."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tarn.project import Project

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
PROJECT_PARTS = (
    *("models", "macros", "seeds", "analyses", "tests"),
    *("dbt_project.yml", "profiles.yml", "selectors.yml"),
)


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


def shared_data(*parts: str) -> Path:
    """A folder of the real logs that lie beside the project."""
    path = SHARED_DATA.joinpath(*parts)
    assert path.is_dir(), f"{path} is missing: the tests read real logs from there"
    return path
