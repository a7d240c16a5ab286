"""DuckDB's extensions, loaded from the files that their wheels brought, never from a network."""

from importlib import import_module
from pathlib import Path
from typing import Final

import duckdb

NEEDED: Final = ("ducklake", "sqlite_scanner")

# No part of DuckDB may fetch anything by itself.
OFFLINE: Final = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# For a connection that `load_extensions` is going to be given. DuckDB would hash both files, 70 MB,
# at every start to compare their signatures: longer than most queries take (decision 13).
LOADING: Final = OFFLINE | {"allow_unsigned_extensions": "true"}


def extension_file(name: str) -> Path:
    """The extension's file in its wheel, for the DuckDB that is installed.

    Raises ModuleNotFoundError or FileNotFoundError if wheel and DuckDB do not fit.
    """
    package = Path(str(import_module(f"duckdb_extension_{name}").__file__)).parent
    found = package / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not found.is_file():
        raise FileNotFoundError(f"{found}: no {name} extension for DuckDB {duckdb.__version__}")
    return found


def load_extensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Load what a lake needs into a connection made with LOADING; nothing unsigned after it."""
    for name in NEEDED:
        connection.load_extension(str(extension_file(name)))
    connection.execute("set allow_unsigned_extensions = false")
