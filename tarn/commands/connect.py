"""`tarn connect`: the SQL that opens the lake read-only in any DuckDB client."""

import click

from tarn.lake import connect_script, open_lake
from tarn.project import Project


@click.command("connect")
@click.pass_obj
def command(project: Project) -> None:
    """Print the SQL that opens the lake in any DuckDB client.

    Paste it into the DuckDB CLI, a notebook or the start-up script of a BI driver. It opens the
    lake read-only, also while a build is running, and puts the marts and event data stores in
    sight. A lake that cannot be opened is an error here already.
    """
    open_lake(project.root).close()
    click.echo("\n".join(f"{statement};" for statement in connect_script(project.root)))
