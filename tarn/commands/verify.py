"""`tarn verify`: check that a signed export is as it was written."""

from pathlib import Path

import click

from tarn.project import Project


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The public key, in PEM form; by default the lake's own.",
)
@click.pass_obj
def command(project: Project, folder: Path, key: Path | None) -> None:
    """Check what `tarn sql --output DIR --sign` wrote.

    Every file has to have the SHA-256 that was signed, and the signature has to be that of the
    key. The first file that was changed, removed or added is named; the exit code is 1 then.
    """
    from tarn.lake_sql.export import verify

    names = verify(folder, project.root, key)
    click.echo(f"{len(names)} file{'' if len(names) == 1 else 's'} as signed: {', '.join(names)}")
