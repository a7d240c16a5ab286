"""`tarn docs`: the documentation of every model, column and macro, as one page."""

import webbrowser
from pathlib import Path

import click

from tarn.errors import TarnError
from tarn.project import Project


@click.command("docs")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the page goes; by default `docs/index.html` in the lake.",
)
@click.option("--no-open", is_flag=True, help="Do not open it in the browser.")
@click.pass_obj
def command(project: Project, output: Path | None, no_open: bool) -> None:
    """Build the documentation of the tables, and open it.

    Every model, column, macro, query and exposure with its description and its type, and of each
    column what it is made of and what it goes into: dbt's own documentation, as one HTML file that
    holds all it needs and asks for nothing from the network. Prints its path.
    """
    from tarn import docs_site

    page = output or project.docs_page
    try:
        docs_site.build(project, page, lambda line: click.echo(line, err=True))
    except OSError as error:
        raise TarnError(f"{page} cannot be written: {error.strerror}.") from error
    click.echo(page)
    if not no_open:
        webbrowser.open(page.resolve().as_uri())
