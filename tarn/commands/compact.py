"""`tarn compact`: a day's small landing files merged into large ones."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from tarn.errors import TarnError, WrongUse
from tarn.project import Project

if TYPE_CHECKING:
    from ingest.compact import Summary


@click.command("compact")
@click.option("--store", help="Only this event data store.")
@click.option(
    "--day",
    "days",
    multiple=True,
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DAY",
    help="Only this day of records (UTC, YYYY-MM-DD); may be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be merged, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_obj
def command(
    project: Project, store: str | None, days: tuple[datetime, ...], dry_run: bool, as_json: bool
) -> None:
    """Merge each day's small landing files into large ones, which are quicker to read.

    The rows stay as they are, with their lineage, so that `tarn build` has nothing to do anew. A
    day that was compacted and has got no more files is passed over. It can be stopped and run
    again at any time; it waits for a build that is running.
    """
    from ingest import compact
    from ingest.errors import IngestError, WrongUseError

    wanted = tuple(f"{day:%Y-%m-%d}" for day in days)
    request = compact.Request(project.root, store, wanted, dry_run)
    try:
        summary = compact.run(request, clock=lambda: datetime.now(UTC), report=_report)
    except WrongUseError as error:
        raise WrongUse(str(error)) from None
    except IngestError as error:
        raise TarnError(str(error)) from None
    if as_json:
        click.echo(json.dumps(asdict(summary), indent=2))
    else:
        click.echo(_told(summary))
    if summary.altered:
        raise TarnError(
            f"{len(summary.altered)} days were left alone: {summary.altered[0]} is not as it was "
            "written. Run `tarn status --verify`."
        )


def _report(line: str) -> None:
    if sys.stderr.isatty():
        click.secho(line, dim=True, err=True)


def _told(summary: "Summary") -> str:
    if not summary.days:
        return "No day has several small files: there is nothing to merge."
    what = f"{summary.files_before:,} files of {summary.days:,} days"
    size = f"{summary.bytes_before / 1_000_000:,.1f} MB"
    if summary.dry_run:
        return f"Would merge {what} ({summary.records:,} records, {size})."
    return (
        f"Merged {what} into {summary.files_after:,} ({summary.records:,} records, {size} before, "
        f"{summary.bytes_after / 1_000_000:,.1f} MB after)."
    )
