"""Answers of Lake queries, and their values as Lake prints them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tarn.results import Result


@dataclass(frozen=True, slots=True)
class LakeResult(Result):
    """Rows under the names that the query spells, repeated ones too, with Trino's types.

    In `table` the columns have DuckDB's names, which are all different.
    """

    labels: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names as the query spells them."""
        return self.labels

    @property
    def texts(self) -> list[list[str]]:
        """The rows as Lake prints them; null is an empty text."""
        return [["" if value is None else lake_text(value) for value in row] for row in self.rows]

    def text_rows(self) -> Iterable[Sequence[str]]:
        """The same rows, reckoned by whole columns: many rows are as quick to print as to read."""
        from tarn.lake_sql.texts import text_rows

        return text_rows(self.table)

    def picked(self, names: Sequence[str]) -> "LakeResult":
        """Only these columns, in this order; raises KeyError for a name that is not there."""
        places = {name.lower(): place for place, name in enumerate(self.unique_columns)}
        chosen = [places[name.strip().lower()] for name in names]
        return LakeResult(
            self.table.select(chosen),
            tuple(self.labels[place] for place in chosen),
            tuple(self.types[place] for place in chosen),
        )

    def first(self, count: int) -> "LakeResult":
        """So many rows from the beginning."""
        return LakeResult(self.table.slice(0, count), self.labels, self.types)


def lake_text(value: Any) -> str:
    """A value as Lake prints it: times to the millisecond, maps as {key=value}, null as null."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={lake_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(lake_text(one) for one in value) + "]"
    if isinstance(value, bytes):
        return value.hex(" ")
    return _java_double(value) if isinstance(value, float) else str(value)


def _java_double(value: float) -> str:
    """A double as Java prints it: 1.0E10 from ten million on, and below a thousandth."""
    if value != value or value in (float("inf"), float("-inf")):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value) if "e" not in repr(value) else f"{value:.17g}"
    digits, _, exponent = f"{value!r}".partition("e")
    if not exponent:
        shift = len(digits.lstrip("-").partition(".")[0]) - 1
        digits, exponent = _shifted(digits, shift), str(shift)
    mantissa = digits if "." in digits else f"{digits}.0"
    return f"{mantissa}E{int(exponent)}"


def _shifted(digits: str, places: int) -> str:
    """A number's digits with the point so many places further left, without zeros at the end."""
    sign = "-" if digits.startswith("-") else ""
    whole, _, rest = digits.lstrip("-").partition(".")
    if whole == "0":
        plain = rest.lstrip("0")
        return f"{sign}{plain[0]}.{plain[1:].rstrip('0') or '0'}"
    moved = f"{whole[:-places]}.{whole[-places:]}{rest}" if places else f"{whole}.{rest}"
    return sign + (
        moved.rstrip("0") + "0" if moved.rstrip("0").endswith(".") else moved.rstrip("0")
    )
