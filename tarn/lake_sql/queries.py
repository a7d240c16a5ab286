"""Queries whole: SELECT, set operations, WITH, VALUES, and what they hand on to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation
from tarn.lake_sql.types import Type, common

_SET_WORDS: Final = {exp.Union: "union", exp.Intersect: "intersect", exp.Except: "except"}


@dataclass(frozen=True, slots=True)
class Query:
    """A translated query, and its columns: label as the user spells it (null: none), name in
    DuckDB, type."""

    text: str
    columns: tuple[tuple[str | None, str, Type], ...]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of a WITH, and what it is called in DuckDB."""

    alias: str
    query: Query


class Queries:
    """Translates queries; knows the names that WITH has given so far."""

    def __init__(self, work: Translation, outer: "Queries | None" = None) -> None:
        self._work = work
        self._outer = outer
        self._named: dict[str, NamedQuery] = {}

    def named(self, name: str) -> NamedQuery | None:
        """What WITH calls so, here or further out."""
        found = self._named.get(name.lower())
        return found or (self._outer.named(name) if self._outer else None)

    def translate(self, node: exp.Expr, outer: Scope | None) -> Query:
        """A query in DuckDB's SQL. Raises QueryError."""
        with_clause = node.args.get("with_")
        if with_clause is None:
            return self._body(node, outer)
        inner = Queries(self._work, self)
        steps = inner._with(with_clause, outer)
        query = inner._body(node, outer)
        return Query(f"with {steps} {query.text}", query.columns)

    def _with(self, node: exp.With, outer: Scope | None) -> str:
        if node.args.get("recursive"):
            raise self._work.failure(node, "WITH RECURSIVE is not taken.")
        steps = []
        for step in node.expressions:
            query = self.translate(step.this, outer)
            names = [column.name for column in step.args["alias"].columns]
            if names:
                if len(names) != len(query.columns):
                    raise self._work.failure(
                        step.args["alias"], "There is not one name for each column."
                    )
                pairs = zip(names, query.columns, strict=True)
                columns = tuple((name, *column[1:]) for name, column in pairs)
                query = Query(query.text, columns)
            alias = self._work.name("q")
            steps.append(f"{alias} as ({query.text})")
            self._named[step.alias.lower()] = NamedQuery(alias, query)
        return ", ".join(steps)

    def _body(self, node: exp.Expr, outer: Scope | None) -> Query:
        from tarn.lake_sql.selects import select

        if isinstance(node, exp.Select):
            return select(self._work, self, node, outer)
        if isinstance(node, exp.SetOperation):
            return self._tail(node, self._set_operation(node, outer), outer)
        if isinstance(node, exp.Subquery):
            return self._tail(node, self.translate(node.this, outer), outer)
        if isinstance(node, exp.Values):
            return self._values(node, outer)
        raise self._work.failure(node, "Only SELECT, VALUES and their combinations can be asked.")

    def _set_operation(self, node: exp.SetOperation, outer: Scope | None) -> Query:
        left, right = (self.translate(one, outer) for one in (node.this, node.expression))
        word = _SET_WORDS[type(node)]
        if len(left.columns) != len(right.columns):
            raise self._work.failure(
                node.expression,
                f"{word.upper()} needs as many columns on both sides: {len(left.columns)} here, "
                f"{len(right.columns)} there.",
            )
        if node.args.get("by_name") or node.args.get("on"):
            raise self._work.failure(node, f"{word.upper()} by names is not taken.")
        types = []
        for one, other in zip(left.columns, right.columns, strict=True):
            kind = common(one[2], other[2])
            if kind is None:
                raise self._work.failure(
                    node.expression, f"{word.upper()} cannot take {one[2]} and {other[2]} together."
                )
            types.append(kind)
        every = "" if node.args.get("distinct") else " all"
        text = f"({_cast(left, types)}) {word}{every} ({_cast(right, types)})"
        names = [label for label, _, _ in left.columns]
        columns = [(name, f"c{place}", types[place]) for place, name in enumerate(names)]
        return Query(text, tuple(columns))

    def _values(self, node: exp.Values, outer: Scope | None) -> Query:
        scope = Scope(outer=outer)
        rows = [
            [self._work.expression(one, scope) for one in _cells(row)] for row in node.expressions
        ]
        if len({len(row) for row in rows}) > 1:
            raise self._work.failure(node, "The rows of VALUES differ in length.")
        columns = [
            self._work.unify([row[place] for row in rows], node, "VALUES")
            for place in range(len(rows[0]))
        ]
        lines = [
            "(" + ", ".join(column[0][place].text for column in columns) + ")"
            for place in range(len(rows))
        ]
        names = [f"c{place}" for place in range(len(columns))]
        types = tuple(kind for _, kind in columns)
        text = f"select * from (values {', '.join(lines)}) as v({', '.join(names)})"
        query = Query(text, tuple((None, n, t) for n, t in zip(names, types, strict=True)))
        return Query(_cast(query, types), query.columns)

    def _tail(self, node: exp.Expr, query: Query, outer: Scope | None) -> Query:
        """ORDER BY, OFFSET and LIMIT behind a set operation or a bracket."""
        from tarn.lake_sql.selects import limits, order_by

        scope = Scope(outer=outer)
        outputs = [(name or "", Sql(column, kind)) for name, column, kind in query.columns]
        order = order_by(self._work, node, scope, outputs)
        rest = order + limits(self._work, node)
        if not rest:
            return query
        return Query(f"select * from ({query.text}) as {self._work.name('t')}{rest}", query.columns)


def _cells(row: exp.Expr) -> list[exp.Expr]:
    return list(row.expressions) if isinstance(row, exp.Tuple) else [row]


def _cast(query: Query, types: Sequence[Type]) -> str:
    """A query whose columns are called c0, c1, … and have these types."""
    from tarn.lake_sql.translation import converted

    columns = [
        f"{converted(chr(34) + name + chr(34), kind, target)} as c{place}"
        for place, ((_, name, kind), target) in enumerate(zip(query.columns, types, strict=True))
    ]
    return f"select {', '.join(columns)} from ({query.text}) as s"
