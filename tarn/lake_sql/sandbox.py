"""The connection that a Lake query runs in: it reads the lake, and can do nothing else."""

import json
from pathlib import Path
from typing import Final

import duckdb

from tarn.lake import open_lake, quoted
from tarn.lake_sql.macros import create_macros

DEFAULT_MEMORY: Final = "4GB"
# What is told about a query that ran.
_MEASURED: Final = {"TOTAL_BYTES_READ": "true", "CUMULATIVE_ROWS_SCANNED": "true"}


def open_sandbox(root: Path, memory: str = DEFAULT_MEMORY) -> duckdb.DuckDBPyConnection:
    """A connection to the lake that is locked: no files but the lake's, no network, no settings.

    Every query that gets here was made by the translator of names that it knows; this is the
    second wall. Raises TarnError when nothing has been built yet.
    """
    connection = open_lake(root)
    try:
        lock(connection, root, memory)
    except duckdb.Error:
        connection.close()
        raise
    return connection


def lock(connection: duckdb.DuckDBPyConnection, root: Path, memory: str) -> None:
    """Make the macros, set the limits, and close everything that leads outside."""
    connection.execute("use memory.main")
    create_macros(connection)
    connection.execute("set enable_profiling = 'no_output'")
    connection.execute(f"set custom_profiling_settings = '{json.dumps(_MEASURED)}'")
    # Literals: with a parameter DuckDB would import pandas first.
    connection.execute(f"set memory_limit = {quoted(memory)}")
    # Nothing is written anywhere: what does not fit into memory is an error.
    connection.execute("set temp_directory = ''")
    connection.execute(f"set allowed_directories = [{quoted(str(root.resolve()))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def measured(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many bytes and rows the last query read; zeros where DuckDB does not tell."""
    try:
        told = json.loads(connection.get_profiling_information())
    except (duckdb.Error, ValueError):
        return 0, 0
    return int(told.get("total_bytes_read") or 0), int(told.get("cumulative_rows_scanned") or 0)
