"""A macro that is called wrongly fails when dbt compiles, with a sentence that says why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building import copy_project, invoke_dbt

Compiles = Callable[[str], bool]


@pytest.fixture(scope="module")
def compiles(tmp_path_factory: pytest.TempPathFactory, template: Path, parsed: Any) -> Compiles:
    """Whether a query compiles."""
    project = copy_project(tmp_path_factory.mktemp("compiled") / "project", template)

    def compiles(query: str) -> bool:
        # dbt adds the query to the manifest, and would refuse a second one of its name.
        parsed.nodes.pop("sql_operation.tarn.inline_query", None)
        options = ("--no-introspect", "--no-populate-cache", "--no-write-json", "--inline", query)
        return bool(invoke_dbt(project, "compile", *options, parsed=parsed).success)

    return compiles


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("within('t', '2022-11-22', '2022-11-21')", "nothing lies between 2022-11-22"),
        ("within('t', '2022-11-21', '2022-11-21')", "nothing lies between 2022-11-21"),
        (
            "within('t', '2022-11-21T00:00:00Z', '2022-11-21T01:00:00+02:00')",
            "nothing lies between",
        ),
        ("within('t', 'yesterday', none)", "'yesterday' is no moment"),
        ("within('t', '', none)", "'' is no moment"),
        ("within('t', '2022-02-29', none)", "'2022-02-29' is no moment"),
        ("within('t', '2022-11-21T24:00:00', none)", "'2022-11-21T24:00:00' is no moment"),
        ("within('t', '2022-11-21; drop table t', none)", "drop table t' is no moment"),
        ("within('t', '2022-11-21', none, lower='=')", "no bounds '=' and '<'"),
        ("within('t', '2022-11-21', none, upper='>')", "no bounds '>=' and '>'"),
        ("json_extract('t', '$.x-amz-acl')", "'$.x-amz-acl' is no JSON path"),
        ("json_extract('t', 'a')", "'a' is no JSON path"),
        ("json_extract('t', '$.')", "'$.' is no JSON path"),
        ("json_extract('t', '$[*]')", "'$[*]' is no JSON path"),
        ("element_at('t', 0)", "the key 0 does not go with the form 'array'"),
        ("element_at('t', 'a', form='array')", "the key a does not go with the form 'array'"),
        ("element_at('t', 'a', form='list')", "the key a does not go with the form 'list'"),
        ("failing_cases([])", "a test without cases tests nothing"),
        ("row_hash([])", "row_hash: takes a list of columns"),
        ("row_hash('a')", "row_hash: takes a list of columns"),
        ("landed_record('landing', 'x')", "no fields of landing.x"),
        ("default__json_map('a')", "json_map: no version for duckdb"),
    ],
)
def test_wrong_calls_are_refused(
    compiles: Compiles, capfd: pytest.CaptureFixture[str], call: str, sentence: str
) -> None:
    assert not compiles("select {{ " + call + " }}")
    assert sentence in capfd.readouterr().out


def test_right_calls_are_not(compiles: Compiles) -> None:
    assert compiles("select {{ within('t', '2022-11-21', none) }}")
