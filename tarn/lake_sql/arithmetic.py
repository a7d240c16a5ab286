"""Reckoning with numbers and moments, with Trino's kinds of results."""

from typing import Final

from sqlglot import exp

from tarn.lake_sql.operators import comparable
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, converted, raising, translates
from tarn.lake_sql.types import DAYS, INTEGERS, MONTHS, as_decimal, common, decimal

_SIGNS: Final[dict[type[exp.Expr], str]] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.Mod: "%",
}


@translates(*_SIGNS)
def reckoned(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
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
def interval(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
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
    except ValueError as error:
        raise work.failure(node, f"{text!r} is no number of {word}s.") from error
    kind = MONTHS if word in ("month", "year") else DAYS
    return Sql(f"(to_{word}s({sign * number}))", kind)
