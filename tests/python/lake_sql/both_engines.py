"""The same rows in Trino and in DuckDB, and answers of both in one form."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
import yaml

from tarn.lake_sql.macros import create_macros
from tarn.lake_sql.schema import VIEWS, columns_of
from tarn.lake_sql.stores import EVENTS, ITEMS, Store, Stores
from tarn.lake_sql.types import Type

HERE: Final = Path(__file__).parent
STORES: Final = Stores(
    (
        Store("cloudtrail", EVENTS, "0f6c1a52-7d1e-5b9c-8a43-0d9f3a1c2b01"),
        Store("other", EVENTS, "0f6c1a52-7d1e-5b9c-8a43-0d9f3a1c2b02"),
        Store("config", ITEMS, "0f6c1a52-7d1e-5b9c-8a43-0d9f3a1c2b03"),
    )
)


@cache
def rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of each store."""
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "rows.yml").read_text())
    return loaded


def trino_type(kind: Type) -> str:
    """A type in Trino's words; moments have milliseconds in Lake."""
    if kind.name == "timestamp":
        return "timestamp(3)"
    if kind.name == "row":
        fields = zip(kind.fields, kind.parts, strict=True)
        return f"row({', '.join(f'{name} {trino_type(part)}' for name, part in fields)})"
    if kind.parts:
        return f"{kind.name}({', '.join(trino_type(part) for part in kind.parts)})"
    return kind.name


def trino_literal(value: Any, kind: Type) -> str:
    """A value as Trino reads it."""
    return f"cast({_trino(value, kind)} as {trino_type(kind)})"


def _trino(value: Any, kind: Type) -> str:
    if value is None:
        return "null"
    match kind.name:
        case "row":
            inner = [_trino(value.get(name), part) for name, part in _fields(kind)]
            return f"row({', '.join(inner)})"
        case "array":
            inner = [
                f"cast({_trino(one, kind.parts[0])} as {trino_type(kind.parts[0])})"
                for one in value
            ]
            return f"array[{', '.join(inner)}]"
        case "map":
            keys = ", ".join(_quoted(one) for one in value)
            values = ", ".join(_trino(one, kind.parts[1]) for one in value.values())
            return f"map(array[{keys}], array[{values}])"
        case "boolean":
            return str(value).lower()
        case "timestamp":
            return f"timestamp {_quoted(value)}"
    return _quoted(str(value))


def _fields(kind: Type) -> list[tuple[str, Type]]:
    return [(name or "", part) for name, part in zip(kind.fields, kind.parts, strict=True)]


def duckdb_literal(value: Any, kind: Type) -> str:
    """A value as DuckDB reads it."""
    return f"cast({_duckdb(value, kind)} as {kind.duckdb})"


def _duckdb(value: Any, kind: Type) -> str:
    if value is None:
        return "null"
    match kind.name:
        case "row":
            inner = [
                f"'{name}': {duckdb_literal(value.get(name), part)}" for name, part in _fields(kind)
            ]
            return f"{{{', '.join(inner)}}}"
        case "array":
            return f"[{', '.join(_duckdb(one, kind.parts[0]) for one in value)}]"
        case "map":
            pairs = [
                f"{_quoted(key)}: {duckdb_literal(one, kind.parts[1])}"
                for key, one in value.items()
            ]
            return f"map {{{', '.join(pairs)}}}"
        case "boolean":
            return str(value).lower()
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def for_trino() -> list[str]:
    """The statements that make the tables in Trino."""
    statements = []
    for store in STORES.known:
        columns = columns_of(store.category)
        listed = ", ".join(f"{name} {trino_type(kind)}" for name, kind in columns.items())
        statements += [
            f"drop table if exists {store.name}",
            f"create table {store.name} ({listed})",
        ]
        for row in rows()[store.name]:
            values = ", ".join(trino_literal(row.get(name), kind) for name, kind in columns.items())
            statements.append(f"insert into {store.name} values ({values})")
    return statements


def in_duckdb() -> duckdb.DuckDBPyConnection:
    """A connection that has the tables where a lake has them, and Lake SQL's macros."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set threads = 1")
    connection.execute("attach ':memory:' as lake")
    for category, view in VIEWS.items():
        columns = columns_of(category)
        selects = []
        for store in STORES.known:
            if store.category == category:
                for row in rows()[store.name]:
                    values = [
                        f'{duckdb_literal(row.get(name), kind)} as "{name}"'
                        for name, kind in columns.items()
                    ]
                    selects.append(
                        f"select {', '.join(values)}, '{store.name}' as _store, true as is_primary"
                    )
        connection.execute(f"create table lake.main.{view} as {' union all '.join(selects)}")
    create_macros(connection)
    return connection


def as_protocol(value: Any, kind: Type) -> Any:
    """A value from DuckDB as Trino's protocol has it in JSON."""
    if value is None:
        return None
    match kind.name:
        case "row":
            inner = list(value.values()) if isinstance(value, Mapping) else list(value)
            return [as_protocol(one, part) for one, part in zip(inner, kind.parts, strict=True)]
        case "array":
            return [as_protocol(one, kind.parts[0]) for one in value]
        case "map":
            return {
                _key(as_protocol(key, kind.parts[0])): as_protocol(one, kind.parts[1])
                for key, one in value.items()
            }
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03d}"
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    return value


def _key(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
