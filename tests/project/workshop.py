"""A copy of the project to try changes on, with small lakes that were built before."""

import gzip
import json
import shutil
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from building import copy_project, invoke_dbt, run_dbt
from click.testing import CliRunner

from demo.cli import main as demo
from tarn.build import working_in
from tarn.cli import main as tarn
from tarn.project import Project

FIRST_DAY, SECOND_DAY, THIRD_DAY = "2026-03-02", "2026-03-03", "2026-03-04"
_NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")


@dataclass(frozen=True, slots=True)
class Workshop:
    """A copy of the project with its lake, and the manifest that dbt parsed of it.

    Commands run on that manifest: to change a model or a macro there takes no time to parse.
    """

    project: Project
    lakes: Path
    parsed: Any

    def take_lake(self, name: str) -> None:
        """Put a fresh copy of a prepared lake, `whole` or `halved`, into the project."""
        shutil.rmtree(self.project.root, ignore_errors=True)
        shutil.copytree(self.lakes / name, self.project.root)

    def dbt(self, *arguments: str) -> Any:
        """The result of a plain dbt command in the project's folder."""
        return invoke_dbt(self.project, *arguments, "--no-write-json", parsed=self.parsed)

    def statuses(self, *arguments: str) -> dict[str, str]:
        """How each model and test of a dbt command ended, hooks left out."""
        outcome = self.dbt(*arguments)
        assert outcome.result is not None, outcome.exception
        return {
            result.node.name: str(result.status)
            for result in outcome.result.results
            if result.node.resource_type != "operation"
        }


def open_workshop(folder: Path, template: Path, parsed: Any) -> Workshop:
    """A copy of the project and its prepared lakes, made in `folder`."""
    _prepare(folder, template)
    workshop = Workshop(copy_project(folder / "copy", template), folder / "lakes", parsed)
    workshop.take_lake("whole")
    return workshop


def _prepare(folder: Path, template: Path) -> None:
    """Make a small organization, the lake `halved` and the lake `whole`."""
    assert demo([str(folder / "demo"), "--events", "2000", "--days", "3"]) == 0
    project = copy_project(folder / "project", template)
    first, second = _halves(folder / "demo" / "deliveries")
    _ingest(project, first)
    _ingest(project, first[::3], "--store", "second")
    run_dbt(project, "build", *_NO_TESTS)
    _ingest(project, second)
    shutil.copytree(project.root, folder / "lakes" / "halved")
    run_dbt(project, "build", *_NO_TESTS)
    shutil.move(project.root, folder / "lakes" / "whole")


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


def _ingest(project: Project, files: Sequence[Path], *options: str) -> None:
    with working_in(project):
        landed = CliRunner().invoke(tarn, ["ingest", *map(str, files), *options])
    assert landed.exit_code in (0, 3), landed.output
