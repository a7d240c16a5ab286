"""A macro that is called wrongly fails when dbt compiles, with a sentence that says why."""

from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner

pytestmark = pytest.mark.xdist_group("macro_errors")

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def compiles(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that says whether a query compiles; the project is parsed once."""
    folder = tmp_path_factory.mktemp("dbt")
    words = ["--target", "trino", "--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    words += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    parsed = dbtRunner().invoke(["--quiet", "parse", *words])
    assert parsed.success, parsed.exception

    def compiles(query: str) -> bool:
        # dbt adds the query to the manifest, and would refuse a second one of its name.
        parsed.result.nodes.pop("sql_operation.tarn.inline_query", None)
        options = ["--no-introspect", "--no-populate-cache", "--inline", query]
        done = dbtRunner(manifest=parsed.result).invoke(["compile", *options, *words])
        return bool(done.success)

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
        ("default__json_map('a')", "json_map: no version for trino"),
    ],
)
def test_wrong_calls_are_refused(
    compiles: Any, capfd: pytest.CaptureFixture[str], call: str, sentence: str
) -> None:
    assert not compiles("select {{ " + call + " }}")
    assert sentence in capfd.readouterr().out


def test_right_calls_are_not(compiles: Any) -> None:
    assert compiles("select {{ within('t', '2022-11-21', none) }}")
