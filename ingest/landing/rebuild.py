"""The original record, rebuilt from a landed row."""

import json
from collections.abc import Mapping
from typing import Any, Final

from ingest.landing.schema import Category, Field, Kind

_QUOTED: Final = frozenset({Kind.STRING, "string"})


def original_text(row: Mapping[str, Any], category: Category) -> str:
    """The record as compact JSON text: documented fields in the order of the schema, then the
    unknown ones in the order in which they came."""
    as_sent: dict[str, str] = json.loads(row["_as_sent"] or "{}")
    parts = [
        f"{json.dumps(field.aws_name)}:{text}"
        for field in category.fields
        if (text := _value(field, row[field.column], as_sent.get(field.aws_name))) is not None
    ]
    unknown = (row["_unknown_fields"] or "{}")[1:-1]
    return "{" + ",".join([*parts, unknown] if unknown else parts) + "}"


def original(row: Mapping[str, Any], category: Category) -> Any:
    """The record, equal as JSON to the one that came."""
    return json.loads(original_text(row, category))


def _value(field: Field, text: str | None, tag: str | None) -> str | None:
    """A value's JSON text, null where the field was absent."""
    if tag == "null":
        return "null"
    if text is None:
        return None
    return json.dumps(text, ensure_ascii=False) if (tag or field.kind) in _QUOTED else text
