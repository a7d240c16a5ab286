"""Rows as people and programs read them: a table, csv, csv.gz, json or parquet."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import duckdb

from tarn.lake import quoted

if TYPE_CHECKING:
    import pyarrow as pa

# A bind parameter; texts, names and comments are passed over.
_PARAMETER: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\$([a-z]\w*)""")
FORMATS: Final = ("table", "csv", "csv.gz", "json", "parquet")


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query, with the column names that the query spells, repeated ones too."""

    table: "pa.Table"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names as the query spells them."""
        return tuple(self.table.column_names)

    @property
    def unique_columns(self) -> list[str]:
        """The names, a repeated one numbered as DuckDB does it: `resourceType_1`."""
        seen: dict[str, int] = {}
        names = []
        for name in self.columns:
            count = seen.get(name.lower(), 0)
            names.append(f"{name}_{count}" if count else name)
            seen[name.lower()] = count + 1
        return names

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as Python values; maps and structs are dictionaries."""
        columns = (column.to_pylist(maps_as_pydicts="lossy") for column in self.table.columns)
        return list(zip(*columns, strict=True))

    @property
    def texts(self) -> list[list[str]]:
        """The rows as texts, for people and for CSV."""
        return [[as_text(value) for value in row] for row in self.rows]

    def text_rows(self) -> Iterable[Sequence[str]]:
        """The same rows, one after the other."""
        return self.texts

    def picked(self, names: Sequence[str]) -> "Result":
        """Only these columns, in this order; raises KeyError for a name that is not there."""
        places = {name.lower(): place for place, name in enumerate(self.unique_columns)}
        return Result(self.table.select([places[name.strip().lower()] for name in names]))


def fetch(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> Result:
    """Run a query with its bind parameters.

    They are put in as literals: before DuckDB takes a value from Python it imports pandas, where
    there is one, which takes longer than most queries.
    """

    def literal(found: re.Match[str]) -> str:
        return _literal(values[found[1]]) if found[1] in values else found[0]

    return Result(connection.execute(_PARAMETER.sub(literal, sql)).to_arrow_table())


def _literal(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool() | int():
            return str(value).lower()
        case datetime():
            return f"timestamp '{value:%Y-%m-%d %H:%M:%S.%f}'"
    return quoted(str(value))


def as_text(value: Any) -> str:
    """A value as Lake prints it: times to the millisecond, maps as {key=value}."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.") + f"{value.microsecond // 1000:03d}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={as_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_text(item) for item in value) + "]"
    return str(value)


def write_csv(result: Result, target: TextIO) -> None:
    """Comma-separated rows under the names that the query spells."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.text_rows())


def write_json(result: Result, target: TextIO) -> None:
    """One JSON array of objects, a row a line; times are ISO 8601 in UTC."""
    names = result.unique_columns
    lines = [
        json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False)
        for row in result.rows
    ]
    target.write("[" + ",\n ".join(lines) + "]\n")


def write_file(result: Result, path: Path, format_name: str) -> None:
    """Write the rows to a file whole: a file that is there stays until the new one is ready."""
    aside = path.with_name(path.name + ".new")
    if format_name == "parquet":
        write_parquet(result, aside)
    else:
        aside.write_bytes(encode(result, format_name))
    aside.replace(path)


def encode(result: Result, format_name: str) -> bytes:
    """The rows as csv, csv.gz or json."""
    buffer = io.StringIO()
    (write_json if format_name == "json" else write_csv)(result, buffer)
    data = buffer.getvalue().encode()
    return gzip.compress(data, mtime=0) if format_name == "csv.gz" else data


def write_parquet(result: Result, path: Path) -> None:
    """Typed Parquet; repeated names are numbered."""
    import pyarrow.parquet

    table = result.table.rename_columns(result.unique_columns)
    pyarrow.parquet.write_table(table, path, compression="zstd")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(item) for item in value]
    return value
