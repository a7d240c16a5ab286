"""`tarn init`: a project of one's own."""

from pathlib import Path

import click

from tarn.errors import TarnError, WrongUse
from tarn.project import Project
from tarn.scaffold import make_project, source_of_projects


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.pass_obj
def command(project: Project, folder: Path) -> None:
    """Make a project in DIR: models, macros, seeds, queries, tests and expectations.

    DIR must not be there yet, or be empty. The project is yours: keep it in git, add models,
    queries and expectations. Its lake will lie in DIR/lake unless TARN_ROOT names another place.
    Works without a network.
    """
    folder = folder.absolute()
    try:
        made = make_project(folder, source_of_projects(project.folder))
    except (FileExistsError, NotADirectoryError) as error:
        raise WrongUse(
            f"{folder} is there and not an empty folder: name one that is not there yet."
        ) from error
    except OSError as error:
        raise TarnError(f"{folder} cannot be made: {error.strerror}.") from error
    click.echo(f"Made a Tarn project in {made.folder}. Next:\n", err=True)
    click.echo(f"  cd {folder}", err=True)
    click.echo(
        "  tarn ingest SOURCE    lands CloudTrail logs and Config items, local or s3://", err=True
    )
    click.echo("  tarn build            builds and tests every table", err=True)
    click.echo("  tarn queries          finds questions to ask", err=True)
