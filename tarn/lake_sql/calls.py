"""Calls of functions: plain ones, aggregates, window functions."""

from difflib import get_close_matches
from functools import cache
from typing import Final

from sqlglot import exp

from tarn.lake_sql.aggregates import Around, aggregate
from tarn.lake_sql.functions import (
    dates,
    json_made,
    lambdas,
    networks,
    patterns,
    printing,
    rounding,
)
from tarn.lake_sql.functions import json as json_functions
from tarn.lake_sql.functions.aggregates import AGGREGATES, WINDOWS
from tarn.lake_sql.functions.collections import ARRAYS, MAPS
from tarn.lake_sql.functions.moments import MOMENTS
from tarn.lake_sql.functions.numbers import NUMBERS
from tarn.lake_sql.functions.signatures import call
from tarn.lake_sql.functions.special import SPECIAL
from tarn.lake_sql.functions.text import ADDRESSES, REGULAR_EXPRESSIONS, TEXT
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, translates
from tarn.lake_sql.types import INTEGER, UNKNOWN, VARCHAR

# These modules register functions: importing them is what they are for.
_REGISTERED: Final = (dates, json_made, lambdas, networks, patterns, printing, rounding)


@cache
def listed() -> dict[str, tuple[str, ...]]:
    """Every function that a list tells."""
    return {
        **TEXT,
        **REGULAR_EXPRESSIONS,
        **ADDRESSES,
        **ARRAYS,
        **MAPS,
        **MOMENTS,
        **NUMBERS,
        **json_functions.JSON_FUNCTIONS,
    }


@cache
def names() -> tuple[str, ...]:
    """The name of every function there is."""
    json = ("json_array", "json_exists", "json_object", "json_query", "json_value")
    more = (*json, "listagg", "grouping", "extract", "position")
    found = {*listed(), *SPECIAL, *AGGREGATES, *WINDOWS, *json_functions.PATH_FUNCTIONS, *more}
    return tuple(sorted(found))


@translates(exp.Anonymous)
def called(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A call by name."""
    name = str(node.name).lower()
    if name in AGGREGATES:
        return aggregate(work, node, scope, Around())
    if name in WINDOWS:
        raise work.failure(node, f"{name} is a window function: it needs OVER (…).")
    return scalar(work, node, scope, name, list(node.expressions))


def scalar(
    work: Translation,
    node: exp.Expr,
    scope: Scope,
    name: str,
    arguments: list[exp.Expr],
) -> Sql:
    """A function of one row's values."""
    if name == "now" and not arguments:
        return work.expression(exp.CurrentTimestamp(), scope)
    if name.startswith("regexp_"):
        arguments = patterns.with_named_groups(arguments)
    if name in SPECIAL:
        return SPECIAL[name](work, node, scope, arguments)
    if name in json_functions.PATH_FUNCTIONS:
        return json_functions.with_path(work, node, scope, name, arguments)
    if name == "grouping":
        inner = ", ".join(work.expression(one, scope).text for one in arguments)
        return Sql(f"cast(grouping({inner}) as integer)", INTEGER, is_aggregate=True)
    lines = listed().get(name)
    if lines is None:
        near = get_close_matches(name, names(), n=1)
        hint = f": did you mean {near[0]}?" if near else "."
        raise work.failure(node, f"There is no function {node.name}{hint}")
    return call(work, node, scope, lines, arguments)


@translates(exp.StrPosition)
def position(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """POSITION(text IN text)."""
    return scalar(work, node, scope, "strpos", [node.this, node.args["substr"]])


@translates(exp.Substring)
def substring(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """SUBSTRING(text FROM start FOR length)."""
    bounds = [node.args.get("start"), node.args.get("length")]
    return scalar(work, node, scope, "substr", [node.this, *(one for one in bounds if one)])


@translates(exp.Trim)
def trim(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """TRIM([BOTH | LEADING | TRAILING] [characters FROM] text)."""
    word = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(node.args.get("position") or "", "trim")
    value = work.expression(node.this, scope)
    if value.type not in (VARCHAR, UNKNOWN):
        raise work.failure(node, f"TRIM takes a text, and this is {value.type}.")
    given = node.args.get("expression")
    characters = work.expression(given, scope).text if given else "lake_blanks()"
    return Sql(f"{word}({value.text}, {characters})", VARCHAR)
