"""The user's text made ready for the parser, with the way back from each of its characters."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tarn.lake_sql.errors import Place, QueryError, place_in
from tarn.lake_sql.stores import is_placeholder

# Values for placeholders by name: one for every place of the name, or one for each in order.
Named = Mapping[str, str | Sequence[str]]

# A statement in Lake has at most 10,000 characters; ours has room for longer lists of values.
LONGEST: Final = 100_000
_PARTS: Final = r"""
      (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<text>'(?:[^']|'')*')
    | (?P<name>"(?:[^"]|"")*")
    | (?P<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)
    | ODD (?P<store>\$\{?\w*(?:eds|event_?data_?store)\w*\}?|\$store\b)
    | (?P<bracketed><[ ]?\$?[a-z](?:[\w -]*\w)?[ ]?>)
    | (?P<variable>\$\{\w+\}|\$\w+\$?)
    | (?P<mark>\?)
"""
_VARIABLE: Final = re.compile(r"\$\{(\w+)\}|\$(\w+)\$")
# Behind these words a table's name stands, so that < is no comparison there.
_BEFORE_TABLE: Final = re.compile(r"(?:\bfrom|\bjoin|,)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as the parser gets it, and as the user wrote it."""

    original: str
    text: str
    _begins: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)
    # Where values of parameters begin in the parser's text: such a text becomes what is needed.
    given: frozenset[int] = frozenset()

    def place(self, offset: int) -> Place:
        """Where a character of the parser's text stands in the user's."""
        index = bisect_right(self._begins, offset) - 1
        shift = self._shifts[index] if index >= 0 else 0
        return place_in(self.original, min(max(offset + shift, 0), len(self.original)))


def read(
    original: str,
    values: Sequence[str] = (),
    named: Named | None = None,
    odd_names: Sequence[str] = (),
) -> Reading:
    """A query with its placeholders filled in.

    `values` are for `?` in order, `named` for `$StartTime$` and `${name}`; names of stores that
    are no plain words are taken without quotes too. Raises QueryError, also for a value that
    nothing takes.
    """
    if len(original) > LONGEST:
        raise QueryError(f"The query is longer than {LONGEST:,} characters.")
    filler = _Filler(original, list(values), named or {})
    begins, shifts, parts, given = [0], [0], [], set()
    length = last = 0
    for match, new in _replacements(original, filler, odd_names):
        parts += [original[last : match.start()], new]
        length += match.start() - last
        if match[0].strip("'") == "?":
            given.add(length)
        length += len(new)
        last = match.end()
        begins.append(length)
        shifts.append(last - length)
    filler.finish()
    text = "".join([*parts, original[last:]])
    return Reading(original, text, begins, shifts, frozenset(given))


def _replacements(
    text: str, filler: "_Filler", odd_names: Sequence[str]
) -> Iterator[tuple[re.Match[str], str]]:
    handlers: dict[str, Callable[[re.Match[str]], str | None]] = {
        "text": filler.text,
        "uuid": filler.table,
        "store": filler.table,
        "odd": filler.odd_name,
        "bracketed": filler.bracketed,
        "variable": filler.variable,
        "mark": filler.mark,
    }
    for match in _parts(tuple(sorted(odd_names))).finditer(text):
        handler = handlers.get(match.lastgroup or "")
        new = handler(match) if handler else None
        if new is not None and new != match[0]:
            yield match, new


@cache
def _parts(odd_names: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, reversed(odd_names)))
    odd = rf"(?P<odd>(?<![\w-])(?:{names})(?![\w-])) |" if names else ""
    return re.compile(_PARTS.replace("ODD", odd), re.VERBOSE | re.IGNORECASE | re.DOTALL)


class _Filler:
    """Fills in placeholders, each from what was given for it."""

    def __init__(self, original: str, values: list[str], named: Named) -> None:
        self._original = original
        self._values = values
        self._named = {name.lower(): value for name, value in named.items()}
        self._used = 0
        self._taken: Counter[str] = Counter()

    def text(self, match: re.Match[str]) -> str | None:
        """A text: `'?'` is a parameter, and variables in it are filled in."""
        inner = match[0][1:-1]
        if inner == "?":
            return self.mark(match)
        if not _VARIABLE.search(inner):
            return None
        filled = _VARIABLE.sub(lambda one: self._value(one[0], match.start()), inner)
        return f"'{filled}'"

    def table(self, match: re.Match[str]) -> str:
        """A name of an event data store that is no plain word."""
        return f'"{match[0]}"'

    def odd_name(self, match: re.Match[str]) -> str | None:
        """A store's name with hyphens, where a table stands."""
        is_table = _BEFORE_TABLE.search(self._original[: match.start()])
        return f'"{match[0]}"' if is_table else None

    def bracketed(self, match: re.Match[str]) -> str | None:
        """`<EDS ID>` where a table stands; elsewhere a comparison, or what was not filled in."""
        if _BEFORE_TABLE.search(self._original[: match.start()]):
            return f'"{match[0]}"'
        if " " in match[0]:
            return None
        raise QueryError(
            f"{match[0]} is a placeholder: write a value in its place.",
            place_in(self._original, match.start()),
        )

    def variable(self, match: re.Match[str]) -> str:
        """`$StartTime$` or `${name}` outside of a text."""
        return f"'{self._value(match[0], match.start())}'"

    def mark(self, match: re.Match[str]) -> str:
        """`?`, with or without quotes: the next value."""
        if self._used >= len(self._values):
            raise QueryError(
                f"There is no value for parameter {self._used + 1}: give one for each ? by "
                "--value.",
                place_in(self._original, match.start()),
            )
        value = self._values[self._used]
        self._used += 1
        if _VARIABLE.fullmatch(value):
            return f"'{self._value(value, match.start())}'"
        return "'" + value.replace("'", "''") + "'"

    def _value(self, variable: str, offset: int) -> str:
        name = variable.strip("${}")
        given = self._named.get(name.lower(), ())
        place = self._taken[name.lower()]
        if not given:
            raise QueryError(
                f"{variable} is a placeholder: give its value by -p {name}=VALUE.",
                place_in(self._original, offset),
            )
        if not isinstance(given, str) and place >= len(given):
            raise QueryError(
                f"{variable} has no value here: give one -p {name}=VALUE, or one for each place.",
                place_in(self._original, offset),
            )
        self._taken[name.lower()] += 1
        return (given if isinstance(given, str) else given[place]).replace("'", "''")

    def finish(self) -> None:
        """Raises QueryError if more values were given than there are places for them."""
        if self._used < len(self._values):
            raise QueryError(
                f"{len(self._values)} values were given for {self._used} parameters (?)."
            )
        for name, given in self._named.items():
            count = self._taken[name]
            if not count and not is_placeholder(name):
                raise QueryError(f"-p {name} is for nothing: the query has no ${{{name}}}.")
            if count and not isinstance(given, str) and count < len(given):
                raise QueryError(f"{len(given)} values were given for {count} places of {name}.")
