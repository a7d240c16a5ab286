"""Shows how far an ingest has got, on stderr."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from ingest.job import Report
    from ingest.summary import Progress as RunProgress

_LOG_SECONDS: Final = 10


@contextmanager
def progress() -> Iterator["Report"]:
    """Takes a run's progress: a bar on a terminal, else a line now and then, on stderr."""
    if sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _log()


@contextmanager
def _bar() -> Iterator["Report"]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[records]} records"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking for what is new", total=None, records="0")

        def report(now: "RunProgress") -> None:
            if now.step == "landing":
                bar.update(
                    task,
                    description=f"landing {now.objects_done:,} of {now.objects_total:,} objects",
                    total=now.bytes_total,
                    completed=now.bytes_done,
                    records=f"{now.records:,}",
                )

        yield report


def _log() -> "Report":
    last = time.monotonic()

    def report(now: "RunProgress") -> None:
        nonlocal last
        if now.step == "landing" and time.monotonic() - last >= _LOG_SECONDS:
            last = time.monotonic()
            click.echo(
                f"landing: {now.objects_done} of {now.objects_total} objects, "
                f"{now.records} records",
                err=True,
            )

    return report
