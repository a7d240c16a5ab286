"""`tarn queries`: find queries in the catalogue."""

import json
from dataclasses import asdict

import click

from tarn import catalogue
from tarn.project import Project


@click.command("queries")
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the queries as JSON, SQL included.")
@click.pass_obj
def command(project: Project, words: tuple[str, ...], as_json: bool) -> None:
    """Find queries by WORDS in their names, sentences and tags, best first; all without words."""
    hits = catalogue.search(catalogue.load(project.catalogue), words)
    if as_json:
        click.echo(json.dumps([asdict(query) for query in hits], indent=1))
        return
    if not hits:
        click.echo(f"No query has all of: {' '.join(words)}", err=True)
    for query in hits:
        click.secho(query.name, bold=True, nl=False)
        click.secho(f"  [{', '.join(query.tags)}]", dim=True)
        click.echo(f"  {query.description}")
        for parameter in query.parameters:
            click.secho(
                _line(parameter),
                dim=True,
            )
    if hits:
        click.secho(f"\nRun one with:  tarn query {hits[0].name}", dim=True, err=True)


def _line(parameter: catalogue.Parameter) -> str:
    default = "" if parameter.default is None else f" (default {parameter.default})"
    return f"    {parameter.name}: {parameter.type}{default}. {parameter.description}"
