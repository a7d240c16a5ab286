"""How DuckDB would run the models and the catalogue: nothing compares every row with every row."""

import duckdb
import pytest

from tarn import catalogue, results
from tarn.project import Project

# A join whose condition holds no comparison of its two sides that stands by itself.
QUADRATIC = "BLOCKWISE_NL_JOIN"


def plan(lake: duckdb.DuckDBPyConnection, sql: str, values: dict[str, object]) -> str:
    explained = results.fetch(lake, f"explain {sql}", values).table.column("explain_value")
    return "\n".join(explained.to_pylist())


def test_the_plan_of_such_a_join_shows_it(lake: duckdb.DuckDBPyConnection) -> None:
    numbers = "(select range as number, range as other from range(1000))"
    joined = f"select * from {numbers} as one left join {numbers} as two on one.number = two.number"
    assert QUADRATIC in plan(lake, f"{joined} or one.other < two.other", {})
    assert QUADRATIC not in plan(lake, f"{joined} and one.other < two.other", {})


def test_no_model_joins_every_row_with_every_row(
    built: Project, lake: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.folder)
    folder = built.folder / "target" / "compiled" / "tarn" / "models"
    compiled = {path.stem: path for path in folder.rglob("*.sql") if path.parent.suffix != ".yml"}
    models = {path.stem for path in (built.folder / "models").rglob("*.sql")}
    assert set(compiled) == models
    quadratic = [
        name for name, path in compiled.items() if QUADRATIC in plan(lake, path.read_text(), {})
    ]
    assert quadratic == []


def test_no_query_joins_every_row_with_every_row(
    built: Project, lake: duckdb.DuckDBPyConnection
) -> None:
    queries = catalogue.load(built.root / "catalogue.json")
    assert queries
    quadratic = [one.name for one in queries if QUADRATIC in plan(lake, one.sql, one.bind({}))]
    assert quadratic == []
