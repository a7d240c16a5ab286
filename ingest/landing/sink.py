"""Gathers records into chunks of columns, whichever way they came."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.errors import LakeWriteError
from ingest.formats.fast import Events, span_of
from ingest.formats.records import Row
from ingest.landing.columns import TEXT, Chunk, Lineage, chunk_of_events, chunk_of_rows
from ingest.landing.plan import LandedFile, Tally
from ingest.landing.schema import CATEGORIES, CLOUDTRAIL_EVENTS, Category
from ingest.landing.writer import LandingWriter
from ingest.limits import Limits
from ingest.sources.base import SourceObject


def cannot_write(folder: Path, error: OSError) -> LakeWriteError:
    """What to tell when the lake cannot be written."""
    why = error.strerror or str(error)
    return LakeWriteError(
        folder,
        f"The lake cannot be written at {folder} ({why}): mend that and run the same command "
        "again; what has landed stays, and the rest is taken up then.",
    )


@dataclass(slots=True)
class _Waiting:
    """Records of one form that are not yet columns."""

    records: list[Any] = field(default_factory=list)
    objects: list[tuple[str, Sequence[int]]] = field(default_factory=list)
    size: int = 0

    def add(self, records: Sequence[Any], uri: str, places: Sequence[int], size: int) -> None:
        """Take records of one object, with their places in it."""
        self.records += records
        self.size += size
        self.objects.append((uri, places))

    def lineage(self, batch_id: str, landed_at: datetime) -> Lineage:
        """Where they come from."""
        uris = [pa.repeat(pa.scalar(uri, TEXT), len(places)) for uri, places in self.objects]
        offsets = [pa.array(places, pa.int64()) for _, places in self.objects]
        return Lineage(batch_id, landed_at, pa.concat_arrays(uris), pa.concat_arrays(offsets))


class LandingSink:
    """Takes the records of one object after another; `tallies` counts those of the present one
    by category."""

    def __init__(
        self, folder: Path, batch_id: str, landed_at: datetime, store: str | None, limits: Limits
    ) -> None:
        self._folder = folder
        self._batch_id = batch_id
        self._landed_at = landed_at
        self._limits = limits
        self._writer = LandingWriter(folder, batch_id, store, limits)
        self._events = _Waiting()
        self._rows = {category.name: _Waiting() for category in CATEGORIES}
        self._uri = ""
        self._landed_keys: frozenset[str] = frozenset()
        self.tallies: dict[str, Tally] = {}

    def begin(self, source: SourceObject, landed_keys: frozenset[str]) -> None:
        """What comes now is of another object; records with these keys have landed before."""
        self._uri = source.uri
        self._writer.announce(source.uri, source.etag, source.size)
        self._landed_keys = landed_keys
        self.tallies = {category.name: Tally() for category in CATEGORIES}

    def events(self, events: Events, first_index: int) -> None:
        """Take events that came the fast way."""
        records = events.records
        places: Sequence[int] = range(first_index, first_index + len(records))
        if self._landed_keys:
            new = [
                f"{record.recipient_account_id}:{record.event_id}" not in self._landed_keys
                for record in records
            ]
            records = [record for record, is_new in zip(records, new, strict=True) if is_new]
            places = [place for place, is_new in zip(places, new, strict=True) if is_new]
        if not records:
            return
        self.tallies[CLOUDTRAIL_EVENTS.name].add(len(records), *span_of(records))
        self._events.add(records, self._uri, places, events.size)
        if self._is_full(self._events):
            self._flush_events()

    def row(self, row: Row, index: int) -> None:
        """Take a record that came the slow way."""
        if row.key in self._landed_keys:
            return
        self.tallies[row.category.name].add(1, row.moment, row.moment)
        waiting = self._rows[row.category.name]
        size = sum(len(text) for text in row.texts if text is not None)
        waiting.add([row], self._uri, (index,), size)
        if self._is_full(waiting):
            self._flush_rows(row.category)

    def close(self) -> list[LandedFile]:
        """Write what waits, and give every file. Raises LakeWriteError."""
        self._flush_events()
        for category in CATEGORIES:
            self._flush_rows(category)
        try:
            return self._writer.close()
        except OSError as error:
            raise cannot_write(self._folder, error) from error

    def _is_full(self, waiting: _Waiting) -> bool:
        full = len(waiting.records) >= self._limits.chunk_records
        return full or waiting.size >= self._limits.chunk_bytes

    def _flush_events(self) -> None:
        waiting, self._events = self._events, _Waiting()
        if not waiting.records:
            return
        lineage = waiting.lineage(self._batch_id, self._landed_at)
        step = self._limits.chunk_records * 2
        for start in range(0, len(waiting.records), step):
            part = waiting.records[start : start + step]
            place = lineage.part(start, len(part))
            self._write(chunk_of_events(part, place))

    def _flush_rows(self, category: Category) -> None:
        waiting, self._rows[category.name] = self._rows[category.name], _Waiting()
        if waiting.records:
            lineage = waiting.lineage(self._batch_id, self._landed_at)
            self._write(chunk_of_rows(category, waiting.records, lineage))

    def _write(self, chunk: Chunk) -> None:
        try:
            self._writer.write(chunk)
        except OSError as error:
            raise cannot_write(self._folder, error) from error
