"""One SELECT: its list, its groups, its order and its limits."""

from sqlglot import exp

from tarn.lake_sql.chains import chain_of
from tarn.lake_sql.grouping import check_groups, groups
from tarn.lake_sql.queries import Queries, Query
from tarn.lake_sql.relations import from_clause
from tarn.lake_sql.scopes import Field, Scope, Sql
from tarn.lake_sql.translation import Translation, refuse_order

_NOT_TAKEN = ("qualify", "distribute", "sort", "cluster", "into", "locks", "laterals", "match")


def select(work: Translation, queries: Queries, node: exp.Select, outer: Scope | None) -> Query:
    """A SELECT in DuckDB's SQL. Raises QueryError."""
    for argument in _NOT_TAKEN:
        if node.args.get(argument):
            raise work.failure(node, f"{argument.upper()} is not a part of Lake SQL.")
    scope = Scope(outer=outer, queries=queries, windows=_windows(node))
    source = from_clause(work, queries, node, scope)
    where = node.args.get("where")
    condition = f" where {work.condition(where.this, scope, 'WHERE').text}" if where else ""
    scope.allows_aggregates = True
    items = _items(work, node, scope)
    columns = [item for _, item, _ in items]
    grouping = groups(work, node, scope, columns)
    having = node.args.get("having")
    filtered = f" having {work.condition(having.this, scope, 'HAVING').text}" if having else ""
    outputs = [(label or "", item) for label, item, _ in items]
    order = order_by(work, node, scope, outputs)
    check_groups(work, node, scope, grouping, [one for _, _, one in items if one is not None])
    listed = ", ".join(f"{item.text} as c{place}" for place, item in enumerate(columns))
    distinct = "distinct " if node.args.get("distinct") else ""
    if distinct and node.args["distinct"].args.get("on"):
        raise work.failure(node, "DISTINCT ON is not a part of Lake SQL.")
    rest = f"{grouping.text}{filtered}{order}{limits(work, node)}"
    return Query(
        f"select {distinct}{listed}{source}{condition}{rest}",
        tuple((label, f"c{place}", item.type) for place, (label, item, _) in enumerate(items)),
    )


def _windows(node: exp.Select) -> dict[str, exp.Expr]:
    return {one.name.lower(): one for one in node.args.get("windows") or ()}


def _items(
    work: Translation, node: exp.Select, scope: Scope
) -> list[tuple[str | None, Sql, exp.Expr | None]]:
    """The SELECT list: label, expression, and the node unless a star brought it."""
    found: list[tuple[str | None, Sql, exp.Expr | None]] = []
    for item in node.expressions:
        inner = item.this if isinstance(item, exp.Alias) else item
        if isinstance(inner, exp.Star) or (
            isinstance(inner, exp.Column | exp.Dot) and inner.is_star
        ):
            found += [(one.name, Sql(one.sql, one.type), None) for one in _star(work, inner, scope)]
        elif isinstance(item, exp.Aliases):
            raise work.failure(item, "One expression has one name.")
        else:
            label = item.alias if isinstance(item, exp.Alias) else label_of(item)
            found.append((label, work.expression(inner, scope), inner))
    if not found:
        raise work.failure(node, "SELECT has nothing to select.")
    return found


def _star(work: Translation, node: exp.Expr, scope: Scope) -> list[Field]:
    """The columns that `*`, `relation.*` or `row.*` stands for."""
    if node.args.get("except_") or node.args.get("replace"):
        raise work.failure(node, "A star takes all columns in Lake SQL: name the columns instead.")
    if isinstance(node, exp.Star):
        if not scope.relations:
            raise work.failure(node, "SELECT * needs FROM.")
        rest = [
            one
            for relation in scope.relations
            for one in relation.fields
            if (one.name or "").lower() not in scope.merged
        ]
        return [*scope.merged.values(), *rest]
    names = [part.name for part in chain_of(node)[:-1]]
    if len(names) == 1 and scope.has_relation(names[0]):
        return [
            one
            for relation in scope.relations
            if relation.name and relation.name.lower() == names[0].lower()
            for one in relation.fields
        ]
    raise work.failure(node, f"There is no table {'.'.join(names)} here.")


def label_of(node: exp.Expr) -> str | None:
    """The name that a column has by itself, as the user spells it; null for an expression."""
    if isinstance(node, exp.Paren):
        return label_of(node.this)
    if isinstance(node, exp.Column | exp.Identifier):
        return str(node.name)
    if isinstance(node, exp.Dot) and label_of(node.this) is not None:
        return str(node.expression.name)
    return None


def order_by(
    work: Translation, node: exp.Expr, scope: Scope, outputs: list[tuple[str, Sql]]
) -> str:
    """An ORDER BY; nulls come last unless the query says otherwise, ascending and descending."""
    order = node.args.get("order")
    if order is None:
        return ""
    scope.outputs = outputs
    keys = [ordered(work, one, _order_key(work, one, scope)) for one in order.expressions]
    scope.outputs = []
    return f" order by {', '.join(keys)}"


def ordered(work: Translation, node: exp.Ordered, key: str) -> str:
    """One key of an order, with its direction and the place of its nulls."""
    if node.args.get("with_fill"):
        raise work.failure(node, "WITH FILL is not a part of Lake SQL.")
    refuse_order(work, node, work.done.get(id(node.this)))
    direction = "desc" if node.args.get("desc") else "asc"
    return f"{key} {direction} nulls {'first' if node.args.get('nulls_first') else 'last'}"


def _order_key(work: Translation, node: exp.Ordered, scope: Scope) -> str:
    outputs, key = scope.outputs, node.this
    if isinstance(key, exp.Literal) and not key.is_string:
        place = int(key.name) if key.name.isdigit() else 0
        if not 1 <= place <= len(outputs):
            raise work.failure(key, f"ORDER BY {key.name}: there are {len(outputs)} columns.")
        refuse_order(work, key, outputs[place - 1][1])
        return str(place)
    if isinstance(key, exp.Column) and len(key.parts) == 1:
        for place, (label, item) in enumerate(outputs):
            if label.lower() == key.name.lower():
                work.done[id(key)] = item
                return str(place + 1)
    found = work.expression(key, scope)
    for place, (_, item) in enumerate(outputs):
        if item.text == found.text:
            return str(place + 1)
    return found.text


def limits(work: Translation, node: exp.Expr) -> str:
    """OFFSET and LIMIT, or FETCH FIRST."""
    text = ""
    limit, offset = node.args.get("limit"), node.args.get("offset")
    if isinstance(limit, exp.Fetch):
        options = limit.args.get("limit_options")
        if options is not None and (options.args.get("with_ties") or options.args.get("percent")):
            raise work.failure(limit, "FETCH FIRST takes a number of rows, without ties.")
        text += f" limit {_count(work, limit.args.get('count') or exp.Literal.number(1), 'FETCH')}"
    elif limit is not None and limit.expression.name.lower() != "all":
        text += f" limit {_count(work, limit.expression, 'LIMIT')}"
    if offset is not None:
        text += f" offset {_count(work, offset.expression, 'OFFSET')}"
    return text


def _count(work: Translation, node: exp.Expr, word: str) -> int:
    if not isinstance(node, exp.Literal) or not node.name.isdigit():
        raise work.failure(node, f"{word} needs a whole number.")
    return int(node.name)
