"""GROUP BY, and what may stand beside it."""

from dataclasses import dataclass

from sqlglot import exp

from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation


@dataclass(frozen=True, slots=True)
class Grouping:
    """A GROUP BY in DuckDB's SQL, and the expressions that it groups by."""

    text: str
    keys: frozenset[str]


def groups(work: Translation, node: exp.Select, scope: Scope, items: list[Sql]) -> Grouping:
    """The GROUP BY of a SELECT."""
    group = node.args.get("group")
    if group is None:
        return Grouping("", frozenset())
    if group.args.get("all"):
        raise work.failure(node, "GROUP BY ALL is not a part of Lake SQL: name the columns.")
    scope.allows_aggregates = False
    keys: set[str] = set()
    parts = [_part(work, one, scope, items, keys) for one in group.expressions]
    scope.allows_aggregates = True
    return Grouping(f" group by {', '.join(parts)}" if parts else "", frozenset(keys))


def _part(work: Translation, node: exp.Expr, scope: Scope, items: list[Sql], keys: set[str]) -> str:
    """A key, or ROLLUP, CUBE or GROUPING SETS of some."""
    if isinstance(node, exp.Rollup | exp.Cube):
        inner = ", ".join(_key(work, one, scope, items, keys) for one in node.expressions)
        return f"{type(node).__name__.lower()} ({inner})"
    if isinstance(node, exp.GroupingSets):
        sets = ", ".join(_set(work, one, scope, items, keys) for one in node.expressions)
        return f"grouping sets ({sets})"
    return _key(work, node, scope, items, keys)


def _set(work: Translation, node: exp.Expr, scope: Scope, items: list[Sql], keys: set[str]) -> str:
    if isinstance(node, exp.Tuple):
        inner = [_key(work, one, scope, items, keys) for one in node.expressions]
    elif isinstance(node, exp.Paren):
        inner = [_key(work, node.this, scope, items, keys)]
    else:
        inner = [_key(work, node, scope, items, keys)]
    return f"({', '.join(inner)})"


def _key(work: Translation, node: exp.Expr, scope: Scope, items: list[Sql], keys: set[str]) -> str:
    if isinstance(node, exp.Tuple):
        return ", ".join(_key(work, one, scope, items, keys) for one in node.expressions)
    if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
        place = int(node.name)
        if not 1 <= place <= len(items):
            raise work.failure(node, f"GROUP BY {node.name}: there are {len(items)} columns.")
        found = items[place - 1]
        if found.is_aggregate:
            raise work.failure(node, f"GROUP BY {node.name}: that column is an aggregate.")
    else:
        found = work.expression(node, scope)
    keys.add(found.text)
    return f"({found.text})"


def check_groups(
    work: Translation,
    node: exp.Select,
    scope: Scope,
    grouping: Grouping,
    items: list[exp.Expr],
) -> None:
    """Raises QueryError at a column that is neither grouped by nor inside of an aggregate."""
    having, order = node.args.get("having"), node.args.get("order")
    checked = [*items]
    checked += [having.this] if having else []
    checked += [one.this for one in order.expressions] if order else []
    if grouping.text or having or any(_aggregates(work, one) for one in checked):
        for one in checked:
            _check(work, one, scope, grouping.keys)
        if any(isinstance(one, exp.Star) for one in node.expressions):
            raise work.failure(node, "SELECT * cannot be grouped: name the columns.")


def _aggregates(work: Translation, node: exp.Expr) -> bool:
    if isinstance(node, exp.Window):
        return any(_aggregates(work, one) for one in _inside(node))
    if isinstance(node, exp.Subquery | exp.Select):
        return False
    found = work.done.get(id(node))
    if found is not None and found.is_aggregate and not isinstance(node, exp.Paren):
        return True
    return any(_aggregates(work, one) for one in node.iter_expressions())


def _inside(window: exp.Window) -> list[exp.Expr]:
    """What a window function's own call holds, and its window."""
    call = window.this
    while isinstance(call, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
        call = call.this
    return [
        *call.iter_expressions(),
        *(one for one in window.iter_expressions() if one is not window.this),
    ]


def _check(work: Translation, node: exp.Expr, scope: Scope, keys: frozenset[str]) -> None:
    found = work.done.get(id(node))
    if found is not None and found.text in keys:
        return
    if isinstance(node, exp.Window):
        for one in _inside(node):
            _check(work, one, scope, keys)
        return
    if isinstance(node, exp.Subquery | exp.Select):
        return
    if (
        found is not None
        and found.is_aggregate
        and isinstance(node, exp.Anonymous | exp.Filter | exp.Func)
    ):
        return
    if work.columns.get(id(node)) is scope:
        raise work.failure(
            node,
            f"{node.sql(dialect='trino')} must be inside of an aggregate or in GROUP BY.",
        )
    for one in node.iter_expressions():
        _check(work, one, scope, keys)
