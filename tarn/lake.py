"""Opening the lake for those who ask: read-only, beside any build that is going on."""

from pathlib import Path

import duckdb

from tarn.errors import TarnError
from tarn.extensions import LOADING, NEEDED, extension_file, load_extensions


def attach_statement(root: Path, *, read_only: bool = True) -> str:
    """The statement that attaches the lake under the name `lake`.

    Who writes puts no rows into the catalog: a file whose few rows are deleted there stays in its
    table for ever.
    """
    catalog = quoted(f"ducklake:sqlite:{root / 'catalog.sqlite'}")
    tables = quoted(f"{root / 'tables'}/")
    options = f"data_path {tables}, override_data_path true"
    mode = "read_only" if read_only else "data_inlining_row_limit 0"
    return f"attach {catalog} as lake ({mode}, {options})"


def connect_script(root: Path) -> list[str]:
    """The statements with which any DuckDB client opens the lake, the marts' names in sight."""
    return [
        *(f"load {quoted(str(extension_file(name)))}" for name in NEEDED),
        "set TimeZone = 'UTC'",
        attach_statement(root.resolve()),
        "use lake.main",
    ]


def open_lake(root: Path, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """A connection to the lake, which reads it and nothing else unless told so.

    Raises TarnError when nothing has been built there yet.
    """
    if not (root / "catalog.sqlite").is_file():
        raise TarnError(f"There is no lake in {root}: run `tarn ingest` and `tarn build` first.")
    connection = duckdb.connect(config=dict(LOADING))
    load_extensions(connection)
    connection.execute("set TimeZone = 'UTC'")
    try:
        connection.execute(attach_statement(root.resolve(), read_only=read_only))
        connection.execute("use lake.main")
    except duckdb.Error as error:
        raise TarnError(f"The lake in {root} cannot be opened: {error}") from error
    return connection


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
