"""Whole columns as Lake prints them: what `lake_text` says of one value, of many at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tarn.lake_sql.answers import lake_text

if TYPE_CHECKING:
    import pyarrow as pa

# So many rows are texts at a time: an answer is as large again as texts.
_ROWS: Final = 20_000
# Years that Arrow prints as Python does, in four digits; Python has none after the last.
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 9999


def text_rows(table: "pa.Table") -> Iterator[tuple[str, ...]]:
    """The rows as Lake prints them; null is an empty text."""
    for batch in table.to_batches(max_chunksize=_ROWS):
        columns = [_filled(_texts(column), "").to_pylist() for column in batch.columns]
        yield from zip(*columns, strict=True)


def _texts(array: "pa.Array") -> "pa.Array":
    """An array as texts, null where it is null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind: Any = array.type
    types = pa.types
    if types.is_string(kind):
        return array
    if types.is_boolean(kind):
        return pc.if_else(array, "true", "false")
    if types.is_integer(kind):
        return array.cast(pa.string())
    if types.is_timestamp(kind) and kind.tz is None and _has_plain_years(array):
        floored = pc.floor_temporal(array, unit="millisecond").cast(pa.timestamp("ms"))
        return pc.strftime(floored, format="%Y-%m-%d %H:%M:%S")
    if types.is_date32(kind) and _has_plain_years(array):
        return array.cast(pa.string())
    if types.is_map(kind):
        pairs = pc.binary_join_element_wise(
            *(_filled(_texts(one), "null") for one in _children(array, array.keys, array.items)),
            "=",
        )
        return _listed(array, pairs, "{", "}")
    if types.is_list(kind):
        [elements] = _children(array, array.values)
        return _listed(array, _filled(_texts(elements), "null"), "[", "]")
    if types.is_struct(kind):
        return _structs(array)
    values = array.to_pylist(maps_as_pydicts="lossy")
    return pa.array([None if one is None else lake_text(one) for one in values], pa.string())


def _filled(texts: "pa.Array", word: str) -> "pa.Array":
    import pyarrow.compute as pc

    return pc.fill_null(texts, word) if texts.null_count else texts


def _has_plain_years(array: "pa.Array") -> bool:
    import pyarrow.compute as pc

    years = pc.min_max(pc.year(array)).as_py()
    return years["min"] is None or (years["min"] >= _FIRST_YEAR and years["max"] <= _LAST_YEAR)


def _children(array: "pa.Array", *whole: "pa.Array") -> list["pa.Array"]:
    """What belongs to an array of what its children hold, of which it may be a slice."""
    first, last = array.offsets[0].as_py(), array.offsets[-1].as_py()
    return [one.slice(first, last - first) for one in whole]


def _listed(array: "pa.Array", elements: "pa.Array", opening: str, closing: str) -> "pa.Array":
    """Texts of elements put together, those of each list of an array."""
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets = pc.subtract(array.offsets, array.offsets[0])
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, elements), ", ")
    texts = pc.binary_join_element_wise(opening, joined, closing, "")
    return pc.if_else(array.is_valid(), texts, None)


def _structs(array: "pa.Array") -> "pa.Array":
    import pyarrow.compute as pc

    parts: list[Any] = ["{"]
    for place, (field, column) in enumerate(zip(array.type, array.flatten(), strict=True)):
        parts += [f"{', ' if place else ''}{field.name}=", _filled(_texts(column), "null")]
    texts = pc.binary_join_element_wise(*parts, "}", "")
    return pc.if_else(array.is_valid(), texts, None)
