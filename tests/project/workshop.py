"""Copies of the project to try changes on, with small lakes that were built before."""

import fcntl
import gzip
import json
import os
import shutil
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from demo.cli import main as demo
from tarn.cli import main as tarn

REPOSITORY = Path(__file__).resolve().parents[2]
_PARTS = ("models", "macros", "seeds", "analyses", "tests", "dbt_project.yml", "profiles.yml")
FIRST_DAY, SECOND_DAY, THIRD_DAY = "2026-03-02", "2026-03-03", "2026-03-04"
_NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")


@dataclass(frozen=True, slots=True)
class Workshop:
    """A copy of the project, its lake in `lake/` inside."""

    folder: Path
    lakes: Path

    def take_lake(self, name: str) -> None:
        """Put a fresh copy of a prepared lake, `whole` or `halved`, into the project."""
        close_connections()
        shutil.rmtree(self.folder / "lake", ignore_errors=True)
        shutil.copytree(self.lakes / name, self.folder / "lake")

    def dbt(self, *arguments: str) -> Any:
        """The result of a plain dbt command in the project's folder."""
        return dbt(self.folder, *arguments)

    def statuses(self, *arguments: str) -> dict[str, str]:
        """How each model and test of a dbt command ended, hooks left out."""
        outcome = self.dbt(*arguments)
        assert outcome.result is not None, outcome.exception
        return {
            result.node.name: str(result.status)
            for result in outcome.result.results
            if result.node.resource_type != "operation"
        }


def dbt(folder: Path, *arguments: str) -> Any:
    """Run dbt in this process as a person does in the project's folder, with nothing set."""
    from dbt.cli.main import dbtRunner

    with _working_in(folder):
        return dbtRunner().invoke([*arguments, "--quiet", "--no-use-colors"])


def close_connections() -> None:
    """Let go of the lake: dbt-duckdb keeps its connection for the next run of the process."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()


def open_workshop(shared_folder: Path, folder: Path) -> Workshop:
    """A copy of the project in `folder`; the lakes are made once in `shared_folder`."""
    prepared = shared_folder / "workshop"
    prepared.mkdir(parents=True, exist_ok=True)
    with (prepared / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (prepared / ".done").exists():
            _prepare(prepared)
            (prepared / ".done").touch()
    shutil.copytree(prepared / "project", folder)
    workshop = Workshop(folder, prepared / "lakes")
    workshop.take_lake("whole")
    return workshop


def copy_project(folder: Path) -> Path:
    """A copy of the dbt project's own files."""
    for name in _PARTS:
        source = REPOSITORY / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("python", "project", "__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    return folder


def _prepare(folder: Path) -> None:
    """Make a small organization, the lake `halved` and the lake `whole`."""
    assert demo([str(folder / "demo"), "--events", "2000", "--days", "3"]) == 0
    project = copy_project(folder / "project")
    first, second = _halves(folder / "demo" / "deliveries")
    _ingest(project, first)
    _ingest(project, first[::3], "--store", "second")
    _build(project)
    _ingest(project, second)
    close_connections()
    shutil.copytree(project / "lake", folder / "lakes" / "halved")
    _build(project)
    close_connections()
    shutil.move(project / "lake", folder / "lakes" / "whole")


def _halves(deliveries: Path) -> tuple[list[Path], list[Path]]:
    """All but a part of the third day, and that part; each with an addendum of another day.

    One that comes late changes an event of the first day, which nothing else in the second half
    touches; one that comes early, on the second day, changes an event of the second half alone.
    """
    files = sorted(path for path in deliveries.rglob("*") if path.is_file())
    second = [path for path in files if "/2026/03/04/" in str(path) or "/2026/3/4/" in str(path)]
    second = [path for path in second if {*_days(path)} <= {THIRD_DAY}][::2]
    first = [path for path in files if path not in second]
    delivered = {record["eventID"] for path in first for record in _records(path)}
    changed_late = _an_event(first, FIRST_DAY)
    changed_early = _an_event(second, THIRD_DAY, without=delivered)
    early = _addendum(deliveries / "early.json", changed_early, f"{SECOND_DAY}T12:00:00Z")
    late = _addendum(deliveries / "late.json", changed_late, f"{THIRD_DAY}T12:00:00Z")
    return [*first, early], [*second, late]


def _records(path: Path) -> list[dict[str, Any]]:
    """The events of a log file; none for any other file."""
    try:
        records = json.loads(gzip.decompress(path.read_bytes()))["Records"]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return []
    return [record for record in records if isinstance(record, dict) and "eventID" in record]


def _days(path: Path) -> Iterator[str]:
    return (str(record.get("eventTime"))[:10] for record in _records(path))


def _an_event(files: list[Path], day: str, without: Set[str] = frozenset()) -> dict[str, Any]:
    return next(
        record
        for path in files
        for record in _records(path)
        if str(record.get("eventTime")).startswith(day)
        and record["eventID"] not in without
        and "addendum" not in record
    )


def _addendum(path: Path, original: dict[str, Any], moment: str) -> Path:
    """A log file of one record, which mends another's userAgent."""
    record = {
        **original,
        "eventID": f"{original['eventID'][:-4]}0000",
        "eventTime": moment,
        "userAgent": "mended",
        "addendum": {
            "reason": "UPDATED_DATA",
            "updatedFields": "userAgent",
            "originalEventID": original["eventID"],
        },
    }
    path.write_text(json.dumps({"Records": [record]}), encoding="utf-8")
    return path


def _ingest(project: Path, files: Sequence[Path], *options: str) -> None:
    with _working_in(project):
        landed = CliRunner().invoke(tarn, ["ingest", *map(str, files), *options])
    assert landed.exit_code in (0, 3), landed.output


def _build(project: Path) -> None:
    outcome = dbt(project, "build", *_NO_TESTS)
    assert outcome.success, outcome.exception or outcome.result


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before, root = Path.cwd(), os.environ.pop("TARN_ROOT", None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        if root is not None:
            os.environ["TARN_ROOT"] = root
