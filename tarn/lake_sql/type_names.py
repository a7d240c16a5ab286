"""Types from their names: of signatures and schemas, and of casts in a query."""

import re
from functools import cache
from typing import Final

from sqlglot import exp

from tarn.lake_sql.types import MILLISECONDS, Type, decimal

_WORDS: Final = re.compile(r"[(),]|[^(),]+")
# What sqlglot calls the types that Trino knows.
_CAST_NAMES: Final = {
    "TINYINT": "tinyint",
    "SMALLINT": "smallint",
    "INT": "integer",
    "BIGINT": "bigint",
    "FLOAT": "real",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "VARCHAR": "varchar",
    "TEXT": "varchar",
    "VARBINARY": "varbinary",
    "DATE": "date",
    "JSON": "json",
    "TIMESTAMPTZ": "timestamp with time zone",
    "IPADDRESS": "ipaddress",
    "UUID": "uuid",
}
_DEFAULT_DECIMAL: Final = (38, 0)
# Lists of functions write types in one word each.
_ONE_WORD: Final = {"zoned": "timestamp with time zone", "days": "interval day to second"}


@cache
def type_named(text: str) -> Type:
    """The type that a name as Trino writes it says; a single capital is a type variable."""
    words = [word.strip() for word in _WORDS.findall(text) if word.strip()]
    found, rest = _read(words)
    if rest:
        raise ValueError(f"no type: {text}")
    return found


def _read(words: list[str]) -> tuple[Type, list[str]]:
    name, rest = _ONE_WORD.get(words[0], words[0]), words[1:]
    if not rest or rest[0] != "(":
        return Type(name, precision=MILLISECONDS if name == "timestamp" else 0), rest
    parts: list[Type] = []
    fields: list[str | None] = []
    while rest[0] != ")":
        rest = rest[1:]
        field = None
        if name == "row":
            field, _, inner = rest[0].partition(" ")
            rest = [inner, *rest[1:]]
        part, rest = _read(rest)
        parts.append(part)
        fields.append(field)
    return Type(name, tuple(parts), tuple(fields) if name == "row" else ()), rest[1:]


def type_of(node: exp.DataType) -> Type | None:
    """The type that a cast names; null if Lake has none of that name."""
    kind = node.this.value if isinstance(node.this, exp.DType) else str(node.this)
    parameters = [int(one.name) for one in node.expressions if isinstance(one, exp.DataTypeParam)]
    match kind:
        case "DECIMAL":
            precision, scale = (*parameters, *_DEFAULT_DECIMAL[len(parameters) :])
            return decimal(precision, scale)
        case "TIMESTAMP":
            return Type("timestamp", precision=parameters[0] if parameters else MILLISECONDS)
        case "ARRAY" | "MAP":
            return _nested(kind.lower(), [type_of(one) for one in node.expressions])
        case "STRUCT":
            return _row(node)
    return Type(_CAST_NAMES[kind]) if kind in _CAST_NAMES else None


def _nested(name: str, parts: list[Type | None]) -> Type | None:
    known = [part for part in parts if part is not None]
    wanted = {"array": 1, "map": 2}[name]
    return Type(name, tuple(known)) if len(known) == len(parts) == wanted else None


def _row(node: exp.DataType) -> Type | None:
    parts, fields = [], []
    for one in node.expressions:
        is_named = isinstance(one, exp.ColumnDef)
        kind = one.args.get("kind") if is_named else one
        part = type_of(kind) if isinstance(kind, exp.DataType) else None
        if part is None:
            return None
        parts.append(part)
        fields.append(one.name if is_named else None)
    return Type("row", tuple(parts), tuple(fields))
