"""`tarn init`: a project of one's own."""

from pathlib import Path

import click

from tarn.errors import TarnError, WrongUse
from tarn.project import Project
from tarn.scaffold import COPIED, make_project, source_of_projects
from tarn.upgrade import BESIDE, upgrade_project


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--upgrade", is_flag=True, help="Bring the project that is in DIR to the installed version."
)
@click.pass_obj
def command(project: Project, folder: Path, upgrade: bool) -> None:
    """Make a project in DIR: models, macros, seeds, queries, tests and expectations.

    DIR must not be there yet, or be empty. The project is yours: keep it in git, add models,
    queries and expectations. Its lake will lie in DIR/lake unless TARN_ROOT names another place.
    Works without a network.

    After a newer Tarn was installed, --upgrade takes over its files. What you have changed stays as
    it is: where Tarn has changed it too, its file is put beside yours, with .new at its end.
    """
    folder = folder.absolute()
    if upgrade:
        _upgrade(folder, source_of_projects(project.folder))
        return
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


def _upgrade(folder: Path, source: Path) -> None:
    try:
        done = upgrade_project(folder, source)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise WrongUse(
            f"{folder} is no project that `tarn init` made: it has no readable {COPIED}."
        ) from error
    except OSError as error:
        raise TarnError(f"{folder} cannot be upgraded: {error.strerror}.") from error
    for name in done.kept:
        click.echo(f"  yours is kept, Tarn's is beside it: {name}{BESIDE}", err=True)
    for name in done.outlived:
        click.echo(f"  yours is kept, Tarn has it no more: {name}", err=True)
    click.echo(
        f"Upgraded {folder}: {len(done.replaced)} files replaced, {len(done.added)} added, "
        f"{len(done.removed)} removed. Next: tarn build",
        err=True,
    )
