"""What a second plain `dbt` run does: nothing, or just what the new batches ask for."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import copy_project, invoke_dbt
from click.testing import Result
from lake_likeness import built_tables

from tarn.build import working_in
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("second_builds")

NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
EVENTS = ("--select", "+int_events_deduplicated")
INCREMENTAL = {
    "int_events_deduplicated": ("cloudtrail_events", "event_date"),
    "int_configuration_items_deduplicated": ("configuration_items", "captured_date"),
}
RunTarn = Callable[..., Result]
Dbt = Callable[..., None]


@pytest.fixture(scope="module")
def plain(
    tmp_path_factory: pytest.TempPathFactory,
    template: Path,
    small_deliveries: Path,
    run_tarn: RunTarn,
    dbt: Dbt,
) -> Project:
    """Two of the three days landed and built, in the folder where plain dbt has its lake."""
    project = copy_project(tmp_path_factory.mktemp("plain") / "project", template)
    early = [path for path in files_of(small_deliveries) if not is_of_the_third_day(path)]
    assert run_tarn(project, "ingest", *map(str, early)).exit_code in (0, 3)
    dbt(project, "build", *NO_TESTS)
    return project


def files_of(deliveries: Path) -> Iterator[Path]:
    return (path for path in sorted(deliveries.rglob("*")) if path.is_file())


def is_of_the_third_day(path: Path) -> bool:
    return "/2026/03/04/" in str(path) or "/2026/3/4/" in str(path)


def rows(lake: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return lake.execute(sql).fetchall()


def batches(project: Project, category: str) -> dict[str, set[str]]:
    """The days of each batch of a category, from the ledger."""
    found: dict[str, set[str]] = {}
    ledger = project.root / "landing" / "ledger" / "*.parquet"
    sql = f"select batch_id, day from '{ledger}' where category = '{category}'"
    for batch, day in duckdb.sql(sql).fetchall():
        found.setdefault(batch, set()).add(day)
    return found


def days_of_new_items(project: Project, batch: str) -> set[str]:
    """The days of the items that no batch but this one has delivered."""
    landed = project.root / "landing" / "configuration_items" / "*" / "*" / "*.parquet"
    sql = (
        f"select cast(any_value(captured_date) as varchar) from '{landed}'"
        f" group by store, item_key having min(_batch_id) = '{batch}'"
    )
    return {row[0] for row in duckdb.sql(sql).fetchall()}


def processed(project: Project, model: str) -> set[str]:
    with open_lake(project.root) as lake:
        table = "lake.bookkeeping.processed_batches"
        return {
            row[0] for row in rows(lake, f"select batch_id from {table} where model = '{model}'")
        }


def snapshot(project: Project) -> int:
    with open_lake(project.root) as lake:
        return int(rows(lake, "select max(snapshot_id) from lake.snapshots()")[0][0])


def catalog_version(project: Project) -> int:
    """A number that grows when a table or a view is made, changed or dropped."""
    with open_lake(project.root) as lake:
        return int(rows(lake, "select max(schema_version) from lake.snapshots()")[0][0])


def touched_days(project: Project, model: str, column: str, since: int) -> set[str]:
    """The days of the rows that were inserted or deleted after a snapshot."""
    place = f"'lake', 'intermediate', '{model}', {since + 1}, {snapshot(project)}"
    with open_lake(project.root) as lake:
        changes = f"ducklake_table_changes({place})"
        return {
            row[0]
            for row in rows(lake, f"select distinct cast({column} as varchar) from {changes}")
        }


def test_a_second_build_changes_no_row_and_leaves_the_catalog_as_it_is(
    plain: Project, dbt: Dbt
) -> None:
    before, shape = built_tables(plain.root), catalog_version(plain)
    assert before["main.fct_bucket_encryption_changes"]
    dbt(plain, "build", *NO_TESTS)
    assert built_tables(plain.root) == before
    assert catalog_version(plain) == shape


def test_the_catalog_holds_the_rows_of_no_table(plain: Project) -> None:
    """A delete from a table that may have rows in the catalog reads the catalog of its making."""
    with sqlite3.connect(plain.root / "catalog.sqlite") as catalog:
        assert catalog.execute("select * from ducklake_inlined_data_tables").fetchall() == []


@pytest.mark.parametrize(
    ("model", "column", "other"),
    [
        ("inventory/dim_resources", " resources.resource_key,", " 1 as resource_key,"),
        ("activity/fct_insights", " event_key,", " event_key as key_of_event,"),
    ],
)
def test_a_model_that_breaks_its_contract_changes_nothing(
    plain: Project, model: str, column: str, other: str
) -> None:
    path = plain.folder / "models" / "marts" / f"{model}.sql"
    text, before = path.read_text(encoding="utf-8"), snapshot(plain)
    path.write_text(text.replace(column, other, 1), encoding="utf-8")
    outcome = invoke_dbt(plain, "run", "--full-refresh", "--select", path.stem)
    path.write_text(text, encoding="utf-8")
    assert not outcome.success
    assert "the contract of" in outcome.result.results[-1].message
    assert snapshot(plain) == before


def test_a_new_batch_makes_only_its_days_anew_and_readers_never_notice(
    plain: Project, small_deliveries: Path, run_tarn: RunTarn
) -> None:
    tables = [f"lake.intermediate.{model}" for model in INCREMENTAL]
    tables += ["fct_bucket_encryption_changes", "fct_resource_creations", "eds_cloudtrail_events"]

    def counts() -> list[int]:
        with open_lake(plain.root) as lake:
            return [int(rows(lake, f"select count(*) from {name}")[0][0]) for name in tables]

    known = {model: set(batches(plain, category)) for model, (category, _) in INCREMENTAL.items()}
    late = [path for path in files_of(small_deliveries) if is_of_the_third_day(path)]
    assert run_tarn(plain, "ingest", *map(str, late)).exit_code in (0, 3)
    for model in INCREMENTAL:
        assert processed(plain, model) == known[model]
    since, old = snapshot(plain), counts()
    readings = read_while(plain, counts, "build", "--quiet", *NO_TESTS)
    new = counts()
    assert new > old
    for position, name in enumerate(tables):
        seen = [reading[position] for reading in readings]
        assert set(seen) <= {old[position], new[position]}, name
        assert seen == sorted(seen), name
    for model, (category, column) in INCREMENTAL.items():
        landed = batches(plain, category)
        assert processed(plain, model) == set(landed)
        [added] = set(landed) - known[model]
        # A snapshot repeats what it knows of earlier days.
        new_days = days_of_new_items(plain, added) if column == "captured_date" else landed[added]
        assert new_days < landed[added] or column == "event_date"
        assert touched_days(plain, model, column, since) == new_days


def test_what_lands_while_dbt_runs_is_left_to_the_next_run(
    plain: Project, small_deliveries: Path, dbt: Dbt
) -> None:
    """The same files into another store, as soon as the first model has begun."""
    from dbt.cli.main import dbtRunner

    log = next(path for path in files_of(small_deliveries) if "/CloudTrail/" in str(path))
    before = processed(plain, "int_events_deduplicated")
    landed: list[Result] = []

    def land(event: Any) -> None:
        if event.info.name == "LogStartLine" and not landed:
            command = [str(Path(sys.executable).parent / "tarn"), "ingest", str(log)]
            landed.append(run_in(plain, [*command, "--store", "another"]))

    with working_in(plain):
        outcome = dbtRunner(callbacks=[land]).invoke(["run", "--quiet", *EVENTS])
    assert outcome.success, outcome.exception
    assert landed
    assert landed[0].returncode == 0, landed[0].stderr
    new = set(batches(plain, "cloudtrail_events")) - before
    assert len(new) == 1
    assert processed(plain, "int_events_deduplicated") == before
    dbt(plain, "run", *EVENTS)
    assert processed(plain, "int_events_deduplicated") == before | new
    dbt(plain, "test", "--select", "every_delivered_event_is_kept_once")
    with open_lake(plain.root) as lake:
        [[count]] = rows(
            lake, "select count(*) from eds_cloudtrail_events where _store = 'another'"
        )
    assert count > 0


def test_people_read_while_what_they_read_is_built_anew(plain: Project) -> None:
    """A reader sees a table's old rows or its new ones, never none and never an error."""
    tables = ("fct_bucket_encryption_changes", "dim_resources", "eds_cloudtrail_events")

    def counts() -> list[tuple[Any, ...]]:
        with open_lake(plain.root) as lake:
            return [rows(lake, f"select count(*) from {name}")[0] for name in tables]

    whole = counts()
    assert (0,) not in whole
    anew = ("run", "--full-refresh", "--quiet", "--select", *(f"+{name}" for name in tables))
    readings = read_while(plain, counts, *anew, pause=0.5)
    assert all(reading == whole for reading in readings)


def read_while(
    project: Project, read: Callable[[], Any], *arguments: str, pause: float = 1
) -> list[Any]:
    """What is read again and again while dbt runs in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "TARN_ROOT"}
    command = [str(Path(sys.executable).parent / "dbt"), *arguments]
    build = subprocess.Popen(command, cwd=project.folder, env=environment)
    readings = []
    while build.poll() is None:
        readings.append(read())
        time.sleep(pause)
    assert build.returncode == 0
    assert len(readings) >= 3
    return readings


def run_in(project: Project, command: list[str]) -> Any:
    return subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=False)
