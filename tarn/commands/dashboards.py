"""`tarn dashboards`: the boards as pages that open without a network."""

import webbrowser
from datetime import datetime
from pathlib import Path

import click

from tarn.errors import TarnError, WrongUse
from tarn.project import Project
from tarn.times import parse_moment


@click.command("dashboards")
@click.option("--since", metavar="T", help="Changes from this moment on.")
@click.option("--until", metavar="T", help="Changes before this moment.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the pages go; by default `dashboards` in the lake.",
)
@click.option("--open", "opens", is_flag=True, help="Open them in the browser.")
@click.pass_obj
def command(
    project: Project, since: str | None, until: str | None, output: Path | None, opens: bool
) -> None:
    """Draw the boards: who changed what, as a page for people.

    Each is one HTML file that holds all it needs: it can be sent by mail, and asks for nothing from
    the network. Without --since and --until it tells of the last 30 days with changes. Needs
    dbt-charts (`pip install dbt-charts`). Prints the path of each page.
    """
    from tarn import board

    window = _moment("--since", since), _moment("--until", until)
    folder = output or project.root / "dashboards"
    try:
        for page in board.render(project, folder, *window):
            click.echo(page)
            if opens:
                webbrowser.open(page.resolve().as_uri())
    except OSError as error:
        raise TarnError(f"{folder} cannot be written: {error.strerror}.") from error


def _moment(option: str, text: str | None) -> datetime | None:
    try:
        return parse_moment(text) if text is not None else None
    except ValueError as error:
        raise WrongUse(f"{option}: {error}.") from error
