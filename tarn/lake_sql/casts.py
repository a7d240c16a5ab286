"""CAST as Trino does it: which types go together, and the text of each."""

from typing import Final

from tarn.lake_sql.scopes import Sql
from tarn.lake_sql.translation import converted
from tarn.lake_sql.types import (
    BOOLEAN,
    DATE,
    FLOATS,
    INTEGERS,
    IPADDRESS,
    JSON,
    VARCHAR,
    ZONED,
    Type,
    common,
)

# The place of an error that is none.
NO_ERROR: Final = "null"
_PLAIN_TEXT: Final = (*INTEGERS, "decimal", "date", "boolean", "ipaddress", "uuid")


def cast_to(value: Sql, target: Type, place: str) -> str | None:
    """A value cast to a type in DuckDB's SQL; null where Trino has no such cast.

    An error tells its place; where that is null, a value that cannot be cast is null.
    """
    text, source = value.text, value.type
    word = "try_cast" if place == NO_ERROR else "cast"
    if source.name == target.name == "timestamp":
        return _moment(text, source, target)
    if source == target or source.name == "unknown":
        return f"{word}({text} as {target.duckdb})"
    if target == VARCHAR:
        return _as_text(text, source, place)
    if target == JSON:
        return f"to_json({_plain(text, source)})"
    if source == JSON:
        return _from_json(text, target, place)
    if source == VARCHAR:
        return _from_text(text, target, place)
    if source.is_moment and target.is_moment:
        return _moment(text, source, target)
    if source.is_number and target.is_number:
        return _number(text, source, target, word)
    if BOOLEAN in (source, target) and (source.is_number or target.is_number):
        return f"{word}({text} as {target.duckdb})"
    if source.name == target.name and len(source.parts) == len(target.parts):
        return _nested(text, source, target, place)
    if source.name == target.name or common(source, target) == target:
        return converted(text, source, target)
    return None


def _as_text(text: str, source: Type, place: str) -> str | None:
    if source.name in _PLAIN_TEXT:
        return f"cast({text} as varchar)"
    if source.name in FLOATS:
        return f"lake_double_text({text})"
    if source == ZONED:
        return f"lake_zoned_text({text})"
    if source.name == "timestamp":
        return f"lake_timestamp_text({text}, {source.precision})"
    if source == JSON:
        return f"lake_json_text({text}, {place})"
    if source.name == "interval day to second":
        return f"lake_interval_text({text})"
    return None


def _plain(text: str, source: Type) -> str:
    """What becomes JSON as itself; moments become their texts."""
    if source.is_moment:
        return _as_text(text, source, NO_ERROR) or text
    return text


def _from_json(text: str, target: Type, place: str) -> str | None:
    if target.is_number:
        macro = "lake_json_whole" if target.name in INTEGERS else "lake_json_number"
        return cast_to(Sql(f"{macro}({text}, {place})", VARCHAR), target, place)
    if target == BOOLEAN:
        return cast_to(Sql(f"lake_json_text({text}, {place})", VARCHAR), target, place)
    if target.name in ("map", "array", "row"):
        return f"{'try_cast' if place == NO_ERROR else 'cast'}({text} as {target.duckdb})"
    return None


def _from_text(text: str, target: Type, place: str) -> str | None:
    if target.name in INTEGERS:
        return f"lake_integer({text}, cast(null as {target.duckdb}), {place})"
    if target.name in (*FLOATS, "decimal"):
        return f"lake_number({text}, cast(null as {target.duckdb}), {place})"
    if target == BOOLEAN:
        return f"lake_boolean({text}, {place})"
    if target == DATE:
        return f"lake_date({text}, {place})"
    if target.name == "timestamp":
        return f"lake_timestamp({text}, {place})"
    if target == ZONED:
        return f"lake_zoned(lake_timestamp({text}, {place}), 'UTC')"
    if target == IPADDRESS:
        return f"lake_ip({text}, {place})"
    if target.name == "uuid":
        word = "try_cast" if place == NO_ERROR else "cast"
        return f"cast({word}({text} as uuid) as varchar)"
    if target.name == "varbinary":
        return f"encode({text})"
    return None


def _moment(text: str, source: Type, target: Type) -> str:
    if source == ZONED:
        return f"cast(lake_local({text}) as {target.duckdb})"
    if source.name == target.name == "timestamp" and target.precision < source.precision:
        return f"lake_digits({text}, {target.precision})"
    return converted(text, source, target)


def _number(text: str, source: Type, target: Type, word: str) -> str:
    if target.name in INTEGERS and source.name in (*FLOATS, "decimal"):
        return f"{word}(round({text}) as {target.duckdb})"
    return f"{word}({text} as {target.duckdb})"


def _nested(text: str, source: Type, target: Type, place: str) -> str | None:
    """An array, map or row with parts of other types."""
    if source.name == "array":
        inner = cast_to(Sql("e", source.parts[0]), target.parts[0], place)
        return f"list_transform({text}, lambda e: {inner})" if inner else None
    for one, other in zip(source.parts, target.parts, strict=True):
        if cast_to(Sql("e", one), other, place) is None:
            return None
    if source.name == "row":
        fields = []
        for number, (one, other) in enumerate(zip(source.parts, target.parts, strict=True)):
            part = Sql(f"struct_extract({text}, '{source.key(number)}')", one)
            fields.append(f"'{target.key(number)}': {cast_to(part, other, place)}")
        return f"case when {text} is null then null else {{{', '.join(fields)}}} end"
    return f"{'try_cast' if place == NO_ERROR else 'cast'}({text} as {target.duckdb})"
