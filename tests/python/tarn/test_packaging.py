"""What is in the wheel, and the project that `tarn init` makes of it. The README's commands are
run in such a project too, by the installed wheel (test_readme.py)."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from building import REPOSITORY
from click.testing import Result
from wheels import Installed, install, packaged

from tarn.project import Project, find_project
from tarn.scaffold import make_project, project_files
from tarn.upgrade import Upgrade, upgrade_project

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def installed(shared_folder: Path) -> Installed:
    """The wheel in an environment of its own."""
    return install(shared_folder)


def test_the_files_in_the_wheel_are_those_in_the_repository(installed: Installed) -> None:
    there = packaged(installed.wheel)
    assert sorted(there) == sorted(project_files(REPOSITORY))
    assert there == {name: (REPOSITORY / name).read_bytes() for name in there}


def test_the_wheel_holds_all_of_git_s_files_that_dbt_and_checks_read(installed: Installed) -> None:
    folders = ("models", "macros", "seeds", "analyses", "expectations", "dashboards")
    listed = subprocess.run(
        ["git", "ls-files", *folders, "tests/*.sql", "dbt_project.yml", "profiles.yml"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert len(listed) > 200
    assert set(listed) <= set(packaged(installed.wheel))
    assert not [name for name in packaged(installed.wheel) if name.endswith((".py", ".pyc"))]


def test_the_installed_command_makes_a_project_and_finds_it(
    installed: Installed, tmp_path: Path
) -> None:
    lost = installed.run(tmp_path, "tarn", "ingest", str(tmp_path))
    assert lost.returncode == 2
    assert f"There is no Tarn project in {tmp_path} or above it: make one with" in lost.stderr
    assert list(tmp_path.iterdir()) == []
    made = installed.run(tmp_path, "tarn", "init", "ours")
    assert made.returncode == 0, made.stderr
    assert f"cd {tmp_path / 'ours'}" in made.stderr
    assert "tarn ingest" in made.stderr
    below = tmp_path / "ours" / "models"
    asked = installed.run(below, "python", "-c", _WHERE)
    assert asked.stdout.split() == [
        str(tmp_path / "ours"),
        str(tmp_path / "ours" / "lake"),
        str(installed.environment),
    ]


_WHERE = (
    "import sys, tarn; from tarn.project import current_project as p; "
    "print(p().folder, p().root, sys.prefix); assert sys.prefix in tarn.__file__"
)


def test_a_project_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    made = make_project(tmp_path / "ours", REPOSITORY)
    assert made.is_there
    assert find_project(made.folder / "models" / "marts", {}) == made
    assert find_project(made.folder, {"TARN_ROOT": "/data/lake"}).root == Path("/data/lake")
    assert project_files(made.folder) == project_files(REPOSITORY)
    (tmp_path / "empty").mkdir()
    make_project(tmp_path / "empty", REPOSITORY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "ours"]


def test_a_folder_that_holds_something_is_left_as_it_is(
    new_project: Project, run_tarn: Run, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    (tmp_path / "file").touch()
    for name in ("full", "file"):
        shown = run_tarn(new_project, "init", str(tmp_path / name))
        assert shown.exit_code == 2
        assert f"{tmp_path / name} is there and not an empty folder" in shown.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


def test_outside_a_project_nothing_is_built_or_landed_and_the_remedy_is_told(
    run_tarn: Run, tmp_path: Path
) -> None:
    nowhere = Project(tmp_path, tmp_path / "lake")
    assert not nowhere.is_there
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tarn.cli.current_project", lambda: nowhere)
        for command in (("build",), ("check",), ("ingest", ".")):
            shown = run_tarn(nowhere, *command)
            assert shown.exit_code == 2
            assert "make one with `tarn init DIR`" in shown.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and the files of a newer version: of each thing that may have happened, one."""
    old, new = tmp_path / "old", tmp_path / "new"
    for source, texts in (
        (old, {"same": "1", "newer": "1", "both": "1", "gone": "1", "gone_but_used": "1"}),
        (new, {"same": "1", "newer": "2", "both": "2", "more": "2", "of_theirs": "2"}),
    ):
        (source / "models").mkdir(parents=True)
        (source / "dbt_project.yml").write_text("name: tarn")
        texts |= {"theirs": "1", "deleted": "1" if source == old else "2"}
        for name, text in texts.items():
            (source / "models" / f"{name}.sql").write_text(text)
    project = make_project(tmp_path / "ours", old).folder
    for name in ("both", "theirs", "gone_but_used", "of_theirs"):
        (project / "models" / f"{name}.sql").write_text("mine")
    (project / "models" / "deleted.sql").unlink()
    return project, new


def test_an_upgrade_takes_what_is_new_and_leaves_what_people_changed(
    versions: tuple[Path, Path], new_project: Project, run_tarn: Run
) -> None:
    project, new = versions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tarn.commands.init.source_of_projects", lambda _: new)
        shown = run_tarn(new_project, "init", "--upgrade", str(project))
    assert shown.exit_code == 0
    assert "1 files replaced, 1 added, 1 removed. Next: tarn build" in shown.stderr
    for name in ("both", "deleted", "of_theirs"):
        assert f"Tarn's is beside it: models/{name}.sql.new" in shown.stderr
    assert "Tarn has it no more: models/gone_but_used.sql" in shown.stderr
    assert {path.stem: path.read_text() for path in (project / "models").glob("*.sql")} == {
        name: {"same": "1", "newer": "2", "more": "2"}.get(name, "mine")
        for name in ("same", "newer", "more", "theirs", "both", "of_theirs", "gone_but_used")
    }
    assert {path.name: path.read_text() for path in (project / "models").glob("*.new")} == {
        f"{name}.sql.new": "2" for name in ("both", "of_theirs", "deleted")
    }
    assert upgrade_project(project, new) == Upgrade()


def test_an_upgrade_of_what_is_no_project_is_refused(
    new_project: Project, run_tarn: Run, tmp_path: Path
) -> None:
    shown = run_tarn(new_project, "init", "--upgrade", str(tmp_path))
    assert shown.exit_code == 2
    assert f"{tmp_path} is no project that `tarn init` made" in shown.stderr
