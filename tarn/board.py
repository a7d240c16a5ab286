"""The boards of `dashboards/`: the marts that they read, and dbt-charts, which draws them."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import duckdb

from tarn.errors import TarnError, WrongUse
from tarn.lake import open_lake
from tarn.offline import sealed, write_page
from tarn.project import Project

# What the boards read, and the moment that places a row in a window of time.
RELATIONS: Final = {
    "fct_configuration_changes": "coalesce(occurred_at, captured_at)",
    "fct_bucket_encryption_changes": "changed_at",
    "fct_resource_creations": "created_at",
}
# A person has one name over all accounts: the session's for those who come by single sign-on.
_ARN_PREFIX: Final = "^arn:[^:]*:[^:]*:[^:]*:[^:]*:(user/|assumed-role/(AWSReservedSSO_[^/]*/)?)?"
_DEFAULT_DAYS: Final = 30
# A chart has room for so many bars: of days, else of weeks, else of months.
_MOST_BARS: Final = 45
_SETTINGS: Final = "dbt_charts.yml"


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of time, in UTC without zone, and the newest moment in the lake."""

    since: datetime
    until: datetime
    newest: datetime

    @property
    def grain(self) -> str:
        """What a bar stands for: a day, a week or a month."""
        days = (self.until - self.since) / timedelta(days=1)
        if days <= _MOST_BARS:
            return "day"
        return "week" if days <= 7 * _MOST_BARS else "month"


def names(project: Project) -> list[str]:
    """The boards of the project."""
    found = sorted((project.folder / "dashboards").glob("*.yml"))
    return [path.stem for path in found if path.name != _SETTINGS]


def render(
    project: Project, folder: Path, since: datetime | None, until: datetime | None
) -> Iterator[Path]:
    """Draw each board into `folder`, a page that needs nothing but itself; its path as it is done.

    Raises TarnError where dbt-charts or the tables are missing, or nothing lies in the window.
    """
    if importlib.util.find_spec("dbt_charts") is None:
        raise TarnError("Boards are drawn by dbt-charts: install it with `pip install dbt-charts`.")
    boards = names(project)
    if not boards:
        raise TarnError(f"There is no board in {project.folder / 'dashboards'}.")
    with tempfile.TemporaryDirectory(prefix="tarn-") as aside:
        data = Path(aside) / "marts.duckdb"
        _copy_marts(project, data, since, until)
        for board in boards:
            drawn = Path(aside) / f"{board}.html"
            _draw(project, board, data, drawn)
            page = folder / f"{board}.html"
            write_page(page, sealed(drawn.read_text(encoding="utf-8")))
            yield page


def _copy_marts(
    project: Project, data: Path, since: datetime | None, until: datetime | None
) -> None:
    """Write what lies in the window, as it is at one moment, to a DuckDB file of its own."""
    connection = open_lake(project.root)
    try:
        connection.execute(f"attach '{str(data).replace(chr(39), chr(39) * 2)}' as board")
        connection.execute("begin")
        window = _window(connection, since, until)
        for relation, moment in RELATIONS.items():
            person = "person, " if relation == "fct_configuration_changes" else ""
            connection.execute(
                f"create table board.main.{relation} as "
                f"select *, coalesce({person}regexp_replace(actor_arn, $arn, '')) as actor "
                f"from lake.main.{relation} where {moment} >= $since and {moment} < $until",
                {"arn": _ARN_PREFIX, "since": window.since, "until": window.until},
            )
        connection.execute(
            "create table board.main.board_window as "
            "select $since as since, $until as until, $newest as newest, $grain as grain",
            {
                "since": window.since,
                "until": window.until,
                "newest": window.newest,
                "grain": window.grain,
            },
        )
        connection.execute("commit")
    except duckdb.CatalogException as error:
        raise TarnError("The lake lacks what the boards read: run `tarn build`.") from error
    except duckdb.Error as error:
        raise TarnError(f"The lake in {project.root} cannot be read: {error}") from error
    finally:
        connection.close()


def _window(
    connection: duckdb.DuckDBPyConnection, since: datetime | None, until: datetime | None
) -> Window:
    """The window asked for; else the last days with changes, whole days in UTC."""
    moment = RELATIONS["fct_configuration_changes"]
    [(first, newest, captured)] = connection.execute(
        f"select min({moment}), max({moment}), max(captured_at) "
        "from lake.main.fct_configuration_changes"
    ).fetchall()
    if newest is None:
        raise TarnError("No change has been found yet: land logs, and run `tarn build`.")
    end = until or _midnight(newest) + timedelta(days=1)
    start = since or max(_midnight(first), _midnight(end - timedelta(days=_DEFAULT_DAYS)))
    if (since and since > newest) or (until and until <= first):
        raise TarnError(f"No change lies in that window: they are of {first} to {newest}.")
    if start >= end:
        raise WrongUse(f"The window is empty: it begins {start} and ends {end}.")
    return Window(start, end, captured)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _draw(project: Project, board: str, data: Path, drawn: Path) -> None:
    """Have dbt-charts draw a board; it reports to nobody and keeps nothing in the home folder."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dbt_charts.cli.main"),
            *("--no-send-anonymous-usage-stats", "render", f"{board}.yml"),
            *("--project-dir", str(project.folder / "dashboards"), "--no-cache", "--no-warnings"),
            *("--format", "html", "--output", str(drawn)),
        ],
        cwd=project.folder / "dashboards",
        env={
            **os.environ,
            "DO_NOT_TRACK": "1",
            "HOME": str(drawn.parent),
            "TARN_BOARD_DATA": str(data),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 or not drawn.exists():
        said = " ".join(line.strip() for line in done.stderr.splitlines() if line.strip())
        raise TarnError(f"dbt-charts cannot draw the board {board}: {said or done.returncode}")
