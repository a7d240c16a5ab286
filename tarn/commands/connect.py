"""`tarn connect`: the SQL that opens the lake read-only in any DuckDB client."""

import click

from tarn.errors import TarnError
from tarn.lake import connect_script
from tarn.project import Project


@click.command("connect")
@click.pass_obj
def command(project: Project) -> None:
    """Print the SQL that opens the lake in any DuckDB client.

    Paste it into the DuckDB CLI, a notebook or the
    start-up script of a BI driver. It opens the lake read-only, also while a build is running, and
    puts the marts and event data stores in sight.
    """
    if not (project.root / "catalog.sqlite").is_file():
        raise TarnError(
            f"There is no lake in {project.root}: run `tarn ingest` and `tarn build` first."
        )
    click.echo("\n".join(f"{statement};" for statement in connect_script(project.root)))
