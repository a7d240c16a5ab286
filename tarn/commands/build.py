"""`tarn build`: seeds, models and tests in one dbt process, then the catalogue."""

import sys
import time

import click

from tarn.errors import TarnError
from tarn.project import Project


@click.command("build")
@click.option("--full-refresh", is_flag=True, help="Build every table anew from all that landed.")
@click.option("--force", is_flag=True, help="Build even if nothing has changed since.")
@click.pass_obj
def command(project: Project, full_refresh: bool, force: bool) -> None:
    """Build and test every table from what has landed, and compile the query catalogue.

    Nothing is done when neither the landing nor the project has changed since the last build
    that passed. People and BI tools go on reading while it runs: they see each table's old state
    until its new one is complete.
    """
    from tarn import build

    started = time.monotonic()
    if project.root.exists() and not project.root.is_dir():
        raise TarnError(f"{project.root} is no folder: set TARN_ROOT to one that can be written.")
    if not (full_refresh or force) and build.is_current(project):
        click.echo("Nothing has changed since the last build.", err=True)
        return
    outcome = build.run(project, full_refresh=full_refresh, report=_report)
    for failure in outcome.failures:
        click.secho(f"{failure.name}: {failure.message}", fg="red", err=True)
    if outcome.failures:
        raise TarnError(
            f"{len(outcome.failures)} of {outcome.nodes_count} steps failed; "
            "the tables that passed are in place. Details: logs/dbt.log."
        )
    seconds = time.monotonic() - started
    click.echo(
        f"Built {outcome.models_count} models, passed {outcome.tests_count} tests, compiled "
        f"{outcome.queries_count} queries in {seconds:.1f} s."
    )


def _report(line: str) -> None:
    if sys.stderr.isatty():
        click.secho(f"\r\x1b[2K{line}", dim=True, nl=False, err=True)
        if not line:
            click.echo(err=True, nl=False)
