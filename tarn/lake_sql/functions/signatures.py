"""How functions are listed, and how a call finds its line.

A line is `argument types -> result type : DuckDB's SQL with {0}, {1} for the arguments`. A single
capital stands for any type, the same one throughout; `(T)boolean` is a lambda from T to boolean,
`T...` any number of more arguments (`{rest}`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlglot import exp

from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, refuse_order
from tarn.lake_sql.type_names import type_named
from tarn.lake_sql.types import UNKNOWN, Type, common

# Functions that put values in order.
_ORDERING: Final = ("greatest", "least", "max", "max_by", "min", "min_by")


@dataclass(frozen=True, slots=True)
class Lambda:
    """A lambda among a function's arguments."""

    takes: tuple[Type, ...]
    gives: Type


@dataclass(frozen=True, slots=True)
class Signature:
    """One way of calling a function."""

    takes: tuple[Type | Lambda, ...]
    repeats: Type | None
    gives: Type
    sql: str


@cache
def signature(line: str) -> Signature:
    """A line of the lists, read."""
    head, _, sql = line.partition(" : ")
    takes, _, gives = head.partition("->")
    repeats = None
    arguments: list[Type | Lambda] = []
    for word in _words(takes):
        if word.endswith("..."):
            repeats = type_named(word.removesuffix("..."))
        elif word.startswith("("):
            arguments.append(_lambda(word))
        else:
            arguments.append(type_named(word))
    return Signature(tuple(arguments), repeats, type_named(gives.strip()), sql)


def _words(text: str) -> Iterator[str]:
    """Types parted by blanks, of which there are some within brackets."""
    depth, word = 0, ""
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == " " and not depth:
            if word:
                yield word
            word = ""
        else:
            word += character
    if word:
        yield word


def _lambda(word: str) -> Lambda:
    place = _closing(word)
    inner = word[1:place].replace(",", ", ")
    takes = type_named(f"row({', '.join(f'_ {one}' for one in _parted(inner))})").parts
    return Lambda(takes, type_named(word[place + 1 :]))


def _closing(word: str) -> int:
    """Where the bracket is closed that a text begins with."""
    depth = 0
    for place, character in enumerate(word):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return place
    raise ValueError(word)


def _parted(text: str) -> Iterator[str]:
    depth, part = 0, ""
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += character
    yield part.strip()


class Misfit(Exception):
    """The arguments do not fit a signature."""


def call(
    work: Translation,
    node: exp.Expr,
    scope: Scope,
    lines: Sequence[str],
    arguments: Sequence[exp.Expr],
) -> Sql:
    """A call in DuckDB's SQL, by the first line that the arguments fit. Raises QueryError."""
    values = [
        None if isinstance(one, exp.Lambda) else work.expression(one, scope) for one in arguments
    ]
    if node.name.lower() in _ORDERING:
        refuse_order(work, node, *values)
    for exact in (True, False):
        for line in lines:
            try:
                return _apply(work, node, signature(line), arguments, values, scope, exact=exact)
            except Misfit:
                continue
    told = ", ".join("a lambda" if one is None else str(one.type) for one in values)
    wanted = " or ".join(f"({line.partition('->')[0].strip()})" for line in lines)
    raise work.failure(node, f"{node.name.lower()} takes {wanted}, and here it is given ({told}).")


def _apply(
    work: Translation,
    call_node: exp.Expr,
    known: Signature,
    arguments: Sequence[exp.Expr],
    values: Sequence[Sql | None],
    scope: Scope,
    *,
    exact: bool,
) -> Sql:
    more = len(arguments) - len(known.takes)
    if more < 0 or (more and known.repeats is None):
        raise Misfit
    takes = [*known.takes, *([known.repeats] * more if known.repeats else [])]
    bound: dict[str, Type] = {}
    for wanted, value in zip(takes, values, strict=True):
        if isinstance(wanted, Lambda) != (value is None):
            raise Misfit
        if value is not None and isinstance(wanted, Type):
            bind(wanted, value, bound)
    texts = [
        _argument(work, wanted, node, value, scope, bound, exact=exact)
        for wanted, node, value in zip(takes, arguments, values, strict=True)
    ]
    rest, place = ", ".join(texts[len(known.takes) :]), work.mark(call_node)
    gives = filled(known.gives, bound)
    return Sql(known.sql.format(*texts, rest=rest, gives=gives.duckdb, at=place), gives)


def _argument(
    work: Translation,
    wanted: Type | Lambda | None,
    node: exp.Expr,
    value: Sql | None,
    scope: Scope,
    bound: dict[str, Type],
    *,
    exact: bool,
) -> str:
    if isinstance(wanted, Lambda):
        return lambda_text(work, node, wanted, scope, bound)
    assert wanted is not None and value is not None
    target = filled(wanted, bound)
    if exact and value.type != target and value.type != UNKNOWN:
        raise Misfit
    found = work.convert(value, target)
    if found is None or (value.type.name == "varchar" and target.is_moment and exact):
        raise Misfit
    return f"cast(null as {target.duckdb})" if value.type == UNKNOWN else found.text


def lambda_text(
    work: Translation, node: exp.Expr, wanted: Lambda, scope: Scope, bound: dict[str, Type]
) -> str:
    """A lambda in DuckDB's words, its parameters under names of their own."""
    names = [one.name for one in node.expressions]
    if len(names) != len(wanted.takes):
        raise work.failure(node, f"This lambda needs {len(wanted.takes)} parameters.")
    own = [work.name("l") for _ in names]
    types = [filled(one, bound) for one in wanted.takes]
    parameters = {
        name.lower(): Sql(text, kind) for name, text, kind in zip(names, own, types, strict=True)
    }
    body = work.expression(node.this, Scope(outer=scope, parameters=parameters))
    bind(wanted.gives, body, bound)
    target = filled(wanted.gives, bound)
    found = work.convert(body, target)
    if found is None:
        raise work.failure(
            node.this, f"This lambda has to give {target}, and it gives {body.type}."
        )
    return f"lambda {', '.join(own)}: {found.text}"


def bind(wanted: Type, value: Sql, bound: dict[str, Type]) -> None:
    """Find out what the type variables of a signature stand for. Raises Misfit."""
    _bind(wanted, value.type, bound)


def _bind(wanted: Type, there: Type, bound: dict[str, Type]) -> None:
    if _is_variable(wanted):
        before = bound.get(wanted.name)
        both = there if before is None else common(before, there)
        if both is None:
            raise Misfit
        bound[wanted.name] = both
    elif wanted.parts and there != UNKNOWN:
        if wanted.name != there.name or len(wanted.parts) != len(there.parts):
            raise Misfit
        for one, other in zip(wanted.parts, there.parts, strict=True):
            _bind(one, other, bound)


def filled(wanted: Type, bound: dict[str, Type]) -> Type:
    """A type of a signature with its variables filled in."""
    if _is_variable(wanted):
        return bound.get(wanted.name, UNKNOWN)
    if wanted.parts:
        parts = tuple(filled(one, bound) for one in wanted.parts)
        fields = tuple(None if name == "_" else name for name in wanted.fields)
        return Type(wanted.name, parts, fields, wanted.precision, wanted.scale)
    return wanted


def _is_variable(kind: Type) -> bool:
    return len(kind.name) == 1 and kind.name.isupper()
