"""Functions of numbers whose results have digits that hang on what goes in."""

from sqlglot import exp

from tarn.lake_sql.functions.special import Special, expressions, function
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation
from tarn.lake_sql.types import DOUBLE, INTEGERS, Type, decimal


def _number(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    value = work.expression(node, scope)
    if not value.type.is_number:
        raise work.failure(node, f"This needs a number, and it is {value.type}.")
    return value


def _whole(kind: Type) -> Type:
    """The decimal that a decimal becomes when it is rounded."""
    return decimal(kind.precision - kind.scale + (1 if kind.scale else 0), 0)


@function("round", 1, 2)
def rounded(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """round(number[, digits]): half goes away from zero"""
    del node
    value = _number(work, arguments[0], scope)
    places = expressions(work, scope, arguments[1:])
    if value.type.name in INTEGERS:
        if not places:
            return value
        text = f"round({value.text}, cast({places[0].text} as integer))"
        return Sql(f"cast({text} as {value.type.duckdb})", value.type)
    if value.type.name != "decimal":
        return Sql(f"lake_round({value.text}, {places[0].text if places else 0})", value.type)
    if not places:
        kind = _whole(value.type)
        return Sql(f"cast(round({value.text}) as {kind.duckdb})", kind)
    kind = decimal(value.type.precision + 1, value.type.scale)
    return Sql(f"cast(round({value.text}, {places[0].text}) as {kind.duckdb})", kind)


def _of_one(name: str) -> Special:
    """abs, ceil, floor and sign, which give what they take."""

    def found(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
        del node
        value = _number(work, arguments[0], scope)
        kind = value.type
        if kind.name == "decimal" and name != "abs":
            kind = decimal(1, 0) if name == "sign" else _whole(kind)
        if kind.name in INTEGERS and name in ("ceil", "floor"):
            return value
        return Sql(f"cast({name}({value.text}) as {kind.duckdb})", kind)

    found.__doc__ = f"{name}(number)"
    return found


_NAMES: dict[str, str] = {
    "abs": "abs",
    "ceil": "ceil",
    "ceiling": "ceil",
    "floor": "floor",
    "sign": "sign",
}
for _name, _duckdb in _NAMES.items():
    function(_name, 1, 1)(_of_one(_duckdb))


@function("truncate", 1, 2)
def truncate(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """truncate(number[, digits])"""
    del node
    value = _number(work, arguments[0], scope)
    if len(arguments) > 1:
        places = work.expression(arguments[1], scope)
        if places.type.name not in INTEGERS:
            raise work.failure(arguments[1], f"The digits are a whole number, not {places.type}.")
        kind = value.type if value.type.name == "decimal" else DOUBLE
        cut = f"trunc(cast({value.text} as {kind.duckdb}), cast({places.text} as integer))"
        return Sql(f"cast({cut} as {kind.duckdb})", kind)
    if value.type.name == "decimal":
        kind = decimal(value.type.precision - value.type.scale, 0)
        return Sql(f"cast(trunc({value.text}) as {kind.duckdb})", kind)
    return Sql(f"trunc(cast({value.text} as double))", DOUBLE)
