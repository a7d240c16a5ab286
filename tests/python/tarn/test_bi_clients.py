"""BI tools and notebooks, by the libraries that they use: over the lake and over what is
published, while a build is at work."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pandas
import polars
import pytest
import sqlalchemy
from building import REPOSITORY, made_once
from click.testing import Result
from sqlalchemy import Engine, event, inspect, text

from tarn.lake import connect_script, open_lake
from tarn.project import Project
from tarn.publish import DATABASE, PARQUET

pytestmark = pytest.mark.xdist_group("published")

EVENTS = "eds_cloudtrail_events"
CHANGES = "fct_configuration_changes"


@pytest.fixture(scope="module")
def folder(built: Project, shared_folder: Path, run_tarn: Callable[..., Result]) -> Path:
    """The demo lake's marts, published."""
    made = shared_folder / "published"
    with made_once(made) as done:
        if not done:
            shown = run_tarn(built, "publish", str(made / "out"))
            assert shown.exit_code == 0, shown.output
            assert "fct_configuration_changes  " in shown.stdout
    return made / "out"


@pytest.fixture(scope="module")
def building(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A lake that a build is writing to: a mart's rows are deleted and not yet there again."""
    root = tmp_path_factory.mktemp("building") / "lake"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("landing"))
    with open_lake(root, read_only=False) as build:
        build.execute("begin")
        build.execute(f"delete from {CHANGES}")
        assert build.execute(f"select count(*) from {CHANGES}").fetchall() == [(0,)]
        yield root
        build.execute("rollback")


@pytest.fixture
def lake_engine(building: Path) -> Iterator[Engine]:
    """SQLAlchemy over the lake itself."""
    made = sqlalchemy.create_engine("duckdb:///:memory:")

    @event.listens_for(made, "connect")
    def open_the_lake(connection: duckdb.DuckDBPyConnection, _: object) -> None:
        for statement in connect_script(building):
            connection.execute(statement)

    yield made
    made.dispose()


@pytest.fixture
def file_engine(folder: Path) -> Iterator[Engine]:
    """SQLAlchemy over the published file."""
    url = f"duckdb:///{folder / DATABASE}"
    made = sqlalchemy.create_engine(url, connect_args={"read_only": True})
    yield made
    made.dispose()


@pytest.fixture(params=["file_engine", "lake_engine"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the two."""
    made: Engine = request.getfixturevalue(request.param)
    return made


def columns_of(client: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    """The names and types of a relation's columns."""
    described = client.execute(f"describe select * from {relation}").fetchall()
    return [(row[0], row[1]) for row in described]


def test_marts_are_published_with_all_their_rows_and_types(
    built: Project, folder: Path, run_tarn: Callable[..., Result], lake: duckdb.DuckDBPyConnection
) -> None:
    marts = sorted(path.stem for path in (REPOSITORY / "models" / "marts").rglob("*.sql"))
    assert len(marts) > 5
    assert sorted(path.name for path in (folder / PARQUET).iterdir()) == marts
    with duckdb.connect() as client:
        client.execute(f"attach '{folder / DATABASE}' as published (read_only)")
        for mart in marts:
            parquet = f"read_parquet('{folder / PARQUET / mart}/*.parquet')"
            rows = lake.execute(f"select * from {mart} order by all").fetchall()
            for source in (f"published.{mart}", parquet):
                assert columns_of(client, source) == columns_of(lake, mart)
                assert client.execute(f"select * from {source} order by all").fetchall() == rows
    again = run_tarn(built, "publish", str(folder))
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing was built since" in again.stderr


def test_sqlalchemy_reflects_marts(engine: Engine) -> None:
    names = {*inspect(engine).get_table_names(), *inspect(engine).get_view_names()}
    assert {name.split(".")[-1] for name in names} >= {CHANGES, "dim_resources"}
    table = sqlalchemy.Table(CHANGES, sqlalchemy.MetaData(), autoload_with=engine)
    types = {column.name: column.type.python_type for column in table.columns}
    assert types["change_id"] is str
    assert types["captured_at"] is datetime
    assert types["properties_changed_count"] is int
    assert types["is_mfa_authenticated"] is bool


def test_sqlalchemy_asks_with_its_own_expressions(engine: Engine) -> None:
    table = sqlalchemy.Table(CHANGES, sqlalchemy.MetaData(), autoload_with=engine)
    query = (
        sqlalchemy.select(table.c.change_kind, sqlalchemy.func.count().label("changes"))
        .where(table.c.captured_at >= datetime(2026, 3, 3), table.c.actor_arn.is_not(None))  # noqa: DTZ001
        .group_by(table.c.change_kind)
        .order_by(table.c.change_kind)
    )
    with engine.connect() as connection:
        found = dict(connection.execute(query).fetchall())
    assert found["modified"] > 0
    assert set(found) <= {
        *("created", "modified", "deleted", "recreated", "relationship_only", "tags_only")
    }


def test_sqlalchemy_reads_maps_and_structs(lake_engine: Engine) -> None:
    columns = {
        column["name"]: column["type"] for column in inspect(lake_engine).get_columns(EVENTS)
    }
    assert "MAP" in str(columns["requestparameters"]).upper()
    assert "STRUCT" in str(columns["useridentity"]).upper()
    query = (
        "select requestparameters, useridentity, requestparameters['bucketName'] as bucket, "
        "useridentity.sessioncontext.sessionissuer.username as issuer "
        f"from {EVENTS} where eventname = 'PutBucketEncryption' "
        "and useridentity.type = 'AssumedRole' order by eventtime limit 1"
    )
    with lake_engine.connect() as connection:
        row = connection.execute(text(query)).one()
    assert row.requestparameters["bucketName"] == row.bucket
    assert row.useridentity["sessioncontext"]["sessionissuer"]["username"] == row.issuer
    assert row.issuer


def test_pandas_and_polars_read_by_sqlalchemy_and_by_file(engine: Engine, folder: Path) -> None:
    query = f"select change_id, captured_at, properties_changed_count from {CHANGES}"
    with engine.connect() as connection:
        by_pandas = pandas.read_sql(text(query), connection)
        by_polars = polars.read_database(text(query), connection)
    assert len(by_pandas) == by_polars.height > 1000
    assert str(by_pandas.dtypes["captured_at"]).startswith("datetime64")
    assert by_polars.schema["captured_at"] == polars.Datetime("us")
    files = folder / PARQUET / CHANGES
    assert pandas.read_parquet(files).shape[0] == len(by_pandas)
    assert polars.scan_parquet(files).select(polars.len()).collect().item() == len(by_pandas)


def test_duckdb_reads_the_lake_by_what_connect_prints(building: Path) -> None:
    with duckdb.connect() as client:
        client.execute(";\n".join(connect_script(building)))
        frame = client.execute(f"from {CHANGES}").df()
        assert len(frame) > 1000
        assert client.execute(f"from {CHANGES}").pl().height == len(frame)


def test_what_the_page_says_to_enter_is_there() -> None:
    page = (REPOSITORY / "docs" / "bi.md").read_text(encoding="utf-8")
    marts = {path.stem for path in (REPOSITORY / "models").rglob("*.sql")}
    named = set(re.findall(r"\b(?:fct|dim|eds)_\w+", page))
    assert named
    assert named <= marts


def test_the_page_s_python_runs_as_it_stands(folder: Path, tmp_path: Path) -> None:
    """In a folder where what is published lies under the name that the page uses."""
    page = (REPOSITORY / "docs" / "bi.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) >= 3
    (tmp_path / "published").symlink_to(folder)
    for block in blocks:
        exec(
            compile(block.replace("/srv/tarn/", f"{tmp_path}/published/"), "docs/bi.md", "exec"), {}
        )


def test_the_page_s_queries_answer(folder: Path) -> None:
    page = (REPOSITORY / "docs" / "bi.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    assert blocks
    with duckdb.connect() as client:
        client.execute(f"attach '{folder / DATABASE}' as published (read_only)")
        client.execute("use published")
        for block in blocks:
            # Grafana puts the dashboard's window in this one's place.
            query = re.sub(r"\$__timeFilter\((\w+)\)", r"\1 > timestamp '2026-03-03'", block)
            assert client.execute(query).fetchall(), block
