"""Functions of JSON: text that holds it, or a value of that type; and paths into it."""

import re
from typing import Final

from sqlglot import exp

from tarn.lake_sql.casts import NO_ERROR, cast_to
from tarn.lake_sql.functions.signatures import call
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, quoted, raising, translates
from tarn.lake_sql.type_names import type_of
from tarn.lake_sql.types import BOOLEAN, VARCHAR, Type

JSON_FUNCTIONS: Final[dict[str, tuple[str, ...]]] = {
    "json_parse": ("varchar -> json : lake_json_parse({0}, {at})",),
    "json_format": ("json -> varchar : cast({0} as varchar)",),
    "json_array_get": (
        "json bigint -> json : lake_json_array_get({0}, {1})",
        "varchar bigint -> json : lake_json_array_get({0}, {1})",
    ),
    "json_array_length": (
        "json -> bigint : lake_json_array_length({0})",
        "varchar -> bigint : lake_json_array_length({0})",
    ),
    "json_array_contains": (
        "json varchar -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "varchar varchar -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "json bigint -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "varchar bigint -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "json boolean -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "varchar boolean -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "json double -> boolean : lake_json_array_contains({0}, to_json({1}))",
        "varchar double -> boolean : lake_json_array_contains({0}, to_json({1}))",
    ),
    "is_json_scalar": (
        "json -> boolean : lake_is_json_scalar({0}, {at})",
        "varchar -> boolean : lake_is_json_scalar({0}, {at})",
    ),
}
_WITH_PATH: Final = {
    "json_extract": (
        "json varchar -> json : lake_json_extract({0}, {1})",
        "varchar varchar -> json : lake_json_extract({0}, {1})",
    ),
    "json_extract_scalar": (
        "json varchar -> varchar : lake_json_scalar({0}, {1})",
        "varchar varchar -> varchar : lake_json_scalar({0}, {1})",
    ),
    "json_size": (
        "json varchar -> bigint : lake_json_size({0}, {1})",
        "varchar varchar -> bigint : lake_json_size({0}, {1})",
    ),
}
_STEP: Final = re.compile(
    r"""\.?\[\s*(?P<index>\d+)\s*\]
      | \.?\[\s*"(?P<quoted>(?:[^"\\]|\\.)*)"\s*\]
      | \.?\[\s*'(?P<single>[^']*)'\s*\]
      | \."(?P<named>(?:[^"\\]|\\.)*)"
      | \.(?P<bare>[^.\[\]"*\s]+)
      | \.?\[\s*(?P<word>[\w-]+)\s*\]""",
    re.VERBOSE,
)


def json_path(text: str, *, is_standard: bool = False) -> str | None:
    """A path into JSON as DuckDB writes it; null if it is none that Lake knows.

    `is_standard` are those of json_value and its like, which know methods and `last`.
    """
    mode = re.match(r"\s*(?:lax|strict)\s+", text)
    rest = text[mode.end() :] if mode else text
    if not rest.startswith("$"):
        return None
    rest, path = rest[1:], "$"
    while rest:
        step = _STEP.match(rest)
        if step is None:
            return None
        if is_standard and (step["word"] or "(" in (step["bare"] or "")):
            return None
        if step["index"] is not None:
            path += f"[{step['index']}]"
        else:
            name = next(
                one
                for one in step.group("quoted", "single", "named", "bare", "word")
                if one is not None
            )
            path += '."' + name.replace('"', '\\"') + '"'
        rest = rest[step.end() :]
    return path


def with_path(
    work: Translation,
    node: exp.Expr,
    scope: Scope,
    name: str,
    arguments: list[exp.Expr],
) -> Sql:
    """A function whose second argument is a path."""
    if len(arguments) == 2 and isinstance(arguments[1], exp.Literal):
        path = _path_of(work, arguments[1], is_standard=False)
        arguments = [arguments[0], exp.Literal.string(path)]
    return call(work, node, scope, _WITH_PATH[name], arguments)


PATH_FUNCTIONS: Final = tuple(_WITH_PATH)


def _path_of(work: Translation, node: exp.Expr, *, is_standard: bool = True) -> str:
    path = json_path(node.name, is_standard=is_standard)
    if path is None:
        raise work.failure(
            node, f"'{node.name}' is no JSON path that Tarn knows: write '$.name[0].name'."
        )
    return path


def _text_of(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    inner = node.this if isinstance(node, exp.FormatJson) else node
    value = work.expression(inner, scope)
    if value.type not in (VARCHAR, Type("unknown")):
        raise work.failure(node, f"This needs JSON as text, and it is {value.type}.")
    return value


@translates(exp.JSONExists)
def json_exists(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """JSON_EXISTS(text, path [… ON ERROR]): false where it fails, if the query says nothing."""
    value, path = _text_of(work, node.this, scope), quoted(_path_of(work, node.args["path"]))
    exists = f"lake_json_exists({value.text}, {path})"
    condition = node.args.get("on_condition")
    if condition is None:
        return Sql(exists, BOOLEAN)
    broken = f"not json_valid({value.text})"
    if node.args["path"].name.strip().startswith("strict"):
        broken = f"({broken} or not {exists})"
    match str(condition.args["error"]).split()[0]:
        case "ERROR":
            message = "'JSON_EXISTS: this is no JSON, or has no such place'"
            otherwise = raising("true", work.mark(node), message, "null")
        case "UNKNOWN":
            otherwise = "null"
        case word:
            otherwise = word.lower()
    text = (
        f"case when {value.text} is null then null when {broken} then {otherwise} else {exists} end"
    )
    return Sql(f"cast({text} as boolean)", BOOLEAN)


@translates(exp.JSONValue)
def json_value(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """JSON_VALUE(text, path [RETURNING type] [… ON EMPTY] [… ON ERROR])."""
    value, path = _text_of(work, node.this, scope), quoted(_path_of(work, node.args["path"]))
    returning = node.args.get("returning")
    target = type_of(returning) if returning else VARCHAR
    if target is None:
        raise work.failure(node, f"There is no type {returning}.")
    if node.args.get("on_condition") and node.args["path"].name.strip().startswith("strict"):
        raise work.failure(node.args["path"], "ON EMPTY and ON ERROR go with lax paths here.")
    empty, error = _conditions(work, node, scope, target)
    scalar = Sql(f"lake_json_scalar({value.text}, {path})", VARCHAR)
    found = cast_to(scalar, target, NO_ERROR)
    if found is None:
        raise work.failure(node, f"JSON_VALUE cannot return {target}.")
    exists = f"lake_json_exists({value.text}, {path})"
    # A nested value, text that is no JSON, and a value of another type are errors.
    broken = (
        f"not json_valid({value.text}) or ({exists} and lake_json_kind({value.text}, {path}) in "
        f"('OBJECT', 'ARRAY')) or ({scalar.text} is not null and {found} is null)"
    )
    message = "'JSON_VALUE: no scalar of that type is there'"
    on_error = raising("true", work.mark(node), message, "null") if error == "error" else error
    on_empty = (
        raising("true", work.mark(node), "'JSON_VALUE: nothing is there'", "null")
        if empty == "error"
        else empty
    )
    text = (
        f"case when {value.text} is null then null when {broken} then {on_error} "
        f"when not {exists} then {on_empty} else {found} end"
    )
    return Sql(text, target)


def _conditions(work: Translation, node: exp.Expr, scope: Scope, target: Type) -> tuple[str, str]:
    """What stands ON EMPTY and ON ERROR: SQL, or the word error."""
    condition = node.args.get("on_condition")
    found = []
    for name in ("empty", "error"):
        one = condition.args.get(name) if condition is not None else None
        if isinstance(one, exp.Expr):
            value = work.convert(work.expression(one, scope), target)
            if value is None:
                raise work.failure(
                    one, f"JSON_VALUE returns {target}, and its default is something else."
                )
            found.append(value.text)
        else:
            found.append("error" if one and str(one).upper().startswith("ERROR") else "null")
    return found[0], found[1]


@translates(exp.JSONExtract)
def json_query(work: Translation, node: exp.Expr, scope: Scope) -> Sql:
    """JSON_QUERY(text, path [WITH ARRAY WRAPPER])."""
    value, path = _text_of(work, node.this, scope), quoted(_path_of(work, node.expression))
    if node.args.get("quote"):
        raise work.failure(node, "QUOTES is not taken here: json_value gives a text without them.")
    option = node.args.get("option")
    words = option.name.upper() if option is not None else ""
    found = f"lake_json_extract({value.text}, {path})"
    nested = f"lake_json_kind({value.text}, {path}) in ('OBJECT', 'ARRAY')"
    if "WITH" in words.split() and "WITHOUT" not in words.split():
        wrapped = f"'[' || cast({found} as varchar) || ']'"
        if "CONDITIONAL" in words and "UNCONDITIONAL" not in words:
            wrapped = f"case when {nested} then cast({found} as varchar) else {wrapped} end"
        return Sql(f"({wrapped})", VARCHAR)
    return Sql(f"cast({found} as varchar)", VARCHAR)
