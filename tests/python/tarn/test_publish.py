"""What is published: whole, of one state, and readable while it is swapped."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
from click.testing import Result

from tarn import publish as publishing
from tarn.dbt_plugin import ensure_catalog
from tarn.errors import WrongUse
from tarn.lake import open_lake
from tarn.project import Project
from tarn.publish import DATABASE, PARQUET, publish, published

Run = Callable[..., Result]

NOW = datetime(2026, 3, 9, tzinfo=UTC)
MART = "fct_bucket_encryption_changes"


@pytest.fixture
def own_lake(tmp_path: Path) -> Path:
    """A small lake of the test's own: two marts and an event data store."""
    root = tmp_path / "lake"
    root.mkdir()
    ensure_catalog(root / "catalog.sqlite")
    with open_lake(root, read_only=False) as lake:
        lake.execute(f"create table {MART} as select i, i % 2 = 0 as is_even from range(100) t(i)")
        lake.execute(
            "create table dim_resources as select i, repeat('x', 200) x from range(50000) t(i)"
        )
        lake.execute("create schema intermediate")
        lake.execute("create table intermediate.events as select map {'a': 'b'} as request")
        lake.execute("create view eds_cloudtrail_events as select * from lake.intermediate.events")
    return root


def forget_a_change(root: Path) -> None:
    """Do what a build does: make another state of a mart."""
    with open_lake(root, read_only=False) as lake:
        lake.execute(f"delete from {MART} where is_even")


def rows_in(path: Path) -> int:
    """As a client that connects anew sees it."""
    with duckdb.connect() as client:
        client.execute(f"attach '{path}' as published (read_only)")
        return int(client.execute(f"select count(*) from published.{MART}").fetchall()[0][0])


def test_a_reader_goes_on_seeing_the_old_rows_until_it_connects_anew(
    own_lake: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    before, _ = publish(own_lake, folder, NOW, event_data_stores=False)
    assert list(before.rows) == ["dim_resources", MART]
    reader = duckdb.connect(str(folder / DATABASE), read_only=True)
    forget_a_change(own_lake)
    after, is_new = publish(own_lake, folder, NOW, event_data_stores=True)
    assert is_new
    assert list(after.rows) == ["dim_resources", MART, "eds_cloudtrail_events"]
    assert after.rows[MART] == before.rows[MART] // 2
    assert reader.execute(f"select count(*) from {MART}").fetchall() == [(before.rows[MART],)]
    reader.close()
    assert rows_in(folder / DATABASE) == after.rows[MART]
    with duckdb.connect() as client:
        client.execute(f"attach '{folder / DATABASE}' as published (read_only)")
        for events in (
            "published.eds_cloudtrail_events",
            f"read_parquet('{folder / PARQUET}/eds_cloudtrail_events/*.parquet')",
        ):
            assert client.execute(f"select request['a'] from {events}").fetchall() == [("b",)]
    assert polars.read_parquet(folder / PARQUET / MART).height == after.rows[MART]
    assert publish(own_lake, folder, NOW, event_data_stores=True) == (after, False)
    files = [folder / DATABASE, *(folder / PARQUET).glob("*/*.parquet")]
    assert {oct(path.stat().st_mode & 0o222) for path in files} == {"0o0"}


def test_who_reads_parquet_meets_whole_files_or_is_told_that_they_are_gone(
    own_lake: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    made = [publish(own_lake, folder, NOW, event_data_stores=False)[0]]
    seen: set[int] = set()
    errors: list[duckdb.Error] = []
    done = threading.Event()

    def read() -> None:
        with duckdb.connect() as client:
            while not done.is_set():
                try:
                    found = client.execute(
                        f"select count(*), max(length(x)) from "
                        f"read_parquet('{folder / PARQUET}/dim_resources/*.parquet')"
                    ).fetchall()
                    seen.add(found[0][0])
                except duckdb.Error as error:
                    errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for remainder in range(2):
        with open_lake(own_lake, read_only=False) as lake:
            lake.execute(f"delete from dim_resources where i % 5 = {remainder}")
        made.append(publish(own_lake, folder, NOW, event_data_stores=False)[0])
    done.set()
    reader.join()
    # At the very instant of a swap a query may find its files gone; it never mixes two versions.
    assert [one for one in errors if not isinstance(one, duckdb.IOException)] == []
    assert len(seen) > 1
    assert seen <= {one.rows["dim_resources"] for one in made}


def test_a_run_that_is_killed_leaves_what_was_there_and_the_next_one_goes_on(
    own_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    before, _ = publish(own_lake, folder, NOW, event_data_stores=False)
    forget_a_change(own_lake)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    for step in ("_write_database", "_swap", "_note"):
        with monkeypatch.context() as patch:
            patch.setattr(publishing, step, die)
            with pytest.raises(KeyboardInterrupt):
                publish(own_lake, folder, NOW, event_data_stores=False)
        # Once the files are swapped, but not noted, nothing is known to be whole.
        assert published(folder) == (before if step != "_note" else None)
        rows = before.rows[MART] if step != "_note" else before.rows[MART] // 2
        assert rows_in(folder / DATABASE) == rows
    after, is_new = publish(own_lake, folder, NOW, event_data_stores=False)
    assert is_new
    assert after.rows[MART] == before.rows[MART] // 2
    assert rows_in(folder / DATABASE) == after.rows[MART]
    assert published(folder) == after
    names = [path.name for path in folder.iterdir()]
    assert not any(name.startswith(".tarn.duckdb-") for name in names)
    assert sum(name.startswith(".parquet-") for name in names) <= 2
    (folder / PARQUET).unlink()
    (folder / PARQUET).symlink_to(".parquet-gone")
    assert published(folder) is None


def test_nobody_s_files_are_written_over(tmp_path: Path) -> None:
    root = tmp_path / "lake"
    mine = tmp_path / "out"
    mine.mkdir()
    (mine / DATABASE).write_text("mine")
    for folder in (root / "tables", root / "landing" / "more", root, mine):
        with pytest.raises(WrongUse):
            publish(root, folder, NOW, event_data_stores=False)
    assert (mine / DATABASE).read_text() == "mine"


def test_before_anything_is_built_the_remedy_is_told(
    new_project: Project, run_tarn: Run, tmp_path: Path
) -> None:
    shown = run_tarn(new_project, "publish", str(tmp_path / "out"))
    assert shown.exit_code == 1
    assert "tarn build" in shown.stderr
