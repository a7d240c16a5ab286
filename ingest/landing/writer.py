"""Writes landed rows: by category, store and day, in few and large files of bounded memory."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.landing.columns import Chunk
from ingest.landing.layout import day_folder, make_file, make_folder, sha256_of, sync_file
from ingest.landing.plan import LandedFile, packed
from ingest.landing.schema import Category
from ingest.limits import Limits

FORMAT: Final = "1"
# Where values repeat, a dictionary is smaller and quicker; ids and payloads do not repeat.
_UNIQUE: Final = frozenset(
    {"event_key", "item_key", "event_id", "request_id", "event_time", "_source_offset"}
)
# Readers look for these: statistics let them pass over what cannot match.
_FILTERED: Final = frozenset(
    {"event_time", "event_name", "event_source", "recipient_account_id", "resource_type"}
)
_LEVEL: Final = 1


@dataclass(slots=True)
class _Day:
    """The rows of one store and day that wait, and the file that is being written."""

    category: Category
    store: str
    day: str
    waiting: list[pa.RecordBatch] = field(default_factory=list)
    waiting_bytes: int = 0
    file_bytes: int = 0
    part: int = 0
    path: str = ""
    writer: Any = None
    records: int = 0
    addenda: int = 0
    first_at: int = 0
    last_at: int = 0
    objects: Counter[str] = field(default_factory=Counter)


class LandingWriter:
    """Takes chunks, and gives the files written. Files lie under `folder` as they will lie
    under the lake's root."""

    def __init__(self, folder: Path, batch_id: str, store: str | None, limits: Limits) -> None:
        self._folder = folder
        self._batch_id = batch_id
        self._store = store
        self._limits = limits
        self._days: dict[tuple[str, str], _Day] = {}
        self._files: list[LandedFile] = []
        self._waiting = 0
        self._etags: dict[str, tuple[str, int]] = {}

    def announce(self, uri: str, etag: str, size: int) -> None:
        """Tell of an object before its rows come."""
        self._etags[uri] = (etag, size)

    def write(self, chunk: Chunk) -> None:
        """Take the rows of a chunk. Raises OSError if the disk does not."""
        if not chunk.rows.num_rows:
            return
        dates = chunk.moments.cast(pa.date32())
        days = pc.unique(dates)
        for day in days:
            rows, moments = chunk.rows, chunk.moments
            if len(days) > 1:
                chosen = pc.equal(dates, day)
                rows, moments = rows.filter(chosen), moments.filter(chosen)
            self._take(chunk.category, day.as_py().isoformat(), rows, moments)
        while self._waiting > self._limits.pending:
            self._write_row_group(max(self._days.values(), key=lambda day: day.waiting_bytes))

    def close(self) -> list[LandedFile]:
        """Write what waits, and give every file."""
        for day in self._days.values():
            self._close_file(day)
        return self._files

    def _take(self, category: Category, name: str, rows: pa.RecordBatch, moments: pa.Array) -> None:
        store = self._store or category.default_store
        day = self._days.setdefault((category.name, name), _Day(category, store, name))
        span = pc.min_max(moments.cast(pa.int64())).as_py()
        day.first_at = min(day.first_at, span["min"]) if day.records else span["min"]
        day.last_at = max(day.last_at, span["max"]) if day.records else span["max"]
        day.records += rows.num_rows
        day.addenda += addenda_of(rows)
        for entry in rows.column("_source_object").value_counts():
            day.objects[entry["values"].as_py()] += entry["counts"].as_py()
        size = rows.nbytes
        day.waiting.append(rows)
        day.waiting_bytes += size
        self._waiting += size
        if day.waiting_bytes >= self._limits.row_group:
            self._write_row_group(day)
        if day.file_bytes >= self._limits.file:
            self._close_file(day)

    def _write_row_group(self, day: _Day) -> None:
        if day.writer is None:
            self._open_file(day)
        table = pa.Table.from_batches(day.waiting)
        day.writer.write_table(table, row_group_size=table.num_rows)
        day.file_bytes += day.waiting_bytes
        self._waiting -= day.waiting_bytes
        day.waiting, day.waiting_bytes = [], 0

    def _open_file(self, day: _Day) -> None:
        name = f"{self._batch_id}-{day.part}.parquet"
        day.path = f"{day_folder(day.category, day.store, day.day)}/{name}"
        path = self._folder / day.path
        day.writer = open_landed(path, day.category.schema)

    def _close_file(self, day: _Day) -> None:
        if day.waiting:
            self._write_row_group(day)
        if day.writer is None:
            return
        day.writer.add_key_value_metadata(self._metadata(day))
        day.writer.close()
        path = self._folder / day.path
        sync_file(path)
        self._files.append(
            LandedFile(
                path=day.path,
                category=day.category.name,
                store=day.store,
                day=day.day,
                records=day.records,
                addenda=day.addenda,
                bytes=path.stat().st_size,
                first_at=day.first_at,
                last_at=day.last_at,
                sha256=sha256_of(path),
            )
        )
        day.writer, day.file_bytes, day.records, day.addenda = None, 0, 0, 0
        day.part += 1
        day.objects = Counter()

    def _metadata(self, day: _Day) -> dict[str, str]:
        """What a file says of itself: with it alone one knows what it holds, and from where."""
        objects = []
        for uri, records in sorted(day.objects.items()):
            etag, size = self._etags.get(uri, ("", 0))
            objects.append({"uri": uri, "etag": etag, "size": size, "records": records})
        return file_metadata(self._batch_id, day.category, day.store, objects)


def file_metadata(
    batch_id: str, category: Category, store: str, objects: list[dict[str, Any]]
) -> dict[str, str]:
    """What a landed file says of itself; `objects` has an entry for each that is in it."""
    return {
        "tarn.format": FORMAT,
        "tarn.batch": batch_id,
        "tarn.category": category.name,
        "tarn.store": store,
        "tarn.objects": packed(objects),
    }


def open_landed(path: Path, schema: pa.Schema) -> Any:
    """A writer of a landed file, which is made with the folders above it."""
    make_folder(path.parent)
    make_file(path)
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=[name for name in schema.names if name not in _UNIQUE],
        write_statistics=[name for name in schema.names if name in _FILTERED],
    )


def addenda_of(rows: pa.RecordBatch | pa.Table) -> int:
    """How many records replace an earlier one (CloudTrail: `addendum`, `UPDATED_DATA`)."""
    if "addendum" not in rows.schema.names:
        return 0
    addendum = rows.column("addendum")
    if addendum.null_count == len(addendum):
        return 0
    return int(pc.sum(pc.match_substring(addendum, '"UPDATED_DATA"')).as_py() or 0)
