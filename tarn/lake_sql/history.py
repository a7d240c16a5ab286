"""What was asked: every query with when, how long and how it ended; answers are kept a week."""

import json
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from tarn.errors import TarnError, WrongUse
from tarn.lake_sql.answers import LakeResult
from tarn.lake_sql.running import Ran, Request

FOLDER: Final = "queries"
KEPT: Final = timedelta(days=7)
# A larger answer is not kept.
_LARGEST: Final = 256 * 1024 * 1024
_TABLES: Final = """
create table if not exists queries (
    query_id text primary key, began_at text not null, query text not null,
    parameters text not null, status text not null, rows integer, bytes_scanned integer,
    events_scanned integer, milliseconds integer, error text, labels text, types text,
    is_kept integer not null default 0
) strict
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A query that was asked."""

    query_id: str
    began_at: str
    query: str
    status: str
    rows: int | None
    bytes_scanned: int | None
    milliseconds: int | None
    error: str | None
    is_kept: bool


class History:
    """The history of a lake, in its folder `queries`, for its owner alone."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._path = self._folder / "history.sqlite"

    def add(self, request: Request, ran: Ran) -> str:
        """Note a query that was answered, keep its answer, and give it an id."""
        query_id = str(uuid.uuid4())
        result = ran.result
        is_kept = result.table.nbytes <= _LARGEST
        with self._open() as sql:
            self._forget(sql, ran.began_at)
            if is_kept:
                self._keep(query_id, result)
            sql.execute(
                "insert into queries values (?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?, ?, ?)",
                (
                    *(query_id, ran.began_at.isoformat(), request.text, _parameters(request)),
                    *("FINISHED", result.table.num_rows, ran.bytes_scanned, ran.rows_scanned),
                    *(ran.milliseconds, json.dumps(result.labels), json.dumps(result.types)),
                    int(is_kept),
                ),
            )
        return query_id

    def add_failure(self, request: Request, began_at: datetime, status: str, error: str) -> None:
        """Note a query that failed, was cancelled or took too long."""
        with self._open() as sql:
            sql.execute(
                "insert into queries (query_id, began_at, query, parameters, status, error) "
                "values (?, ?, ?, ?, ?, ?)",
                (
                    *(str(uuid.uuid4()), began_at.isoformat(), request.text),
                    *(_parameters(request), status, error),
                ),
            )

    def entries(self, count: int) -> list[Entry]:
        """The latest queries, newest first."""
        if not self._path.exists():
            return []
        with self._open() as sql:
            rows = sql.execute(
                "select query_id, began_at, query, status, rows, bytes_scanned, milliseconds, "
                "error, is_kept from queries order by began_at desc, rowid desc limit ?",
                (count,),
            ).fetchall()
        return [Entry(**{**dict(row), "is_kept": bool(row["is_kept"])}) for row in rows]

    def answer(self, query_id: str) -> LakeResult:
        """An answer that is kept, found by the beginning of its id, read without running.

        Raises WrongUse where there is no one such query, and TarnError where it is not kept.
        """
        row = self._find(query_id)
        path = self._file(row["query_id"])
        if not row["is_kept"] or not path.exists():
            raise TarnError(
                f"The answer to {row['query_id']} is not kept: it ended {row['status']}, or more "
                "than seven days have passed. Run the query again."
            )
        import pyarrow as pa

        with pa.OSFile(str(path)) as file:
            table = pa.ipc.open_file(file).read_all()
        return LakeResult(table, tuple(json.loads(row["labels"])), tuple(json.loads(row["types"])))

    def _find(self, query_id: str) -> sqlite3.Row:
        rows: list[sqlite3.Row] = []
        if self._path.exists():
            with self._open() as sql:
                rows = sql.execute(
                    "select * from queries where substr(query_id, 1, length(?1)) = ?1", (query_id,)
                ).fetchall()
        if len(rows) != 1:
            there = "no query" if not rows else "more than one query"
            raise WrongUse(f"There is {there} {query_id}: `tarn sql --history` lists them.")
        return rows[0]

    def _keep(self, query_id: str, result: LakeResult) -> None:
        import pyarrow as pa

        options = pa.ipc.IpcWriteOptions(compression="zstd")
        with (
            pa.OSFile(str(self._file(query_id)), "wb") as file,
            pa.ipc.new_file(file, result.table.schema, options=options) as writer,
        ):
            writer.write_table(result.table)

    def _forget(self, sql: sqlite3.Connection, now: datetime) -> None:
        """Remove the answers of more than seven days ago; the queries stay in the list."""
        old = sql.execute(
            "select query_id from queries where is_kept = 1 and began_at < ?",
            ((now - KEPT).isoformat(),),
        ).fetchall()
        for row in old:
            self._file(row["query_id"]).unlink(missing_ok=True)
        sql.executemany(
            "update queries set is_kept = 0 where query_id = ?", [tuple(r) for r in old]
        )

    def _file(self, query_id: str) -> Path:
        return self._folder / f"{query_id}.arrow"

    def _open(self) -> Any:
        return _Connection(self._folder, self._path)


class _Connection:
    """An open history: what is done in it is done at once or not at all."""

    def __init__(self, folder: Path, path: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._sql = sqlite3.connect(path, timeout=30)
        self._sql.row_factory = sqlite3.Row
        self._sql.execute(_TABLES)

    def __enter__(self) -> sqlite3.Connection:
        return self._sql

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self._sql.commit()
        self._sql.close()


def _parameters(request: Request) -> str:
    return json.dumps({"values": list(request.values), "named": dict(request.named)})


def now() -> datetime:
    """This moment, in UTC, without zone."""
    return datetime.now(UTC).replace(tzinfo=None)
