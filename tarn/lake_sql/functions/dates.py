"""Functions of moments whose meaning hangs on a unit or a pattern that is written out."""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from sqlglot import exp

from tarn.lake_sql.arithmetic import shifted
from tarn.lake_sql.functions.formats import joda_format, joda_parts, mysql_format
from tarn.lake_sql.functions.moments import PARTS
from tarn.lake_sql.functions.special import Special, expressions, function
from tarn.lake_sql.operators import comparable
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.special import part_of
from tarn.lake_sql.translation import Translation, quoted
from tarn.lake_sql.types import BIGINT, INTEGERS, TIMESTAMP, VARCHAR, ZONED

Read = TypeVar("Read")
_OF_THE_CLOCK: Final = ("millisecond", "second", "minute", "hour")
_UNITS: Final = (*_OF_THE_CLOCK, "day", "week", "month", "quarter", "year")


@function("date_trunc", 2, 2)
def date_trunc(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """date_trunc('unit', moment)"""
    unit = _unit(work, arguments[0])
    value = _moment_of(work, arguments[1], work.expression(arguments[1], scope))
    del node
    if value.type == ZONED:
        return Sql(f"lake_trunc({quoted(unit)}, {value.text})", ZONED)
    return Sql(f"cast(date_trunc({quoted(unit)}, {value.text}) as {value.type.duckdb})", value.type)


@function("date_add", 3, 3)
def date_add(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """date_add('unit', number, moment)"""
    del node
    unit = _unit(work, arguments[0])
    number, value = expressions(work, scope, arguments[1:])
    if number.type.name not in INTEGERS and not number.given:
        raise work.failure(
            arguments[1], f"date_add adds a whole number, and this is {number.type}."
        )
    value = _moment_of(work, arguments[2], value)
    by_clock = unit not in _OF_THE_CLOCK
    return shifted(value, f"to_{unit}s(cast({number.text} as integer))", "+", by_clock=by_clock)


@function("date_diff", 3, 3)
def date_diff(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """date_diff('unit', earlier, later): whole units between them"""
    unit = _unit(work, arguments[0])
    pair = [
        _moment_of(work, place, value)
        for place, value in zip(arguments[1:], expressions(work, scope, arguments[1:]), strict=True)
    ]
    (one, other), kind = work.unify(pair, node, "date_diff")
    if kind == ZONED and unit not in _OF_THE_CLOCK:
        # Days are those of the first moment's zone, of 23 and of 25 hours too.
        later = f"{{'at': struct_extract({other.text}, 'at'), 'zone': ({one.text}).zone}}"
        texts = [f"lake_local({one.text})", f"lake_local({later})"]
        return Sql(f"lake_date_diff({quoted(unit)}, {', '.join(texts)})", BIGINT)
    texts = [f"cast({comparable(each.text, kind)} as timestamp)" for each in (one, other)]
    return Sql(f"lake_date_diff({quoted(unit)}, {texts[0]}, {texts[1]})", BIGINT)


def _unit(work: Translation, node: exp.Expr) -> str:
    text = node.name.lower().rstrip("s") if isinstance(node, exp.Literal) else ""
    if text not in _UNITS:
        raise work.failure(node, f"The unit is one of {', '.join(_UNITS)}, in quotes.")
    return text


def _moment_of(work: Translation, node: exp.Expr, value: Sql) -> Sql:
    """A moment; a text becomes one, as it does beside a moment."""
    if value.type.is_moment:
        return value
    found = work.convert(value, TIMESTAMP)
    if found is None:
        raise work.failure(node, f"This needs a moment, and it is {value.type}.")
    return found


@function("date_format", 2, 2)
def date_format(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """date_format(moment, '%Y-%m-%d')"""
    del node
    local = _local(_moment_of(work, arguments[0], work.expression(arguments[0], scope)))
    return Sql(f"strftime({local}, {quoted(_pattern(work, arguments[1], mysql_format))})", VARCHAR)


@function("format_datetime", 2, 2)
def format_datetime(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """format_datetime(moment, 'yyyy-MM-dd')"""
    value = _moment_of(work, arguments[0], work.expression(arguments[0], scope))
    texts = []
    for is_sql, part in _pattern(work, arguments[1], joda_parts):
        if is_sql and "{1}" in part and value.type != ZONED:
            raise work.failure(arguments[1], "This moment has no zone, and the pattern tells one.")
        template = part if is_sql else f"strftime({{0}}, {quoted(part)})"
        texts.append(template.replace("{0}", _local(value)).replace("{1}", value.text))
    text = " || ".join(texts) or quoted("")
    return Sql(f"({text.replace('{2}', work.mark(node))})", VARCHAR)


@function("date_parse", 2, 2)
def date_parse(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """date_parse(text, '%Y-%m-%d')"""
    value = work.expression(arguments[0], scope)
    pattern = _pattern(work, arguments[1], mysql_format)
    if value.type != VARCHAR:
        raise work.failure(node, f"date_parse takes a text, and this is {value.type}.")
    return Sql(_parsed(work, arguments, value.text, pattern), TIMESTAMP)


@function("parse_datetime", 2, 2)
def parse_datetime(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """parse_datetime(text, 'yyyy-MM-dd')"""
    value = work.expression(arguments[0], scope)
    pattern = _pattern(work, arguments[1], joda_format)
    if value.type != VARCHAR:
        raise work.failure(node, f"parse_datetime takes a text, and this is {value.type}.")
    found = _parsed(work, arguments, value.text, pattern)
    return Sql(f"lake_zoned({found}, 'UTC')", ZONED)


def _parsed(work: Translation, arguments: list[exp.Expr], text: str, pattern: str) -> str:
    """A text read by a pattern. A time without a day is of the first day of 1970, as in Trino."""
    if not re.search("%-?[YyGjdmbBeVuaA]", pattern):
        return f"strptime('1970 ' || {text}, {quoted('%Y ' + pattern)})"
    if not re.search("%[YyG]", pattern):
        raise work.failure(arguments[1], "This pattern has a day and no year to read it with.")
    return f"strptime({text}, {quoted(pattern)})"


def _local(value: Sql) -> str:
    """A moment by the clock of its zone."""
    return f"lake_local({value.text})" if value.type == ZONED else value.text


def _pattern(work: Translation, node: exp.Expr, formats: Callable[[str], Read | None]) -> Read:
    if not isinstance(node, exp.Literal):
        raise work.failure(node, "The pattern has to be written as a text here.")
    found = formats(node.name)
    if found is None:
        raise work.failure(node, f"'{node.name}' has a letter that Tarn knows no equal of.")
    return found


@function("millisecond", 1, 1)
def millisecond(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """millisecond(moment)"""
    value = work.expression(arguments[0], scope)
    found = part_of(work, node, "millisecond", value)
    return Sql(f"({found.text} % 1000)", BIGINT)


def part_functions() -> dict[str, Special]:
    """year(moment) and the like."""

    def named(part: str) -> Special:
        def found(
            work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
        ) -> Sql:
            value = _moment_or_span(work, arguments[0], work.expression(arguments[0], scope))
            return part_of(work, node, part, value)

        found.__doc__ = "one moment"
        return found

    return {name: named(part) for name, part in PARTS.items()}


def _moment_or_span(work: Translation, node: exp.Expr, value: Sql) -> Sql:
    return value if value.type.is_interval else _moment_of(work, node, value)


for _name, _special in part_functions().items():
    function(_name, 1, 1)(_special)
