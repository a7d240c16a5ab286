"""Plain `dbt run` in a new lake with one kind landed. With nothing landed: test_readme.py."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from building import invoke_dbt, run_dbt
from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project

# The tables of now, and whether DuckLake knows statistics of them.
STATISTICS = """
    select table_name, table_id in (select table_id from ducklake_table_stats)
    from ducklake_table
    where end_snapshot is null
"""
# The smallest and the largest value of some of a table's columns, as DuckLake says.
COLUMN_STATISTICS = """
    select column_name, min_value, max_value
    from ducklake_table_column_stats
    inner join ducklake_column using (table_id, column_id)
    inner join ducklake_table using (table_id)
    where
        table_name = ?
        and ducklake_table.end_snapshot is null
        and column_name in ('captured_at', 'captured_date', 'resource_type')
"""


@pytest.mark.parametrize("kind", ["CloudTrail", "Config"])
def test_one_kind_alone_is_enough(
    new_project: Project,
    run_tarn: Callable[..., Result],
    dbt: Callable[..., None],
    small_deliveries: Path,
    kind: str,
) -> None:
    source = small_deliveries / "AWSLogs" / "444455556666" / kind
    assert run_tarn(new_project, "ingest", str(source)).exit_code in (0, 3)
    dbt(new_project, "run")
    loaded = seeds(new_project)
    dbt(new_project, "test", "--exclude", "test_type:unit", "path:tests/macros")
    with open_lake(new_project.root) as lake:
        evidence = lake.execute(
            "select distinct evidence from fct_bucket_encryption_changes"
        ).fetchall()
        resources = lake.execute("select count(*) from dim_resources").fetchone()
    if kind == "CloudTrail":
        assert ("item_without_event",) not in evidence
        assert resources == (0,)
    else:
        assert evidence == [("item_without_event",)]
        assert resources != (0,)
    # Of a table that has none, DuckLake asks its catalog again for each column of each reading.
    with sqlite3.connect(new_project.root / "catalog.sqlite") as catalog:
        known = dict(catalog.execute(STATISTICS).fetchall())
    assert known["dim_resources"]
    assert [name for name, has_statistics in known.items() if not has_statistics] == []
    assert most_rows_in_a_row_group(new_project, written=50_000) < 25_000
    # `dbt run` has loaded the seeds, as `dbt seed` does.
    assert len(loaded) == len([*(new_project.folder / "seeds").glob("*.csv")])
    if kind == "Config":
        dbt(new_project, "seed", "--full-refresh")
        assert seeds(new_project) == loaded


def most_rows_in_a_row_group(project: Project, written: int) -> int:
    """Of a table with so many rows that is written to the lake now."""
    with open_lake(project.root, read_only=False) as lake:
        lake.execute(f"create table written as select range as n from range({written})")
        found = lake.execute(
            "select max(row_group_num_rows) from parquet_metadata(?)",
            [str(project.root / "tables" / "**" / "written" / "*.parquet")],
        ).fetchone()
        lake.execute("drop table written")
    assert found is not None
    return int(found[0])


def test_a_mart_is_not_there_before_it_is_filled(new_project: Project) -> None:
    """What lies between is made at once, and empty: an empty mart would be taken for an answer."""
    filled = invoke_dbt(new_project, "run", "--select", "int_call_words", "dim_resources")
    assert not filled.success, "nothing that they read is there"
    with open_lake(new_project.root) as lake:
        tables = lake.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    assert ("intermediate", "int_call_words") in tables
    assert "dim_resources" not in dict(map(reversed, tables))


def test_a_table_of_another_shape_stands_until_it_is_filled_anew(new_project: Project) -> None:
    """Views read it: people would find it empty. What is a table no more is gone."""
    invoke_dbt(new_project, "run", "--select", "int_calls", "int_call_words")
    with open_lake(new_project.root, read_only=False) as lake:
        lake.execute("use lake.intermediate")
        shape = lake.execute("describe int_call_words").fetchall()
        lake.execute(
            "insert into int_calls (event_source, call_name) values ('s', 'StopInstances')"
        )
        lake.execute("create or replace table int_call_words as select 'old' as word")
        lake.execute("create table int_recording_stages as select 'old' as stage")
        before = lake.execute("select max(snapshot_id) from ducklake_snapshots('lake')").fetchone()
    run_dbt(new_project, "run", "--select", "int_call_words", "int_recording_stages")
    with open_lake(new_project.root) as lake:
        lake.execute("use lake.intermediate")
        assert lake.execute("describe int_call_words").fetchall() == shape
        versions = "select snapshot_id from ducklake_snapshots('lake') where snapshot_id >= ?"
        for (version,) in lake.execute(versions, before).fetchall():
            rows = f"select word from int_call_words at (version => {version})"
            assert lake.execute(rows).fetchall(), version
        tables = {
            row[0] for row in lake.execute("select table_name from duckdb_tables()").fetchall()
        }
    assert "int_recording_stages" not in tables


def test_statistics_of_no_rows_are_taken_further_by_the_first_rows(
    new_project: Project,
    run_tarn: Callable[..., Result],
    dbt: Callable[..., None],
    small_deliveries: Path,
) -> None:
    """DuckDB leaves out what they say that there is not: were they wrong, rows would be missing."""
    model = "int_configuration_items_deduplicated"
    for kind in ("CloudTrail", "Config"):
        source = small_deliveries / "AWSLogs" / "444455556666" / kind
        assert run_tarn(new_project, "ingest", str(source)).exit_code in (0, 3)
        dbt(new_project, "run", "--select", f"+{model}")
    assert seeds(new_project) == {}, "no model that ran reads one"
    with sqlite3.connect(new_project.root / "catalog.sqlite") as catalog:
        said = catalog.execute(COLUMN_STATISTICS, [model]).fetchall()
    assert len(said) == 3
    with open_lake(new_project.root) as lake:
        for column, smallest, largest in said:
            true = f"cast(min({column}) as varchar), cast(max({column}) as varchar)"
            rows = lake.execute(f"select {true} from intermediate.{model}").fetchall()
            assert rows == [(smallest, largest)], column


def seeds(project: Project) -> dict[str, object]:
    """The columns with their types and the rows of every seed."""
    with open_lake(project.root) as lake:
        names = lake.execute(
            "select table_name from duckdb_tables() where schema_name = 'reference'"
        ).fetchall()
        return {
            name: (
                lake.execute(f"describe lake.reference.{name}").fetchall(),
                sorted(lake.execute(f"from lake.reference.{name}").fetchall(), key=repr),
            )
            for (name,) in names
        }
