"""Which columns each column of a model is made of, as sqlglot reads the compiled SQL."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb
from sqlglot import exp
from sqlglot.lineage import lineage

# A relation and one of its columns.
Column = tuple[str, str]
_COLUMNS: Final = """
    select schema_name, table_name, column_name, data_type
    from duckdb_columns()
    where database_name = 'lake'
"""


def column_lineage(
    manifest: Mapping[str, Any], lake: duckdb.DuckDBPyConnection
) -> dict[Column, frozenset[Column]]:
    """Each model's columns with those that their values are taken from, of models, seeds and
    sources. What a model only joins, filters or sorts by is not among them.

    Made of dbt's manifest, with compiled models, and of the lake that they are built in.
    """
    schema = _schema(manifest, lake)
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    names = {(node["schema"], node.get("alias", node["name"])): node["name"] for node in nodes}
    return {
        (node["name"], column): origins
        for node in nodes
        if node["resource_type"] == "model"
        for column, origins in _origins(_sql(node, manifest), schema, names)
    }


def _schema(manifest: Mapping[str, Any], lake: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The columns of all that is in the lake. Of nested types sqlglot needs to know nothing."""
    columns = lake.execute(_COLUMNS).fetchall()
    for source in manifest["sources"].values():
        said = source["columns"].values()
        columns += [(source["schema"], source["name"], one["name"], "varchar") for one in said]
    schema: dict[str, Any] = {}
    for place, table, column, data_type in columns:
        known = schema.setdefault("lake", {}).setdefault(place, {}).setdefault(table, {})
        known[column] = "varchar" if "(" in data_type or "[" in data_type else data_type
    return schema


def _sql(node: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """A model's SQL, in which sources are tables: on DuckDB they are files."""
    sql: str = node["compiled_code"]
    for source in manifest["sources"].values():
        table = f'"lake"."{source["schema"]}"."{source["name"]}"'
        sql = sql.replace(source["relation_name"], table)
    return sql


def _origins(
    sql: str, schema: dict[str, Any], names: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, frozenset[Column]]]:
    for column, node in lineage(None, sql, schema, dialect="duckdb", trim_selects=False).items():
        yield (
            column,
            frozenset(
                (
                    names.get((part.source.db, part.source.name), part.source.name),
                    _column(part.name),
                )
                for part in node.walk()
                if isinstance(part.source, exp.Table)
            ),
        )


def _column(name: str) -> str:
    """The column that a node of sqlglot's is named for: `alias.column`, quoted or not."""
    return name.rpartition(".")[2].strip('"')
