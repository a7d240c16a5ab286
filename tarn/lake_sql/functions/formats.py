"""Patterns of date_format and date_parse (MySQL's) and of format_datetime (Joda's)."""

import re
from typing import Final

# MySQL's letters in DuckDB's strftime; null means that it takes more than a letter.
_MYSQL: Final = {
    "a": "%a",
    "b": "%b",
    "d": "%d",
    "f": "%f",
    "H": "%H",
    "h": "%I",
    "I": "%I",
    "i": "%M",
    "j": "%j",
    "M": "%B",
    "m": "%m",
    "p": "%p",
    "S": "%S",
    "s": "%S",
    "T": "%H:%M:%S",
    "r": "%I:%M:%S %p",
    "W": "%A",
    "Y": "%Y",
    "y": "%y",
    "e": "%-d",
    "c": "%-m",
    "k": "%-H",
    "l": "%-I",
    "v": "%V",
    "x": "%G",
    "%": "%%",
}
_JODA: Final = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")
_JODA_LETTERS: Final = {
    ("y", 1): "%Y",
    ("y", 2): "%y",
    ("y", 4): "%Y",
    ("Y", 4): "%Y",
    ("x", 4): "%G",
    ("M", 1): "%-m",
    ("M", 2): "%m",
    ("M", 3): "%b",
    ("M", 4): "%B",
    ("d", 1): "%-d",
    ("d", 2): "%d",
    ("D", 3): "%j",
    ("D", 1): "%-j",
    ("H", 1): "%-H",
    ("H", 2): "%H",
    ("h", 1): "%-I",
    ("h", 2): "%I",
    ("m", 1): "%-M",
    ("m", 2): "%M",
    ("s", 1): "%-S",
    ("s", 2): "%S",
    ("S", 3): "%g",
    ("a", 1): "%p",
    ("E", 1): "%a",
    ("E", 3): "%a",
    ("E", 4): "%A",
    ("w", 2): "%V",
    ("e", 1): "%u",
}


def mysql_format(pattern: str) -> str | None:
    """A pattern of date_format in strftime's letters; null if it has one that is not known."""
    parts = []
    for text in re.findall(r"%.|[^%]+|%$", pattern, re.DOTALL):
        if not text.startswith("%"):
            parts.append(text)
        elif text[1:] in _MYSQL:
            parts.append(_MYSQL[text[1:]])
        else:
            return None
    return "".join(parts)


# What takes more than strftime: {0} is the moment by its clock, {1} with its zone, {2} the place.
_JODA_SQL: Final = {
    ("k", 1): "cast((hour({0}) + 23) % 24 + 1 as varchar)",
    ("k", 2): "lpad(cast((hour({0}) + 23) % 24 + 1 as varchar), 2, '0')",
    ("K", 1): "cast(hour({0}) % 12 as varchar)",
    ("K", 2): "lpad(cast(hour({0}) % 12 as varchar), 2, '0')",
    ("S", 1): "left(strftime({0}, '%g'), 1)",
    ("S", 2): "left(strftime({0}, '%g'), 2)",
    ("Z", 1): "lake_offset({1}, '')",
    ("Z", 2): "lake_offset({1}, ':')",
    ("Z", 3): "struct_extract({1}, 'zone')",
    ("z", 1): "lake_zone_name({1}, 'UTC', {2})",
    ("z", 4): "lake_zone_name({1}, 'Coordinated Universal Time', {2})",
}
_MILLISECONDS: Final = 3


def joda_parts(pattern: str) -> list[tuple[bool, str]] | None:
    """A pattern of format_datetime in parts, each in strftime's letters or, if so said, in SQL;
    null if it has what is not known."""
    parts = []
    for match in _JODA.finditer(pattern):
        letter, count = match[2], len(match[0])
        if letter in ("z", "Z"):
            count = min(count, 3) if letter == "Z" else 4 if count > 3 else 1
        if (letter, count) in _JODA_SQL:
            parts.append((True, _JODA_SQL[letter, count]))
        elif letter == "S" and count > _MILLISECONDS:
            parts.append((False, "%g" + "0" * (count - _MILLISECONDS)))
        else:
            found = joda_format(match[0])
            if found is None:
                return None
            parts.append((False, found))
    return parts


def joda_format(pattern: str) -> str | None:
    """A pattern of format_datetime in strftime's letters; null if it has what is not known."""
    parts = []
    for match in _JODA.finditer(pattern):
        if match[1] is not None:
            parts.append(match[1].replace("''", "'").replace("%", "%%") or "'")
        elif match[2] is None:
            parts.append(match[0].replace("%", "%%"))
        else:
            found = _JODA_LETTERS.get((match[2], len(match[0])))
            if found is None:
                return None
            parts.append(found)
    return "".join(parts)
