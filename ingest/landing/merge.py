"""Merges landed files of one day: their rows as they are, with the lineage of each."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.landing.layout import day_folder, sha256_of, sync_file
from ingest.landing.plan import LandedFile, unpacked
from ingest.landing.schema import CATEGORIES
from ingest.landing.writer import addenda_of, file_metadata, open_landed
from ingest.limits import Limits


class AlteredFileError(Exception):
    """A landed file is not as it was written; `path` is from the lake's root."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def merge(
    root: Path, aside: Path, batch_id: str, files: Sequence[LandedFile], limits: Limits
) -> list[LandedFile]:
    """Write the rows of files of one store and day to files under `aside`, few and large ones: all
    but the last are at least as large as the limit.

    Raises AlteredFileError if one of them is not as the manifest knows it, and OSError.
    """
    for file in files:
        if _digest(root / file.path) != file.sha256:
            raise AlteredFileError(file.path)
    merged: list[LandedFile] = []
    part: _Part | None = None
    for file in files:
        if part is None:
            part = _Part(aside, batch_id, len(merged), file, limits.row_group)
        part.add(root, file)
        if part.size() >= limits.merged_file:
            merged.append(part.close())
            part = None
    if part is not None:
        merged.append(part.close())
    return merged


def _digest(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except FileNotFoundError:
        return None


class _Part:
    """A file that is being written from others."""

    def __init__(
        self, aside: Path, batch_id: str, number: int, first: LandedFile, row_group: int
    ) -> None:
        self._category = next(one for one in CATEGORIES if one.name == first.category)
        folder = day_folder(self._category, first.store, first.day)
        self._path = f"{folder}/{batch_id}-{number}.parquet"
        self._file = aside / self._path
        self._batch_id = batch_id
        self._row_group = row_group
        self._writer = open_landed(self._file, self._category.schema)
        self._sources: list[LandedFile] = []
        self._objects: dict[tuple[str, str], dict[str, Any]] = {}
        self._waiting: list[pa.Table] = []
        self._records = self._addenda = 0

    def add(self, root: Path, file: LandedFile) -> None:
        """Take the rows of a file."""
        self._sources.append(file)
        with pq.ParquetFile(root / file.path) as source:
            self._name_objects(source.metadata.metadata)
            for number in range(source.num_row_groups):
                table = source.read_row_group(number).replace_schema_metadata()
                self._records += table.num_rows
                self._addenda += addenda_of(table)
                self._waiting.append(table)
                if sum(one.nbytes for one in self._waiting) >= self._row_group:
                    self._write()

    def _name_objects(self, metadata: dict[bytes, bytes]) -> None:
        """Add what a file says of the objects that have rows in it."""
        for entry in unpacked(metadata[b"tarn.objects"].decode()):
            key = (entry["uri"], entry["etag"])
            known = self._objects.setdefault(key, {**entry, "records": 0})
            known["records"] += entry["records"]

    def _write(self) -> None:
        table = pa.concat_tables(self._waiting)
        self._writer.write_table(table, row_group_size=table.num_rows)
        self._waiting = []

    def size(self) -> int:
        """Bytes that are on disk."""
        return self._file.stat().st_size

    def close(self) -> LandedFile:
        """The file, written and synced. Raises AlteredFileError if rows are missing."""
        if self._waiting:
            self._write()
        objects = [self._objects[key] for key in sorted(self._objects)]
        first = self._sources[0]
        self._writer.add_key_value_metadata(
            file_metadata(self._batch_id, self._category, first.store, objects)
        )
        self._writer.close()
        sync_file(self._file)
        expected = sum(one.records for one in self._sources), sum(o.addenda for o in self._sources)
        if (self._records, self._addenda) != expected:
            raise AlteredFileError(first.path)
        return replace(
            first,
            path=self._path,
            records=self._records,
            addenda=self._addenda,
            bytes=self.size(),
            first_at=min(one.first_at for one in self._sources),
            last_at=max(one.last_at for one in self._sources),
            sha256=sha256_of(self._file),
        )
