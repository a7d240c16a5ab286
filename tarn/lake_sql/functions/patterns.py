"""Regular expressions with groups, whose number is known from the pattern, and with lambdas."""

import re
from typing import Final

from sqlglot import exp

from tarn.lake_sql.functions.lambdas import lambda_body
from tarn.lake_sql.functions.signatures import call
from tarn.lake_sql.functions.special import expressions, function
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation
from tarn.lake_sql.types import INTEGERS, VARCHAR, array_of

_EXTRACT: Final = (
    "varchar varchar -> varchar : lake_regexp_extract({0}, {1}, 0)",
    "varchar varchar bigint -> varchar : lake_regexp_extract({0}, {1}, {2})",
)
_EXTRACT_ALL: Final = (
    "varchar varchar -> array(varchar) : regexp_extract_all({0}, {1})",
    "varchar varchar bigint -> array(varchar) : regexp_extract_all({0}, {1}, cast({2} as integer))",
)
_REPLACE: Final = (
    "varchar varchar -> varchar : regexp_replace({0}, {1}, '', 'g')",
    "varchar varchar varchar -> varchar : regexp_replace({0}, {1}, lake_replacement({2}), 'g')",
)
# Escapes, and brackets of characters, in which no group begins.
_NO_GROUPS: Final = re.compile(
    r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]", re.DOTALL
)
_GROUP: Final = re.compile(r"\((?:(?!\?)|\?P?<(?=[A-Za-z]))")
# Java's name of a group, which RE2 writes with a P.
_NAMED: Final = re.compile(r"(\\.)|\(\?<(?=[A-Za-z])", re.DOTALL)


def with_named_groups(arguments: list[exp.Expr]) -> list[exp.Expr]:
    """The arguments of a call, the names of groups in its pattern as RE2 writes them."""
    if len(arguments) < 2 or not isinstance(arguments[1], exp.Literal):
        return arguments
    pattern = arguments[1].copy()
    pattern.set("this", _NAMED.sub(lambda found: found[1] or "(?P<", pattern.name))
    return [arguments[0], pattern, *arguments[2:]]


def groups_of(pattern: str) -> int:
    """How many groups a pattern has."""
    return len(_GROUP.findall(_NO_GROUPS.sub("", pattern)))


def _check_group(work: Translation, arguments: list[exp.Expr], values: list[Sql]) -> None:
    pattern, group = values[1].value, values[2].value if len(values) > 2 else None
    if pattern is None or group is None or values[2].type.name not in INTEGERS:
        return
    there = groups_of(pattern)
    if not 0 <= int(group) <= there:
        raise work.failure(
            arguments[2], f"The pattern has {there} groups, and there is no group {group}."
        )


@function("regexp_extract", 2, 3)
def regexp_extract(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """regexp_extract(text, pattern[, group])"""
    _check_group(work, arguments, expressions(work, scope, arguments))
    return call(work, node, scope, _EXTRACT, arguments)


@function("regexp_extract_all", 2, 3)
def regexp_extract_all(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """regexp_extract_all(text, pattern[, group])"""
    _check_group(work, arguments, expressions(work, scope, arguments))
    return call(work, node, scope, _EXTRACT_ALL, arguments)


@function("regexp_replace", 2, 3)
def regexp_replace(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """regexp_replace(text, pattern[, text or groups -> text])"""
    if len(arguments) < 3 or not isinstance(arguments[2], exp.Lambda):
        return call(work, node, scope, _REPLACE, arguments)
    value, pattern = expressions(work, scope, arguments[:2])
    if value.type != VARCHAR or pattern.type != VARCHAR:
        raise work.failure(node, f"{regexp_replace.__doc__}")
    if pattern.value is None:
        raise work.failure(arguments[1], "Before a lambda the pattern has to be written as a text.")
    text, match, groups = (work.name("l") for _ in range(3))
    count = groups_of(pattern.value)
    body = lambda_body(work, arguments[2], scope, [Sql(groups, array_of(VARCHAR))])
    found = work.convert(body, VARCHAR)
    if found is None:
        raise work.failure(arguments[2], f"This lambda has to give a text, and gives {body.type}.")
    listed = ", ".join(
        f"regexp_extract_all({text}, {pattern.text}, {number})[{match}]"
        for number in range(1, count + 1)
    )
    group_list = f"cast([{listed}] as varchar[])"
    one = f"list_transform([{group_list}], lambda {groups}: {found.text})[1]"
    around = f"lake_around({text}, {pattern.text})"
    # A replacement that is null makes the whole null, as || does.
    pieces = (
        f"list_transform({around}, lambda p, {match}: "
        f"p || case when {match} < len({around}) then {one} else '' end)"
    )
    joined = (
        f"list_transform([{pieces}], lambda p: case when list_count(p) < len(p) then null "
        "else array_to_string(p, '') end)[1]"
    )
    return Sql(
        f"list_transform([{value.text}], lambda {text}: "
        f"case when {text} is null then null else {joined} end)[1]",
        VARCHAR,
    )
