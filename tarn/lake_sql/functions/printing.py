"""format(): Java's patterns in DuckDB's words."""

import re
from typing import Final

from sqlglot import exp

from tarn.lake_sql.casts import cast_to
from tarn.lake_sql.functions.special import expressions, function
from tarn.lake_sql.scopes import Scope, Sql
from tarn.lake_sql.translation import Translation, quoted
from tarn.lake_sql.types import INTEGERS, VARCHAR

_SPECIFIER: Final = re.compile(
    r"%(?P<flags>[-,0+ ]*)(?P<width>\d*)(?P<digits>\.\d+)?(?P<kind>[a-zA-Z%])"
)


@function("format", 1)
def format_text(work: Translation, node: exp.Expr, scope: Scope, arguments: list[exp.Expr]) -> Sql:
    """format('%s …', value, …)"""
    pattern, *values = expressions(work, scope, arguments)
    if pattern.value is None:
        raise work.failure(node, "The pattern has to be written as a text here.")
    parts, last, used = [], 0, 0
    for found in _SPECIFIER.finditer(pattern.value):
        parts.append(quoted(pattern.value[last : found.start()]))
        last = found.end()
        if found["kind"] in "%n":
            parts.append("'%'" if found["kind"] == "%" else "chr(10)")
            continue
        if used >= len(values):
            raise work.failure(node, f"{found[0]} has no value.")
        parts.append(_printed(work, arguments[used + 1], found, values[used]))
        used += 1
    parts.append(quoted(pattern.value[last:]))
    return Sql("(" + " || ".join(parts) + ")", VARCHAR)


def _printed(work: Translation, node: exp.Expr, found: re.Match[str], value: Sql) -> str:
    flags, width, digits, kind = found.group("flags", "width", "digits", "kind")
    number = value.type.name in INTEGERS if kind == "d" else value.type.is_number
    if kind == "s":
        text = value.text if value.type == VARCHAR else cast_to(value, VARCHAR, work.mark(node))
        if value.type.name in ("double", "real"):
            text = f"cast({value.text} as varchar)"
        if text is None:
            raise work.failure(node, f"format cannot print {value.type}.")
        text = f"coalesce({text}, 'null')"
        return f"printf('%{flags}{width}s', {text})" if width else text
    if kind not in "dfx" or not number:
        raise work.failure(node, f"{found[0]} does not print {value.type}.")
    cast = "double" if kind == "f" else "bigint"
    argument = f"cast({value.text} as {cast})"
    text = f"printf('%{flags}{width}{digits or ''}{kind}', {argument})"
    if "," in flags:
        text = f"format('{{:,{digits or ''}{kind}}}', {argument})"
    padded = f"printf('%{'-' if '-' in flags else ''}{width}s', 'null')" if width else "'null'"
    return f"coalesce({text}, {padded})"
