"""Operators: comparing, reckoning, combining."""

from typing import Any, Final

from sqlglot import exp

from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, translates
from tarn.lake_sql.types import (
    BOOLEAN,
    IPADDRESS,
    VARCHAR,
    Type,
    array_of,
    common,
)

_COMPARISONS: Final[dict[type[exp.Expr], str]] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.NullSafeEQ: "is not distinct from",
    exp.NullSafeNEQ: "is distinct from",
}
_ORDERING: Final = (">", ">=", "<", "<=")


@translates(*_COMPARISONS)
def compared(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A comparison. Text beside a moment becomes one, as in Lake."""
    sign = _COMPARISONS[type(node)]
    quantified = _quantifier(node.expression)
    if quantified is not None:
        return _quantified(work, node, scope, *quantified)
    left, right = (work.expression(one, scope) for one in (node.this, node.expression))
    (left, right), kind = work.unify([left, right], node, f"The operator {_trinos(sign)}")
    form = orderable if sign in _ORDERING else comparable
    return Sql(f"({form(left.text, kind)} {sign} {form(right.text, kind)})", BOOLEAN)


def _trinos(sign: str) -> str:
    return sign.upper()


def comparable(text: str, kind: Type) -> str:
    """What is compared of a value: of a zoned moment the instant, of JSON the text."""
    if kind.name == "timestamp with time zone":
        return f"struct_extract({text}, 'at')"
    return text


def orderable(text: str, kind: Type) -> str:
    """What says of a value that it comes before another: of an address its bytes."""
    return f"lake_ip_order({text})" if kind == IPADDRESS else comparable(text, kind)


def _quantifier(node: exp.Expr) -> tuple[str, exp.Expr] | None:
    """ANY, SOME or ALL with its subquery; of VALUES sqlglot makes a call of that name."""
    if isinstance(node, exp.Any | exp.All):
        return ("any" if isinstance(node, exp.Any) else "all"), node.this
    if isinstance(node, exp.Anonymous) and node.name.lower() in ("all", "some"):
        inner = node.expressions[0] if len(node.expressions) == 1 else None
        if isinstance(inner, exp.Values | exp.Query):
            return ("all" if node.name.lower() == "all" else "any"), inner
    return None


def _quantified(work: Translation, node: exp.Expr, scope: Scope, word: str, inner: exp.Expr) -> Sql:
    """A comparison with ANY or ALL of a subquery's rows."""
    sign = _COMPARISONS[type(node)]
    left = work.expression(node.this, scope)
    text, kind = _one_column(work, inner, scope)
    (mine, theirs), target = work.unify([left, Sql("c0", kind)], node, f"{sign} {word.upper()}")
    form = orderable if sign in _ORDERING else comparable
    listed = f"select {form(theirs.text, target)} from ({text}) as {work.name('t')}"
    return Sql(f"({form(mine.text, target)} {sign} {word} ({listed}))", BOOLEAN)


def _one_column(work: Translation, node: exp.Expr, scope: Scope) -> tuple[str, Type]:
    query = _query(work, node, scope)
    if len(query.columns) != 1:
        raise work.failure(
            node, f"This subquery needs one column, and it has {len(query.columns)}."
        )
    return query.text, query.columns[0][2]


def _query(work: Translation, node: exp.Expr, scope: Scope) -> Any:
    """A subquery at a place, translated."""
    inner = node.this if isinstance(node, exp.Subquery | exp.Paren) else node
    queries = next((one.queries for one in scope.outwards() if one.queries is not None), None)
    if queries is None:
        raise work.failure(node, "A subquery cannot stand here.")
    return queries.translate(inner, scope)


@translates(exp.And, exp.Or)
def connected(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """AND or OR, of a chain however long."""
    word = "and" if isinstance(node, exp.And) else "or"
    parts, left = [node.expression], node.this
    while type(left) is type(node):
        parts.append(left.expression)
        left = left.this
    texts = [work.condition(one, scope, word.upper()).text for one in (left, *reversed(parts))]
    return Sql(f"({f' {word} '.join(texts)})", BOOLEAN)


@translates(exp.Not)
def negated(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """NOT."""
    return Sql(f"(not {work.condition(node.this, scope, 'NOT').text})", BOOLEAN)


@translates(exp.Is)
def is_null(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """IS NULL."""
    if not isinstance(node.expression, exp.Null):
        raise work.failure(node, "IS goes with [NOT] NULL or [NOT] DISTINCT FROM.")
    return Sql(f"({work.expression(node.this, scope).text} is null)", BOOLEAN)


@translates(exp.Between)
def between(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """BETWEEN, both bounds included."""
    parts = [work.expression(node.args[name], scope) for name in ("this", "low", "high")]
    (value, low, high), kind = work.unify(parts, node, "BETWEEN")
    texts = [orderable(one.text, kind) for one in (value, low, high)]
    return Sql(f"({texts[0]} between {texts[1]} and {texts[2]})", BOOLEAN)


@translates(exp.In)
def one_of(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """IN, of a list or of a subquery."""
    value = work.expression(node.this, scope)
    query = node.args.get("query")
    if query is not None:
        if value.type.name == "row":
            return _rows_in(work, node, value, scope)
        text, kind = _one_column(work, query, scope)
        target = common(value.type, kind)
        moved = value if target else work.convert(value, kind)
        if moved is None:
            raise work.failure(node, f"IN cannot take {value.type} and {kind} together.")
        return Sql(f"({moved.text} in ({text}))", BOOLEAN)
    if not node.expressions:
        raise work.failure(node, "IN needs a list or a subquery in brackets.")
    listed = [work.expression(one, scope) for one in node.expressions]
    (first, *rest), kind = work.unify([value, *listed], node, "IN")
    texts = [comparable(one.text, kind) for one in rest]
    return Sql(f"({comparable(first.text, kind)} in ({', '.join(texts)}))", BOOLEAN)


def _rows_in(work: Translation, node: exp.Expr, value: Sql, scope: Scope) -> Sql:
    query = _query(work, node.args["query"], scope)
    if len(query.columns) != len(value.type.parts):
        raise work.failure(node, f"IN needs {len(value.type.parts)} columns, and there are others.")
    packed = ", ".join(
        f"{value.type.key(place)} := {name}" for place, (_, name, _) in enumerate(query.columns)
    )
    return Sql(f"({value.text} in (select struct_pack({packed}) from ({query.text})))", BOOLEAN)


@translates(exp.Exists)
def exists(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """EXISTS."""
    query = _query(work, node.this, scope)
    return Sql(f"exists ({query.text})", BOOLEAN)


@translates(exp.Subquery)
def scalar_subquery(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A subquery of one column that stands for its one value; more rows are an error."""
    text, kind = _one_column(work, node, scope)
    return Sql(f"({text})", kind)


@translates(exp.Like, exp.Escape)
def like(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """LIKE, with or without ESCAPE."""
    inner, escape = node, ""
    if isinstance(node, exp.Escape):
        inner = node.this
        escape = f" escape {work.expression(node.expression, scope).text}"
    parts = [work.expression(one, scope) for one in (inner.this, inner.expression)]
    for part, place in zip(parts, (inner.this, inner.expression), strict=True):
        if part.type not in (VARCHAR, Type("unknown")):
            raise work.failure(place, f"LIKE compares texts, and this is {part.type}.")
    word = "not like" if inner is not node and inner.args.get("negate") else "like"
    return Sql(f"({parts[0].text} {word} {parts[1].text}{escape})", BOOLEAN)


@translates(exp.Neg)
def negative(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A minus before a number or a span of time."""
    found = work.expression(node.this, scope)
    if not found.type.is_number and not found.type.is_interval:
        raise work.failure(node, f"There is no negative {found.type}.")
    return Sql(f"(-{found.text})", found.type, f"-{found.value}" if found.value else None)


@translates(exp.DPipe, exp.SafeConcat) if hasattr(exp, "SafeConcat") else translates(exp.DPipe)
def joined(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """`||`: texts, or arrays, or an array and an element."""
    left, right = (work.expression(one, scope) for one in (node.this, node.expression))
    if "array" in (left.type.name, right.type.name):
        return _arrays_joined(work, node, left, right)
    for one, place in ((left, node.this), (right, node.expression)):
        if one.type not in (VARCHAR, Type("unknown"), Type("varbinary")):
            raise work.failure(
                place, f"|| joins texts, and this is {one.type}: cast it to varchar."
            )
    return Sql(f"({left.text} || {right.text})", left.type)


def _arrays_joined(work: Translation, node: exp.Expr, left: Sql, right: Sql) -> Sql:
    one, other = left, right
    if left.type.name != "array":
        one = Sql(f"[{left.text}]", array_of(left.type))
    if right.type.name != "array":
        other = Sql(f"[{right.text}]", array_of(right.type))
    (one, other), kind = work.unify([one, other], node, "||")
    if left.type.name == right.type.name == "array":
        return Sql(f"lake_concat({one.text}, {other.text})", kind)
    return Sql(f"list_concat({one.text}, {other.text})", kind)
