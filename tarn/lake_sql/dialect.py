"""Trino's grammar as sqlglot reads it, with every function call left as the user wrote it."""

import re
from itertools import pairwise
from typing import Any, ClassVar, Final

from sqlglot import exp
from sqlglot.dialects.trino import Trino
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from tarn.lake_sql.errors import QueryError
from tarn.lake_sql.grammar import JsonParser
from tarn.lake_sql.reading import Reading

# Words that name nothing unless they stand in double quotes.
RESERVED: Final = frozenset(
    [
        "alter",
        "and",
        "as",
        "between",
        "by",
        "case",
        "cast",
        "constraint",
        "create",
        "cross",
        "current_date",
        "current_time",
        "current_timestamp",
        "delete",
        "describe",
        "distinct",
        "drop",
        "else",
        "end",
        "escape",
        "except",
        "exists",
        "extract",
        "false",
        "for",
        "from",
        "full",
        "group",
        "grouping",
        "having",
        "in",
        "inner",
        "insert",
        "intersect",
        "into",
        "is",
        "join",
        "left",
        "like",
        "localtime",
        "localtimestamp",
        "natural",
        "not",
        "null",
        "on",
        "or",
        "order",
        "outer",
        "prepare",
        "right",
        "select",
        "table",
        "then",
        "true",
        "union",
        "unnest",
        "using",
        "values",
        "when",
        "where",
        "with",
    ]
)
_CLOSING: Final = frozenset(
    {TokenType.COMMA, TokenType.R_PAREN, TokenType.FROM, TokenType.WHERE, TokenType.ORDER_BY}
)
_CLAUSES: Final = frozenset(
    {TokenType.FROM, TokenType.WHERE, TokenType.GROUP_BY, TokenType.HAVING, TokenType.ORDER_BY}
)
_WITH_GRAMMAR: Final = (
    *("CAST", "TRY_CAST", "EXTRACT", "TRIM", "POSITION", "SUBSTRING", "LISTAGG"),
    *("JSON_VALUE", "JSON_QUERY"),
)
_QUERIES: Final = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)


class Lake(Trino):
    """Trino's dialect. Functions stay calls by name: which ones there are, and what they mean, is
    said in `functions/`, and nothing is renamed on the way."""

    INDEX_OFFSET = 0

    class Parser(JsonParser):
        """The parser without its functions."""

        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        # Only what has a grammar of its own is more than a call.
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: parser
            for name, parser in JsonParser.FUNCTION_PARSERS.items()
            if name in _WITH_GRAMMAR
        } | {
            "JSON_EXISTS": JsonParser.read_exists,
            "JSON_OBJECT": JsonParser.read_object,
            "JSON_ARRAY": JsonParser.read_array,
        }


def parse(reading: Reading) -> exp.Expr:
    """The one SELECT of a text. Raises QueryError."""
    dialect = Lake()
    try:
        tokens = dialect.tokenize(reading.text)
    except TokenError as error:
        raise QueryError(_unclosed(reading.text), reading.place(len(reading.text))) from error
    _refuse_gaps(reading, tokens)
    try:
        trees = [one for one in dialect.parser().parse(tokens, reading.text) if one is not None]
    except ParseError as error:
        raise _unreadable(reading, error) from error
    except RecursionError as error:
        raise QueryError("The query is nested too deeply.") from error
    tree = _only_select(reading, trees, tokens)
    for name in tree.find_all(exp.Identifier):
        if not name.args.get("quoted") and name.name.lower() in RESERVED and "start" in name.meta:
            raise QueryError(f"{name.name} does not fit here.", reading.place(name.meta["start"]))
    return tree


def _only_select(reading: Reading, trees: list[exp.Expr], tokens: list[Token]) -> exp.Expr:
    if not trees:
        raise QueryError("There is no query: write SELECT … FROM an event data store.")
    first = next((one for one in tokens if one.token_type is not TokenType.L_PAREN), tokens[0])
    if not isinstance(trees[0], _QUERIES) or first.token_type is TokenType.FROM:
        raise QueryError(
            f"{first.text.upper()} is not taken: Lake SQL reads, by one SELECT.",
            reading.place(first.start),
        )
    if len(trees) > 1:
        semicolon = next(one for one in tokens if one.token_type is TokenType.SEMICOLON)
        raise QueryError(
            "Only one SELECT is taken, and something follows the semicolon.",
            reading.place(semicolon.start),
        )
    return trees[0]


def _refuse_gaps(reading: Reading, tokens: list[Token]) -> None:
    """Refuse what sqlglot forgives and Lake does not: nothing between two commas, and such."""
    for before, token in pairwise(tokens):
        if before.token_type is TokenType.COMMA and token.token_type in _CLOSING:
            raise QueryError(
                f"Something is missing before {token.text.upper()}.", reading.place(token.start)
            )
        if before.token_type is TokenType.FROM and token.token_type in _CLAUSES:
            raise QueryError(f"{token.text} does not fit here.", reading.place(token.start))
        # `1_000` would be 1 by the name of `_000`.
        glued = token.token_type is TokenType.VAR and token.start == before.end + 1
        if before.token_type is TokenType.NUMBER and glued:
            raise QueryError(f"{token.text} does not fit here.", reading.place(token.start))
        if before.token_type is TokenType.L_PAREN and token.token_type is TokenType.COMMA:
            raise QueryError("Something is missing before the comma.", reading.place(token.start))


def _unreadable(reading: Reading, error: ParseError) -> QueryError:
    told = error.errors[0] if error.errors else {}
    line, end = told.get("line") or 1, told.get("col") or 1
    word = str(told.get("highlight") or "").strip()
    lines = reading.text.split("\n")
    offset = sum(len(one) + 1 for one in lines[: line - 1]) + max(end - len(word), 0)
    if not word:
        return QueryError("The query ends too early.", reading.place(len(reading.text.rstrip())))
    expected = str(told.get("description") or "")
    if expected.startswith("Expecting "):
        wanted = expected.removeprefix("Expecting ").rstrip(".")
        return QueryError(f"Expected {wanted}, found {word}.", reading.place(offset))
    glued = re.search(r"(\w+)(order|group|partition)\s+$", reading.text[:offset], re.IGNORECASE)
    if word.upper() == "BY" and glued:
        return QueryError(
            f"BY does not fit here: there is no blank before {glued[2]} in {glued[1]}{glued[2]}.",
            reading.place(offset),
        )
    shown = word if re.match(r"\w", word) else f'"{word}"'
    return QueryError(f"{shown} does not fit here.", reading.place(offset))


def _unclosed(text: str) -> str:
    for quote, what in (("'", "A text"), ('"', "A name")):
        if text.count(quote) % 2:
            return f"{what} that begins with {quote} does not end."
    return "A comment that begins with /* does not end."
