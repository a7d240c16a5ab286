"""The corpus of Lake queries, the answers that Trino gave to it, and how two answers compare."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import yaml

from lake_sql.both_engines import STORES, as_protocol
from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.running import failed
from tarn.lake_sql.translate import translate

HERE: Final = Path(__file__).parent
ANSWERS: Final = HERE / "answers.json"
NOW: Final = datetime.fromisoformat("2026-11-26 04:28:00")


@dataclass(frozen=True, slots=True)
class Case:
    """A query for Lake; what Trino is asked if Lake takes what Trino does not; whether it fails,
    with which words in the message; why the answers differ, if they do."""

    name: str
    sql: str
    trino: str
    fails: str | None
    differs: str | None

    @property
    def is_ordered(self) -> bool:
        """Whether the order of the rows counts."""
        return re.search(r"\border\s+by\b[^()]*$", self.sql, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in Trino's form, or the reason why there is none."""

    names: list[str]
    types: list[str]
    rows: list[list[Any]]
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        """What is recorded."""
        if self.error is not None:
            return {"error": self.error}
        return {"names": self.names, "types": self.types, "rows": self.rows}


def cases() -> Iterator[Case]:
    """Every query of the corpus."""
    for path in sorted((HERE / "corpus").glob("*.yml")):
        for name, said in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            entry = {"sql": said} if isinstance(said, str) else said
            yield Case(
                f"{path.stem}: {name}",
                entry["sql"],
                entry.get("trino", entry["sql"]),
                entry.get("fails"),
                entry.get("differs"),
            )


def recorded() -> dict[str, Answer]:
    """What Trino answered, by name."""
    loaded = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return {
        name: Answer(
            said.get("names", []), said.get("types", []), said.get("rows", []), said.get("error")
        )
        for name, said in loaded.items()
    }


def tarns(connection: duckdb.DuckDBPyConnection, case: Case) -> Answer:
    """What Tarn answers."""
    try:
        translated = translate(case.sql, STORES, NOW)
    except QueryError as error:
        return Answer([], [], [], error.message)
    try:
        table = connection.execute(translated.sql).to_arrow_table()
    except duckdb.Error as error:
        return Answer([], [], [], failed(error, translated, connection, "").message)
    columns = [column.to_pylist(maps_as_pydicts="lossy") for column in table.columns]
    rows = [
        [as_protocol(value, kind) for value, kind in zip(row, translated.types, strict=True)]
        for row in zip(*columns, strict=True)
    ]
    return Answer(list(translated.columns), [str(kind) for kind in translated.types], rows)


def difference(case: Case, here: Answer, there: Answer) -> str | None:
    """What differs between two answers; null if nothing does."""
    if there.error is not None or here.error is not None:
        if there.error is not None and here.error is not None:
            return None
        return f"here: {here.error or 'rows'}; Trino: {there.error or 'rows'}"
    if here.names != there.names:
        return f"names: {here.names}, Trino: {there.names}"
    types = [plain_type(one) for one in here.types], [plain_type(one) for one in there.types]
    if types[0] != types[1]:
        return f"types: {types[0]}, Trino: {types[1]}"
    rows = _comparable(here.rows), _comparable(there.rows)
    if not case.is_ordered:
        rows = sorted(rows[0]), sorted(rows[1])
    for one, other in zip(*rows, strict=False):
        if one != other:
            return f"row: {one}, Trino: {other}"
    return None if len(rows[0]) == len(rows[1]) else f"{len(rows[0])} rows, Trino: {len(rows[1])}"


def plain_type(text: str) -> str:
    """A type without a text's length, and without a moment's digits."""
    plain = re.sub(r"\b(varchar|timestamp)\(\d+\)", r"\1", text.lower())
    return re.sub(r",\s*", ",", plain)


def _comparable(rows: list[list[Any]]) -> list[str]:
    return [json.dumps(_rounded(row), ensure_ascii=False, sort_keys=True) for row in rows]


def _rounded(value: Any) -> Any:
    """A value in which doubles have twelve digits: sums depend on their order."""
    if isinstance(value, float):
        return float(f"{value:.12g}") if math.isfinite(value) else str(value)
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return value
