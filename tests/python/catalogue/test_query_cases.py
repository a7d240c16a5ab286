"""Every query of the catalogue over the demo organization: the rows that must be there, and none.

A case in `cases/<subject>.yml`, under the query's name: `parameters` as a person writes them;
`rows`, how many come back; `holds`, rows that are among them, each by some of its columns as Lake
prints them; `lacks`, rows that are not. `tables`, beside the cases of the demo organization and for
what it does not have: rows of the relations that the query reads, which then hold nothing else; an
empty text is a null.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from building import REPOSITORY

from tarn import catalogue, results
from tarn.lake import open_lake
from tarn.project import Project

QUERIES = {path.stem: path.parent.name for path in sorted((REPOSITORY / "analyses").rglob("*.sql"))}

RELATION = re.compile(r'"lake"\."(\w+)"\."(\w+)"')

Case = Mapping[str, Any]

WINDOW = {"since", "until"}
# Queries that take every row of a mart: there is none that nearly fits.
WINDOW_ALONE = {
    "most_changed_resources": "ranks all changes of the window",
    "writes_that_config_never_showed": "lists all of a mart that holds nothing else",
}


def _cases() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml")):
        said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        assert not set(said) & set(found)
        found.update(said)
    return found


CASES = _cases()


@pytest.fixture(scope="module")
def queries(built: Project) -> dict[str, catalogue.Query]:
    """The catalogue as it was compiled with the demo lake."""
    return {query.name: query for query in catalogue.load(built.catalogue)}


@pytest.fixture(scope="module")
def demo_lake(
    built: Project, queries: dict[str, catalogue.Query]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """One connection for all queries, with what they read copied into memory.

    There a query takes a few milliseconds; `test_conventions` runs each over a lake itself.
    """
    read = {name for query in queries.values() for name in RELATION.findall(query.sql)}
    with open_lake(built.root) as connection:
        connection.execute("attach ':memory:' as copied")
        for schema, name in sorted(read):
            connection.execute(f"create schema if not exists copied.{schema}")
            connection.execute(f"create table copied.{schema}.{name} as from lake.{schema}.{name}")
        yield connection


def test_every_query_has_a_case_with_rows_of_the_demo_and_one_without() -> None:
    lacking = {
        name
        for name in QUERIES
        if not (
            any(case.get("holds") and "tables" not in case for case in CASES.get(name, ()))
            and any(case.get("rows") == "0" for case in CASES.get(name, ()))
        )
    }
    assert sorted(lacking) == []
    assert sorted(set(CASES) - set(QUERIES)) == []


def is_window_alone(case: Case, others: list[Case]) -> bool:
    """Whether a case has no rows for its window alone: else it asks the same as one with rows."""
    if "tables" in case:
        return not any(case["tables"].values())
    answered = [other for other in others if "tables" not in other and other.get("holds")]
    return not (asked := _asked(case)) or asked in map(_asked, answered)


def _asked(case: Case) -> dict[str, str]:
    return {name: value for name, value in case.get("parameters", {}).items() if name not in WINDOW}


def test_every_query_has_a_case_that_its_condition_leaves_without_rows() -> None:
    alone = {
        name
        for name, cases in CASES.items()
        if all(is_window_alone(case, cases) for case in cases if case.get("rows") == "0")
    }
    assert alone == set(WINDOW_ALONE)


@pytest.mark.parametrize(
    ("case", "alone"),
    [
        ({"parameters": {"since": "2026-04-01"}}, True),
        ({"parameters": {"account": "1", "until": "2026-03-01"}}, True),
        ({}, True),
        ({"tables": {"fct_events": []}}, True),
        ({"parameters": {"account": "1", "actor": "ann"}}, False),
        ({"parameters": {"account": "2"}}, False),
        ({"tables": {"fct_events": [{"outcome": "denied"}]}}, False),
    ],
)
def test_a_window_alone_is_told_from_a_condition(case: Case, alone: bool) -> None:
    answered = {"parameters": {"account": "1", "since": "2026-03-01"}, "holds": [{"actor": "bob"}]}
    assert is_window_alone(case, [answered, case]) is alone


@pytest.mark.parametrize("name", CASES)
def test_a_query_answers_as_it_should(
    queries: dict[str, catalogue.Query], demo_lake: duckdb.DuckDBPyConnection, name: str
) -> None:
    query = queries[name]
    for case in CASES[name]:
        unknown = set(case) - {"parameters", "tables", "rows", "holds", "lacks"}
        assert not unknown, unknown
        values = query.bind(case.get("parameters", {}))
        if "tables" in case:
            lake, sql = _lake_of(case["tables"], query, demo_lake), query.sql
        else:
            lake, sql = demo_lake, query.sql.replace('"lake".', '"copied".')
        result = results.fetch(lake, sql, values)
        said = [
            dict(zip(result.unique_columns, map(results.as_text, row), strict=True))
            for row in result.rows
        ]
        for row in case.get("holds", ()):
            assert any(_fits(row, one) for one in said), (case, row, said[:3])
        for row in case.get("lacks", ()):
            assert not any(_fits(row, one) for one in said), (case, row)
        if "rows" in case:
            assert len(said) == int(case["rows"]), (case, said[:3])


def _lake_of(
    tables: Mapping[str, list[dict[str, Any]]],
    query: catalogue.Query,
    demo_lake: duckdb.DuckDBPyConnection,
) -> duckdb.DuckDBPyConnection:
    """A lake with the relations that a query reads, in which lie the given rows alone."""
    lake = duckdb.connect()
    lake.execute("attach ':memory:' as lake")
    read = set(re.findall(r'"lake"\."main"\."(\w+)"', query.sql))
    assert set(tables) <= read, set(tables) - read
    for name in sorted(read):
        columns = demo_lake.execute(f'describe lake.main."{name}"').fetchall()
        said = ", ".join(f'"{column[0]}" {column[1]}' for column in columns)
        lake.execute(f'create table lake.main."{name}" ({said})')
        for row in tables.get(name, ()):
            whole = _merged(row)
            places = ", ".join("?" for _ in whole)
            lake.execute(
                f'insert into lake.main."{name}" ({", ".join(whole)}) values ({places})',
                [None if value == "" else value for value in whole.values()],
            )
    return lake


def _merged(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what it takes from another by `<<`, which the loader of plain texts leaves."""
    own = {key: value for key, value in row.items() if key != "<<"}
    return {**_merged(row["<<"]), **own} if "<<" in row else own


def _fits(row: Mapping[str, str], said: Mapping[str, str]) -> bool:
    assert set(row) <= set(said), f"no such column: {set(row) - set(said)}"
    return all(said[name] == value for name, value in row.items())
