"""What DuckDB says when a query fails that has begun to run, and what Trino would say of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_TYPES: Final = {
    "INT8": "tinyint",
    "INT16": "smallint",
    "INT32": "integer",
    "INT64": "bigint",
    "INT128": "uuid",
    "FLOAT": "real",
    "DOUBLE": "double",
}
_SIGNS: Final = {"addition": "+", "subtraction": "-", "multiplication": "*"}
_PATTERNS: Final = (
    "regexp_count",
    "regexp_extract",
    "regexp_extract_all",
    "regexp_like",
    "regexp_position",
    "regexp_replace",
    "regexp_split",
)
# What reckons with moments, and may leave the years that there are.
_OF_MOMENTS: Final = ("+", "-", "date_add", "date_trunc", "from_unixtime", "sequence")
# What may make a number too narrow for it: whose type is then the narrow one, ...
RECKONING: Final = (
    *("cast", "json_value", "+", "-", "*", "/", "%", "negation", "sum", "avg", "round", "abs"),
    *("ceil", "ceiling", "floor", "sign", "truncate"),
)
# ... or that does so in the words that it becomes.
_NARROWING: Final = (
    *RECKONING,
    *("chr", "to_base", "from_base", "date_add", "lpad", "rpad", "regexp_extract"),
    *("regexp_extract_all", "from_unixtime", "width_bucket", "repeat", "strpos"),
    *("regexp_position", "sequence", "format", "count_if", "histogram"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of failure: how DuckDB tells it, the sentence to tell instead, and what in a query
    may be at fault. `quotes` gives the text of a query that is at fault, `narrows` the type that a
    number was too large for; a fault that `is_pattern` is one of a regular expression."""

    pattern: re.Pattern[str]
    sentence: Callable[[re.Match[str]], str]
    names: tuple[str, ...]
    quotes: Callable[[re.Match[str]], str] | None = None
    is_pattern: bool = False
    narrows: Callable[[re.Match[str]], str] | None = None


def _fault(
    pattern: str,
    sentence: str | Callable[[re.Match[str]], str],
    *names: str,
    quotes: Callable[[re.Match[str]], str] | None = None,
    narrows: Callable[[re.Match[str]], str] | None = None,
) -> Fault:
    if isinstance(sentence, str):
        template = sentence
        return Fault(re.compile(pattern, re.DOTALL), lambda found: found.expand(template), names)
    is_pattern = names == _PATTERNS
    return Fault(re.compile(pattern, re.DOTALL), sentence, names, quotes, is_pattern, narrows)


def _overflow(found: re.Match[str]) -> str:
    kind = _TYPES.get(found[2], "decimal")
    return f"{kind} {found[1]} overflow: {found[3]}"


def _out_of_range(found: re.Match[str]) -> str:
    target = _TYPES.get(found[3], found[3].lower())
    if found[1] in ("DOUBLE", "FLOAT"):
        return f"Unable to cast {found[2]} to {target}"
    return f"Out of range for {target}: {found[2]}"


def _unparted(found: re.Match[str]) -> str:
    return f"Cannot cast '{found[1]}' to {_TYPES.get(found[2], found[2].lower())}"


def _pattern(found: re.Match[str]) -> str:
    more = ""
    if re.search(r"perl operator: \(\?[=!<]|escape sequence: \\\d", found[1]):
        more = " (there is no look-around here, and no back-reference)"
    return f"This is no regular expression that Tarn knows: {found[1].strip()}{more}"


FAULTS: Final = (
    _fault(
        r"Error: ((?:missing [\])]|unexpected \)|invalid (?:perl operator|escape sequence|character"
        r"|named capture|repetition size|UTF-8)|no argument for repetition|bad repetition"
        r"|trailing \\|pattern too large)[^\n]*)",
        _pattern,
        *_PATTERNS,
    ),
    _fault(
        r"Overflow in (addition|subtraction|multiplication) of (\w+)(?:\(\d+\))? \(([^)]*)\)",
        _overflow,
        *_SIGNS.values(),
        *("from_base", "reduce", "sequence", "slice", "substr", "strpos", "trim_array", "sum"),
    ),
    _fault(r"Overflow in HUGEINT addition: ([^\n]*)", r"decimal addition overflow: \1", "sum"),
    _fault(r"Overflow on abs\((.*?)\)", r"Value \1 is out of range for abs", "abs"),
    _fault(r"Overflow in negation", "This number has no negative one of its type", "negation"),
    _fault(
        r"Type (\w+) with value (\S+) can't be cast because the value is out of range for the "
        r"destination type (\w+)",
        _out_of_range,
        *_NARROWING,
        narrows=lambda found: _TYPES.get(found[3], ""),
    ),
    _fault(
        r"""Could not (?:convert string|cast value) ['"]?(.*?)['"]? to (INT\w+|DECIMAL\([\d,]+\)"""
        r"|FLOAT|DOUBLE)",
        _unparted,
        *_NARROWING,
    ),
    _fault(
        r'Casting value "(.*?)" to type (DECIMAL\([\d,]+\)) failed',
        _unparted,
        *_NARROWING,
    ),
    _fault(
        r"Error: (Failed to cast value[^\n]*|Expected \w+, but got \w+: [^\n]*"
        r"|Malformed JSON[^\n]*|invalid (?:timestamp|date|time) field format: [^\n]*?(?=,|\n))",
        r"This JSON cannot be cast: \1",
        "cast",
    ),
    _fault(
        r"Map keys must be unique",
        "Duplicate map keys are not allowed",
        *("map", "map_from_entries", "transform_keys", "split_to_map", "cast"),
    ),
    _fault(
        r"Map keys can not be NULL",
        "A map key cannot be null",
        *("map", "map_from_entries", "multimap_from_entries", "transform_keys"),
    ),
    _fault(
        r"map key list does not align",
        "Key and value arrays must be the same length",
        "map",
    ),
    _fault(
        r'Could not parse string "(.*?)" according to format.*?Error: ([^\n]*)',
        r'Invalid format: "\1" (\2)',
        *("date_parse", "parse_datetime"),
    ),
    _fault(
        r"Unknown TimeZone '(.*?)'",
        lambda found: f"'{found[1]}' is not a valid time zone",
        *("at_timezone", "with_timezone", "from_unixtime", "at time zone", "cast"),
        quotes=lambda found: found[1],
    ),
    _fault(
        r"not in timestamp range|(?:Date|Interval value [^\n]*|Timestamp[^\n]*) out of range",
        "This moment is outside of the years that there are",
        *_OF_MOMENTS,
    ),
    _fault(r"Invalid UTF8 Codepoint (\S+)", r"Not a valid Unicode code point: \1", "chr"),
    _fault(
        r"Invalid input for hex digit: ([^\n]*)", r"This is no hexadecimal digit: \1", "from_hex"
    ),
    _fault(r'Could not decode string "(.*?)" as base64', r"This is no Base64: '\1'", "from_base64"),
    _fault(
        r"blob contained invalid UTF8",
        "These bytes are no text in UTF-8",
        "from_utf8",
    ),
    _fault(r"'to_base' radix", "Radix must be between 2 and 36", "to_base"),
    _fault(
        r"Strings must be of equal length",
        "The texts of hamming_distance must have the same length",
        "hamming_distance",
    ),
    _fault(r"Insufficient padding", "Padding string must not be empty", "lpad", "rpad"),
    _fault(
        r"QUANTILE can only take parameters",
        "Percentile must be between 0 and 1",
        "approx_percentile",
    ),
    _fault(
        r"More than one row returned by a subquery",
        "Scalar sub-query has returned multiple rows",
        "subquery",
    ),
    _fault(
        r"(STDDEV|VAR|COVAR|CORR|REGR|SKEWNESS|KURTOSIS)\w* is out of range",
        "The numbers here are too large to reckon with",
        *("stddev", "stddev_pop", "stddev_samp", "variance", "var_pop", "var_samp", "corr"),
        *("covar_pop", "covar_samp", "regr_intercept", "regr_slope", "skewness", "kurtosis"),
    ),
)


def fault_of(message: str) -> tuple[Fault, re.Match[str]] | None:
    """The kind of failure that a message of DuckDB's tells, and how it tells it."""
    for fault in FAULTS:
        found = fault.pattern.search(message)
        if found:
            return fault, found
    return None
