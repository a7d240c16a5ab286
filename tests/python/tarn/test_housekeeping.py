"""Builds that are repeated do not make the lake grow, and nobody who reads it notices."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

from tarn.dbt_plugin import ensure_catalog
from tarn.extensions import LOADING, load_extensions
from tarn.housekeeping import tidy
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("housekeeping")

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=3)

READER = """
import sys
from pathlib import Path
from tarn.lake import open_lake
with open_lake(Path(sys.argv[1])) as lake:
    lake.execute("begin")
    print(*lake.execute("select max(day) from anew").fetchone(), flush=True)
    sys.stdin.readline()
    print(*lake.execute("select max(day), count(*) from days").fetchone())
    lake.execute("commit")
    print(*lake.execute("select max(day) from anew").fetchone())
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with a table that is made anew, and one to which days are added."""
    root = tmp_path_factory.mktemp("grown")
    ensure_catalog(root / "catalog.sqlite")
    with duckdb.connect(config=dict(LOADING)) as connection:
        load_extensions(connection)
        connection.execute(
            f"attach 'ducklake:sqlite:{root}/catalog.sqlite' as lake (data_path '{root}/tables/')"
        )
        connection.execute("create table lake.days (day integer, words varchar)")
    build(root, range(20))
    return root


@pytest.fixture
def root(grown: Path, tmp_path: Path) -> Path:
    """A copy of that lake."""
    return shutil.copytree(grown, tmp_path / "lake")


def build(root: Path, days: range) -> None:
    with open_lake(root, read_only=False) as lake:
        for day in days:
            words = f"select {day} as day, md5(range::varchar) as words from range(5000)"
            lake.execute(f"create or replace table anew as {words}")
            lake.execute(
                f"begin; delete from days where day = {day - 18}; insert into days {words}; commit"
            )


def files(root: Path) -> int:
    return len(list((root / "tables").rglob("*.parquet")))


def contents(root: Path) -> list[tuple[object, ...]]:
    with open_lake(root) as lake:
        return lake.execute(
            "select 'anew', * from anew union all select 'days', * from days order by all"
        ).fetchall()


def test_old_states_and_small_files_go(root: Path) -> None:
    before, many = contents(root), files(root)
    tidied = tidy(root, LATER, timedelta(hours=1))
    assert tidied.snapshots > 4
    assert tidied.merged == 18
    assert tidied.removed > 4
    tidy(root, LATER + timedelta(hours=3), timedelta(hours=1))
    assert files(root) == 2 < many
    assert contents(root) == before


def test_files_of_a_row_each_go(root: Path) -> None:
    """As the ones of what each model has processed, written as builds write them."""
    with open_lake(root, read_only=False) as lake:
        catalog, tables = root / "catalog.sqlite", root / "tables"
        lake.execute(
            f"attach 'ducklake:sqlite:{catalog}' as built"
            f" (data_path '{tables}/', override_data_path true, data_inlining_row_limit 0)"
        )
        lake.execute("create table built.main.noted (number integer)")
        for number in range(20):
            lake.execute("insert into built.main.noted values (?)", [number])
    tidy(root, LATER, timedelta(0))
    with open_lake(root) as lake:
        listed = lake.execute("from ducklake_list_files('lake', 'noted')").fetchall()
        assert lake.execute("select count(*), max(number) from noted").fetchall() == [(20, 19)]
    assert len(listed) == 1


def test_what_is_young_stays(root: Path) -> None:
    tidied = tidy(root, datetime.now(UTC), timedelta(hours=1))
    assert (tidied.snapshots, tidied.removed) == (0, 0)
    with open_lake(root) as lake:
        assert len(lake.execute("from ducklake_snapshots('lake')").fetchall()) > 4


def test_a_second_time_there_is_nothing_to_do(root: Path) -> None:
    tidy(root, LATER, timedelta(0))
    tidy(root, LATER, timedelta(0))
    tidied = tidy(root, datetime.now(UTC) - timedelta(hours=1), timedelta(0))
    assert (tidied.snapshots, tidied.merged, tidied.removed) == (0, 0, 0)


def test_a_reader_in_the_middle_reads_on(root: Path) -> None:
    """In a process of its own: its state is an hour old, and was replaced a moment ago."""
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "19\n"
    begun = datetime.now(UTC)
    build(root, range(20, 22))
    tidied = tidy(root, begun + timedelta(hours=1), timedelta(hours=1))
    assert tidied.snapshots > 0
    assert tidied.merged == 18
    told, _ = reader.communicate("go on\n")
    assert reader.returncode == 0
    assert told == "19 90000\n21\n"


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """`tarn build` makes one seed alone: housekeeping comes after any build."""
    monkeypatch.setattr("tarn.build.ON_DATA", ("--select", "call_verbs"))
    monkeypatch.setattr("tarn.build._catalogue", lambda *_: [])


@pytest.mark.usefixtures("few_steps")
def test_a_build_does_it(
    new_project: Project, run_tarn: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARN_KEEP_HOURS", "0")
    counts = []
    for _ in range(3):
        done = run_tarn(new_project, "build", "--force")
        assert done.exit_code == 0, done.output
        counts.append(files(new_project.root))
    assert counts[2] <= counts[1]
    with open_lake(new_project.root) as lake:
        assert len(lake.execute("from ducklake_snapshots('lake')").fetchall()) < 5


@pytest.mark.usefixtures("few_steps")
def test_a_lake_that_is_being_written_is_left_to_the_next_build(
    new_project: Project, run_tarn: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise duckdb.TransactionException("database is locked")

    monkeypatch.setattr("tarn.housekeeping.tidy", busy)
    done = run_tarn(new_project, "build")
    assert done.exit_code == 0
    assert "left to the next build" in done.output
