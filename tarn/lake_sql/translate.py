"""From the text of a Lake query to DuckDB's SQL, with the columns of its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlglot import exp

from tarn.lake_sql import aggregates, arithmetic, calls, names, operators, special
from tarn.lake_sql.dialect import parse
from tarn.lake_sql.queries import Queries, Query
from tarn.lake_sql.reading import Named, Reading, read
from tarn.lake_sql.stores import Store, Stores
from tarn.lake_sql.translation import Translation
from tarn.lake_sql.types import Type

# These modules say how expressions are translated: importing them is what they are for.
_RULES: Final = (aggregates, arithmetic, calls, names, operators, special)
# Types that have no like in Arrow or Parquet leave as their texts.
_AS_TEXT: Final = {
    "timestamp with time zone": "lake_zoned_text({})",
    "interval day to second": "lake_interval_text({})",
    "interval year to month": "lake_months_text({})",
    "json": "cast({} as varchar)",
}


@dataclass(frozen=True, slots=True)
class Translated:
    """A query ready to run: its SQL, its columns as Lake names them, the stores that it reads."""

    reading: Reading
    sql: str
    columns: tuple[str, ...]
    types: tuple[Type, ...]
    stores: tuple[Store, ...]
    # What tells where a query fails that has begun to run.
    tree: exp.Expr
    work: Translation

    def again(self, tried: frozenset[int]) -> str:
        """The same query with some expressions, told by their nodes' ids, under TRY."""
        work = Translation(self.reading, self.work.stores, self.work.now, tried)
        return _written(Queries(work).translate(self.tree, None))


def translate(
    text: str,
    stores: Stores,
    now: datetime,
    values: Sequence[str] = (),
    named: Named | None = None,
) -> Translated:
    """A Lake query in DuckDB's SQL. Raises QueryError where it is no query that Lake would run."""
    reading = read(text, values, named, [store.name for store in stores.known])
    tree = parse(reading)
    work = Translation(reading, stores, now)
    query = Queries(work).translate(tree, None)
    if any("hyperloglog" in str(kind) for _, _, kind in query.columns):
        raise work.failure(
            tree, "A sketch of approx_set cannot be shown here: cardinality(…) tells its number."
        )
    return Translated(
        reading,
        _written(query),
        tuple(label or f"_col{place}" for place, (label, _, _) in enumerate(query.columns)),
        tuple(kind for _, _, kind in query.columns),
        tuple(work.used.values()),
        tree,
        work,
    )


def _written(query: Query) -> str:
    """A query's SQL, types without a like in Arrow as their texts."""
    if not any(kind.name in _AS_TEXT for _, _, kind in query.columns):
        return query.text
    listed = ", ".join(
        f"{_AS_TEXT.get(kind.name, '{}').format(name)} as c{place}"
        for place, (_, name, kind) in enumerate(query.columns)
    )
    return f"select {listed} from ({query.text}) as answer"
