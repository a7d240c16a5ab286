"""Rows as csv, json and parquet."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from tarn import results

SQL = """
    select
        'a,b' as name, timestamp '2026-03-02 10:00:00.123456' as at,
        map {'k': 'v', 'l': null} as map, [1, 2] as list, true as flag, null as name
"""
with duckdb.connect() as _connection:
    RESULT = results.fetch(_connection, SQL, {})


def test_csv_keeps_the_names_of_the_query_and_prints_as_lake_does() -> None:
    buffer = io.StringIO()
    results.write_csv(RESULT, buffer)
    assert buffer.getvalue() == (
        'name,at,map,list,flag,name\n"a,b",2026-03-02 10:00:00.123,"{k=v, l=}","[1, 2]",true,\n'
    )


def test_json_numbers_a_repeated_name() -> None:
    buffer = io.StringIO()
    results.write_json(RESULT, buffer)
    assert json.loads(buffer.getvalue()) == [
        {
            "name": "a,b",
            "at": "2026-03-02T10:00:00.123Z",
            "map": {"k": "v", "l": None},
            "list": [1, 2],
            "flag": True,
            "name_1": None,
        }
    ]


def test_json_of_no_rows_is_an_empty_array() -> None:
    assert json.loads(results.encode(results.Result(RESULT.table.slice(0, 0)), "json")) == []


def test_picked_columns_come_in_the_order_asked_for() -> None:
    picked = RESULT.picked(["name_1", " FLAG"])
    assert picked.columns == ("name", "flag")
    assert picked.rows == [(None, True)]


@pytest.mark.parametrize("format_name", ["csv", "csv.gz", "json"])
def test_files_are_swapped_in_whole(tmp_path: Path, format_name: str) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    results.write_file(RESULT, path, format_name)
    assert path.read_bytes() == results.encode(RESULT, format_name)
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_keeps_types_and_numbers_a_repeated_name(tmp_path: Path) -> None:
    sql = "select $n as number, timestamp '2026-03-02 10:00:00' as at, map {'k': 'v'} as m, 1 as at"
    path = tmp_path / "out.parquet"
    with duckdb.connect() as connection:
        result = results.fetch(connection, sql, {"n": 7})
    results.write_file(result, path, "parquet")
    table = pyarrow.parquet.read_table(path)
    assert table.column_names == ["number", "at", "m", "at_1"]
    assert table.column("number").to_pylist() == [7]
    assert str(table.schema.field("at").type) == "timestamp[us]"


def test_parameters_are_put_in_as_what_they_are_and_never_into_a_text() -> None:
    sql = """select $text as text, $none as none, $yes as yes, $count as "$count", $at as at,
        '$text' as said -- $text"""
    values = {
        "text": "it's $count",
        "none": None,
        "yes": True,
        "count": 7,
        "at": datetime(2026, 3, 3, 4, 5, 6, 789000, UTC).replace(tzinfo=None),
    }
    with duckdb.connect() as connection:
        found = results.fetch(connection, sql, values)
    assert found.columns == ("text", "none", "yes", "$count", "at", "said")
    assert found.rows == [("it's $count", None, True, 7, values["at"], "$text")]
