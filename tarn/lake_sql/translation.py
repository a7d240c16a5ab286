"""What the parts of a translation share: fresh names, the way back to the user's text, and
conversions that Lake does by itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlglot import exp

from tarn.lake_sql.errors import Place, QueryError
from tarn.lake_sql.reading import Reading
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.stores import Store, Stores
from tarn.lake_sql.types import BOOLEAN, IPADDRESS, TIMESTAMP, VARCHAR, Type, common
from tarn.times import parse_moment

# So much SQL is never made of a query: it would be nested into itself.
_LONGEST: Final = 2_000_000

Handler = Callable[["Translation", exp.Expr, Scope], Sql]
_MARK: Final = re.compile(r"'@[\d:]*@?'")
HANDLERS: Final[dict[type[exp.Expr], Handler]] = {}


def translates(*kinds: type[exp.Expr]) -> Callable[[Handler], Handler]:
    """Register what translates a kind of expression."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            HANDLERS[kind] = handler
        return handler

    return register


class Translation:
    """One query on its way from Trino's dialect to DuckDB's."""

    def __init__(
        self,
        reading: Reading,
        stores: Stores,
        now: datetime,
        tried: frozenset[int] = frozenset(),
    ) -> None:
        self.reading = reading
        self.stores = stores
        self.now = now
        # Expressions, by the node's id, whose failure is to be null: so a failure is looked for.
        self._tried = tried
        self.used: dict[str, Store] = {}
        # What each expression became, and what each column reference is, by the node's id.
        self.done: dict[int, Sql] = {}
        self.columns: dict[int, Scope] = {}
        self._names = 0
        self._first: dict[str, str] = {}
        self._at: exp.Expr | None = None

    def name(self, prefix: str) -> str:
        """A name that is not taken."""
        self._names += 1
        return f"{prefix}{self._names}"

    def place(self, node: exp.Expr) -> Place | None:
        """Where an expression begins in the user's text."""
        starts = [one.meta["start"] for one in node.walk() if "start" in one.meta]
        return self.reading.place(min(starts)) if starts else None

    def failure(self, node: exp.Expr, message: str) -> QueryError:
        """The error to raise about an expression."""
        return QueryError(message, self.place(node))

    def expression(self, node: exp.Expr, scope: Scope) -> Sql:
        """An expression in DuckDB's SQL. Raises QueryError."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            raise self.failure(node, f"{_spelled(node)} is not a part of Lake SQL that Tarn runs.")
        before, self._at = self._at, node
        try:
            found = handler(self, node, scope)
        except RecursionError as error:
            raise QueryError("The query is nested too deeply.") from error
        self._at = before
        if len(found.text) > _LONGEST:
            raise self.failure(node, "This is nested too deeply.")
        found = self._same(found)
        if node.args.get("negate"):
            found = Sql(f"(not {found.text})", BOOLEAN)
        if id(node) in self._tried:
            found = replace(found, text=f"try({found.text})")
        self.done[id(node)] = found
        return found

    def mark(self, node: exp.Expr | None) -> str:
        """The place of an expression, to be told by an error when the query runs."""
        place = self.place(node) if node is not None else None
        return f"'@{place.line}:{place.column}@'" if place else "'@'"

    def _same(self, found: Sql) -> Sql:
        """An expression in the words in which it was first translated: GROUP BY compares them, and
        two of a kind differ by the places in them."""
        if "'@" not in found.text:
            return found
        text = self._first.setdefault(_MARK.sub("", found.text), found.text)
        return replace(found, text=text)

    def condition(self, node: exp.Expr, scope: Scope, where: str) -> Sql:
        """An expression that is true or false."""
        found = self.expression(node, scope)
        if found.type not in (BOOLEAN, Type("unknown")):
            raise self.failure(
                node, f"{where} needs something true or false, and this is {found.type}."
            )
        return found

    def convert(self, value: Sql, target: Type) -> Sql | None:
        """A value as another type, if Lake converts it by itself; else null."""
        if value.type == target or (common(value.type, target) is None and not value.given):
            return value if value.type == target else self._moment(value, target)
        if value.given and target != VARCHAR:
            return self._moment(value, target) or Sql(
                f"cast({value.text} as {target.duckdb})", target
            )
        if common(value.type, target) != target:
            return None
        return Sql(converted(value.text, value.type, target), target, value.value)

    def _moment(self, value: Sql, target: Type) -> Sql | None:
        """A text as a moment, which Lake takes for one and Trino does not."""
        if value.type != VARCHAR or not target.is_moment:
            return None
        text = moment_literal(value.value) if value.value is not None else None
        if text is None:
            text = f"lake_moment({value.text}, {self.mark(self._at)})"
        return Sql(converted(text, TIMESTAMP, target), target)

    def unify(self, values: Sequence[Sql], node: exp.Expr, what: str) -> tuple[list[Sql], Type]:
        """Values as one type. Raises QueryError where they have none in common."""
        target = values[0].type
        for value in values[1:]:
            if target.name == "unknown" or common(target, value.type) is not None:
                target = common(target, value.type) or value.type
            elif self.convert(value, target) is None:
                if self.convert(Sql("", target, None, values[0].given), value.type) is None:
                    raise self.failure(
                        node, f"{what} cannot take {target} and {value.type} together."
                    )
                target = value.type
        unified = [self.convert(value, target) for value in values]
        for value, found in zip(values, unified, strict=True):
            if found is None:
                raise self.failure(node, f"{what} cannot take {target} and {value.type} together.")
        return [one for one in unified if one is not None], target


def refuse_order(work: Translation, node: exp.Expr, *values: Sql | None) -> None:
    """Raises QueryError for addresses, which lie in the lake as texts and would come in theirs."""
    if any(value is not None and value.type == IPADDRESS for value in values):
        raise work.failure(
            node,
            "Addresses are not sorted here: cast(… as varchar) sorts their texts.",
        )


def moment_literal(text: str) -> str | None:
    """A moment as Lake writes it, in DuckDB's words; null if it is none."""
    try:
        return f"timestamp '{parse_moment(text)}'"
    except ValueError:
        return None


def converted(text: str, source: Type, target: Type) -> str:
    """A value of one type as another that holds every value of it."""
    if source == target:
        return text
    if target.name == "timestamp with time zone" and source.name != "unknown":
        return f"{{'at': cast({text} as timestamp), 'zone': 'UTC'}}"
    if source.duckdb == target.duckdb:
        return text
    return f"cast({text} as {target.duckdb})"


def quoted(text: str) -> str:
    """A text as a literal."""
    return "'" + text.replace("'", "''") + "'"


def raising(condition: str, place: str, message: str, otherwise: str) -> str:
    """An expression that fails with a message where a condition holds.

    A constant that fails must be no condition by itself: DuckDB would try it beforehand.
    """
    failing = f"case when {condition} then lake_fail({place}, {message}) else false end"
    return f"case when {failing} then null else {otherwise} end"


def _spelled(node: exp.Expr) -> str:
    name = type(node).__name__
    return f"{name}: {node.sql(dialect='trino')[:60]}"
