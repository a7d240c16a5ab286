"""What stands in FROM: stores, named queries, subqueries, joins, UNNEST and VALUES."""

from sqlglot import exp

from tarn.lake_sql.queries import Queries, Query
from tarn.lake_sql.schema import VIEWS, columns_of
from tarn.lake_sql.scopes import Field, Relation, Scope, Sql
from tarn.lake_sql.translation import Translation, quoted
from tarn.lake_sql.types import BIGINT, Type


def from_clause(work: Translation, queries: Queries, node: exp.Expr, scope: Scope) -> str:
    """The FROM clause of a SELECT; its relations come into sight in the scope."""
    first = node.args.get("from_")
    if first is None:
        return ""
    text = _source(work, queries, first.this, scope)
    for join in node.args.get("joins") or ():
        text = _join(work, queries, join, scope, text)
    return f" from {text}"


def _source(work: Translation, queries: Queries, node: exp.Expr, scope: Scope) -> str:
    """One thing in FROM, and the joins that stand in brackets with it."""
    for argument in ("pivots", "sample", "hints", "version", "when", "laterals"):
        if node.args.get(argument):
            raise work.failure(node, f"{argument.rstrip('s')} in FROM is not a part of Lake SQL.")
    if isinstance(node, exp.Unnest):
        text, relation = _unnest(work, node, scope)
    elif isinstance(node, exp.Table):
        text, relation = _table(work, queries, node)
    elif isinstance(node, exp.Lateral):
        inner = node.this
        if not isinstance(inner, exp.Subquery):
            raise work.failure(node, "LATERAL needs a subquery in brackets.")
        text, relation = _subquery(work, queries, inner, node, scope)
    elif isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table | exp.Unnest):
        text = _source(work, queries, node.this, scope)
        for join in node.this.args.get("joins") or node.args.get("joins") or ():
            text = _join(work, queries, join, scope, text)
        return f"({text})"
    elif isinstance(node, exp.Subquery | exp.Values):
        text, relation = _subquery(work, queries, node, node, scope)
    else:
        raise work.failure(node, "This cannot stand in FROM.")
    scope.relations.append(relation)
    if isinstance(node, exp.Table | exp.Subquery):
        for join in node.args.get("joins") or ():
            text = _join(work, queries, join, scope, text)
    return text


def _table(work: Translation, queries: Queries, node: exp.Table) -> tuple[str, Relation]:
    if not isinstance(node.this, exp.Identifier) or node.args.get("db"):
        raise work.failure(node, "Only event data stores can be read: write a store's name or id.")
    named = queries.named(node.name)
    alias = work.name("t")
    if named is not None:
        return f"{named.alias} as {alias}", _renamed(work, node, alias, node.name, named.query)
    try:
        store = work.stores.find(node.name)
    except LookupError as error:
        raise work.failure(node, str(error)) from error
    work.used[store.name] = store
    columns = columns_of(store.category)
    source = f"lake.main.{VIEWS[store.category]} where _store = {quoted(store.name)}"
    text = f"(select * exclude (_store, is_primary) from {source}) as {alias}"
    query = Query(text, tuple((name, name, kind) for name, kind in columns.items()))
    return text, _renamed(work, node, alias, node.name, query)


def _subquery(
    work: Translation, queries: Queries, node: exp.Expr, named: exp.Expr, scope: Scope
) -> tuple[str, Relation]:
    inner = node.this if isinstance(node, exp.Subquery) and not node.args.get("order") else node
    outer = scope if isinstance(named, exp.Lateral) else scope.outer
    query = queries.translate(inner if isinstance(node, exp.Subquery) else node, outer)
    alias = work.name("t")
    lateral = "lateral " if isinstance(named, exp.Lateral) else ""
    return f"{lateral}({query.text}) as {alias}", _renamed(work, named, alias, None, query)


def _renamed(
    work: Translation, node: exp.Expr, alias: str, own: str | None, query: Query
) -> Relation:
    """A query's columns under the names that an alias gives them."""
    said = node.args.get("alias")
    names: list[str | None] = [name for name, _, _ in query.columns]
    if said is not None and said.columns:
        if len(said.columns) != len(names):
            raise work.failure(
                said, f"There are {len(names)} columns, and {len(said.columns)} names for them."
            )
        names = [column.name for column in said.columns]
    fields = tuple(
        Field(name, f'{alias}."{column}"', kind)
        for name, (_, column, kind) in zip(names, query.columns, strict=True)
    )
    return Relation(said.name if said is not None and said.name else own, fields)


def _join(work: Translation, queries: Queries, node: exp.Join, scope: Scope, before: str) -> str:
    """What is before, joined with one more thing."""
    if node.args.get("method") or node.args.get("kind") in ("SEMI", "ANTI", "STRAIGHT"):
        raise work.failure(
            node, f"{node.args.get('method') or node.args['kind']} JOIN is not taken."
        )
    left = list(scope.relations)
    text = _source(work, queries, node.this, scope)
    is_lateral = isinstance(node.this, exp.Unnest | exp.Lateral)
    side = (node.args.get("side") or "").lower()
    on, using = node.args.get("on"), node.args.get("using")
    if using:
        right = scope.relations[len(left) :]
        condition = _using(work, using, scope, (left, right), side)
        return f"{before} {side or 'inner'} join {text} on {condition}"
    if on is not None and not (is_lateral and not side):
        condition = work.condition(on, scope, "ON").text
        return f"{before} {side or 'inner'} join {text} on {condition}"
    if side:
        raise work.failure(node.this, f"A {side.upper()} JOIN needs ON or USING.")
    if node.args.get("kind") not in ("CROSS", None) and not is_lateral:
        raise work.failure(node.this, "A JOIN needs ON or USING.")
    return f"{before} cross join {text}"


def _using(
    work: Translation,
    names: list[exp.Expr],
    scope: Scope,
    sides: tuple[list[Relation], list[Relation]],
    side: str,
) -> str:
    """The condition of USING; of each pair of columns one is left in sight."""
    conditions = []
    for name in names:
        pair = []
        for relations in sides:
            found = [one for each in relations for one in each.fields if one.is_named(name.name)]
            if name.name.lower() in scope.merged and relations is sides[0]:
                found = [scope.merged[name.name.lower()]]
            if len(found) != 1:
                raise work.failure(name, f"Column {name.name} is not in both tables, once in each.")
            pair.append(found[0])
        (one, other), kind = work.unify([Sql(each.sql, each.type) for each in pair], name, "USING")
        conditions.append(f"{one.text} = {other.text}")
        kept = {"right": other.text, "full": f"coalesce({one.text}, {other.text})"}
        merged = Field(name.name, kept.get(side, one.text), kind)
        scope.merged[name.name.lower()] = merged
    return " and ".join(conditions)


def _unnest(work: Translation, node: exp.Unnest, scope: Scope) -> tuple[str, Relation]:
    """UNNEST: a column for each array, for each field of an array of rows, two for a map."""
    alias = work.name("t")
    lists: list[str] = []
    fields: list[tuple[str | None, str, Type]] = []
    for one in node.expressions:
        value = work.expression(one, scope)
        column = f"u{len(lists)}"
        source = f'{alias}."{column}"'
        if value.type.name == "map":
            key, item = value.type.parts
            lists += [f"map_keys({value.text})", f"map_values({value.text})"]
            fields += [(None, source, key), (None, f'{alias}."u{len(lists) - 1}"', item)]
        elif value.type.name != "array":
            raise work.failure(one, f"UNNEST needs an array or a map, and this is {value.type}.")
        elif value.type.parts[0].name == "row":
            row = value.type.parts[0]
            lists.append(value.text)
            fields += [
                (name, f"struct_extract({source}, '{row.key(place)}')", part)
                for place, (name, part) in enumerate(zip(row.fields, row.parts, strict=True))
            ]
        else:
            lists.append(value.text)
            fields.append((None, source, value.type.parts[0]))
    columns = [f"unnest({one}) as u{place}" for place, one in enumerate(lists)]
    if node.args.get("offset"):
        longest = ", ".join(f"coalesce(len({one}), 0)" for one in lists)
        columns.append(f"unnest(range(1, greatest({longest}) + 1)) as n")
        fields.append((None, f'{alias}."n"', BIGINT))
    relation = _named_unnest(work, node, fields)
    return f"lateral (select {', '.join(columns)}) as {alias}", relation


def _named_unnest(
    work: Translation, node: exp.Unnest, fields: list[tuple[str | None, str, Type]]
) -> Relation:
    said = node.args.get("alias")
    names: list[str | None] = [name for name, _, _ in fields]
    given = [one.name for one in said.columns] if said is not None else []
    offset = node.args.get("offset")
    if isinstance(offset, exp.Identifier) and given:
        given.append(offset.name)
    if given:
        if len(given) != len(names):
            raise work.failure(
                node, f"UNNEST makes {len(names)} columns, and {len(given)} are named."
            )
        names = list(given)
    named = (Field(name, sql, kind) for name, (_, sql, kind) in zip(names, fields, strict=True))
    return Relation(said.name if said is not None else None, tuple(named))
