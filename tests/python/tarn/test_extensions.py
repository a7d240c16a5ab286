"""DuckDB's extensions: the two that a lake needs, and no other."""

from pathlib import Path

import duckdb
import pytest

from tarn.extensions import LOADING, extension_file, load_extensions


def test_what_is_unsigned_is_not_loaded_once_the_lake_is_open(tmp_path: Path) -> None:
    altered = tmp_path / "altered.duckdb_extension"
    altered.write_bytes(extension_file("ducklake").read_bytes()[:-1] + b"?")
    with duckdb.connect(config=dict(LOADING)) as connection:
        load_extensions(connection)
        with pytest.raises(duckdb.IOException, match="signature"):
            connection.load_extension(str(altered))
        with pytest.raises(duckdb.InvalidInputException, match="Cannot change"):
            connection.execute("set allow_unsigned_extensions = true")
