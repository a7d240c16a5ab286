"""Aggregates with DISTINCT, ORDER BY and FILTER, and functions over windows."""

from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from tarn.lake_sql.functions.aggregates import AGGREGATES, WINDOWS
from tarn.lake_sql.functions.signatures import call
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.selects import ordered
from tarn.lake_sql.translation import Translation, quoted, translates
from tarn.lake_sql.types import BIGINT, VARCHAR, decimal

_SIDES: Final = {"PRECEDING": "preceding", "FOLLOWING": "following"}
_WIDEST: Final = 38


@dataclass(frozen=True, slots=True)
class Around:
    """What stands behind an aggregate's brackets: FILTER and OVER; and how it treats nulls."""

    filter: str = ""
    over: str = ""
    nulls: str = ""


@translates(exp.Filter)
def filtered(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """An aggregate of the rows for which something is true."""
    return _marked(work, node.this, aggregate(work, node.this, scope, _filter(work, node, scope)))


def _filter(work: Translation, node: exp.Expr, scope: Scope) -> Around:
    before, scope.allows_aggregates = scope.allows_aggregates, False
    condition = work.condition(node.expression.this, scope, "FILTER")
    scope.allows_aggregates = before
    return Around(f" filter (where {condition.text})")


def _marked(work: Translation, node: exp.Expr, found: Sql) -> Sql:
    """A part is known by what the whole became, too."""
    work.done[id(node)] = found
    return found


@translates(exp.GroupConcat)
def listagg(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """LISTAGG(text, separator) WITHIN GROUP (ORDER BY …)."""
    return aggregate(work, node, scope, Around())


def aggregate(work: Translation, node: exp.Expr, scope: Scope, around: Around) -> Sql:
    """An aggregate, or with OVER a window function."""
    name = "listagg" if isinstance(node, exp.GroupConcat) else str(node.name).lower()
    known = {**AGGREGATES, **(WINDOWS if around.over else {})}
    if name not in known and name != "listagg":
        raise work.failure(node, f"{name} is no aggregate.")
    if not around.over and not scope.allows_aggregates:
        raise work.failure(
            node, f"The aggregate {name} cannot stand here: filter groups by HAVING."
        )
    before = scope.allows_aggregates
    scope.allows_aggregates = bool(around.over) and before
    arguments, distinct, order = _inside(work, node, scope)
    if name == "count" and (not arguments or isinstance(arguments[0], exp.Star)):
        found = Sql("count(*)[f]", BIGINT)
    elif name == "listagg":
        found = _listagg(work, node, scope, arguments)
    else:
        found = _decimal(work, scope, name, arguments) or call(
            work, node, scope, known[name], arguments
        )
    scope.allows_aggregates = before
    text = found.text
    if "[f]" not in text:
        head, _, rest = text.partition("(")
        nulls = f" {around.nulls}" if around.nulls else ""
        text = f"{head}([d]{rest.removesuffix(')')}[o]{nulls})[f]"
    text = text.replace("[d]", "distinct " if distinct else "").replace("[o]", order)
    return Sql(
        text.replace("[f]", around.filter + around.over), found.type, is_aggregate=not around.over
    )


def _inside(work: Translation, node: exp.Expr, scope: Scope) -> tuple[list[exp.Expr], bool, str]:
    """The arguments, whether they are distinct, and their order."""
    arguments = [node.this] if isinstance(node, exp.GroupConcat) else list(node.expressions)
    order, distinct = "", False
    if arguments and isinstance(arguments[-1], exp.Order):
        keys = arguments[-1]
        arguments = [*arguments[:-1], keys.this]
        texts = [
            ordered(work, one, work.expression(one.this, scope).text) for one in keys.expressions
        ]
        order = f" order by {', '.join(texts)}"
    if arguments and isinstance(arguments[0], exp.Distinct):
        distinct, arguments = True, [*arguments[0].expressions, *arguments[1:]]
    return arguments, distinct, order


def _decimal(work: Translation, scope: Scope, name: str, arguments: list[exp.Expr]) -> Sql | None:
    """A sum or mean of decimals, which is one."""
    if name not in ("sum", "avg") or len(arguments) != 1:
        return None
    value = work.expression(arguments[0], scope)
    if value.type.name != "decimal":
        return None
    precision = _WIDEST if name == "sum" else value.type.precision
    kind = decimal(precision, value.type.scale)
    text = f"{name}([d]{value.text})[f]"
    if name == "avg":
        text = f"round({text}, {kind.scale})"
    return Sql(f"cast({text} as {kind.duckdb})", kind)


def _listagg(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    value = work.expression(arguments[0], scope)
    separator = node.args.get("separator")
    if value.type != VARCHAR:
        raise work.failure(node, f"LISTAGG puts texts together, and this is {value.type}.")
    between = work.expression(separator, scope).text if separator is not None else quoted("")
    return Sql(f"string_agg([d]{value.text}, {between}[o])[f]", VARCHAR)


@translates(exp.Window)
def window(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A function OVER a window."""
    call_node, nulls, filter_text = node.this, "", ""
    while isinstance(call_node, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
        if isinstance(call_node, exp.Filter):
            filter_text = _filter(work, call_node, scope).filter
        else:
            nulls = "ignore nulls" if isinstance(call_node, exp.IgnoreNulls) else ""
        call_node = call_node.this
    over = _over(work, node, scope)
    return aggregate(work, call_node, scope, Around(filter_text, f" over ({over})", nulls))


def _over(work: Translation, node: exp.Expr, scope: Scope) -> str:
    """What stands in the brackets of OVER, a window's name resolved."""
    parts = []
    named = node.args.get("alias")
    if named is not None:
        known = next(
            (
                one.windows[named.name.lower()]
                for one in scope.outwards()
                if named.name.lower() in one.windows
            ),
            None,
        )
        if known is None:
            raise work.failure(node, f"There is no window {named.name}.")
        parts.append(_over(work, known, scope))
    keys = node.args.get("partition_by") or []
    if keys:
        listed = ", ".join(work.expression(one, scope).text for one in keys)
        parts.append(f"partition by {listed}")
    order = node.args.get("order")
    if order is not None:
        texts = [
            ordered(work, one, work.expression(one.this, scope).text) for one in order.expressions
        ]
        parts.append(f"order by {', '.join(texts)}")
    spec = node.args.get("spec")
    if spec is not None:
        parts.append(_frame(work, spec, scope))
    return " ".join(part for part in parts if part)


def _frame(work: Translation, node: exp.Expr, scope: Scope) -> str:
    bounds = []
    for name in ("start", "end"):
        bound, side = node.args.get(name), node.args.get(f"{name}_side")
        if bound is None:
            continue
        if isinstance(bound, exp.Expr):
            text = work.expression(bound, scope).text
        else:
            text = str(bound).lower()
        bounds.append(f"{text} {_SIDES[str(side).upper()]}" if side else text)
    kind = str(node.args.get("kind") or "rows").lower()
    return f"{kind} between {bounds[0]} and {bounds[-1] if len(bounds) > 1 else 'current row'}"
