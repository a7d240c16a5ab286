"""`tarn query`: run a query of the catalogue."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import click
import duckdb

from tarn import catalogue, results
from tarn.catalogue import Value
from tarn.errors import TarnError, WrongUse
from tarn.lake import open_lake
from tarn.project import Project
from tarn.showing import format_of, show


@click.command("query")
@click.argument("name")
@click.option(
    "--since", metavar="T", help="From this moment on: 2026-03-02, '2026-03-02 08:00:00'."
)
@click.option("--until", metavar="T", help="Before this moment.")
@click.option(
    "-p", "--parameter", "pairs", metavar="NAME=VALUE", multiple=True, help="A parameter."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(results.FORMATS),
    help="By default a table, or what the ending of --output says (.txt is a table).",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of stdout.",
)
@click.option("--columns", metavar="A,B,…", help="Only these columns, in this order.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most so many rows.")
@click.option("--explain", is_flag=True, help="Print the SQL and its values; run nothing.")
@click.option("--dry-run", is_flag=True, help="Print what it would read; run nothing.")
@click.pass_obj
def command(
    project: Project,
    name: str,
    since: str | None,
    until: str | None,
    pairs: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    columns: str | None,
    limit: int | None,
    explain: bool,
    dry_run: bool,
) -> None:
    """Run the query NAME of the catalogue.

    `tarn queries` tells which there are and what parameters they take. The moments are in UTC
    unless they name a zone; `--since` is in the window and `--until` is not, unless the query
    says otherwise.
    """
    query = catalogue.find(catalogue.load(project.catalogue), name)
    values = query.bind(_given(since, until, pairs))
    if explain:
        _explain(query.sql, values)
        return
    chosen = format_name or format_of(output)
    if chosen == "parquet" and output is None:
        raise WrongUse("Parquet goes to a file: add --output FILE.")
    connection = open_lake(project.root)
    try:
        if dry_run:
            _dry_run(connection, query.sql, values)
            return
        fetched = results.fetch(connection, _limited(query.sql, limit), values)
        result = _picked(fetched, columns, limit)
        if output is not None and chosen != "table":
            results.write_file(result, output, chosen)
            click.echo(f"{result.table.num_rows} rows in {output}", err=True)
        else:
            show(result, chosen, output)
    except duckdb.CatalogException as error:
        raise TarnError("The lake lacks what the query reads: run `tarn build`.") from error
    except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
        raise WrongUse(f"The query cannot be run with these parameters: {error}") from error
    except duckdb.Error as error:
        raise TarnError(f"The lake in {project.root} cannot be read: {error}") from error
    except OSError as error:
        target = output or "The output"
        reason = os.strerror(error.errno) if error.errno else error
        raise TarnError(f"{target} cannot be written: {reason}.") from error


def _limited(sql: str, limit: int | None) -> str:
    """The query with a limit, unless it has one: then the fewer rows are taken of its answer."""
    if limit is None or re.search(r"\blimit\s+\d+\s*$", sql):
        return sql
    return f"{sql}\nlimit {limit}"


def _explain(sql: str, values: Mapping[str, Value]) -> None:
    """The SQL, under the values of its parameters: it runs as it is where they are set."""
    for name, value in values.items():
        click.echo(f"-- ${name} = {'null' if value is None else results.as_text(value)}")
    click.echo(sql)


def _dry_run(connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Value]) -> None:
    from tarn.reading import reads

    found = reads(connection, sql, values)
    for one in found:
        click.echo(
            f"{one.table}: {_counted(one.rows, 'row')} in {_counted(one.files, 'file')}, "
            f"{_megabytes(one.size)}; columns: {', '.join(one.columns) or 'none'}"
        )
    total = _megabytes(sum(one.size for one in found))
    click.echo(f"It would read at most {total} of {_counted(len(found), 'table')}.", err=True)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _given(since: str | None, until: str | None, pairs: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise WrongUse(f"-p {pair}: write NAME=VALUE.")
        _give(given, name, value)
    for name, moment in (("since", since), ("until", until)):
        if moment is not None:
            _give(given, name, moment)
    return given


def _give(given: dict[str, str], name: str, value: str) -> None:
    if name in given:
        raise WrongUse(f"Parameter {name} is given twice: once is enough.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongUse(f"Parameter {name}: its value is no text in UTF-8.") from None
    given[name] = value


def _picked(result: results.Result, columns: str | None, limit: int | None) -> results.Result:
    if limit is not None:
        result = results.Result(result.table.slice(0, limit))
    if columns is None:
        return result
    try:
        return result.picked(columns.split(","))
    except KeyError as error:
        there = ", ".join(result.unique_columns)
        raise WrongUse(f"There is no column {error.args[0]}; there are: {there}.") from error
