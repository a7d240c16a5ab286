"""The `tarn` command: what there is, and what is imported only when it is asked for."""

import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import Final

import click

from tarn.project import current_project

# Each command's module, and the line that `tarn --help` shows without importing it.
COMMANDS: Final = {
    "init": "Make a project of your own.",
    "ingest": "Land CloudTrail logs and Config items from files, folders and S3.",
    "build": "Build and test every table from what has landed.",
    "status": "Show what has landed, how fresh it is and what was set aside.",
    "compact": "Merge each day's small landing files into large ones.",
    "history": "Show who changed a resource, when, and what.",
    "queries": "Find queries in the catalogue.",
    "query": "Run a query of the catalogue.",
    "sql": "Run a CloudTrail Lake query, unchanged.",
    "verify": "Check that a signed export is as it was written.",
    "connect": "Print the SQL that opens the lake in any DuckDB client.",
    "publish": "Publish the marts as Parquet and as one DuckDB file.",
    "check": "Check what has landed and what was built, with Data Docs.",
    "docs": "Build the documentation of the tables, and open it.",
    "dashboards": "Draw the boards: who changed what, as a page for people.",
}
# They are done within seconds, most of which may be imports, and leave nothing to be put in order.
_QUICK: Final = frozenset({"ingest", "query", "sql"})


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of a first use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"tarn.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; of one that there is not, tell the one that was meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            for meant in get_close_matches(args[0], COMMANDS, n=1):
                told = f"{error.message} Did you mean '{meant}'?"
                raise click.UsageError(told, ctx) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with:  tarn ingest FOLDER  then  tarn build  then  tarn queries",
)
@click.version_option(package_name="tarn-lake", prog_name="tarn")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Tell who changed what, when, on which AWS resource.

    Tarn joins CloudTrail events (who, when, which) with AWS Config's configuration items (what).
    The lake lies in $TARN_ROOT, by default in the folder `lake` of the project.
    """
    ctx.obj = current_project()


def run() -> None:
    """The console command. Nobody waits for a quick one while Python looks for garbage among the
    modules that it imports, a tenth of the time, and then takes them apart, a fifth of it."""
    is_quick = bool(_QUICK.intersection(sys.argv[1:2]))
    if is_quick:
        gc.set_threshold(100_000)
    if sys.argv[1:2] == ["ingest"]:
        import_module("ingest.without_numpy")
    try:
        main()
    except SystemExit as ended:
        if not is_quick or not isinstance(ended.code, int):
            raise
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(ended.code)
