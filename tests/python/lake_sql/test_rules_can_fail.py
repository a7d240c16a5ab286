"""Rules of the translation broken one by one: the corpus must notice each."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from lake_sql import corpus
from tarn.lake_sql import operators, selects, types
from tarn.lake_sql.calls import listed
from tarn.lake_sql.functions import dates
from tarn.lake_sql.functions.aggregates import AGGREGATES
from tarn.lake_sql.scopes import Sql
from tarn.lake_sql.special import part_of

CASES = {case.name: case for case in corpus.cases()}
Breaking = Callable[[pytest.MonkeyPatch], None]


def _line(name: str, line: str) -> Breaking:
    return lambda patch: patch.setitem(listed(), name, (line,))


def _from_sunday(*given: Any) -> Sql:
    work, node, part, value = given
    return part_of(work, node, part.removeprefix("iso"), value)


BROKEN: dict[str, tuple[Breaking, str]] = {
    "a missing key is an empty list": (
        _line("map_keys", "map(K,V) -> array(V) : map_values({0})"),
        "maps: keys and values",
    ),
    "any_match knows no null": (
        _line(
            "any_match",
            "array(T) (T)boolean -> boolean : list_contains(list_transform({0}, {1}), true)",
        ),
        "arrays: matches and nulls",
    ),
    "the week begins on Sunday": (
        lambda patch: patch.setattr(dates, "part_of", _from_sunday),
        "windows_of_time: day of week from monday",
    ),
    "sums become wider": (
        lambda patch: patch.setitem(
            AGGREGATES, "sum", ("bigint -> double : cast(sum([d]{0})[f] as double)",)
        ),
        "groups: sums",
    ),
    "a pattern has to match all of a text": (
        _line(
            "regexp_like",
            "varchar varchar -> boolean : regexp_full_match({0}, {1})",
        ),
        "texts: a pattern matches anywhere",
    ),
    "texts count bytes": (
        _line("length", "varchar -> bigint : strlen({0})"),
        "texts: length counts characters",
    ),
    "nulls come first": (
        lambda patch: patch.setattr(
            selects, "ordered", lambda *given: f"{given[-1]} asc nulls first"
        ),
        "groups: nulls come last, ascending",
    ),
    "columns have the name of their last part in lower case": (
        lambda patch: patch.setattr(
            selects, "label_of", lambda node: (node.name or "").lower() or None
        ),
        "names_and_rows: names keep the query's spelling",
    ),
    "whole division gives parts": (
        lambda patch: patch.setattr(types, "INTEGERS", ()),
        "numbers: whole division",
    ),
    "zoned moments are compared with their zones": (
        lambda patch: patch.setattr(operators, "comparable", lambda *given: given[0]),
        "windows_of_time: zoned instants are compared",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_turns_the_corpus_red(
    name: str, rows: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks, case_name = BROKEN[name]
    case = CASES[case_name]
    recorded = corpus.recorded()[case_name]
    assert corpus.difference(case, corpus.tarns(rows, case), recorded) is None
    breaks(monkeypatch)
    assert corpus.difference(case, corpus.tarns(rows, case), recorded) is not None
