"""The corpus against what a real Trino answered: `make test-trino` asks it again."""

from pathlib import Path

import duckdb
import pytest
from building import REPOSITORY

from lake_sql import corpus

CASES = list(corpus.cases())
FEWEST = 200
EQUAL = 0.98


def test_every_answer_is_trinos_or_differs_for_a_reason(rows: duckdb.DuckDBPyConnection) -> None:
    recorded = corpus.recorded()
    wrong = {}
    for case in CASES:
        found = corpus.difference(case, corpus.tarns(rows, case), recorded[case.name])
        if (found is None) == (case.differs is not None):
            wrong[case.name] = found or "it is equal now: take the reason away"
    assert wrong == {}


def test_what_fails_says_where_and_why(rows: duckdb.DuckDBPyConnection) -> None:
    wrong = {}
    for case in CASES:
        if case.fails is not None:
            told = corpus.tarns(rows, case).error or "no error"
            if not told.startswith("line 1, column ") or case.fails.lower() not in told.lower():
                wrong[case.name] = told
    assert wrong == {}


def test_the_corpus_is_large_and_nearly_all_of_it_equal() -> None:
    differing = [case for case in CASES if case.differs is not None]
    assert len(CASES) >= FEWEST
    assert {case.name for case in CASES} == set(corpus.recorded())
    assert 1 - len(differing) / len(CASES) >= EQUAL


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.differs], ids=lambda case: case.name
)
def test_a_difference_stands_in_the_documentation(case: corpus.Case) -> None:
    page = " ".join((REPOSITORY / "docs" / "lake-sql.md").read_text(encoding="utf-8").split())
    assert case.differs is not None
    assert case.differs in page


def test_no_query_of_the_corpus_is_written_twice() -> None:
    queries = [" ".join(case.sql.lower().split()) for case in CASES]
    assert len(queries) == len(set(queries))
    assert Path(corpus.ANSWERS).stat().st_size < 1_000_000
