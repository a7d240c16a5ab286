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
