"""Operators: comparing, reckoning, combining."""

from typing import Final

from sqlglot import exp

from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, converted, raising, translates
from tarn.lake_sql.types import (
    BOOLEAN,
    DAYS,
    INTEGERS,
    MONTHS,
    VARCHAR,
    Type,
    array_of,
    as_decimal,
    common,
    decimal,
)

_COMPARISONS: Final = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.NullSafeEQ: "is not distinct from",
    exp.NullSafeNEQ: "is distinct from",
}
_SIGNS: Final = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%"}


@translates(*_COMPARISONS)
def compared(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """A comparison. Text beside a moment becomes one, as in Lake."""
    sign = _COMPARISONS[type(node)]
    if isinstance(node.expression, exp.Any | exp.All):
        return _quantified(work, node, scope, sign)
    left, right = (work.expression(one, scope) for one in (node.this, node.expression))
    (left, right), kind = work.unify([left, right], node, f"The operator {_trinos(sign)}")
    return Sql(f"({comparable(left.text, kind)} {sign} {comparable(right.text, kind)})", BOOLEAN)


def _trinos(sign: str) -> str:
    return sign.upper()


def comparable(text: str, kind: Type) -> str:
    """What is compared of a value: of a zoned moment the instant, of JSON the text."""
    if kind.name == "timestamp with time zone":
        return f"struct_extract({text}, 'at')"
    return text


def _quantified(work: Translation, node: exp.Expression, scope: Scope, sign: str) -> Sql:
    """A comparison with ANY or ALL of a subquery's rows."""
    word = "any" if isinstance(node.expression, exp.Any) else "all"
    inner = node.expression.this
    left = work.expression(node.this, scope)
    text, kind = _one_column(work, inner, scope)
    if common(left.type, kind) is None:
        raise work.failure(node, f"{left.type} cannot be compared with {kind}.")
    return Sql(f"({left.text} {sign} {word} ({text}))", BOOLEAN)


def _one_column(work: Translation, node: exp.Expression, scope: Scope) -> tuple[str, Type]:
    inner = node.this if isinstance(node, exp.Subquery | exp.Paren) else node
    query = scope_queries(scope).translate(inner, scope)
    if len(query.columns) != 1:
        raise work.failure(
            node, f"This subquery needs one column, and it has {len(query.columns)}."
        )
    return query.text, query.columns[0][2]


def scope_queries(scope: Scope):  # type: ignore[no-untyped-def]
    """What translates subqueries at a place."""
    return next(one.queries for one in scope.outwards() if one.queries is not None)


@translates(exp.And, exp.Or)
def connected(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """AND or OR, of a chain however long."""
    word = "and" if isinstance(node, exp.And) else "or"
    parts, left = [node.expression], node.this
    while type(left) is type(node):
        parts.append(left.expression)
        left = left.this
    texts = [work.condition(one, scope, word.upper()).text for one in (left, *reversed(parts))]
    return Sql(f"({f' {word} '.join(texts)})", BOOLEAN)


@translates(exp.Not)
def negated(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """NOT."""
    return Sql(f"(not {work.condition(node.this, scope, 'NOT').text})", BOOLEAN)


@translates(exp.Is)
def is_null(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """IS NULL."""
    if not isinstance(node.expression, exp.Null):
        raise work.failure(node, "IS goes with [NOT] NULL or [NOT] DISTINCT FROM.")
    return Sql(f"({work.expression(node.this, scope).text} is null)", BOOLEAN)


@translates(exp.Between)
def between(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """BETWEEN, both bounds included."""
    parts = [work.expression(node.args[name], scope) for name in ("this", "low", "high")]
    (value, low, high), kind = work.unify(parts, node, "BETWEEN")
    texts = [comparable(one.text, kind) for one in (value, low, high)]
    return Sql(f"({texts[0]} between {texts[1]} and {texts[2]})", BOOLEAN)


@translates(exp.In)
def one_of(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
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


def _rows_in(work: Translation, node: exp.Expression, value: Sql, scope: Scope) -> Sql:
    inner = node.args["query"]
    query = scope_queries(scope).translate(inner.this, scope)
    if len(query.columns) != len(value.type.parts):
        raise work.failure(node, f"IN needs {len(value.type.parts)} columns, and there are others.")
    packed = ", ".join(
        f"{value.type.key(place)} := {name}" for place, (_, name, _) in enumerate(query.columns)
    )
    return Sql(f"({value.text} in (select struct_pack({packed}) from ({query.text})))", BOOLEAN)


@translates(exp.Exists)
def exists(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """EXISTS."""
    inner = node.this.this if isinstance(node.this, exp.Subquery) else node.this
    query = scope_queries(scope).translate(inner, scope)
    return Sql(f"exists ({query.text})", BOOLEAN)


@translates(exp.Subquery)
def scalar_subquery(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """A subquery of one column that stands for its one value; more rows are an error."""
    text, kind = _one_column(work, node, scope)
    return Sql(f"({text})", kind)


@translates(exp.Like, exp.Escape)
def like(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
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
def negative(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """A minus before a number or a span of time."""
    found = work.expression(node.this, scope)
    if not found.type.is_number and not found.type.is_interval:
        raise work.failure(node, f"There is no negative {found.type}.")
    return Sql(f"(-{found.text})", found.type, f"-{found.value}" if found.value else None)


@translates(exp.DPipe, exp.SafeConcat) if hasattr(exp, "SafeConcat") else translates(exp.DPipe)
def joined(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
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


def _arrays_joined(work: Translation, node: exp.Expression, left: Sql, right: Sql) -> Sql:
    one, other = left, right
    if left.type.name != "array":
        one = Sql(f"[{left.text}]", array_of(left.type))
    if right.type.name != "array":
        other = Sql(f"[{right.text}]", array_of(right.type))
    (one, other), kind = work.unify([one, other], node, "||")
    nulls = [text for text in (left.text, right.text)]
    joined_text = f"list_concat({one.text}, {other.text})"
    return Sql(
        f"case when {nulls[0]} is null or {nulls[1]} is null then null else {joined_text} end"
        if left.type.name == right.type.name == "array"
        else joined_text,
        kind,
    )


@translates(*_SIGNS)
def reckoned(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """Arithmetic with Trino's result types, of numbers or of moments."""
    left, right = (work.expression(one, scope) for one in (node.this, node.expression))
    sign = _SIGNS[type(node)]
    left, right = _given(left, right), _given(right, left)
    if left.type.name == "unknown":
        left = Sql(f"cast(null as {right.type.duckdb})", right.type)
    if right.type.name == "unknown":
        right = Sql(f"cast(null as {left.type.duckdb})", left.type)
    if left.type.is_number and right.type.is_number:
        return _numbers(left, right, sign, work.mark(node))
    found = _moments(left, right, sign)
    if found is None:
        raise work.failure(node, f"{left.type} {sign} {right.type} is not defined.")
    return found


def _given(value: Sql, other: Sql) -> Sql:
    return (
        Sql(value.value or "", other.type, value.value)
        if value.given and other.type.is_number
        else value
    )


def _numbers(left: Sql, right: Sql, sign: str, place: str) -> Sql:
    kind = common(left.type, right.type)
    assert kind is not None
    one, other = converted(left.text, left.type, kind), converted(right.text, right.type, kind)
    if kind.name in ("double", "real"):
        return Sql(f"({one} {sign} {other})" if sign != "%" else f"fmod({one}, {other})", kind)
    by_zero = f"({other}) = 0"
    if kind.name == "decimal":
        return _decimals(left, right, sign, place)
    if sign in "/%":
        text = f"(({one}) {'//' if sign == '/' else '%'} ({other}))"
        return Sql(raising(by_zero, place, "'Division by zero'", text), kind)
    return Sql(f"({one} {sign} {other})", kind)


def _decimals(left: Sql, right: Sql, sign: str, place: str) -> Sql:
    one, other = as_decimal(left.type), as_decimal(right.type)
    scale = max(one.scale, other.scale)
    whole = max(one.precision - one.scale, other.precision - other.scale)
    a, b = converted(left.text, left.type, one), converted(right.text, right.type, other)
    match sign:
        case "+" | "-":
            kind = decimal(whole + scale + 1, scale)
        case "*":
            kind = decimal(one.precision + other.precision, one.scale + other.scale)
        case "/":
            digits = one.precision + other.scale + max(other.scale - one.scale, 0)
            kind = decimal(digits, scale)
            text = f"cast(lake_quotient({a}, {b}, {scale}) as {kind.duckdb})"
            return Sql(raising(f"({b}) = 0", place, "'Division by zero'", text), kind)
        case _:
            kind = decimal(
                min(one.precision - one.scale, other.precision - other.scale) + scale, scale
            )
            text = f"cast(({a}) % ({b}) as {kind.duckdb})"
            return Sql(raising(f"({b}) = 0", place, "'Division by zero'", text), kind)
    return Sql(f"cast(({a}) {sign} ({b}) as {kind.duckdb})", kind)


def _moments(left: Sql, right: Sql, sign: str) -> Sql | None:
    if sign == "*" and left.type.is_interval and right.type.name in INTEGERS:
        return Sql(f"({left.text} * {right.text})", left.type)
    if sign == "*" and right.type.is_interval and left.type.name in INTEGERS:
        return Sql(f"({right.text} * {left.text})", right.type)
    if sign == "+" and left.type.is_interval and right.type.is_moment:
        left, right = right, left
    if sign in "+-" and left.type.is_moment and right.type.is_interval:
        return shifted(left, right.text, sign, by_clock=right.type == MONTHS)
    if sign in "+-" and left.type.is_interval and right.type == left.type:
        return Sql(f"({left.text} {sign} {right.text})", left.type)
    if sign == "-" and left.type.is_moment and right.type.is_moment:
        kind = common(left.type, right.type)
        assert kind is not None
        one, other = (
            comparable(converted(each.text, each.type, kind), kind) for each in (left, right)
        )
        return Sql(f"(cast({one} as timestamp) - cast({other} as timestamp))", DAYS)
    return None


def shifted(moment: Sql, interval: str, sign: str, *, by_clock: bool) -> Sql:
    """A moment, a span of time later or earlier: days of a zoned one by its clock, if asked."""
    if moment.type.name == "timestamp with time zone":
        macro = "lake_shift" if by_clock else "lake_later"
        return Sql(f"{macro}({moment.text}, {'-' if sign == '-' else ''}({interval}))", moment.type)
    text = f"({moment.text} {sign} {interval})"
    return Sql(f"cast({text} as date)" if moment.type.name == "date" else text, moment.type)


@translates(exp.Interval)
def interval(work: Translation, node: exp.Expression, scope: Scope) -> Sql:
    """INTERVAL '1' DAY."""
    del scope
    value, unit = node.this, node.args.get("unit")
    sign = -1 if isinstance(value, exp.Neg) else 1
    value = value.this if isinstance(value, exp.Neg) else value
    text = value.name if value is not None else ""
    if unit is None or not isinstance(unit, exp.Var):
        raise work.failure(node, "Write an interval as INTERVAL '1' DAY.")
    word = unit.name.lower().rstrip("s")
    if word not in ("second", "minute", "hour", "day", "week", "month", "year"):
        raise work.failure(node, f"There is no interval of {unit.name}.")
    try:
        number = float(text) if word == "second" else int(text)
    except ValueError:
        raise work.failure(node, f"{text!r} is no number of {word}s.")
    kind = MONTHS if word in ("month", "year") else DAYS
    return Sql(f"(to_{word}s({sign * number}))", kind)
