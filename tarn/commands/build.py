"""`tarn build`: seeds, models and tests in one dbt process, then the catalogue."""

import sys
import time
from datetime import UTC, datetime, timedelta

import click

from tarn.errors import NoProject, TarnError
from tarn.project import Project


@click.command("build")
@click.option("--full-refresh", is_flag=True, help="Build every table anew from all that landed.")
@click.option("--force", is_flag=True, help="Build even if nothing has changed since.")
@click.option(
    "--keep-hours",
    type=click.FloatRange(min=0),
    default=24,
    show_default=True,
    envvar="TARN_KEEP_HOURS",
    help="How long earlier states of the tables, and then their files, are kept "
    "(also TARN_KEEP_HOURS).",
)
@click.pass_obj
def command(project: Project, full_refresh: bool, force: bool, keep_hours: float) -> None:
    """Build and test every table from what has landed, and compile the query catalogue.

    Nothing is done when neither the landing nor the project has changed since the last build
    that passed. Days without new deliveries are left as they are, unless models, macros or seeds
    have changed: then every table is made anew, as with --full-refresh. People and BI tools go on
    reading while it runs: they see each table's old state until its new one is complete. After a
    build that passed, states of the tables that are older than --keep-hours are forgotten, small
    files are merged, and files that no state has needed for as long are removed: a query that
    runs longer than that may fail.
    """
    from tarn import build

    started = time.monotonic()
    if not project.is_there:
        raise NoProject(project.folder)
    if project.root.exists() and not project.root.is_dir():
        raise TarnError(f"{project.root} is no folder: set TARN_ROOT to one that can be written.")
    if not (full_refresh or force) and build.is_current(project):
        click.echo("Nothing has changed since the last build.", err=True)
        return
    if (project.root / "catalog.sqlite").exists() and build.has_other_recipe(project):
        click.echo("Models, macros or seeds have changed: every table is made anew.", err=True)
    outcome = build.run(project, full_refresh=full_refresh, report=_report)
    for failure in outcome.failures:
        click.secho(f"{failure.name}: {failure.message}", fg="red", err=True)
    if outcome.failures:
        raise TarnError(
            f"{len(outcome.failures)} of {outcome.nodes_count} steps failed; "
            "the tables that passed are in place. Details: logs/dbt.log."
        )
    _tidy(project, timedelta(hours=keep_hours))
    seconds = time.monotonic() - started
    click.echo(
        f"Built {outcome.models_count} models, passed {outcome.tests_count} tests, compiled "
        f"{outcome.queries_count} queries in {seconds:.1f} s."
    )


def _tidy(project: Project, keep: timedelta) -> None:
    """Do the lake's housekeeping; what cannot be done now, the next build does."""
    import duckdb

    from tarn.housekeeping import tidy

    try:
        tidy(project.root, datetime.now(UTC), keep)
    except duckdb.Error as error:
        click.echo(f"Housekeeping is left to the next build: {error}", err=True)


def _report(line: str) -> None:
    if sys.stderr.isatty():
        click.secho(f"\r\x1b[2K{line}", dim=True, nl=False, err=True)
        if not line:
            click.echo(err=True, nl=False)
