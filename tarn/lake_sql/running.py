"""Running a Lake query: in the sandbox, for so long, and with errors that speak of its text."""

import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from tarn.errors import TarnError
from tarn.lake_sql.answers import LakeResult
from tarn.lake_sql.errors import Place, QueryError
from tarn.lake_sql.reading import Named
from tarn.lake_sql.sandbox import DEFAULT_MEMORY, measured, open_sandbox

if TYPE_CHECKING:
    import pyarrow as pa

    from tarn.lake_sql.translate import Translated

# As long as Lake lets a query run.
DEFAULT_SECONDS: Final = 3600.0
_FAILED_CAST: Final = re.compile(r"string 'lake:@(?:(\d+):(\d+)@)?(.*?)' to BOOL", re.DOTALL)
_FIRST_LINE: Final = re.compile(
    r"^(?:[\w ]+ Error: )?(.*?)(?:\n\n|\nLINE|\nCandidate|$)", re.DOTALL
)


class QueryStoppedError(QueryError):
    """A query that was cancelled or took too long."""

    def __init__(self, message: str, status: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """A query as a user gives it, with the values for its placeholders, and what it may take."""

    text: str
    values: Sequence[str] = ()
    named: Named = field(default_factory=dict)
    seconds: float = DEFAULT_SECONDS
    memory: str = DEFAULT_MEMORY


@dataclass(frozen=True, slots=True)
class Ran:
    """A query that has run: its answer, when it began, how long it took and what it read."""

    result: LakeResult
    began_at: datetime
    milliseconds: int
    bytes_scanned: int
    rows_scanned: int


def translated(root: Path, request: Request, now: datetime) -> "Translated":
    """The query in DuckDB's SQL. Raises QueryError."""
    from tarn.lake_sql.stores import stores_of
    from tarn.lake_sql.translate import translate

    stores = stores_of(root, request.named)
    if not stores.known:
        raise TarnError(f"There is no lake in {root}: run `tarn ingest` and `tarn build` first.")
    return translate(request.text, stores, now, request.values, request.named)


def run(root: Path, request: Request) -> Ran:
    """The answer to a query. Raises QueryError, and QueryStoppedError when it was stopped."""
    began, started = datetime.now(UTC).replace(tzinfo=None), time.perf_counter()
    # The lake is opened while the translator is imported: each takes a good part of a second.
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_sandbox, root, request.memory)
        try:
            query = translated(root, request, began)
        except BaseException:
            _close(opening)
            raise
        try:
            connection = opening.result()
        except duckdb.Error as error:
            raise told(error, request.memory) from error
    try:
        table = _within(connection, query, request)
        read = measured(connection)
    finally:
        connection.close()
    result = LakeResult(table, query.columns, tuple(map(str, query.types)))
    return Ran(result, began, round((time.perf_counter() - started) * 1000), *read)


def _close(opening: "Future[duckdb.DuckDBPyConnection]") -> None:
    """Close a connection that nobody needs now, if there is one."""
    if opening.exception() is None:
        opening.result().close()


def _within(
    connection: duckdb.DuckDBPyConnection, query: "Translated", request: Request
) -> "pa.Table":
    """The rows, unless it takes too long or Ctrl-C stops it."""
    outcome: dict[str, Any] = {}

    def work() -> None:
        try:
            outcome["table"] = connection.execute(query.sql).to_arrow_table()
        except duckdb.Error as error:
            outcome["error"] = error

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        # What takes the rows is imported while the query runs.
        import_module("pyarrow")
        thread.join(request.seconds)
        if thread.is_alive():
            connection.interrupt()
            thread.join()
            raise QueryStoppedError(
                f"The query was stopped after {request.seconds:g} seconds: ask for a shorter time "
                "or fewer columns, or raise --timeout.",
                "TIMED_OUT",
            )
    except KeyboardInterrupt:
        connection.interrupt()
        thread.join()
        raise QueryStoppedError("The query was cancelled.", "CANCELLED") from None
    if "error" in outcome:
        raise failed(outcome["error"], query, connection, request.memory) from outcome["error"]
    table: pa.Table = outcome["table"]
    return table


def failed(
    error: duckdb.Error, query: "Translated", connection: duckdb.DuckDBPyConnection, memory: str
) -> QueryError:
    """Why a query failed while it ran, with the place in the user's text."""
    from tarn.lake_sql.blame import explained

    text = str(error)
    try:
        found = None if _FAILED_CAST.search(text) else explained(text, query, connection)
    except KeyboardInterrupt:
        # What was wrong is known all the same, if not where.
        found = None
    return found or told(error, memory)


def told(error: duckdb.Error, memory: str) -> QueryError:
    """What DuckDB found wrong, in words about the user's query."""
    text = str(error)
    failed = _FAILED_CAST.search(text)
    if failed:
        place = Place(int(failed[1]), int(failed[2])) if failed[1] else None
        return QueryError(f"{failed[3]}.", place)
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryError(
            f"The query needs more than {memory} of memory: ask for a shorter time or fewer "
            "columns, or raise --memory."
        )
    if isinstance(error, duckdb.CatalogException) and "eds_" in text:
        return QueryError("The lake lacks its event data stores: run `tarn build`.")
    first = _FIRST_LINE.match(text)
    return QueryError(f"The query cannot be answered: {first[1] if first else text}")
