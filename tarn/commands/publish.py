"""`tarn publish`: marts as Parquet and as one read-only DuckDB file."""

import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from tarn.errors import TarnError
from tarn.project import Project


@click.command("publish")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--event-data-stores",
    is_flag=True,
    help="Publish eds_cloudtrail_events and eds_configuration_items too: every event and item.",
)
@click.pass_obj
def command(project: Project, folder: Path, event_data_stores: bool) -> None:
    """Publish the marts into DIR, for BI tools and notebooks that do not open the lake.

    \b
    DIR/tarn.duckdb              every mart as a table of one read-only DuckDB file
    DIR/parquet/MART/*.parquet   every mart as a folder with one Parquet file

    Both show one state of the lake, and are swapped in whole: who has the old file open goes on
    reading the old rows until it connects anew. Nothing is done where nothing was built since.
    How to read them from Superset, Metabase, Grafana or Power BI: docs/bi.md.
    """
    from ingest.errors import IngestError
    from ingest.landing import lock
    from tarn.publish import DATABASE, publish

    now = datetime.now(UTC)
    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        words = shlex.join(["tarn", *sys.argv[1:]])
        with lock.hold(folder, words, f"{now:%Y-%m-%dT%H:%M:%SZ}", "publish"):
            made, is_new = publish(
                project.root.resolve(), folder, now, event_data_stores=event_data_stores
            )
    except IngestError as error:
        raise TarnError(str(error)) from None
    except OSError as error:
        raise TarnError(
            f"{folder} cannot be written ({error.strerror}): mend that or name another folder; "
            "what was published before stays."
        ) from error
    if not is_new:
        click.echo("Nothing was built since the last time: all is published.", err=True)
        return
    for name, rows in made.rows.items():
        click.echo(f"{name}  {rows:,} rows")
    click.echo(f"Published in {folder / DATABASE} and {folder / 'parquet'}.", err=True)
