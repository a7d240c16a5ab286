"""Merging a day's landing files: the same rows, whoever reads meanwhile, whenever it is killed."""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from killing import Runner, quick_folder
from lake_likeness import OF_THE_LAST_RUN, facts
from small_lakes import NOW, event, ingest, item, landed, log, put
from test_ingest_kills import kill_everywhere, whole

from ingest import compact, job
from ingest.errors import LakeWriteError, LockedError
from ingest.landing import exchange, lock
from ingest.landing.manifest import Manifest
from ingest.landing.plan import unpacked
from ingest.limits import Limits
from ingest.status import read_status
from tarn.lake import open_lake
from tarn.project import Project

DAYS = ("2023-07-10", "2023-07-11")


def fill(root: Path, source: Path, runs: int = 3) -> None:
    """A lake whose days have a file a run."""
    for run in range(runs):
        events = [event(2 * run + n, eventTime=f"{day}T12:00:00Z") for n, day in enumerate(DAYS)]
        put(source, f"log-{run}.json.gz", log(events))
        put(source, f"item-{run}.json", json.dumps([item(run)]).encode(), zipped=False)
        ingest(root, source)


def merge(root: Path, **options: Any) -> compact.Summary:
    request = compact.Request(root, **options)
    return compact.run(request, clock=lambda: NOW, report=lambda _: None)


def rows(root: Path) -> list[str]:
    """Every landed row with all its columns, lineage too."""
    categories = ("cloudtrail_events", "configuration_items")
    return sorted(repr(row) for name in categories for row in landed(root, name))


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    server = Runner("ingest.compact", "tarn.commands.compact")
    yield server
    server.close()


def test_a_day_becomes_one_file_with_the_same_rows(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    before, facts_before = rows(root), facts(root)
    summary = merge(root)
    assert (summary.days, summary.files_before, summary.files_after) == (3, 9, 3)
    assert summary.records == len(before) == 9
    assert summary.bytes_after < summary.bytes_before
    assert rows(root) == before
    assert facts(root) == facts_before
    assert [store.files for store in read_status(root, NOW).stores] == [2, 1]


def test_a_second_compaction_does_nothing(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    merge(root)
    files = sorted(root.rglob("*.parquet"))
    assert merge(root) == compact.Summary()
    assert sorted(root.rglob("*.parquet")) == files


def test_files_that_are_large_enough_are_merged_no_more(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source", runs=5)
    largest = max(path.stat().st_size for path in root.glob("landing/c*/*/*/2*.parquet"))
    limits = Limits(merged_file=largest + 1, row_group=1)
    before = rows(root)
    assert merge(root, limits=limits).files_after > 3
    assert rows(root) == before
    assert merge(root, limits=limits).days == 0


def test_one_store_or_day_can_be_chosen(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    assert merge(root, store="config", dry_run=True).files_before == 3
    assert merge(root, days=("2023-07-11",)).files_before == 3
    assert merge(root, days=("2023-07-12",)).days == 0
    assert merge(root).files_before == 6


def test_a_dry_run_writes_nothing(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    before = _times(root)
    summary = merge(root, dry_run=True)
    assert (summary.days, summary.files_before, summary.files_after) == (3, 9, 0)
    assert _times(root) == before


def _times(root: Path) -> dict[Path, int]:
    """When each file was last written; SQLite makes some beside a manifest that it only reads."""
    there = (path for path in root.rglob("*") if not path.name.startswith("manifest.sqlite-"))
    return {path: path.stat().st_mtime_ns for path in there if path.is_file()}


def test_a_merged_file_tells_of_its_objects(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    merge(root)
    [path] = root.glob("landing/cloudtrail_events/*/event_date=2023-07-10/*.parquet")
    metadata = pq.read_metadata(path).metadata
    told = unpacked(metadata[b"tarn.objects"].decode())
    assert [(Path(one["uri"]).name, one["records"]) for one in told] == [
        (f"log-{run}.json.gz", 1) for run in range(3)
    ]
    assert metadata[b"tarn.batch"].decode() in path.name


def test_an_altered_file_is_not_merged_away(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    path = next(root.glob("landing/cloudtrail_events/*/event_date=2023-07-10/2*.parquet"))
    path.write_bytes(path.read_bytes() + b"more")
    summary = merge(root)
    assert summary.altered == [str(path.relative_to(root))]
    assert summary.days == 2
    assert len(list(path.parent.glob("*.parquet"))) == 3


def test_a_lost_manifest_is_made_anew(root: Path, tmp_path: Path, tarn: Any) -> None:
    fill(root, tmp_path / "source")
    merge(root)
    before = facts(root)
    whole_status = read_status(root, NOW)
    for path in root.glob("manifest.sqlite*"):
        path.unlink()
    assert tarn("status", "--repair").exit_code == 0
    assert facts(root) == before
    assert read_status(root, NOW) == whole_status


def test_what_was_in_a_lost_merged_file_lands_again(root: Path, tmp_path: Path, tarn: Any) -> None:
    fill(root, tmp_path / "source")
    before = facts(root)["rows"]
    merge(root)
    fill(root, tmp_path / "more", runs=1)
    merge(root)
    for path in root.glob("landing/cloudtrail_events/*/event_date=2023-07-10/*.parquet"):
        path.unlink()
    tarn("status", "--verify", "--repair")
    job.run(job.Request(root, retry_failed=True), clock=lambda: NOW)
    assert [row for row in facts(root)["rows"] if "/source/" in row] == before


def test_killed_at_any_step(runner: Runner, tmp_path: Path) -> None:
    with quick_folder() as lakes:
        fill(lakes / "before", tmp_path / "source")
        before = rows(lakes / "before")
        kill_everywhere(runner, 8, lakes / "before", "compact")
        whole(runner.run("compact", lakes / "right"))
        assert rows(lakes / "right") == before


def test_a_reader_sees_each_row_once(root: Path, tmp_path: Path) -> None:
    """A glob lists the files of before or those of after; a file that is gone by then is an error,
    and never a wrong answer."""
    fill(root, tmp_path / "source", runs=8)
    pattern = f"{root}/landing/cloudtrail_events/store=*/event_date=2023-07-10/*.parquet"
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        with duckdb.connect() as connection:
            while not done.is_set():
                try:
                    found = connection.execute(f"select count(*) from '{pattern}'").fetchone()
                except duckdb.IOException:
                    continue
                assert found is not None
                seen.add(found[0])

    thread = threading.Thread(target=read)
    thread.start()
    for run in range(8, 16):
        put(tmp_path / "source", f"more-{run}.json.gz", log([event(1000 + run)]))
        merge(root)
        ingest(root, tmp_path / "source")
    done.set()
    thread.join()
    assert seen <= set(range(8, 17))


def test_a_build_that_reads_is_waited_for(root: Path, tmp_path: Path) -> None:
    fill(root, tmp_path / "source")
    before = sorted(root.rglob("*.parquet"))
    handle = lock.begin_reading(root)
    waiting = threading.Thread(target=merge, args=(root,))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    assert sorted(root.glob("landing/**/*.parquet")) == before
    os.close(handle)
    waiting.join()
    assert len(list(root.glob("landing/cloudtrail_events/*/*/2*.parquet"))) == 2


def test_it_gives_up_on_a_build_that_never_ends(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(root, tmp_path / "source")
    before = facts(root)
    monkeypatch.setattr(lock, "_PATIENCE", 2)
    handle = lock.begin_reading(root)
    with pytest.raises(LockedError, match="build"):
        merge(root)
    os.close(handle)
    merge(root)
    assert facts(root) == before


def test_a_file_system_that_cannot_exchange_is_told(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(root, tmp_path / "source")
    before = facts(root)

    def cannot(one: Path, other: Path) -> None:
        raise exchange.CannotExchangeError(f"not {one} and {other}")

    monkeypatch.setattr(compact, "exchange", cannot)
    with pytest.raises(LakeWriteError, match="cannot be merged"):
        merge(root)
    monkeypatch.undo()
    assert facts(root) == before


@settings(max_examples=12, deadline=None)
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(0, 40), st.sampled_from(DAYS)), min_size=1, max_size=6),
        min_size=1,
        max_size=5,
    ),
    compacted_after=st.sets(st.integers(0, 4)),
    row_group=st.sampled_from([1, 4096, 1 << 20]),
)
def test_any_batches_compacted_at_any_time_hold_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[list[tuple[int, str]]],
    compacted_after: set[int],
    row_group: int,
) -> None:
    folder = tmp_path_factory.mktemp("lake")
    root, twin = folder / "lake", folder / "twin"
    limits = replace(Limits(), row_group=row_group)
    for number, batch in enumerate(batches):
        records = [event(n, eventTime=f"{day}T01:02:03Z") for n, day in batch]
        put(folder / "source", f"{number}.json.gz", log(records))
        for one in (root, twin):
            ingest(one, folder / "source")
        if number in compacted_after:
            merge(root, limits=limits)
    assert facts(root) == facts(twin)


def test_models_have_nothing_to_do_anew(
    new_project: Project, tmp_path: Path, run_tarn: Any, dbt: Any
) -> None:
    # The others are made anew by every run.
    incremental = ("run", "--select", "+config.materialized:incremental")
    fill(new_project.root, tmp_path / "source")
    dbt(new_project, *incremental)
    before = _marts(new_project)
    merged = run_tarn(new_project, "compact", "--json")
    assert merged.exit_code == 0, merged.output
    assert json.loads(merged.stdout)["files_after"] == 3
    dbt(new_project, *incremental)
    assert _marts(new_project) == before
    dbt(new_project, *incremental, "--full-refresh")
    assert _marts(new_project)[:-1] == before[:-1]


def _marts(project: Project) -> list[Any]:
    with open_lake(project.root) as lake:
        tables = [
            row[0]
            for row in lake.execute(
                "select table_schema || '.' || table_name from information_schema.tables "
                "where table_type = 'BASE TABLE' and table_catalog = 'lake' "
                "and table_schema in ('main', 'intermediate') order by 1"
            ).fetchall()
            if row[0].rpartition(".")[2] not in OF_THE_LAST_RUN
        ]
        contents = [
            sorted(map(repr, lake.execute(f"select * from {name}").fetchall())) for name in tables
        ]
        processed = lake.execute("from bookkeeping.processed_batches order by all").fetchall()
    return [tables, *contents, processed]


def test_the_command_tells_what_it_did(new_project: Project, tmp_path: Path, run_tarn: Any) -> None:
    fill(new_project.root, tmp_path / "source")
    dry = run_tarn(new_project, "compact", "--dry-run")
    assert dry.stdout.startswith("Would merge 9 files of 3 days (9 records, ")
    done = run_tarn(new_project, "compact")
    assert done.stdout.startswith("Merged 9 files of 3 days into 3 (9 records, ")
    assert "nothing to merge" in run_tarn(new_project, "compact").stdout
    wrong = run_tarn(new_project, "compact", "--store", "../x")
    assert wrong.exit_code == 2
    manifest = Manifest.open(new_project.root)
    assert manifest.query("select count(*) from batches where batch_id like '%-compact'")[0][0] == 1
    manifest.close()
