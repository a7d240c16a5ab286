"""Trino's types, as far as a Lake query meets them, and what one of them becomes by itself."""

from dataclasses import dataclass
from typing import Final

_DUCKDB: Final = {
    "tinyint": "tinyint",
    "smallint": "smallint",
    "integer": "integer",
    "bigint": "bigint",
    "real": "float",
    "double": "double",
    "boolean": "boolean",
    "varchar": "varchar",
    "varbinary": "blob",
    "date": "date",
    "timestamp": "timestamp",
    "time": "time",
    "json": "json",
    "uuid": "varchar",
    "ipaddress": "varchar",
    "unknown": "integer",
    "interval day to second": "interval",
    "interval year to month": "interval",
    "hyperloglog": "ubigint[]",
    "timestamp with time zone": "struct(at timestamp, zone varchar)",
}
INTEGERS: Final = ("tinyint", "smallint", "integer", "bigint")
FLOATS: Final = ("real", "double")
# A decimal as wide as every value of a whole number's type.
_WIDTHS: Final = {"tinyint": 3, "smallint": 5, "integer": 10, "bigint": 19}
_WIDEST: Final = 38


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its name, what it is made of (and the fields' names of a row), a decimal's digits."""

    name: str
    parts: tuple["Type", ...] = ()
    fields: tuple[str | None, ...] = ()
    precision: int = 0
    scale: int = 0

    def __str__(self) -> str:
        if self.name == "decimal":
            return f"decimal({self.precision},{self.scale})"
        if self.name == "timestamp":
            return f"timestamp({self.precision})"
        if self.name == "timestamp with time zone":
            return "timestamp(3) with time zone"
        if self.name == "row":
            parts = zip(self.fields, self.parts, strict=True)
            inner = ", ".join(f"{name} {part}" if name else str(part) for name, part in parts)
            return f"row({inner})"
        if self.parts:
            return f"{self.name}({', '.join(map(str, self.parts))})"
        return self.name

    @property
    def duckdb(self) -> str:
        """The type that holds its values in DuckDB."""
        match self.name:
            case "decimal":
                return f"decimal({self.precision}, {self.scale})"
            case "array":
                return f"{self.parts[0].duckdb}[]"
            case "map":
                return f"map({self.parts[0].duckdb}, {self.parts[1].duckdb})"
            case "row":
                parts = enumerate(self.parts)
                inner = ", ".join(f'"{self.key(place)}" {part.duckdb}' for place, part in parts)
                return f"struct({inner})"
        return _DUCKDB[self.name]

    def key(self, place: int) -> str:
        """The name that a field has in DuckDB's struct; a field without a name is numbered."""
        return (self.fields[place] or f"field{place}").lower().replace('"', '""')

    @property
    def is_number(self) -> bool:
        """Whether one can reckon with it."""
        return self.name in (*INTEGERS, *FLOATS, "decimal")

    @property
    def is_moment(self) -> bool:
        """Whether it is a point in time."""
        return self.name in ("date", "timestamp", "timestamp with time zone")

    @property
    def is_interval(self) -> bool:
        """Whether it is a span of time."""
        return self.name.startswith("interval")


MILLISECONDS: Final = 3
BOOLEAN: Final = Type("boolean")
INTEGER: Final = Type("integer")
BIGINT: Final = Type("bigint")
DOUBLE: Final = Type("double")
VARCHAR: Final = Type("varchar")
VARBINARY: Final = Type("varbinary")
DATE: Final = Type("date")
TIMESTAMP: Final = Type("timestamp", precision=MILLISECONDS)
ZONED: Final = Type("timestamp with time zone")
DAYS: Final = Type("interval day to second")
MONTHS: Final = Type("interval year to month")
JSON: Final = Type("json")
UNKNOWN: Final = Type("unknown")
IPADDRESS: Final = Type("ipaddress")


def array_of(element: Type) -> Type:
    """An array."""
    return Type("array", (element,))


def map_of(key: Type, value: Type) -> Type:
    """A map."""
    return Type("map", (key, value))


def row_of(*fields: tuple[str | None, Type]) -> Type:
    """A row."""
    return Type("row", tuple(part for _, part in fields), tuple(name for name, _ in fields))


def decimal(precision: int, scale: int) -> Type:
    """A decimal, of at most 38 digits."""
    return Type("decimal", precision=min(precision, _WIDEST), scale=scale)


def as_decimal(number: Type) -> Type:
    """The decimal that holds every value of a whole number's type."""
    return number if number.name == "decimal" else decimal(_WIDTHS[number.name], 0)


def common(left: Type, right: Type) -> Type | None:
    """The type that values of both become by themselves; null if there is none.

    Lake compares text with moments, which Trino does not: the text becomes the moment.
    """
    if left == right or right.name == "unknown":
        return left
    if left.name == "unknown":
        return right
    if left.is_number and right.is_number:
        return _common_number(left, right)
    if left.is_moment and right.is_moment:
        order = ("date", "timestamp", "timestamp with time zone")
        return max(left, right, key=lambda one: (order.index(one.name), one.precision))
    if left.name == right.name and left.parts and len(left.parts) == len(right.parts):
        return _common_parts(left, right)
    return None


def _common_number(left: Type, right: Type) -> Type:
    for name in reversed(FLOATS):
        if name in (left.name, right.name):
            return Type(name)
    if "decimal" in (left.name, right.name):
        one, other = as_decimal(left), as_decimal(right)
        scale = max(one.scale, other.scale)
        whole = max(one.precision - one.scale, other.precision - other.scale)
        return decimal(whole + scale, scale)
    return max(left, right, key=lambda one: INTEGERS.index(one.name))


def _common_parts(left: Type, right: Type) -> Type | None:
    parts = []
    for one, other in zip(left.parts, right.parts, strict=True):
        part = common(one, other)
        if part is None:
            return None
        parts.append(part)
    pairs = zip(left.fields, right.fields, strict=True)
    same = tuple(one if one == other else None for one, other in pairs)
    return Type(left.name, tuple(parts), same)
