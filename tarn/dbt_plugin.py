"""What dbt-duckdb runs before it attaches the lake: named in profiles.yml."""

import os
import sqlite3
import weakref
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from ingest.landing.layout import ensure_landing
from ingest.landing.lock import begin_reading
from tarn.extensions import LOADING, load_extensions


class Plugin(BasePlugin):
    """Makes an empty lake where there is none, so that `dbt build` works before anything landed."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Remember the lake root."""
        self._root = Path(plugin_config["root"])

    def update_connection_config(
        self,
        creds: DuckDBCredentials,  # noqa: ARG002  (the adapter's signature)
        config: dict[str, Any],
    ) -> None:
        """Keep DuckDB from fetching extensions by itself."""
        config.update(LOADING)

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Load the extensions, see to landing and catalog, and keep what has landed in place for
        as long as dbt has this plugin."""
        load_extensions(conn)
        weakref.finalize(self, os.close, begin_reading(self._root))
        ensure_landing(self._root)
        ensure_catalog(self._root / "catalog.sqlite")


def ensure_catalog(path: Path) -> None:
    """Make the catalog's file in WAL mode: in the default one readers fail now and then."""
    if path.exists():
        return
    with sqlite3.connect(path) as catalog:
        catalog.execute("pragma journal_mode = wal")
    path.chmod(0o600)
