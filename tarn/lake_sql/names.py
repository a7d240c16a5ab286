"""Names and constants: columns, fields of rows, parameters of lambdas, literals."""

import re
from decimal import Decimal
from typing import Final

from sqlglot import exp

from tarn.lake_sql.chains import chain_of, is_chain
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, quoted, translates
from tarn.lake_sql.types import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    INTEGER,
    UNKNOWN,
    VARBINARY,
    VARCHAR,
    decimal,
)

_LARGEST_INTEGER: Final = 2**31 - 1
_LARGEST_BIGINT: Final = 2**63 - 1


@translates(exp.Column, exp.Dot, exp.Identifier)
def named(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A name with dots: a lambda's parameter, a column, and fields of the rows in it."""
    if isinstance(node, exp.Dot) and not is_chain(node):
        if not isinstance(node.expression, exp.Identifier):
            raise work.failure(node.expression, "A function has no qualifier in Lake SQL.")
        return field_of(work, work.expression(node.this, scope), node.expression)
    parts = chain_of(node)
    base, rest = _resolve(work, node, parts, scope)
    for part in rest:
        base = field_of(work, base, part)
    return base


def _resolve(
    work: Translation, node: exp.Expr, parts: list[exp.Expr], scope: Scope
) -> tuple[Sql, list[exp.Expr]]:
    """What a name's first parts mean, and the parts that are fields of it."""
    first = parts[0].name
    for one in scope.outwards():
        if first.lower() in one.parameters:
            return one.parameters[first.lower()], parts[1:]
        if one.outputs and len(parts) == 1:
            for label, item in one.outputs:
                if label.lower() == first.lower():
                    return item, []
        found = one.qualified(first, parts[1].name) if len(parts) > 1 else []
        rest = parts[2:]
        if not found:
            found, rest = one.matches(first), parts[1:]
        if len(found) > 1:
            raise work.failure(node, f"Column {first} is in more than one table: write which.")
        if found:
            work.columns[id(node)] = one
            return Sql(found[0].sql, found[0].type), rest
        if len(parts) > 1 and one.has_relation(first):
            raise work.failure(
                parts[1], f"{first} has no column {parts[1].name}{_near(one, parts[1].name)}"
            )
    raise work.failure(node, f"There is no column {first} here{_near(scope, first)}")


def _near(scope: Scope, name: str) -> str:
    from difflib import get_close_matches

    there = {
        field.name.lower(): field.name
        for one in scope.outwards()
        for relation in one.relations
        for field in relation.fields
        if field.name
    }
    near = get_close_matches(name.lower(), there, n=1)
    return f": did you mean {there[near[0]]}?" if near else "."


def field_of(work: Translation, base: Sql, part: exp.Expr) -> Sql:
    """A field of a row, its name in any case."""
    if base.type.name != "row":
        hint = ""
        if base.type.name == "map":
            hint = f": write element_at(…, '{part.name}') for a key of a map"
        raise work.failure(part, f"This is {base.type}, which has no field {part.name}{hint}.")
    for place, name in enumerate(base.type.fields):
        if name is not None and name.lower() == part.name.lower():
            key = base.type.key(place)
            return Sql(f"struct_extract({base.text}, {quoted(key)})", base.type.parts[place])
    names = ", ".join(name for name in base.type.fields if name)
    raise work.failure(part, f"There is no field {part.name}; there are: {names}.")


@translates(exp.Literal)
def literal(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """A text or a number as it is written."""
    del scope
    text = node.name
    if node.args.get("is_string"):
        given = node.meta.get("start") in work.reading.given
        return Sql(quoted(text), VARCHAR, text, given)
    if text.isdigit():
        number = int(text)
        if number > _LARGEST_BIGINT:
            raise work.failure(node, f"{text} is larger than a bigint.")
        kind = INTEGER if number <= _LARGEST_INTEGER else BIGINT
        return Sql(f"cast({text} as {kind.duckdb})" if kind is BIGINT else text, kind, text)
    if "e" in text.lower():
        return Sql(f"cast('{text}' as double)", DOUBLE)
    _, digits, exponent = Decimal(text).as_tuple()
    scale = -int(exponent)
    kind = decimal(max(len(digits), scale), scale)
    return Sql(f"cast('{text}' as {kind.duckdb})", kind)


@translates(exp.UnicodeString)
def unicode_text(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """U&'caf\\00e9', with UESCAPE or without."""
    del work, scope
    escape = node.args.get("escape")
    mark = re.escape(escape.name if isinstance(escape, exp.Expr) else "\\")
    codes = rf"{mark}(?:({mark})|\+([0-9a-fA-F]{{6}})|([0-9a-fA-F]{{4}}))"
    text = re.sub(codes, lambda one: one[1] or chr(int(one[2] or one[3], 16)), node.name)
    return Sql(quoted(text), VARCHAR, text)


@translates(exp.Boolean)
def boolean(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """TRUE or FALSE."""
    del work, scope
    return Sql("true" if node.this else "false", BOOLEAN)


@translates(exp.Null)
def null(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """NULL, of no type yet."""
    del work, node, scope
    return Sql("null", UNKNOWN)


@translates(exp.HexString)
def binary(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """X'00ff'."""
    del work, scope
    return Sql(f"unhex('{node.name}')", VARBINARY)


@translates(exp.Paren)
def bracketed(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """An expression in brackets."""
    found = work.expression(node.this, scope)
    return Sql(f"({found.text})", found.type, found.value, found.given)
