"""What a query would read: the relations, with their rows, files and bytes, and the columns."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Read:
    """A table that a query reads: the rows, files and bytes of all of it are the most that it is.

    Only the columns named are read of them, and files in which nothing can lie that is asked for
    are left out.
    """

    table: str
    rows: int
    files: int
    size: int
    columns: tuple[str, ...]


def reads(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any]
) -> tuple[Read, ...]:
    """What the query reads when run with these values, the largest table first; runs nothing."""
    used = {name: value for name, value in values.items() if f"${name}" in sql}
    row = connection.execute(f"explain (format json) {sql}", used).fetchone()
    scans: dict[str, set[str]] = {}
    for node in _nodes(json.loads(row[1])) if row else ():
        info = node["extra_info"]
        if "Table" in info:
            name = info["Table"].rpartition(".")[2]
            scans.setdefault(name, set()).update(_listed(info.get("Projections")))
    sizes = _sizes(connection)
    found = [
        Read(name, *sizes.get(name, (0, 0, 0)), tuple(sorted(columns)))
        for name, columns in scans.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.size, one.table)))


def _nodes(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from _nodes(node["children"])


def _listed(projections: str | list[str] | None) -> list[str]:
    if projections is None:
        return []
    return [projections] if isinstance(projections, str) else projections


def _sizes(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int, int]]:
    """Rows, files and bytes of each table of the lake."""
    rows = connection.execute(
        """
        select tables.table_name, tables.estimated_size, info.file_count, info.file_size_bytes
        from duckdb_tables() as tables
        inner join ducklake_table_info('lake') as info
            on tables.table_name = info.table_name
        where tables.database_name = 'lake'
        """
    ).fetchall()
    return {name: (count or 0, files, size) for name, count, files, size in rows}
