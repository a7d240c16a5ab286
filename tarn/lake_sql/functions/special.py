"""Functions that a line of a list cannot tell: what they take or give depends on values."""

from collections.abc import Callable
from typing import Final

from sqlglot import exp

from tarn.lake_sql.operators import comparable
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.special import row_value
from tarn.lake_sql.translation import Translation, quoted
from tarn.lake_sql.types import (
    UNKNOWN,
    VARCHAR,
    Type,
    array_of,
)

Special = Callable[[Translation, exp.Expr, Scope, list[exp.Expr]], Sql]
SPECIAL: Final[dict[str, Special]] = {}
_UNITS: Final = (
    "millisecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
)


def function(name: str, fewest: int, most: int | None = None) -> Callable[[Special], Special]:
    """Register a function by name, with how many arguments it takes."""

    def register(special: Special) -> Special:
        def checked(
            work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
        ) -> Sql:
            if len(arguments) < fewest or len(arguments) > (most or 10_000):
                raise work.failure(
                    node, f"{name} is given {len(arguments)} arguments: {special.__doc__}"
                )
            return special(work, node, scope, arguments)

        SPECIAL[name] = checked
        return special

    return register


def expressions(work: Translation, scope: Scope, arguments: list[exp.Expr]) -> list[Sql]:
    """The arguments of a call, translated."""
    return [work.expression(one, scope) for one in arguments]


@function("coalesce", 1)
def coalesce(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """coalesce(value, value, …)"""
    unified, kind = work.unify(expressions(work, scope, arguments), node, "COALESCE")
    return Sql(f"coalesce({', '.join(one.text for one in unified)})", kind)


@function("nullif", 2, 2)
def nullif(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """nullif(value, value)"""
    value = work.expression(arguments[0], scope)
    (one, other), kind = work.unify([value, work.expression(arguments[1], scope)], node, "NULLIF")
    same = f"{comparable(one.text, kind)} = {comparable(other.text, kind)}"
    return Sql(f"case when {same} then null else {value.text} end", value.type)


@function("greatest", 1)
def greatest(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """greatest(value, value, …): null if one of them is"""
    return _extreme(work, node, scope, arguments, "greatest")


@function("least", 1)
def least(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """least(value, value, …): null if one of them is"""
    return _extreme(work, node, scope, arguments, "least")


def _extreme(
    work: Translation,
    node: exp.Expr,
    scope: Scope,
    arguments: list[exp.Expr],
    name: str,
) -> Sql:
    unified, kind = work.unify(expressions(work, scope, arguments), node, name.upper())
    nulls = " or ".join(f"{one.text} is null" for one in unified)
    listed = ", ".join(one.text for one in unified)
    return Sql(f"case when {nulls} then null else {name}({listed}) end", kind)


@function("if", 2, 3)
def if_value(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """if(condition, value[, value])"""
    condition = work.condition(arguments[0], scope, "IF")
    results = [*expressions(work, scope, arguments[1:]), Sql("null", UNKNOWN)][:2]
    (one, other), kind = work.unify(results, node, "IF")
    return Sql(f"case when {condition.text} then {one.text} else {other.text} end", kind)


@function("try", 1, 1)
def try_value(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """try(expression)"""
    if arguments[0].find(exp.Subquery, exp.Select, exp.Exists):
        raise work.failure(
            node, "try() around a subquery is not taken: put it inside of the subquery."
        )
    found = work.expression(arguments[0], scope)
    return Sql(f"try({found.text})", found.type)


@function("concat", 1)
def concat(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """concat(text, text, …) or of arrays: null if one of them is"""
    values = expressions(work, scope, arguments)
    if any(one.type.name == "array" for one in values):
        arrays = [
            one if one.type.name == "array" else Sql(f"[{one.text}]", array_of(one.type))
            for one in values
        ]
        unified, kind = work.unify(arrays, node, "concat")
        text = unified[0].text
        for one in unified[1:]:
            text = f"lake_concat({text}, {one.text})"
        return Sql(text, kind)
    for place, one in zip(arguments, values, strict=True):
        if one.type not in (VARCHAR, UNKNOWN, Type("varbinary")):
            raise work.failure(
                place, f"concat joins texts, and this is {one.type}: cast it to varchar."
            )
    return Sql("(" + " || ".join(one.text for one in values) + ")", VARCHAR)


@function("row", 1)
def row(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """row(value, …)"""
    del node
    return row_value(expressions(work, scope, arguments))


@function("typeof", 1, 1)
def typeof(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """typeof(value)"""
    del node
    value = work.expression(arguments[0], scope)
    # The value stays in sight of DuckDB, for which an aggregate makes one row of many.
    return Sql(f"coalesce({quoted(str(value.type))}, cast({value.text} as varchar))", VARCHAR)
