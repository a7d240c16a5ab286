"""Projects and lakes of tests: copied, made once for all workers, driven in this process."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tarn.build import working_in
from tarn.project import Project
from tarn.scaffold import make_project

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; whether what is to be made there is made already."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / ".done"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _clear(folder)
        yield done.exists()
        done.touch()


def _clear(folder: Path) -> None:
    """Remove what a try that failed has left, so that the next one fails for the same reason."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != ".lock":
            path.unlink()


def make_template(folder: Path) -> Path:
    """A project as `tarn init` makes it, and what dbt makes of it when it parses it.

    All tests that take a project run over this one. That the wheel holds the same files is a test
    of its own (test_packaging.py).
    """
    project = Project(folder / "project", folder / "project" / "lake")
    with made_once(folder) as done:
        if not done:
            make_project(project.folder, REPOSITORY)
            _use_one_thread(project.folder / "profiles.yml")
            run_dbt(project, "parse", "--no-write-json")
    return project.folder


def _use_one_thread(profiles: Path) -> None:
    """Over so few rows a second thread makes no run faster and takes a third more of the CPUs,
    which pytest's workers share."""
    text = profiles.read_text(encoding="utf-8")
    lake = "      type: duckdb\n"
    assert lake in text
    one_thread = lake + "      config_options: {threads: 1}\n"
    profiles.write_text(text.replace(lake, one_thread), encoding="utf-8")


def copy_project(folder: Path, template: Path) -> Project:
    """A project of the test's own, with no lake yet.

    dbt takes what it parsed from the template, if TARN_ROOT is what it was there: relative, as
    `working_in` leaves it for a lake in the project's folder. That saves it 15 seconds.
    """
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return Project(folder, folder / "lake")


def invoke_dbt(project: Project, *arguments: str, parsed: Any = None) -> Any:
    """What dbt, run in this process over a project and its lake, says of its outcome.

    `parsed` is the project's manifest, if it was parsed before. Without dbt's log: a tenth of its
    own time, and nobody reads it.
    """
    from dbt.cli.main import dbtRunner

    if parsed is not None:
        _forget_compiled(parsed)
    with working_in(project):
        return dbtRunner(manifest=parsed).invoke(
            [*arguments, "--quiet", "--no-use-colors", "--log-level-file", "none"]
        )


def _forget_compiled(parsed: Any) -> None:
    """Let dbt put ephemeral models into those that read them again: of a node that a run before has
    compiled it takes that for done."""
    for node in parsed.nodes.values():
        if getattr(node, "extra_ctes_injected", False):
            node.compiled, node.extra_ctes_injected, node.extra_ctes = False, False, []


def run_dbt(project: Project, *arguments: str, parsed: Any = None) -> None:
    """Run dbt as `invoke_dbt` does; fails with dbt's own words."""
    outcome = invoke_dbt(project, *arguments, parsed=parsed)
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
