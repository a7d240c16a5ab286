"""Expressions with a grammar of their own: CASE, IF, TRY, arrays, rows, subscripts, casts."""

from typing import Final

from sqlglot import exp

from tarn.lake_sql.casts import NO_ERROR, cast_to
from tarn.lake_sql.names import literal
from tarn.lake_sql.operators import comparable
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, quoted, raising, translates
from tarn.lake_sql.type_names import type_of
from tarn.lake_sql.types import (
    BIGINT,
    DATE,
    INTEGERS,
    TIMESTAMP,
    UNKNOWN,
    VARCHAR,
    ZONED,
    Type,
    array_of,
    row_of,
)

_PARTS_OF_MOMENTS: Final = {
    "YEAR": "year",
    "QUARTER": "quarter",
    "MONTH": "month",
    "WEEK": "week",
    "DAY": "day",
    "DAY_OF_MONTH": "day",
    "DAY_OF_WEEK": "isodow",
    "DOW": "isodow",
    "DAY_OF_YEAR": "doy",
    "DOY": "doy",
    "YEAR_OF_WEEK": "isoyear",
    "YOW": "isoyear",
    "HOUR": "hour",
    "MINUTE": "minute",
    "SECOND": "second",
    "TIMEZONE_HOUR": "",
    "TIMEZONE_MINUTE": "",
}


@translates(exp.Case)
def case(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """CASE, searched or of a value."""
    subject = node.this
    branches = node.args["ifs"]
    conditions = []
    for branch in branches:
        if subject is None:
            conditions.append(work.condition(branch.this, scope, "WHEN").text)
        else:
            pair = [work.expression(one, scope) for one in (subject, branch.this)]
            (one, other), kind = work.unify(pair, branch, "CASE")
            conditions.append(f"{comparable(one.text, kind)} = {comparable(other.text, kind)}")
    results = [work.expression(branch.args["true"], scope) for branch in branches]
    default = node.args.get("default")
    results.append(work.expression(default, scope) if default else Sql("null", UNKNOWN))
    unified, kind = work.unify(results, node, "CASE")
    whens = zip(conditions, unified, strict=False)
    text = " ".join(f"when {condition} then {value.text}" for condition, value in whens)
    return Sql(f"case {text} else {unified[-1].text} end", kind)


@translates(exp.If)
def if_function(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """IF(condition, value[, value])."""
    condition = work.condition(node.this, scope, "IF")
    otherwise = node.args.get("false")
    results = [
        work.expression(node.args["true"], scope),
        work.expression(otherwise, scope) if otherwise else Sql("null", UNKNOWN),
    ]
    (one, other), kind = work.unify(results, node, "IF")
    return Sql(f"case when {condition.text} then {one.text} else {other.text} end", kind)


@translates(exp.Array)
def array(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """ARRAY[…]."""
    if not node.expressions:
        return Sql("cast([] as integer[])", array_of(UNKNOWN))
    values = [work.expression(one, scope) for one in node.expressions]
    unified, kind = work.unify(values, node, "ARRAY")
    inner = ", ".join(one.text for one in unified)
    return Sql(f"cast([{inner}] as {kind.duckdb}[])", array_of(kind))


@translates(exp.Tuple)
def row(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """(a, b) or ROW(a, b)."""
    return row_value([work.expression(one, scope) for one in node.expressions])


def row_value(values: list[Sql]) -> Sql:
    """A row of values whose fields have no names."""
    kind = row_of(*((None, one.type) for one in values))
    inner = ", ".join(f"'{kind.key(place)}': {one.text}" for place, one in enumerate(values))
    return Sql(f"cast({{{inner}}} as {kind.duckdb})", kind)


@translates(exp.Bracket)
def subscript(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """array[n], map[key] or row[n]: an error, not null, where there is nothing."""
    base = work.expression(node.this, scope)
    if len(node.expressions) != 1:
        raise work.failure(node, "A subscript is one value.")
    index = work.expression(node.expressions[0], scope)
    match base.type.name:
        case "map":
            key = work.convert(index, base.type.parts[0])
            if key is None:
                raise work.failure(node, f"The keys of this map are {base.type.parts[0]}.")
            missing = f"{base.text} is not null and not map_contains({base.text}, {key.text})"
            message = f"'Key not present in map: ' || {key.text}"
            text = raising(missing, work.mark(node), message, f"{base.text}[{key.text}]")
            return Sql(text, base.type.parts[1])
        case "array" if index.type.name in INTEGERS:
            return _element(base, index, work.mark(node))
        case "row" if index.value is not None and index.value.isdigit():
            place = int(index.value) - 1
            if not 0 <= place < len(base.type.parts):
                raise work.failure(node, f"This row has {len(base.type.parts)} fields.")
            key_name = quoted(base.type.key(place))
            return Sql(f"struct_extract({base.text}, {key_name})", base.type.parts[place])
    raise work.failure(node, f"[…] does not go with {base.type}.")


def _element(base: Sql, index: Sql, place: str) -> Sql:
    outside = f"{index.text} < 1 or {index.text} > len({base.text})"
    message = f"'There is no element ' || {index.text} || ' in an array of ' || len({base.text})"
    return Sql(raising(outside, place, message, f"{base.text}[{index.text}]"), base.type.parts[0])


@translates(exp.Cast, exp.TryCast)
def cast(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """CAST and TRY_CAST, and literals such as TIMESTAMP '…'."""
    target = type_of(node.args["to"])
    if target is None:
        raise work.failure(node, f"There is no type {node.args['to'].sql(dialect='trino')}.")
    if not isinstance(node, exp.TryCast) and _is_moment_literal(node, target):
        return _moment_literal(work, node, target)
    value = work.expression(node.this, scope)
    lengths = [
        one.name for one in node.args["to"].expressions if isinstance(one, exp.DataTypeParam)
    ]
    length = int(lengths[0]) if lengths and target == VARCHAR else None
    place = NO_ERROR if isinstance(node, exp.TryCast) else work.mark(node)
    text = cast_to(value, target, place)
    if text is None:
        raise work.failure(node, f"{value.type} cannot be cast to {target}.")
    return Sql(f"left({text}, {length})" if length else text, target)


def _is_moment_literal(node: exp.Expr, target: Type) -> bool:
    inner = node.this
    return target.is_moment and isinstance(inner, exp.Literal) and bool(inner.is_string)


def _moment_literal(work: Translation, node: exp.Expr, target: Type) -> Sql:
    """TIMESTAMP '2022-11-21 00:00:00', with a zone or without, or DATE '2022-11-21'."""
    text = str(node.this.name)
    value = literal(work, node.this, Scope())
    if target == DATE or (target.name == "timestamp" and _zone_of(text) is None):
        found = work.convert(value, target)
        if found is None or found.text.startswith("lake_moment"):
            raise work.failure(node.this, f"'{text}' is no moment: write '2022-11-21 08:30:00'.")
        digits = len(text.rpartition(".")[2]) if "." in text else 0
        kind = Type("timestamp", precision=digits) if target.name == "timestamp" else DATE
        return Sql(found.text, kind)
    zone = _zone_of(text) or "UTC"
    plain = text.strip().removesuffix(_zone_of(text) or "").strip()
    moment = work.convert(Sql("", VARCHAR, plain), TIMESTAMP)
    if moment is None or moment.text.startswith("lake_moment"):
        raise work.failure(node.this, f"'{text}' is no moment: write '2022-11-21 08:30:00 UTC'.")
    return Sql(f"lake_zoned({moment.text}, {quoted(zone)})", ZONED)


def _zone_of(text: str) -> str | None:
    import re

    found = re.search(
        r"\d(?::\d\d)?(?:\.\d+)?\s*([+-]\d\d:?\d\d|Z|[A-Za-z]+(?:/\w+)*)$", text.strip()
    )
    return found[1] if found and len(text.strip()) > len("2022-11-21") else None


@translates(exp.Extract)
def extract(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """EXTRACT(part FROM moment); a week's days count from Monday, 1."""
    part = _PARTS_OF_MOMENTS.get(node.this.name.upper())
    value = work.expression(node.expression, scope)
    if not part:
        raise work.failure(node.this, f"EXTRACT knows no {node.this.name}.")
    return part_of(work, node, part, value)


def part_of(work: Translation, node: exp.Expr, part: str, value: Sql) -> Sql:
    """A part of a moment, by the clock of its zone."""
    if value.type.is_interval:
        return Sql(f"date_part('{part}', {value.text})", BIGINT)
    if not value.type.is_moment:
        raise work.failure(node, f"This needs a moment, and it is {value.type}.")
    local = f"lake_local({value.text})" if value.type == ZONED else value.text
    return Sql(f"date_part('{part}', {local})", BIGINT)


@translates(exp.AtTimeZone)
def at_time_zone(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """moment AT TIME ZONE zone: the same instant by another clock."""
    value, zone = (work.expression(one, scope) for one in (node.this, node.args["zone"]))
    if not value.type.is_moment or zone.type != VARCHAR:
        raise work.failure(node, "AT TIME ZONE goes between a moment and the name of a zone.")
    moved = work.convert(value, ZONED)
    assert moved is not None
    return Sql(f"{{'at': struct_extract({moved.text}, 'at'), 'zone': {zone.text}}}", ZONED)


@translates(exp.CurrentTimestamp)
def now(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """The moment at which the query began."""
    del node, scope
    return Sql(f"{{'at': timestamp '{work.now}', 'zone': 'UTC'}}", ZONED)


@translates(exp.Localtimestamp)
def local_now(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """The same without a zone."""
    del node, scope
    return Sql(f"timestamp '{work.now}'", TIMESTAMP)


@translates(exp.CurrentDate)
def today(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """The day at which the query began."""
    del node, scope
    return Sql(f"date '{work.now.date()}'", DATE)
