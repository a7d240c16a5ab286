"""`tarn sql`: run a CloudTrail Lake query as it is."""

import logging
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from tarn import results
from tarn.errors import TarnError, WrongUse
from tarn.lake_sql.answers import LakeResult
from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.history import History, now
from tarn.lake_sql.running import (
    DEFAULT_SECONDS,
    QueryStoppedError,
    Request,
    run,
    translated,
)
from tarn.lake_sql.sandbox import DEFAULT_MEMORY
from tarn.project import Project
from tarn.showing import format_of, show

_LISTED: Final = 100


@click.command("sql")
@click.argument("text", metavar="[QUERY]", required=False)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read the query from a file, - for standard input.",
)
@click.option(
    "-v",
    "--value",
    "values",
    multiple=True,
    metavar="VALUE",
    help="A value for ?, in order; once for each.",
)
@click.option(
    "-p",
    "--parameter",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for $StartTime$, $EndTime$, $Period$, $NAME or ${NAME}, or the store that a "
    "placeholder such as $EDS_ID stands for. Given several times, one for each place of the name.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(results.FORMATS),
    help="table (on a terminal), csv, csv.gz, json or parquet; else by the file's name.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to a file; with --sign, to a folder.",
)
@click.option(
    "--sign",
    is_flag=True,
    help="Write result_N.csv.gz and result_sign.json into --output, as Lake delivers.",
)
@click.option("--explain", is_flag=True, help="Show the query and what it becomes; do not run it.")
@click.option("--history", "shows_history", is_flag=True, help="List what was asked, newest first.")
@click.option(
    "--result",
    "query_id",
    metavar="ID",
    help="Show the answer to a query of the last seven days again, without running it.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.001),
    default=DEFAULT_SECONDS,
    metavar="SECONDS",
    show_default=True,
    help="Stop a query that takes longer.",
)
@click.option(
    "--memory",
    default=DEFAULT_MEMORY,
    metavar="SIZE",
    show_default=True,
    help="Stop a query that needs more.",
)
@click.pass_obj
def command(
    project: Project,
    text: str | None,
    file: Path | None,
    values: tuple[str, ...],
    pairs: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    sign: bool,
    explain: bool,
    shows_history: bool,
    query_id: str | None,
    timeout: float,
    memory: str,
) -> None:
    """Run a query written for CloudTrail Lake, unchanged.

    Tables are event data stores: their names or ids, or, where the lake has one of that kind,
    placeholders as in AWS's samples ($EDS_ID, <EDS ID>, $CONFIG_EDS_ID). Only SELECT is taken.

    \b
    tarn sql "SELECT eventName, count(*) FROM \\$EDS_ID GROUP BY eventName"
    tarn sql -f saved_query.sql --format csv
    """
    history = History(project.root)
    # What it forgives and says so is refused here, in words of our own.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    if shows_history:
        _show_history(history, _chosen(format_name, output, sign=False), output)
        return
    if sum(one is not None for one in (text, file, query_id)) != 1:
        raise WrongUse("Give one query: as text, by -f FILE, or --result ID of one that ran.")
    chosen = _chosen(format_name, output, sign=sign)
    if query_id is not None:
        _deliver(project, history.answer(query_id), chosen, output, now(), sign=sign)
        return
    request = Request(_text(text, file), values, _named(pairs), timeout, memory)
    if explain:
        _explain(project, request)
        return
    result, ended_at = _answer(project, history, request)
    if result.table.num_rows == 0:
        _hint(request.text)
    _deliver(project, result, chosen, output, ended_at, sign=sign)


def _answer(project: Project, history: History, request: Request) -> tuple[LakeResult, datetime]:
    """Run a query and note it; the answer comes even where it cannot be noted."""
    began = now()
    try:
        ran = run(project.root, request)
    except QueryError as error:
        status = error.status if isinstance(error, QueryStoppedError) else "FAILED"
        message = error.message
        _noted(lambda: history.add_failure(request, began, status, message))
        raise
    _noted(lambda: history.add(request, ran))
    return ran.result, now()


def _hint(text: str) -> None:
    """Tell of texts that look like something that was to be filled in: nothing equals them."""
    for found in dict.fromkeys(re.findall(r"'<[a-z][\w ./-]*>'", text, re.IGNORECASE)):
        click.echo(f"No rows. {found} was compared as it stands: is it to be filled in?", err=True)


def _noted(note: Callable[[], object]) -> None:
    import sqlite3

    try:
        note()
    except (OSError, sqlite3.Error) as error:
        click.echo(f"The query could not be noted in the history: {error}", err=True)


def _text(text: str | None, file: Path | None) -> str:
    if text is not None:
        return text
    assert file is not None
    try:
        if str(file) == "-":
            return sys.stdin.read()
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{file} cannot be read as a query: {error}") from error


def _named(pairs: tuple[str, ...]) -> dict[str, str | list[str]]:
    named: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise WrongUse(f"-p {pair}: write NAME=VALUE.")
        named.setdefault(name.strip("${}<>"), []).append(value)
    return {name: given if len(given) > 1 else given[0] for name, given in named.items()}


def _chosen(format_name: str | None, output: Path | None, *, sign: bool) -> str:
    chosen = format_name or format_of(None if sign else output)
    if sign and output is None:
        raise WrongUse("--sign writes files: add --output FOLDER.")
    if sign and format_name not in (None, "csv.gz"):
        raise WrongUse(
            f"--sign writes csv.gz, as Lake delivers it: leave out --format {format_name}."
        )
    if chosen == "parquet" and output is None:
        raise WrongUse("Parquet goes to a file: add --output FILE.")
    return chosen


def _explain(project: Project, request: Request) -> None:
    """The user's query and DuckDB's."""
    import sqlglot

    query = translated(project.root, request, now())
    click.echo("-- As it was given:")
    click.echo(query.reading.original.strip())
    click.echo("\n-- As it runs (DuckDB):")
    click.echo(sqlglot.transpile(query.sql, read="duckdb", write="duckdb", pretty=True)[0])


def _show_history(history: History, chosen: str, output: Path | None) -> None:
    import pyarrow as pa

    entries = history.entries(_LISTED)
    columns = {
        "query_id": [one.query_id for one in entries],
        "began_at": [one.began_at.replace("T", " ")[:19] for one in entries],
        "status": [one.status for one in entries],
        "rows": [one.rows for one in entries],
        "bytes_scanned": [one.bytes_scanned for one in entries],
        "milliseconds": [one.milliseconds for one in entries],
        "query": [" ".join(one.query.split()) for one in entries],
        "error": [" ".join((one.error or "").split()) for one in entries],
    }
    result = results.Result(pa.table(columns))
    if output is not None and chosen != "table":
        results.write_file(result, output, chosen)
    else:
        show(result, chosen, output)


def _deliver(
    project: Project,
    result: LakeResult,
    chosen: str,
    output: Path | None,
    ended_at: datetime,
    *,
    sign: bool,
) -> None:
    try:
        if sign and output is not None:
            from tarn.lake_sql.export import export

            for path in export(result, output, project.root, ended_at):
                click.echo(path)
        elif output is not None and chosen != "table":
            results.write_file(result, output, chosen)
            click.echo(f"{result.table.num_rows} rows in {output}", err=True)
        else:
            show(result, chosen, output)
    except OverflowError as error:
        raise TarnError("The answer has a moment outside of the years 1 to 9999.") from error
    except OSError as error:
        raise TarnError(f"{output or 'The output'} cannot be written: {error.strerror}.") from error
