"""The rows that suites look at: what is new in landing, ledger and marts, a part at a time."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa

from ingest.landing.layout import LEDGER as LEDGER_FOLDER
from ingest.landing.manifest import Manifest
from ingest.landing.schema import CATEGORIES
from tarn.checks.state import Checked
from tarn.checks.suites import LEDGER, Suite
from tarn.extensions import OFFLINE
from tarn.lake import open_lake

if TYPE_CHECKING:
    import pandas as pd

# So many rows are held at once: a batch or a mart of any size is looked at in such parts.
ROWS: Final = 50_000
_MEMORY: Final = "1GB"

_FILES: Final = """
select files.path, files.batch_id, files.category, files.store, files.day, files.records,
    files.first_at, files.last_at
from files
"""


@dataclass(frozen=True, slots=True)
class Pending:
    """What a suite has to look at now; null in `batches` stands for all there is."""

    suite: Suite
    checked: Checked
    batches: frozenset[str] | None


class LakeReader:
    """Reads what suites ask for; the lake's tables only where a build has made them."""

    def __init__(self, root: Path) -> None:
        """Take what the manifest knows now. Raises IngestError and TarnError."""
        self._root = root
        self._batches: dict[str, int] = {}
        self._records: dict[str, int] = {}
        self._files: list[dict[str, Any]] = []
        manifest = Manifest.read(root)
        if manifest is not None:
            try:
                rows = manifest.query(
                    "select batch_id, sequence, records from batches where state = 'committed'"
                )
                self._batches = {row["batch_id"]: row["sequence"] for row in rows}
                self._records = {row["batch_id"]: row["records"] for row in rows}
                self._files = [dict(row) for row in manifest.query(_FILES)]
            finally:
                manifest.close()
        self.has_tables = (root / "catalog.sqlite").is_file()
        self._sql = open_lake(root) if self.has_tables else duckdb.connect(config=dict(OFFLINE))
        self._sql.execute(f"set memory_limit = '{_MEMORY}'")
        self._sql.execute("set enable_progress_bar = false")

    def close(self) -> None:
        """Let the lake go."""
        self._sql.close()

    def pending(self, suite: Suite, checked: Checked) -> Pending | None:
        """What a suite has to look at, null where there is nothing new."""
        if not suite.is_of_landing:
            data = self._data_of(suite.reads)
            if data is None or data == checked.data:
                return None
            return Pending(suite, Checked(suite.digest, data=data), None)
        new = {name for name, place in self._batches.items() if place > checked.sequence}
        new |= self._batches.keys() & set(checked.failed)
        if not new:
            return None
        last = max(self._batches.values())
        return Pending(suite, Checked(suite.digest, last, tuple(sorted(new))), frozenset(new))

    def parts(self, pending: Pending) -> Iterator["pd.DataFrame"]:
        """The rows that a suite's query gives, `ROWS` at a time. Raises duckdb.Error."""
        if not self._prepare(pending):
            return
        self._sql.execute(pending.suite.query)
        reader = self._sql.to_arrow_reader(ROWS)
        for batch in reader:
            if batch.num_rows:
                yield batch.to_pandas(date_as_object=True)

    def _prepare(self, pending: Pending) -> bool:
        """Have the relations that a suite's query names; whether there are any rows to read."""
        suite, new = pending.suite, pending.batches
        if new is None:
            return True
        if suite.reads == LEDGER:
            self._prepare_ledger(new)
            return True
        [category] = [one for one in CATEGORIES if one.name == suite.reads]
        files = [
            str(self._root / file["path"])
            for file in self._files
            if file["category"] == suite.reads and file["batch_id"] in new
        ]
        files = [file for file in files if Path(file).is_file()]
        if files:
            types = f"{{'store': 'varchar', '{category.partition}': 'date'}}"
            self._view(
                "landed", f"{_listed(files)}, hive_partitioning = true, hive_types = {types}"
            )
        return bool(files)

    def _prepare_ledger(self, new: frozenset[str]) -> None:
        """`ledger` as the models read it; `batches` and `files` as the manifest knows them, and
        how many rows there really are in a new file."""
        self._view("ledger", _listed([str(self._root / LEDGER_FOLDER / "*.parquet")]))
        batches = [
            {"batch_id": name, "records": self._records[name], "is_new": name in new}
            for name in self._batches
        ]
        files = []
        for file in self._files:
            is_new = file["batch_id"] in new
            rows = _rows_in(self._root / file["path"]) if is_new else None
            files.append({**file, "is_new": is_new, "rows_there": rows})
        self._sql.register("batches", pa.Table.from_pylist(batches, schema=_BATCHES))
        self._sql.register("files", pa.Table.from_pylist(files, schema=_FILES_SCHEMA))

    def _view(self, name: str, arguments: str) -> None:
        self._sql.execute(
            f"create or replace temp view {name} as select * from read_parquet({arguments})"
        )

    def _data_of(self, mart: str) -> str | None:
        """A hash of the files that a mart is made of, null where there is no such table."""
        if not self.has_tables:
            return None
        try:
            rows = self._sql.execute(
                "select data_file, delete_file from ducklake_list_files('lake', ?) order by all",
                [mart],
            ).fetchall()
        except duckdb.Error:
            return None
        return hashlib.sha256(repr(rows).encode()).hexdigest()


_BATCHES: Final = pa.schema(
    [("batch_id", pa.string()), ("records", pa.int64()), ("is_new", pa.bool_())]
)
_FILES_SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("path", "batch_id", "category", "store", "day")),
        *((name, pa.int64()) for name in ("records", "first_at", "last_at", "rows_there")),
        ("is_new", pa.bool_()),
    ]
)


def _rows_in(path: Path) -> int | None:
    """How many rows a landed file has by its own footer, null if it cannot be read."""
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException):
        return None


def _listed(files: list[str]) -> str:
    return "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
