"""Columns printed as a whole are what their values are, one by one."""

import io
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from tarn.lake_sql.answers import LakeResult
from tarn.lake_sql.texts import text_rows
from tarn.results import write_csv

MAPS = pa.map_(pa.string(), pa.string())
PEOPLE = pa.struct([("name", pa.string()), ("tags", MAPS), ("Years", pa.list_(pa.int64()))])
COLUMNS: dict[str, pa.Array] = {
    "texts": pa.array(["a", "", None, 'q"uote', "com,ma", "line\nbreak", "\r", "ü", " x "]),
    "booleans": pa.array([True, False, None]),
    "numbers": pa.array([0, -5, None, 2**62]),
    "narrow": pa.array([0, -5, None], pa.int8()),
    "doubles": pa.array([0.0, 1.5, None, 1e10, 1e-5, float("nan"), float("-inf"), -0.0]),
    "decimals": pa.array([Decimal("1.50"), None, Decimal("0.00")], pa.decimal128(10, 2)),
    "small decimals": pa.array([Decimal("0E-8")], pa.decimal128(20, 8)),
    "moments": pa.array(
        [
            datetime.fromisoformat("2022-11-18 00:00:00"),
            None,
            datetime.fromisoformat("1969-12-31 23:59:59.999999"),
        ],
        pa.timestamp("us"),
    ),
    "early moments": pa.array(
        [
            datetime.fromisoformat("0033-04-03 15:00:00"),
            datetime.fromisoformat("2022-01-01 00:00:00"),
        ],
        pa.timestamp("us"),
    ),
    "days": pa.array([date(2022, 11, 18), None, date(33, 4, 3)], pa.date32()),
    "bytes": pa.array([b"\x00\xff", None, b""]),
    "maps": pa.array([[("a", "b"), ("c", None)], [], None, [("ü", "x")]], MAPS),
    "lists": pa.array([["a", None], [], None, ["b,c"]]),
    "lists of lists": pa.array([[[1, None], None, []], [], None]),
    "rows": pa.array(
        [
            {"name": "n", "tags": [("k", "v")], "Years": [1, None]},
            {"name": None, "tags": None, "Years": None},
            None,
        ],
        PEOPLE,
    ),
    "lists of rows": pa.array(
        [[{"name": "x", "tags": [], "Years": []}, None], None], pa.list_(PEOPLE)
    ),
    "nothing": pa.nulls(3),
    "moments in maps": pa.array(
        [[("a", datetime.fromisoformat("2022-11-18 01:02:03.004000"))], None],
        pa.map_(pa.string(), pa.timestamp("us")),
    ),
}


def result(column: pa.Array) -> LakeResult:
    return LakeResult(pa.table({"c0": column}), ("c",), ("varchar",))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_printed_as_its_values_are(name: str) -> None:
    answer = result(COLUMNS[name])
    assert [list(row) for row in text_rows(answer.table)] == answer.texts


@pytest.mark.parametrize("name", COLUMNS)
def test_a_slice_of_a_column_is_too(name: str) -> None:
    """The second million of a signed export is one."""
    answer = result(pa.concat_arrays([COLUMNS[name]] * 2).slice(1, len(COLUMNS[name])))
    assert [list(row) for row in text_rows(answer.table)] == answer.texts


def test_what_python_has_no_moment_for_is_an_error_here_too() -> None:
    late = pa.array([300_000_000_000_000_000], pa.timestamp("us"))
    with pytest.raises(OverflowError):
        list(text_rows(result(late).table))


def test_no_rows_are_a_line_of_names() -> None:
    told = io.StringIO()
    write_csv(result(pa.array([], pa.string())), told)
    assert told.getvalue() == "c\n"
