"""What DuckDB lacks of Trino's functions, as macros in DuckDB's SQL.

They are made in the connection's own database before it is locked. A macro's argument is put in
wherever it is named: what is named often, and may be long, is bound once by a list of one element.
An error is a cast that fails, with the place in the user's query and the message behind `lake:`;
`error()` is volatile, and `try()` refuses what is volatile. Where the place is null there is no
error but null.
"""

from typing import Final

import duckdb

from tarn.lake_sql.macros import collections, json, moments, networks, numbers, texts

_ALL: Final = (texts, networks, collections, moments, numbers, json)


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros in the connection's own database."""
    for module in _ALL:
        connection.execute(module.MACROS)
