"""Functions with lambdas that DuckDB has no like of, and those that take arrays in pairs."""

from sqlglot import exp

from tarn.lake_sql.functions.signatures import Lambda, lambda_text
from tarn.lake_sql.functions.special import expressions, function
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, raising
from tarn.lake_sql.types import BOOLEAN, Type, array_of, map_of, row_of


@function("reduce", 4, 4)
def reduce(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """reduce(array, start, (state, element) -> state, state -> result)"""
    values, start = expressions(work, scope, arguments[:2])
    step, last = arguments[2], arguments[3]
    if values.type.name != "array":
        raise work.failure(arguments[0], f"reduce takes an array, and this is {values.type}.")
    if not isinstance(step, exp.Lambda) or not isinstance(last, exp.Lambda):
        raise work.failure(node, f"{reduce.__doc__}")
    element, state = values.type.parts[0], start.type
    bound = {"S": state}
    lambda_text(work, step, Lambda((state, element), Type("S")), scope, bound)
    state = bound["S"]
    # DuckDB reduces to what the elements are: each is paired with a state.
    pair = row_of(("s", state), ("e", element))
    a, b = work.name("l"), work.name("l")
    names = [one.name.lower() for one in step.expressions]
    inner = {names[0]: Sql(f"{a}.s", state), names[1]: Sql(f"{b}.e", element)}
    body = work.expression(step.this, Scope(outer=scope, parameters=inner))
    moved = work.convert(body, state)
    assert moved is not None
    pairs = (
        f"list_transform({values.text}, lambda {(x := work.name('l'))}: "
        f"cast({{'s': null, 'e': {x}}} as {pair.duckdb}))"
    )
    first = f"cast({{'s': {start.text}, 'e': null}} as {pair.duckdb})"
    folded = (
        f"list_reduce({pairs}, lambda {a}, {b}: "
        f"cast({{'s': {moved.text}, 'e': null}} as {pair.duckdb}), {first}).s"
    )
    name = last.expressions[0].name.lower()
    one = work.name("l")
    result = work.expression(last.this, Scope(outer=scope, parameters={name: Sql(one, state)}))
    text = f"list_transform([{folded}], lambda {one}: {result.text})[1]"
    return Sql(f"case when {values.text} is null then null else {text} end", result.type)


@function("zip", 2)
def zip_arrays(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """zip(array, array, …)"""
    values = expressions(work, scope, arguments)
    for place, one in zip(arguments, values, strict=True):
        if one.type.name != "array":
            raise work.failure(place, f"zip takes arrays, and this is {one.type}.")
    del node
    kind = array_of(row_of(*((None, one.type.parts[0]) for one in values)))
    listed = ", ".join(one.text for one in values)
    nulls = " or ".join(f"{one.text} is null" for one in values)
    return Sql(
        f"case when {nulls} then null else cast(list_zip({listed}) as {kind.duckdb}) end", kind
    )


def lambda_body(work: Translation, node: exp.Expr, scope: Scope, parameters: list[Sql]) -> Sql:
    """What a lambda gives when its parameters stand for these."""
    if not isinstance(node, exp.Lambda) or len(node.expressions) != len(parameters):
        raise work.failure(
            node, f"Here stands a lambda of {len(parameters)} parameters: (a, b) -> …"
        )
    names = [one.name.lower() for one in node.expressions]
    inner = dict(zip(names, parameters, strict=True))
    return work.expression(node.this, Scope(outer=scope, parameters=inner))


def _entries(work: Translation, scope: Scope, arguments: list[exp.Expr]) -> tuple[Sql, str, Sql]:
    """A map, the name of one entry, and what the lambda gives for it."""
    value = work.expression(arguments[0], scope)
    if value.type.name != "map":
        raise work.failure(arguments[0], f"This needs a map, and it is {value.type}.")
    entry = work.name("l")
    key, item = value.type.parts
    parameters = [Sql(f"{entry}.key", key), Sql(f"{entry}.value", item)]
    return value, entry, lambda_body(work, arguments[1], scope, parameters)


@function("map_filter", 2, 2)
def map_filter(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """map_filter(map, (key, value) -> condition)"""
    value, entry, body = _entries(work, scope, arguments)
    if body.type != BOOLEAN:
        raise work.failure(node, f"This lambda has to give a boolean, and it gives {body.type}.")
    kept = f"list_filter(map_entries({value.text}), lambda {entry}: {body.text})"
    return Sql(f"map_from_entries({kept})", value.type)


@function("transform_values", 2, 2)
def transform_values(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """transform_values(map, (key, value) -> value)"""
    del node
    value, entry, body = _entries(work, scope, arguments)
    kind = map_of(value.type.parts[0], body.type)
    return Sql(_remade(value, entry, f"{entry}.key", body.text), kind)


@function("transform_keys", 2, 2)
def transform_keys(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """transform_keys(map, (key, value) -> key)"""
    del node
    value, entry, body = _entries(work, scope, arguments)
    kind = map_of(body.type, value.type.parts[1])
    return Sql(_remade(value, entry, body.text, f"{entry}.value"), kind)


def _remade(value: Sql, entry: str, key: str, item: str) -> str:
    """A map with another key or value for each entry."""
    pair = f"{{'key': {key}, 'value': {item}}}"
    return f"map_from_entries(list_transform(map_entries({value.text}), lambda {entry}: {pair}))"


@function("zip_with", 3, 3)
def zip_with(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """zip_with(array, array, (a, b) -> value): the shorter one goes on with null"""
    one, other = expressions(work, scope, arguments[:2])
    if {one.type.name, other.type.name} != {"array"}:
        raise work.failure(node, "zip_with takes two arrays.")
    pair = work.name("l")
    parameters = [Sql(f"{pair}[1]", one.type.parts[0]), Sql(f"{pair}[2]", other.type.parts[0])]
    body = lambda_body(work, arguments[2], scope, parameters)
    zipped = f"list_zip({one.text}, {other.text})"
    text = f"list_transform({zipped}, lambda {pair}: {body.text})"
    nulls = f"{one.text} is null or {other.text} is null"
    return Sql(f"case when {nulls} then null else {text} end", array_of(body.type))


@function("map_zip_with", 3, 3)
def map_zip_with(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """map_zip_with(map, map, (key, a, b) -> value): null for a key that one of them lacks"""
    one, other = expressions(work, scope, arguments[:2])
    if {one.type.name, other.type.name} != {"map"}:
        raise work.failure(node, "map_zip_with takes two maps.")
    keys = array_of(one.type.parts[0])
    (first, second), kind = work.unify(
        [Sql(f"map_keys({each.text})", array_of(each.type.parts[0])) for each in (one, other)],
        node,
        "map_zip_with",
    )
    if kind != keys or kind != array_of(other.type.parts[0]):
        raise work.failure(node, "The keys of the two maps have to be of one type.")
    key = work.name("l")
    parameters = [
        Sql(key, keys.parts[0]),
        Sql(f"{one.text}[{key}]", one.type.parts[1]),
        Sql(f"{other.text}[{key}]", other.type.parts[1]),
    ]
    body = lambda_body(work, arguments[2], scope, parameters)
    listed = (
        f"list_transform(list_distinct(list_concat({first.text}, {second.text})), "
        f"lambda {key}: {{'key': {key}, 'value': {body.text}}})"
    )
    nulls = f"{one.text} is null or {other.text} is null"
    return Sql(
        f"case when {nulls} then null else map_from_entries({listed}) end",
        map_of(keys.parts[0], body.type),
    )


@function("multimap_from_entries", 1, 1)
def multimap_from_entries(
    work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]
) -> Sql:
    """multimap_from_entries(array of rows of two)"""
    value = work.expression(arguments[0], scope)
    row = value.type.parts[0] if value.type.name == "array" else value.type
    if row.name != "row" or len(row.parts) != 2:
        raise work.failure(node, f"{multimap_from_entries.__doc__}, and this is {value.type}.")
    one = work.name("l")
    key, item = (f"struct_extract({one}, '{row.key(place)}')" for place in (0, 1))
    place = work.mark(node)
    key = raising(f"{key} is null and {one} is not null", place, "'A map key cannot be null'", key)
    key = raising(f"{one} is null", place, "'A map entry cannot be null'", key)
    pairs = f"list_transform({value.text}, lambda {one}: {{'key': {key}, 'value': {item}}})"
    return Sql(f"lake_multimap_of({pairs})", map_of(row.parts[0], array_of(row.parts[1])))
