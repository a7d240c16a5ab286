"""`tarn ingest`: land what is new in files and folders."""

import json
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from tarn.errors import TarnError, WrongUse
from tarn.project import Project
from tarn.times import parse_moment

if TYPE_CHECKING:
    from ingest.job import Report
    from ingest.summary import Progress as RunProgress
    from ingest.summary import Summary

_SET_ASIDE: Final = 3
_INTERRUPTED: Final = 130
_LOG_SECONDS: Final = 10


@click.command("ingest")
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option("--store", metavar="NAME", help="Land in this store instead of the default ones.")
@click.option("--since", metavar="T", help="Take objects delivered from this day on.")
@click.option("--until", metavar="T", help="Take objects delivered before this time, plus slack.")
@click.option(
    "--slack",
    metavar="DAYS",
    type=click.IntRange(0, 366),
    default=2,
    show_default=True,
    help="Days after --until in which events of that time may still be delivered.",
)
@click.option("--account", "accounts", metavar="ID", multiple=True, help="Only this account.")
@click.option("--region", "regions", metavar="NAME", multiple=True, help="Only this region.")
@click.option("--dry-run", is_flag=True, help="Count what is new; read and write nothing.")
@click.option("--retry-failed", is_flag=True, help="Read again what was set aside before.")
@click.option("--workers", metavar="N", type=click.IntRange(1, 256), help="Processes to use.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    store: str | None,
    since: str | None,
    until: str | None,
    slack: int,
    accounts: tuple[str, ...],
    regions: tuple[str, ...],
    dry_run: bool,
    retry_failed: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Land CloudTrail logs and AWS Config items from files and folders.

    An object that has landed before is not read again. Whatever cannot be taken is set aside
    with its reason and never stops the rest: `tarn status` lists it. --since, --until, --account
    and --region choose objects by their keys; one whose key does not tell is always taken.

    Exit code 0: all landed; 1: failed; 2: wrong use; 3: done, and some objects were set aside.
    """
    from ingest import job
    from ingest.errors import IngestError, WrongUseError
    from ingest.sources.keys import Selection

    project: Project = ctx.obj
    try:
        selection = Selection(
            since=_moment("--since", since),
            until=_moment("--until", until),
            accounts=frozenset(accounts),
            regions=frozenset(regions),
            slack_days=slack,
        )
        request = job.Request(
            root=project.root,
            sources=sources,
            store=store,
            selection=selection,
            retry_failed=retry_failed,
            dry_run=dry_run,
            workers=workers,
            command=shlex.join(["tarn", *sys.argv[1:]]),
        )
        with _progress() as report:
            summary = job.run(request, clock=lambda: datetime.now(UTC), report=report)
    except WrongUseError as error:
        raise WrongUse(str(error)) from None
    except IngestError as error:
        raise TarnError(str(error)) from None
    except ValueError as error:
        raise WrongUse(f"{error}: give --since before --until.") from None
    except KeyboardInterrupt:
        click.echo(
            "Stopped. What has landed stays; run the same command again and it takes up the rest.",
            err=True,
        )
        ctx.exit(_INTERRUPTED)
    if as_json:
        click.echo(json.dumps(summary.to_dict(), indent=2))
    else:
        click.echo("\n".join(_summary_lines(summary)))
    if not summary.is_whole:
        ctx.exit(_SET_ASIDE)


def _moment(option: str, text: str | None) -> datetime | None:
    """An option's time, UTC where it has no zone."""
    if text is None:
        return None
    try:
        return parse_moment(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise WrongUse(f"{option}: {error}.") from None


@contextmanager
def _progress() -> Iterator["Report"]:
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


def _summary_lines(summary: "Summary") -> Iterator[str]:
    """The summary for people."""
    if summary.dry_run:
        yield f"objects      {summary.objects:,}: {summary.new:,} new, {summary.known:,} known"
        yield f"to read      {_size(summary.bytes)}"
        yield "Nothing was read or written."
        return
    if summary.mended_finished or summary.mended_undone:
        yield (
            f"mended       {summary.mended_finished} batches of a stopped run finished, "
            f"{summary.mended_undone} undone"
        )
    yield f"objects      {summary.objects:,}: {summary.new:,} new, {summary.known:,} known"
    for store, count in sorted(summary.records.items()):
        yield f"landed       {count:,} records in {store}"
    if not summary.records:
        yield "landed       nothing new" if not summary.new else "landed       no records"
    if summary.recognized:
        yield f"recognized   {summary.recognized:,} objects that hold no records"
    if not summary.is_whole:
        reasons = ", ".join(f"{code} {count:,}" for code, count in sorted(summary.reasons.items()))
        aside = summary.quarantined + summary.partly
        yield f"set aside    {aside:,} objects, wholly or in part ({reasons}): see `tarn status`"
    elif summary.set_aside_before:
        yield f"set aside    {summary.set_aside_before:,} known objects: see `tarn status`"
    if summary.gone:
        yield f"gone         {summary.gone:,} objects to be tried again are not there any more"
    rate = summary.to_dict()["records_per_second"]
    read = f"{_size(summary.bytes)} read ({_size(summary.bytes_inflated)} inflated)"
    yield f"took         {summary.seconds:.1f} s, {rate:,} records a second, {read}"


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:,.0f} {unit}" if unit in ("bytes", "kB") else f"{size:,.1f} {unit}"
        size /= 1000
    raise AssertionError("unreachable")
