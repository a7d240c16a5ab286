"""One check: what is new, looked at, kept and told."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import duckdb

from ingest.errors import IngestError
from ingest.landing import lock
from tarn.checks.docs import write_docs
from tarn.checks.lake import LakeReader, Pending
from tarn.checks.results import Run, keep, run_of
from tarn.checks.state import FOLDER, Checked, State
from tarn.checks.suites import Suite, chosen, read_suites
from tarn.checks.verdict import Verdict
from tarn.errors import TarnError
from tarn.project import Project


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check did: the run, null where nothing was new, its page, and the marts that there
    are none of yet."""

    run: Run | None
    page: Path | None
    has_tables: bool


def check(
    project: Project,
    names: Sequence[str],
    *,
    everything: bool,
    now: datetime,
    report: Callable[[str], None],
) -> Outcome:
    """Check what is new since the last check, or everything. Raises TarnError."""
    if find_spec("great_expectations") is None:
        raise TarnError(
            "`tarn check` needs great-expectations, which is not installed: run "
            "`pip install 'tarn-lake[checks]'`."
        )
    suites = chosen(read_suites(project.folder), names)
    if not project.root.is_dir():
        raise TarnError(f"There is no lake in {project.root}: run `tarn ingest` first.")
    with _alone(project.root, now):
        state = State(project.root)
        reader = LakeReader(project.root)
        try:
            pending = list(_pending(reader, state, suites, everything=everything))
            verdicts = _verdicts(reader, state, pending, report) if pending else []
        finally:
            reader.close()
        if not verdicts:
            return Outcome(None, None, reader.has_tables)
        run = run_of(verdicts, now)
        keep(project.root, run)
        return Outcome(run, write_docs(project), reader.has_tables)


def _pending(
    reader: LakeReader, state: State, suites: Sequence[Suite], *, everything: bool
) -> Iterator[Pending]:
    for suite in suites:
        checked = state.of(suite)
        if everything:
            checked = replace(checked, sequence=0, data=None)
        found = reader.pending(suite, checked)
        if found is not None:
            yield found


def _verdicts(
    reader: LakeReader, state: State, pending: Sequence[Pending], report: Callable[[str], None]
) -> list[Verdict]:
    report("great-expectations is being loaded")
    from tarn.checks.expectations import Checker

    checker = Checker()
    verdicts = []
    for one in pending:
        report(one.suite.name)
        try:
            verdict = checker.check(one.suite, reader.parts(one))
        except duckdb.Error as error:
            raise TarnError(f"Suite {one.suite.name}: its query fails: {error}") from error
        if verdict.rows:
            verdicts.append(verdict)
        state.note(one.suite, _checked(one, verdict))
    report("")
    return verdicts


def _checked(pending: Pending, verdict: Verdict) -> Checked:
    """How far the suite is now: what failed is looked at again."""
    if verdict.passed:
        return replace(pending.checked, failed=())
    if pending.batches is None:
        return replace(pending.checked, data=None)
    failed = verdict.failed_batches(pending.batches) & pending.batches
    return replace(pending.checked, failed=tuple(sorted(failed or pending.batches)))


@contextmanager
def _alone(root: Path, now: datetime) -> Iterator[None]:
    """One check at a time, and no compaction that takes files away meanwhile."""
    command = shlex.join(["tarn", *sys.argv[1:]])
    try:
        with lock.hold(root, command, f"{now:%Y-%m-%dT%H:%M:%SZ}", "check"):
            (root / FOLDER).mkdir(mode=0o700, exist_ok=True)
            reading = lock.begin_reading(root)
            try:
                yield
            finally:
                os.close(reading)
    except IngestError as error:
        raise TarnError(str(error)) from None
    except OSError as error:
        raise TarnError(
            f"The lake in {root} cannot be written ({error.strerror}): mend that and run "
            "`tarn check` again."
        ) from error
