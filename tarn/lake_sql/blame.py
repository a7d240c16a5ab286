"""Where in a user's query the fault lies when DuckDB, which cannot know, tells only what it is.

What may be at fault is known from the kind of failure. Of several such places, each is tried: all
others are put under TRY, and the query runs again. A place is named as the one only if the query
fails with it and does not fail without it; else all of them are named.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb
from sqlglot import exp

from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.faults import RECKONING, Fault, fault_of
from tarn.lake_sql.translation import Translation, quoted

if TYPE_CHECKING:
    from tarn.lake_sql.translate import Translated

# So long, together, a query is run again to find the place.
_SECONDS: Final = 5.0
_NAMES: Final[dict[type[exp.Expr], str]] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.Mod: "%",
    exp.Neg: "negation",
    exp.Cast: "cast",
    exp.AtTimeZone: "at time zone",
    exp.GroupConcat: "listagg",
    exp.Substring: "substr",
    exp.JSONValue: "json_value",
    exp.Subquery: "subquery",
}
# TRY takes none of these.
_UNTRIED: Final = (exp.Subquery, exp.Select, exp.Exists, exp.Window)
_VOLATILE: Final = ("rand", "random", "uuid")


@dataclass(frozen=True, slots=True)
class Suspect:
    """An expression that may be at fault: its nodes, all of the same words, and its name."""

    nodes: tuple[exp.Expr, ...]
    name: str
    can_be_tried: bool

    @property
    def ids(self) -> frozenset[int]:
        """What the translator knows it by."""
        return frozenset(map(id, self.nodes))


def explained(
    message: str, query: "Translated", connection: duckdb.DuckDBPyConnection
) -> QueryError | None:
    """A failure in Trino's words with its place, or places; null if it is of no known kind."""
    told = fault_of(message)
    if told is None:
        return None
    fault, found = told
    sentence, work = fault.sentence(found), query.work
    quoted = _quoted(query.tree, fault.quotes(found)) if fault.quotes else []
    if quoted:
        return QueryError(f"{sentence}.", work.place(quoted[0]))
    suspects = list(_suspects(query, fault))
    if fault.narrows:
        suspects = list(_of_type(suspects, query.work, fault.narrows(found)))
    named = _unreadable(suspects, connection) if fault.is_pattern else []
    named = named or _Trial(query, connection, fault).guilty(suspects)
    if len(named) == 1:
        return QueryError(f"{sentence}.", work.place(named[0].nodes[0]))
    places = [(one.name, work.place(one.nodes[0])) for one in named]
    listed = ", or ".join(
        f"{name} at line {place.line}, column {place.column}" for name, place in places if place
    )
    return QueryError(f"{sentence}: by {listed}." if listed else f"{sentence}.")


def _of_type(suspects: Sequence[Suspect], work: Translation, target: str) -> Iterator[Suspect]:
    """Those that may make a value of a type: themselves of it, or functions that do so inside."""
    for one in suspects:
        done = work.done.get(id(one.nodes[0]))
        if done is None or one.name not in RECKONING or target in str(done.type):
            yield one


def _unreadable(
    suspects: Sequence[Suspect], connection: duckdb.DuckDBPyConnection
) -> list[Suspect]:
    """The first suspect in the query whose pattern is no regular expression.

    A pattern that is written out is compiled before anything runs, and fails under TRY too.
    """
    found = []
    for one in suspects:
        pattern = one.nodes[0].expressions[1] if len(one.nodes[0].expressions) > 1 else None
        if isinstance(pattern, exp.Literal):
            try:
                connection.execute(f"select regexp_matches('', {quoted(pattern.name)})")
            except duckdb.Error:
                found.append(one)
    return found[-1:]


def _quoted(tree: exp.Expr, text: str) -> list[exp.Expr]:
    """The literals of a query that are a text."""
    found = [one for one in tree.find_all(exp.Literal) if one.is_string and one.name == text]
    return list(found) if len(found) == 1 else []


def _suspects(query: "Translated", fault: Fault) -> Iterator[Suspect]:
    """What a query has of the names that a fault may be by, inner ones first."""
    alike: dict[str, list[exp.Expr]] = {}
    for node in reversed(list(query.tree.walk(bfs=False))):
        if _name(node) in fault.names:
            done = query.work.done.get(id(node))
            alike.setdefault(done.text if done else str(id(node)), []).append(node)
    for nodes in alike.values():
        nodes.reverse()
        known = [query.work.done.get(id(node)) for node in nodes]
        tried = all(
            done is not None and _can_be_tried(query.work, node)
            for done, node in zip(known, nodes, strict=True)
        )
        yield Suspect(tuple(nodes), _name(nodes[0]), tried)


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.TryCast):
        return "try_cast"
    if isinstance(node, exp.Anonymous):
        name = str(node.name).lower()
        return "substr" if name == "substring" else name
    if isinstance(node, exp.Subquery) and isinstance(node.parent, exp.From | exp.Join | exp.In):
        return "from"
    return _NAMES.get(type(node), "")


def _can_be_tried(work: Translation, node: exp.Expr) -> bool:
    for one in node.walk():
        done = work.done.get(id(one))
        if isinstance(one, _UNTRIED) or _name(one) in _VOLATILE:
            return False
        if done is not None and done.is_aggregate:
            return False
    return True


class _Trial:
    """Runs of a query with some of its expressions under TRY, within a bounded time."""

    def __init__(
        self, query: "Translated", connection: duckdb.DuckDBPyConnection, fault: Fault
    ) -> None:
        self._query = query
        self._connection = connection
        self._fault = fault
        self._until = time.monotonic() + _SECONDS
        self._known: dict[frozenset[int], bool | None] = {}

    def guilty(self, suspects: Sequence[Suspect]) -> list[Suspect]:
        """The one that is surely at fault, or else all that may be."""
        for one in suspects:
            if not one.can_be_tried:
                continue
            around = {id(node) for inner in one.nodes for node in _around(inner)}
            free = [
                other
                for other in suspects
                if other is not one and other.can_be_tried and not other.ids & around
            ]
            others = frozenset[int]().union(*(other.ids for other in free))
            if self._fails(others) and self._fails(others | one.ids) is False:
                return [one]
        # One sum may fail by a conversion that nobody sees; no other function does.
        alone = suspects[0] if len(suspects) == 1 else None
        if alone and alone.name in RECKONING and alone.can_be_tried and self._fails(alone.ids):
            return []
        return sorted(suspects, key=lambda one: _begin(self._query.work, one))

    def _fails(self, tried: frozenset[int]) -> bool | None:
        """Whether the query fails in the same way with these under TRY; null: nobody knows."""
        if tried not in self._known:
            self._known[tried] = self._run(tried)
        return self._known[tried]

    def _run(self, tried: frozenset[int]) -> bool | None:
        left = self._until - time.monotonic()
        if left <= 0:
            return None
        timer = threading.Timer(left, self._connection.interrupt)
        timer.start()
        try:
            sql = self._query.again(tried)
            # All of it is reckoned, and none of it kept.
            self._connection.execute(f"select bit_xor(hash(answer)) from ({sql}) as answer")
            return False
        except QueryError:
            return None
        except duckdb.Error as error:
            told = fault_of(str(error))
            return True if told is not None and told[0] is self._fault else None
        finally:
            timer.cancel()


def _begin(work: Translation, one: Suspect) -> tuple[int, int]:
    place = work.place(one.nodes[0])
    return (place.line, place.column) if place else (0, 0)


def _around(node: exp.Expr) -> Iterator[exp.Expr]:
    outer = node.parent
    while outer is not None:
        yield outer
        outer = outer.parent
