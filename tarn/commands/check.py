"""`tarn check`: great-expectations over what is new, with Data Docs."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from tarn.errors import NoProject, TarnError
from tarn.project import Project

if TYPE_CHECKING:
    from tarn.checks.results import Run

_SHOWN: Final = 5


@click.command("check")
@click.argument("suites", nargs=-1, metavar="[SUITE]...")
@click.option("--all", "everything", is_flag=True, help="Check all there is, not just what is new.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.pass_obj
def command(project: Project, suites: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Check what has landed and what was built, as far as it is new since the last check.

    The suites lie in the project's folder `expectations`, which says in YAML what is expected of
    every row; name some of them (`landing.cloudtrail_events`) to run these alone. Batches that
    have landed since, marts that were built anew, and what failed last time are looked at.

    Ends with 1 if an expectation is not met, and names the rows. Results are kept in the lake
    under `checks/results`, pages to read, which open offline, under `checks/docs`.
    """
    from tarn.checks.run import check

    if not project.is_there:
        raise NoProject(project.folder)
    now = datetime.now(UTC)
    outcome = check(project, suites, everything=everything, now=now, report=_report)
    if not outcome.has_tables:
        click.echo("Nothing is built yet: the marts are checked after `tarn build`.", err=True)
    if outcome.run is None:
        click.echo("Nothing is new since the last check.", err=True)
        return
    if as_json:
        from tarn.checks.results import dumped

        click.echo(dumped(outcome.run))
    else:
        _print(outcome.run)
    click.echo(f"To read: {outcome.page}", err=True)
    if not outcome.run.passed:
        count = sum(len(suite["results"]) for suite in outcome.run.suites)
        failed = sum(1 for _ in _failures(outcome.run))
        raise TarnError(f"{failed} of {count} expectations are not met.")


def _failures(run: "Run") -> Iterator[tuple[str, dict[str, Any]]]:
    for suite in run.suites:
        for result in suite["results"]:
            if not result["success"]:
                yield suite["suite_name"], result


def _print(run: "Run") -> None:
    width = max(len(suite["suite_name"]) for suite in run.suites)
    for suite in run.suites:
        counts = suite["statistics"]
        met = f"{counts['successful_expectations']} of {counts['evaluated_expectations']} met"
        word, colour = ("passed", "green") if suite["success"] else ("failed", "red")
        click.secho(f"{word}  ", fg=colour, nl=False)
        click.echo(f"{suite['suite_name']:{width}}  {suite['meta']['rows']:>10,} rows  {met}")
    for name, result in _failures(run):
        found = result["result"]
        click.echo()
        click.secho(f"{name}: {result['expectation_config']['description']}", bold=True)
        if result["exception_info"]["raised_exception"]:
            click.echo(f"  it could not be looked at: {_error(result)}")
        else:
            click.echo(f"  {found['unexpected_count']:,} of {found['element_count']:,} rows:")
        for row in found["partial_unexpected_index_list"][:_SHOWN]:
            click.echo("  " + "  ".join(f"{name}={value}" for name, value in row.items()))
        if found["unexpected_count"] > _SHOWN:
            click.secho(f"  and {found['unexpected_count'] - _SHOWN:,} more", dim=True)


def _error(result: dict[str, Any]) -> str:
    return str(result["exception_info"]["exception_message"]).splitlines()[0]


def _report(line: str) -> None:
    if sys.stderr.isatty():
        click.secho(f"\r\x1b[2K{line}", dim=True, nl=False, err=True)
