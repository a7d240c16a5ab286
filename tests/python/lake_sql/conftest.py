"""What the tests of Lake SQL share: the corpus's rows in DuckDB, and a lake to ask."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import Result

from lake_sql.both_engines import in_duckdb
from tarn.project import Project


@pytest.fixture(scope="session")
def rows() -> Iterator[duckdb.DuckDBPyConnection]:
    """The corpus's rows where a lake has them."""
    connection = in_duckdb()
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def asked(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The built demo lake under a root of its own, where a history may be written."""
    root = tmp_path_factory.mktemp("asked") / "lake"
    shutil.copytree(built.root, root, copy_function=_linked)
    return Project(built.folder, root)


def _linked(source: str, target: str) -> None:
    if ".sqlite" in Path(source).name:
        shutil.copy2(source, target)
    else:
        os.link(source, target)


@pytest.fixture(scope="session")
def tarn_sql(asked: Project, run_tarn: Callable[..., Result]) -> Callable[..., Result]:
    """Call `tarn sql` over that lake."""
    return lambda *arguments: run_tarn(asked, "sql", *arguments)
