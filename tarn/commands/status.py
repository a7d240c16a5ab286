"""`tarn status`: what has landed, how fresh it is, and what was set aside."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from tarn.commands.verification import (
    Verification,
    fault_lines,
    remedy,
    settle_lake,
    settled_lines,
    verify_lake,
)
from tarn.errors import TarnError, WrongUse
from tarn.project import Project

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ingest.landing.repair import Repair
    from ingest.status import LakeStatus

_SHOWN: Final = 3


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.option("--verify", is_flag=True, help="Read every file and compare its SHA-256.")
@click.option(
    "--repair",
    is_flag=True,
    help="Make a damaged or lost manifest anew, then show; with --verify settle damaged files too.",
)
@click.pass_obj
def command(project: Project, as_json: bool, verify: bool, repair: bool) -> None:
    """Show what has landed, how fresh it is, and what was set aside and why.

    Files that the manifest cannot explain are told, and never removed. --json lists everything,
    a terminal the first few of each.

    --verify names each file that is gone, was altered or cannot be explained, and exits with 1 if
    there is one. With --repair damaged files are put aside, and what they held is set aside too,
    so that `tarn ingest --retry-failed` lands it again.
    """
    from ingest.errors import IngestError, WrongUseError
    from ingest.status import read_status

    verification: Verification | None = None
    try:
        if repair:
            verification = _repair(project, verify=verify)
        elif verify:
            verification = verify_lake(project.root)
        status = read_status(project.root, datetime.now(UTC))
    except WrongUseError as error:
        raise WrongUse(str(error)) from None
    except IngestError as error:
        raise TarnError(str(error)) from None
    if as_json:
        told = {} if verification is None else {"verification": verification.to_dict()}
        click.echo(json.dumps({**status.to_dict(), **told}, indent=2))
    else:
        _print(status)
        if verification is not None:
            _print_verification(verification)
    if verification is not None and verification.faulty:
        raise TarnError(remedy(verification))


def _repair(project: Project, *, verify: bool) -> "Verification | None":
    from ingest.landing import lock
    from ingest.landing.repair import repair
    from ingest.landing.sink import cannot_write

    now = datetime.now(UTC)
    moment = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    verification = None
    try:
        with lock.hold(project.root, "tarn status --repair", moment):
            outcome = repair(project.root, moment)
            if verify:
                verification = settle_lake(project.root, now)
    except OSError as error:
        raise cannot_write(project.root, error) from error
    for line in _repair_lines(outcome):
        click.echo(line, err=True)
    if verification is not None and verification.settled is not None:
        for line in settled_lines(verification.settled):
            click.echo(line, err=True)
    return verification


def _repair_lines(outcome: "Repair") -> Iterator[str]:
    mended = outcome.mended
    if mended.finished or mended.undone:
        yield f"Batches of a stopped run: {mended.finished} finished, {mended.undone} undone."
    if not outcome.was_damaged:
        yield "The manifest is sound."
        return
    yield (
        f"The manifest was made anew from {outcome.batches} batches: {outcome.objects} objects, "
        f"{outcome.files} files."
    )
    if outcome.set_aside:
        yield f"The damaged one lies at {outcome.set_aside}."
    for path in outcome.unreadable:
        yield f"{path} cannot be read: its batch is missing, and its objects will land again."


def _print(status: "LakeStatus") -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    if not status.batches and not status.pending:
        console.print(
            f"Nothing has landed in {status.root} yet: run `tarn ingest FOLDER`.", soft_wrap=True
        )
        return
    console.print(f"Lake at [bold]{status.root}[/]", highlight=False, soft_wrap=True)
    console.print()
    console.print(_stores(status))
    if status.last_batch is not None:
        batch = status.last_batch
        console.print(
            f"\nLast batch {_moment(batch['committed_at'])}: {batch['records']:,} records from "
            f"{batch['objects']:,} objects.",
            highlight=False,
        )
    _print_quarantine(console, status)
    _print_odd(console, status)


def _stores(status: "LakeStatus") -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
    for name in ("store", "holds"):
        table.add_column(name)
    for name in ("records", "files", "days", "size"):
        table.add_column(name, justify="right")
    for name in ("first", "last", "newest is"):
        table.add_column(name)
    for store in status.stores:
        table.add_row(
            store.name,
            store.category.replace("_", " "),
            f"{store.records:,}",
            f"{store.files:,}",
            f"{store.days:,}",
            f"{store.bytes / 1_000_000:,.1f} MB",
            _moment(store.first_at),
            _moment(store.last_at),
            _age(store.fresh_seconds),
        )
    return table


def _print_quarantine(console: "Console", status: "LakeStatus") -> None:
    reasons = status.by_reason()
    if not reasons:
        console.print("Nothing was set aside.", style="green", highlight=False)
        return
    console.print("\n[bold]Set aside[/] (try again with `tarn ingest --retry-failed`)")
    for reason, entries in sorted(reasons.items()):
        console.print(f"  [yellow]{reason}[/] {len(entries):,}", highlight=False)
        for entry in entries[:_SHOWN]:
            place = "" if entry.byte_offset is None else f" at byte {entry.byte_offset:,}"
            line = f"    {entry.uri}{place}: {entry.detail}"
            console.print(line, style="dim", highlight=False, markup=False, soft_wrap=True)
        if len(entries) > _SHOWN:
            console.print(f"    and {len(entries) - _SHOWN:,} more (--json)", style="dim")


def _print_odd(console: "Console", status: "LakeStatus") -> None:
    odd: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "Pending batches of a run that is at work or was stopped; the next one mends them",
            status.pending,
        ),
        ("Files that the manifest cannot explain; they are left alone", status.unexplained),
        ("Files that the manifest knows and that are gone", status.missing),
    )
    for title, names in odd:
        if not names:
            continue
        console.print(f"\n[bold]{title}[/]: {len(names):,}", highlight=False)
        for name in names[:_SHOWN]:
            console.print(f"    {name}", style="dim", highlight=False, markup=False, soft_wrap=True)
        if len(names) > _SHOWN:
            console.print(f"    and {len(names) - _SHOWN:,} more (--json)", style="dim")


def _print_verification(verification: Verification) -> None:
    """A line for each faulty file, and how many were read: plain, to be cut and sorted."""
    click.echo()
    for line in fault_lines(verification.faulty):
        click.echo(line)
    if not verification.faulty:
        click.echo(f"All {verification.files:,} files are as they were written.")


def _moment(text: Any) -> str:
    return "" if text is None else str(text)[:19].replace("T", " ")


def _age(seconds: float | None) -> str:
    if seconds is None:
        return ""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit} old"
    return f"{max(seconds, 0):,.0f} seconds old"
