"""Ways out of a query: none of them works, by the translator, and none by DuckDB behind it."""

import signal
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from lake_sql.both_engines import STORES
from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.running import QueryStoppedError, Request, run
from tarn.lake_sql.sandbox import open_sandbox
from tarn.lake_sql.stores import Stores
from tarn.lake_sql.translate import translate
from tarn.project import Project

ESCAPES = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from read_parquet('/etc/passwd')",
    "select * from read_json_auto('/etc/passwd')",
    "select * from glob('/*')",
    "select * from '/etc/passwd'",
    'select * from "/etc/passwd"',
    "select * from 'https://example.com/x.csv'",
    'select * from "s3://bucket/x.parquet"',
    "select * from duckdb_settings()",
    "select * from duckdb_secrets()",
    "select * from sqlite_scan('manifest.sqlite', 'stores')",
    "select * from information_schema.tables",
    "select * from lake.main.eds_cloudtrail_events",
    "select * from lake.main_staging.stg_cloudtrail__events",
    'select * from "lake.main.eds_cloudtrail_events"',
    "select * from eds_cloudtrail_events",
    "select * from fct_configuration_changes",
    "select * from sqlite_master",
    "select * from pg_catalog.pg_class",
    "select getenv('HOME')",
    "select getvariable('x')",
    "select current_setting('memory_limit')",
    "select read_text('/etc/passwd')",
    "select query('select 1')",
    "select * from query('select 1')",
    "select * from query_table('x')",
    "select eventid from cloudtrail where 'x' in (select content from read_text('/etc/passwd'))",
    "select (select count(*) from read_csv('/etc/passwd'))",
    "select transform(array['/etc/passwd'], x -> read_text(x))",
    "select eventid from cloudtrail union all select content from read_text('/etc/passwd')",
    "with a as (select * from read_csv('/etc/passwd')) select * from a",
    "select * from cloudtrail cross join lateral (select * from read_csv('/etc/passwd'))",
    "select eventid from cloudtrail; drop table x",
    "copy (select 1) to '/tmp/x'",
    "select 1 into outfile '/tmp/x'",
    "create table x as select 1",
    "create macro f() as 1",
    "insert into cloudtrail values (1)",
    "update cloudtrail set eventid = 'x'",
    "delete from cloudtrail",
    "drop view cloudtrail",
    "alter table cloudtrail add column x integer",
    "truncate table cloudtrail",
    "merge into cloudtrail using other on true when matched then delete",
    "attach '/tmp/x.db'",
    "detach lake",
    "install httpfs",
    "load httpfs",
    "pragma database_list",
    "set memory_limit = '1TB'",
    "reset memory_limit",
    "use lake",
    "export database '/tmp/x'",
    "import database '/tmp/x'",
    "checkpoint",
    "call pragma_version()",
    "explain select 1",
    "describe cloudtrail",
    "show tables",
    "prepare x as select 1",
    "execute x",
    "vacuum",
    "begin transaction",
    "select $$x$$ from cloudtrail where getenv('A') = ''",
    "select eventid::varchar from cloudtrail where error('x') = 'y'",
    "select columns('.*') from cloudtrail",
    "select * exclude (eventid) from cloudtrail",
    "select * from cloudtrail tablesample (10 percent)",
    "pivot cloudtrail on eventname using count(*)",
    "from cloudtrail",
    "summarize cloudtrail",
    "values (getenv('HOME'))",
    "select lake_fail('x', 'y')",
    "select nextval('x')",
    "select write_log('x')",
    'select "x""); drop table y; --" from cloudtrail',
    'select eventid as "a"", getenv(\'HOME\') as ""b" from cloudtrail where no_such = 1',
]
# What DuckDB must refuse though it were to get there.
SECOND_WALL = [
    "select * from read_text('/etc/passwd')",
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from glob('/*')",
    "copy (select 1) to '/tmp/lake_sql_escape.csv'",
    "attach '/tmp/lake_sql_escape.db'",
    "install httpfs",
    "set memory_limit = '1TB'",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "reset lock_configuration",
    "create table lake.main.x as select 1",
    "delete from lake.main.fct_resource_creations",
    "select * from 'https://example.com/x.csv'",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_no_escape_gets_through_the_translator(sql: str) -> None:
    only = Stores((STORES.known[0],))
    with pytest.raises(QueryError):
        translate(sql, only, datetime.fromisoformat("2026-11-26 04:28:00"))


@pytest.fixture(scope="module")
def sandbox(asked: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked connection to the demo lake."""
    connection = open_sandbox(asked.root)
    yield connection
    connection.close()


@pytest.mark.parametrize("sql", SECOND_WALL)
def test_duckdb_behind_it_refuses_too(sandbox: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        sandbox.execute(sql).fetchall()


def test_the_environment_is_not_read(asked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_MINE", "open sesame")
    with pytest.raises(QueryError, match="There is no function getenv"):
        run(asked.root, Request("select getenv('SECRET_OF_MINE')"))


SLOW = "select count(*) from cloudtrail a cross join cloudtrail b where a.eventid || b.eventid = ''"


def test_a_query_that_takes_too_long_is_stopped(asked: Project) -> None:
    with pytest.raises(QueryStoppedError, match=r"stopped after 0\.01 seconds") as caught:
        run(asked.root, Request(SLOW, seconds=0.01))
    assert caught.value.status == "TIMED_OUT"


def test_ctrl_c_cancels(asked: Project) -> None:
    """A signal, as a terminal sends it, also where whoever started the tests has it ignored."""
    endless = SLOW.replace("where", "cross join cloudtrail c where")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    here = threading.get_ident()
    timer = threading.Timer(1.5, lambda: signal.pthread_kill(here, signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(QueryStoppedError) as caught:
            run(asked.root, Request(endless, seconds=120))
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)
    assert caught.value.status == "CANCELLED"


def test_a_query_that_needs_too_much_memory_is_stopped(asked: Project) -> None:
    sql = "select cardinality(array_agg(a.eventjson || b.eventid)) from cloudtrail a, cloudtrail b"
    with pytest.raises(QueryError, match="needs more than 300MB of memory"):
        run(asked.root, Request(sql, memory="300MB"))


def test_nothing_is_written_beside_the_lake(asked: Project, tmp_path: Path) -> None:
    before = set(asked.root.rglob("*"))
    run(asked.root, Request("select eventname from cloudtrail order by eventjson limit 1"))
    made = {path for path in asked.root.rglob("*") if "sqlite" not in path.name} - before
    assert made == set()
    assert not list(tmp_path.iterdir())
