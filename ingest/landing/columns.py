"""Records made columns: what comes from the fast way and from the slow, in one form.

Text columns go through Arrow; JSON columns are joined as they came, without a Python object a
value. Both ways give the same rows for the same record (tested).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from ingest.formats.fast import ABSENT
from ingest.formats.records import NULL, Row, column_text
from ingest.landing.schema import CLOUDTRAIL_EVENTS, Category, Field, Kind

TEXT: Final = pa.string()
MOMENT: Final = pa.timestamp("us", tz="UTC")

_RAW: Final = frozenset({Kind.NUMBER, Kind.JSON})

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


def chunk_of_events(records: Sequence[Any], lineage: Lineage) -> Chunk:
    """The columns of records that came the fast way."""
    tags = _Tags(len(records))
    columns = zip(*map(_transpose, records), strict=True)
    arrays = {
        field.column: _column(field, column, tags)
        for field, column in zip(CLOUDTRAIL_EVENTS.fields, columns, strict=True)
    }
    keys = pc.binary_join_element_wise(arrays["recipient_account_id"], arrays["event_id"], ":")
    texts = [*arrays.values(), pa.nulls(len(records), TEXT), tags.column()]
    moments = arrays["event_time"].cast(MOMENT)
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
        self._fields: dict[str, pa.Array] = {}

    def add(self, field: Field, tags: pa.Array) -> None:
        """The tags of one field, one a record."""
        self._fields[field.aws_name] = tags

    def column(self) -> pa.Array:
        """The column `_as_sent`. There are few different ones, so each is written once."""
        if not self._fields:
            return pa.nulls(self._count, TEXT)
        places = pa.array([0], pa.int32()).take(pa.repeat(0, self._count))
        different: list[dict[str, str]] = [{}]
        for name, tags in self._fields.items():
            encoded = tags.dictionary_encode(null_encoding="encode")
            values = encoded.dictionary.to_pylist()
            pairs = pc.add(pc.multiply(places, len(values)), encoded.indices).dictionary_encode()
            places = pairs.indices
            different = [
                {**different[before], **({name: values[value]} if values[value] else {})}
                for before, value in (divmod(p, len(values)) for p in pairs.dictionary.to_pylist())
            ]
        texts = [msgspec.json.encode(sent).decode() if sent else None for sent in different]
        return pa.array(texts, TEXT).take(places)


def _column(field: Field, values: tuple[Any, ...], tags: _Tags) -> pa.Array:
    if field.kind in _RAW:
        return _json_column(field, values, tags)
    if values.count(None) == len(values):
        return pa.nulls(len(values), TEXT)
    if field.kind is Kind.BOOLEAN:
        return pc.if_else(pa.array(values, pa.bool_()), "true", "false")
    return pa.array(values, TEXT)


def _json_column(field: Field, values: tuple[Any, ...], tags: _Tags) -> pa.Array:
    """The texts of a JSON field, joined as they lie in the file."""
    if values[0] is ABSENT and values.count(ABSENT) == len(values):
        return pa.nulls(len(values), TEXT)
    ends = [0, *map(len, values)]
    lengths = pa.array(ends, pa.int32())
    buffers = [pc.cumulative_sum(lengths).buffers()[1], pa.py_buffer(b"".join(values))]
    lengths = lengths.slice(1)
    column = _texts(buffers, pc.not_equal(lengths, 0))
    nulls = None
    # A null has four bytes, so that where there is none of four, there is no null.
    if 4 in ends:
        is_null = pc.fill_null(pc.equal(column, NULL), False)
        nulls = pc.if_else(is_null, NULL, pa.scalar(None, TEXT))
        column = _texts(buffers, pc.and_not(pc.not_equal(lengths, 0), is_null))
    nested = pc.or_(pc.starts_with(column, "{"), pc.starts_with(column, "["))
    if not pc.all(nested, min_count=0).as_py():
        return _mixed_column(field, column, nulls, tags)
    if nulls is not None:
        tags.add(field, nulls)
    return column


def _texts(buffers: list[pa.Buffer], valid: pa.Array) -> pa.Array:
    """Texts that lie one after the other, those that are not valid being null."""
    return pa.StringArray.from_buffers(len(valid), *buffers, valid.buffers()[1])


def _mixed_column(field: Field, column: pa.Array, nulls: pa.Array | None, tags: _Tags) -> pa.Array:
    """A JSON field in which some record has a scalar, as `additionalEventData` may."""
    texts: list[str | None] = []
    marks: list[str | None] = nulls.to_pylist() if nulls is not None else [None] * len(column)
    for place, sent in enumerate(column.to_pylist()):
        text = None
        if sent is not None:
            text, marks[place] = column_text(field, sent)
        texts.append(text)
    tags.add(field, pa.array(marks, TEXT))
    return pa.array(texts, TEXT)
