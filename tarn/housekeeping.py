"""What a DuckLake needs from time to time, so that it does not grow with every build."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import duckdb

from tarn.lake import open_lake

# Of files smaller than this, so many of one table are written anew as one.
_SMALL_BYTES: Final = 32 * 1024 * 1024
_MANY: Final = 16

# Not by their own age: a reader who began a minute ago may have a snapshot of last week, and DuckDB
# dies of an internal error where the snapshot that it reads is forgotten.
_OUT_OF_DATE: Final = """
select snapshot_id
from (
    select snapshot_id, lead(snapshot_time) over (order by snapshot_id) as replaced_at
    from ducklake_snapshots('lake')
)
where replaced_at < ?
"""
_TABLES: Final = "select schema_name, table_name from duckdb_tables() where database_name = 'lake'"
_SMALL_FILES: Final = """
select data_file
from ducklake_list_files('lake', ?, schema => ?)
where data_file_size_bytes < ?
"""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: snapshots that nobody can ask for any more, files that were merged, and files
    that were removed."""

    snapshots: int
    merged: int
    removed: int


def tidy(root: Path, now: datetime, keep: timedelta) -> Tidied:
    """Forget the snapshots that have been out of date for `keep`, merge small files, and remove
    those that no snapshot has needed for as long: until then, who began to read them may go on.

    Raises duckdb.Error, for one where somebody else writes to the lake; nothing is lost then.
    """
    before = now - keep
    with open_lake(root, read_only=False) as lake:
        expired = [row[0] for row in lake.execute(_OUT_OF_DATE, [before]).fetchall()]
        if expired:
            lake.execute("call ducklake_expire_snapshots('lake', versions => ?)", [expired])
        merged = sum(_merge(lake, *table) for table in lake.execute(_TABLES).fetchall())
        removed = lake.execute(
            "call ducklake_cleanup_old_files('lake', older_than => ?)", [before]
        ).fetchall()
    return Tidied(len(expired), merged, len(removed))


def _merge(lake: duckdb.DuckDBPyConnection, schema: str, name: str) -> int:
    """Write the rows of a table's small files anew, if there are many; how many files there were.

    By plain statements: after DuckLake's own `merge_adjacent_files`, a reader whose transaction is
    older found tables empty (1.5.5).
    """
    small = [row[0] for row in lake.execute(_SMALL_FILES, [name, schema, _SMALL_BYTES]).fetchall()]
    if len(small) < _MANY:
        return 0
    table = f'lake."{schema}"."{name}"'
    where = "where filename in (select unnest(?))"
    lake.execute("begin")
    try:
        lake.execute(f"create temp table kept as select * from {table} {where}", [small])
        lake.execute(f"delete from {table} {where}", [small])
        lake.execute(f"insert into {table} from temp.kept")
        lake.execute("drop table temp.kept")
        lake.execute("commit")
    except duckdb.Error:
        lake.execute("rollback")
        raise
    return len(small)
