"""JSON_OBJECT and JSON_ARRAY: JSON as text, made of values."""

import json
from typing import Final

from sqlglot import exp

from tarn.lake_sql.casts import cast_to
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, quoted, translates
from tarn.lake_sql.type_names import type_of
from tarn.lake_sql.types import BOOLEAN, FLOATS, INTEGERS, UNKNOWN, VARCHAR

# What gives JSON as text, and stands for it inside of another.
_GIVES_JSON: Final = (exp.JSONObject, exp.JSONArray, exp.JSONExtract)


@translates(exp.JSONObject)
def json_object(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """JSON_OBJECT(key : value, …)."""
    _check_type(work, node)
    members: dict[str, str] = {}
    for member in node.expressions:
        key = member.this
        if not isinstance(key, exp.Literal) or not key.is_string:
            raise work.failure(member, "The keys of json_object have to be written as texts.")
        if key.name in members:
            raise work.failure(key, f"json_object has the key '{key.name}' twice.")
        members[key.name] = _text(work, member.expression, scope)
    keeps = not _is_absent(node, "NULL")
    listed = []
    for name, value in members.items():
        head = quoted(json.dumps(name, ensure_ascii=False) + ":")
        listed.append(f"{head} || {_or_null(value) if keeps else value}")
    return Sql("('{' || " + _joined(listed) + " || '}')", VARCHAR)


@translates(exp.JSONArray)
def json_array(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """JSON_ARRAY(value, …); nulls are left out unless NULL ON NULL."""
    _check_type(work, node)
    values = [_text(work, one, scope) for one in node.expressions]
    keeps = not _is_absent(node, "ABSENT")
    return Sql(
        "('[' || " + _joined([_or_null(one) if keeps else one for one in values]) + " || ']')",
        VARCHAR,
    )


def _is_absent(node: exp.Expr, default: str) -> bool:
    return str(node.args.get("null_handling") or default).startswith("ABSENT")


def _or_null(text: str) -> str:
    return f"coalesce({text}, 'null')"


def _joined(parts: list[str]) -> str:
    """Texts with commas between them, nulls left out."""
    return f"concat_ws(',', {', '.join(parts)})" if parts else "''"


def _check_type(work: Translation, node: exp.Expr) -> None:
    kind = node.args.get("return_type")
    if kind is not None and type_of(kind) != VARCHAR:
        raise work.failure(node, "JSON is returned as varchar here.")


def _text(work: Translation, node: exp.Expr, scope: Scope) -> str:
    """A value as JSON in DuckDB's SQL; null if it is null."""
    is_json = isinstance(node, exp.FormatJson)
    value = work.expression(node.this if is_json else node, scope)
    if is_json or isinstance(node, _GIVES_JSON):
        if value.type not in (VARCHAR, UNKNOWN):
            raise work.failure(node, f"FORMAT JSON goes with texts, and this is {value.type}.")
        return f"cast(lake_json_parse({value.text}, {work.mark(node)}) as varchar)"
    if value.type == UNKNOWN:
        return "cast(null as varchar)"
    if value.type.name in (*INTEGERS, "decimal") or value.type == BOOLEAN:
        return f"cast({value.text} as varchar)"
    if value.type.name in FLOATS:
        return f"lake_double_plain({value.text})"
    text = value.text if value.type == VARCHAR else cast_to(value, VARCHAR, work.mark(node))
    if text is None:
        raise work.failure(node, f"This cannot be put into JSON: it is {value.type}.")
    return f"cast(to_json({text}) as varchar)"
