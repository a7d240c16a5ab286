"""No room, no right to write, another at work: a sentence with the remedy, and nothing lost."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from killing import NOBODY, Ended, Runner
from lake_likeness import built_tables, facts
from small_lakes import event, ingest, log, put

from ingest import job
from ingest.landing import lock
from tarn.project import Project

RunTarn = Callable[..., Result]


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    server = Runner(
        *("dbt.cli.main", "dbt.adapters.duckdb.environments.local", "building", "tarn.build"),
        *("tarn.commands.build", "tarn.commands.query", "rich.console", "rich.table", "rich.box"),
    )
    yield server
    server.close()


def told(ended: Ended) -> str:
    """What a run that failed said at last; fails if it was no sentence of Tarn's."""
    assert ended.error is not None
    kind, _, sentence = ended.error.strip().splitlines()[-1].partition(": ")
    assert kind in ("tarn.errors.TarnError", "tarn.errors.WrongUse"), ended.error
    return sentence


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A lake that nobody may write."""
    source, root = tmp_path / "source", tmp_path / "lake"
    put(source, "a.json.gz", log([event(1)]))
    ingest(root, source)
    put(source, "b.json.gz", log([event(2)]))
    shut(root)
    for path in (*tmp_path.parents, tmp_path, source, *source.iterdir()):
        if os.geteuid() == 0 and path.is_relative_to("/tmp") and path != Path("/tmp"):
            path.chmod(path.stat().st_mode | 0o055)
    yield root
    for path in (root, *root.rglob("*")):
        path.chmod(0o700)


def shut(root: Path) -> None:
    """Let everybody read a lake, and nobody write it."""
    for path in (root, *root.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(0o555 if path.is_dir() else 0o444)


def test_a_lake_that_may_only_be_read(runner: Runner, read_only: Path) -> None:
    source = read_only.parent / "source"
    assert "cannot be written" in told(runner.run("unprivileged", read_only, "ingest", source))
    for arguments in (["status"], ["status", "--verify"], ["ingest", "--dry-run", str(source)]):
        ended = runner.run("unprivileged", read_only, *arguments)
        assert ended.error is None, ended.error
    assert "cannot be written" in told(runner.run("unprivileged", read_only, "build"))


def test_a_disk_that_is_full_while_a_build_runs(
    runner: Runner, new_project: Project, tmp_path: Path
) -> None:
    """The next build makes the tables that a build with room enough makes."""
    project, source, root = new_project.folder, tmp_path / "source", new_project.root
    put(source, "a.json.gz", log(event(n) for n in range(300)))
    ingest(root, source)
    few = ("run", "--select", "+int_events_deduplicated")
    sentence = told(runner.run("limited", project, root, 20_000, "build"))
    assert "steps failed" in sentence or "cannot be written" in sentence or "stopped" in sentence
    ended = runner.run("dbt", project, root, *few)
    assert ended.error is None, ended.error
    assert len(built_tables(root)["intermediate.int_events_deduplicated"]) == 300
    assert len(facts(root)["rows"]) == 300


def test_a_second_build_names_the_first(new_project: Project, run_tarn: RunTarn) -> None:
    with lock.hold(new_project.root, "tarn build there", "2024-01-01T00:00:00Z", "build"):
        outcome = run_tarn(new_project, "build")
    assert outcome.exit_code == 1
    assert f"Another build is at work on {new_project.root} (process {os.getpid()}" in (
        outcome.stderr
    )
    assert "tarn build there" in outcome.stderr


def test_an_ingest_and_a_build_do_not_wait_for_each_other(
    new_project: Project, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    put(source, "a.json.gz", log([event(1)]))
    with lock.hold(new_project.root, "tarn build", "2024-01-01T00:00:00Z", "build"):
        assert ingest(new_project.root, source).records == {"cloudtrail": 1}


def test_a_clock_that_was_set_back_changes_no_build(
    new_project: Project, dbt: Callable[..., None], tmp_path: Path
) -> None:
    """What landed by an earlier time is new all the same, and wins nothing by its time."""
    source = tmp_path / "source"
    few = ("run", "--select", "+int_events_deduplicated")
    for number, year in enumerate([2024, 1999, 2001]):
        moment = datetime(year, 1, 1, tzinfo=UTC)
        twice = event(0, userAgent=f"agent-{number}")
        put(source, f"{number}.json.gz", log([twice, event(10 + number)]))
        request = job.Request(root=new_project.root, sources=(str(source),))
        assert job.run(request, clock=lambda at=moment: at).records == {"cloudtrail": 2}
        dbt(new_project, *few)
    built = built_tables(new_project.root)["intermediate.int_events_deduplicated"]
    assert len(built) == 4
    dbt(new_project, *few, "--full-refresh")
    again = built_tables(new_project.root)["intermediate.int_events_deduplicated"]
    assert again == built
