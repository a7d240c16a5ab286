"""`tarn queries`: find queries in the catalogue."""

import json
import shutil
import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby

import click

from tarn import catalogue, finding
from tarn.catalogue import Parameter, Query
from tarn.project import Project

# So many queries are shown with their parameters; of more, each has its name and sentence.
_IN_FULL = 8
_NARROWEST, _WIDEST = 60, 120


@click.command("queries")
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the queries as JSON, SQL included.")
@click.option("--markdown", is_flag=True, help="Print them as a page, by subject, with columns.")
@click.pass_obj
def command(project: Project, words: tuple[str, ...], as_json: bool, markdown: bool) -> None:
    """Find queries by WORDS in their names, tags, sentences and columns, best first.

    Without words, all of them by subject. A question will do as well: `tarn queries who deleted
    the trail`. Words count in every form; those that say nothing, such as "who", do not count.
    """
    asked = [part for word in words for part in word.split()]
    found = finding.search(catalogue.load(project.catalogue), asked)
    if as_json:
        click.echo(json.dumps([asdict(query) for query in found.queries], indent=1))
        return
    if markdown:
        from tarn.catalogue_page import page

        click.echo(page(found.queries), nl=False)
        return
    _hint(asked, found)
    if not asked:
        _by_subject(found.queries)
    elif len(found.queries) <= _IN_FULL:
        _in_full(found.queries)
    else:
        _lines(found.queries)
    if found.queries:
        example = found.queries[0].name
        click.secho(f"\nRun one with:  tarn query {example}", dim=True, err=True)


def _hint(words: list[str], found: finding.Found) -> None:
    if words and not found.queries:
        said = " ".join(words)
        click.echo(f"No query has any of: {said}. `tarn queries` lists all.", err=True)
    elif found.missing:
        click.echo(f"Nothing has {', '.join(found.missing)}; these come nearest:", err=True)


def _by_subject(queries: Iterable[Query]) -> None:
    for number, (subject, group) in enumerate(groupby(queries, lambda query: query.subject)):
        members = list(group)
        click.secho(f"{chr(10) if number else ''}{subject} ({len(members)})", bold=True)
        _lines(members)


def _lines(queries: Iterable[Query]) -> None:
    """A query a line: its name, and its sentence folded beside or below it."""
    members = list(queries)
    width = min(max(shutil.get_terminal_size((100, 24)).columns, _NARROWEST), _WIDEST)
    column = max(len(query.name) for query in members) + 4
    is_narrow = width - column < _NARROWEST * 2 // 3
    for query in members:
        indent = 6 if is_narrow else column
        lines = textwrap.wrap(query.description, width - indent)
        click.secho(f"  {query.name}", fg="cyan", nl=is_narrow)
        if not is_narrow:
            click.echo(" " * (column - len(query.name) - 2) + lines.pop(0))
        for line in lines:
            click.echo(" " * indent + line)


def _in_full(queries: Iterable[Query]) -> None:
    for query in queries:
        click.secho(query.name, fg="cyan", bold=True, nl=False)
        click.secho(f"  [{', '.join(query.tags)}]", dim=True)
        click.echo(f"  {query.description}")
        for parameter in query.parameters:
            click.secho(f"    {_told(parameter)}", dim=True)


def _told(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" (default {_as_written(parameter.default)})"
    choices = f" One of {', '.join(parameter.choices)}." if parameter.choices else ""
    return f"{parameter.name}: {parameter.type}{default}. {parameter.description}{choices}"


def _as_written(default: str | int | bool) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)
