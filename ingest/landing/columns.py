"""Records made columns: what comes from the fast way and from the slow, in one form.

Text columns go through Arrow; JSON columns are joined as they came, without a Python object a
value. Both ways give the same rows for the same record (tested).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, compress
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from ingest.formats.records import NULL, Row, column_text
from ingest.landing.schema import CLOUDTRAIL_EVENTS, Category, Field, Kind

TEXT: Final = pa.string()
MOMENT: Final = pa.timestamp("us", tz="UTC")

# A record's attributes are the category's fields, in their order.
_transpose: Final = msgspec.structs.astuple


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where records come from: for each the object's address and the place in it."""

    batch_id: str
    landed_at: datetime
    objects: pa.Array
    offsets: pa.Array

    def part(self, start: int, count: int) -> "Lineage":
        """That of some of the records."""
        objects, offsets = self.objects.slice(start, count), self.offsets.slice(start, count)
        return Lineage(self.batch_id, self.landed_at, objects, offsets)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of one category in the schema of its files, with the moment of each (UTC)."""

    category: Category
    rows: pa.RecordBatch
    moments: pa.Array


def chunk_of_rows(category: Category, rows: Sequence[Row], lineage: Lineage) -> Chunk:
    """The columns of rows that came the slow way."""
    columns = zip(*(row.texts for row in rows), strict=True)
    arrays = [pa.array(column, TEXT) for column in columns]
    keys = pa.array([row.key for row in rows], TEXT)
    moments = pa.array([row.moment for row in rows], pa.int64()).cast(MOMENT)
    return Chunk(category, _batch(category, keys, arrays, lineage), moments)


def chunk_of_events(records: Sequence[Any], moments: pa.Array, lineage: Lineage) -> Chunk:
    """The columns of records that came the fast way."""
    tags = _Tags(len(records))
    columns = zip(*map(_transpose, records), strict=True)
    arrays = {
        field.column: _column(field, column, tags)
        for field, column in zip(CLOUDTRAIL_EVENTS.fields, columns, strict=True)
    }
    keys = pc.binary_join_element_wise(arrays["recipient_account_id"], arrays["event_id"], ":")
    texts = [*arrays.values(), pa.nulls(len(records), TEXT), tags.column()]
    return Chunk(CLOUDTRAIL_EVENTS, _batch(CLOUDTRAIL_EVENTS, keys, texts, lineage), moments)


def _batch(
    category: Category, keys: pa.Array, texts: list[pa.Array], lineage: Lineage
) -> pa.RecordBatch:
    count = len(keys)
    landed_at = pa.scalar(lineage.landed_at.replace(tzinfo=None), pa.timestamp("us"))
    return pa.RecordBatch.from_arrays(
        [
            keys,
            *texts,
            lineage.objects,
            lineage.offsets,
            pa.repeat(landed_at, count),
            pa.repeat(lineage.batch_id, count),
        ],
        schema=category.schema,
    )


class _Tags:
    """Collects `_as_sent`: per field, which records need which tag."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._fields: dict[str, list[str | None]] = {}

    def add(self, field: Field, tags: list[str | None]) -> None:
        """The tags of one field, one a record."""
        self._fields[field.aws_name] = tags

    def column(self) -> pa.Array:
        """The column `_as_sent`. There are few different ones, so each is written once."""
        if not self._fields:
            return pa.nulls(self._count, TEXT)
        names = list(self._fields)
        written: dict[tuple[str | None, ...], str | None] = {}
        column = []
        for tags in zip(*self._fields.values(), strict=True):
            if tags not in written:
                sent = {name: tag for name, tag in zip(names, tags, strict=True) if tag}
                written[tags] = msgspec.json.encode(sent).decode() if sent else None
            column.append(written[tags])
        return pa.array(column, TEXT)


def _column(field: Field, values: tuple[Any, ...], tags: _Tags) -> pa.Array:
    absent = values.count(None)
    if absent == len(values):
        return pa.nulls(len(values), TEXT)
    if field.kind is Kind.STRING:
        return pa.array(values, TEXT)
    if field.kind is Kind.BOOLEAN:
        return pc.if_else(pa.array(values, pa.bool_()), "true", "false")
    if absent:
        lengths = [0 if value is None else len(value) for value in values]
    else:
        lengths = list(map(len, values))
    return _json_column(field, values, lengths, tags)


def _json_column(field: Field, values: Sequence[Any], lengths: list[int], tags: _Tags) -> pa.Array:
    """The texts of a JSON field, joined as they lie in the file. An absent one has length 0."""
    nulls: list[str | None] | None = None
    # A null has four bytes, so that where there is none of four, there is no null.
    if 4 in lengths:
        nulls = [
            NULL if length == 4 and bytes(value) == b"null" else None
            for length, value in zip(lengths, values, strict=True)
        ]
        lengths = [0 if tag else length for tag, length in zip(nulls, lengths, strict=True)]
    column = _joined(values, lengths)
    nested = pc.or_(pc.starts_with(column, "{"), pc.starts_with(column, "["))
    if not pc.all(nested, min_count=0).as_py():
        return _mixed_column(field, column, nulls, tags)
    if nulls is not None:
        tags.add(field, nulls)
    return column


def _joined(values: Sequence[Any], lengths: list[int]) -> pa.Array:
    valid = None
    if 0 in lengths:
        valid = pa.array(map(bool, lengths), pa.bool_()).buffers()[1]
        values = list(compress(values, lengths))
    offsets = pa.py_buffer(array("i", accumulate(lengths, initial=0)))
    return pa.StringArray.from_buffers(len(lengths), offsets, pa.py_buffer(b"".join(values)), valid)


def _mixed_column(
    field: Field, column: pa.Array, nulls: list[str | None] | None, tags: _Tags
) -> pa.Array:
    """A JSON field in which some record has a scalar, as `additionalEventData` may."""
    texts: list[str | None] = []
    marks: list[str | None] = []
    for place, sent in enumerate(column.to_pylist()):
        text, tag = (None, nulls[place] if nulls else None)
        if sent is not None:
            text, tag = column_text(field, sent)
        texts.append(text)
        marks.append(tag)
    tags.add(field, marks)
    return pa.array(texts, TEXT)
