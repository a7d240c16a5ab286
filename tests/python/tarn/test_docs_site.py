"""What `tarn docs` makes of the project, and what MetricFlow answers from it."""

import json
import re
import shutil
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from click.testing import Result
from offline_pages import external_references

from tarn.build import working_in
from tarn.project import Project

Command = Callable[..., Result]
pytestmark = pytest.mark.xdist_group("docs_site")


@pytest.fixture(scope="module")
def described(
    built: Project, run_tarn: Command, tmp_path_factory: pytest.TempPathFactory
) -> Project:
    """A copy of the built project and its lake, with its documentation in `page.html`."""
    folder = tmp_path_factory.mktemp("described") / "project"
    shutil.copytree(built.folder, folder, ignore=shutil.ignore_patterns("compiled", "run"))
    project = Project(folder, folder / "lake")
    done = run_tarn(project, "docs", "--no-open", "--output", str(folder / "page.html"))
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{folder / 'page.html'}\n"
    return project


@pytest.fixture(scope="module")
def page(described: Project) -> str:
    return (described.folder / "page.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(page: str) -> dict[str, Any]:
    """The manifest that the page holds."""
    beginning = page.index(
        '{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/man'
    )
    manifest: dict[str, Any] = json.JSONDecoder().raw_decode(page, beginning)[0]
    return manifest


def test_it_opens_without_a_network(page: str) -> None:
    assert external_references(page) == []


def test_what_a_column_is_has_more_room_than_a_word(page: str) -> None:
    """The style names the cell as dbt's page does."""
    assert re.search(r'<td style="[^"]*max-width: 1px', page)
    assert 'td[style*="max-width: 1px"]' in page


def test_it_tells_nothing_of_this_machine(page: str, described: Project) -> None:
    assert str(described.folder) not in page
    assert '"user_id": null' in page


def test_it_describes_everything(shown: dict[str, Any]) -> None:
    silent = [
        thing["name"]
        for kind in ("nodes", "sources", "macros", "exposures", "metrics", "semantic_models")
        for thing in shown[kind].values()
        if thing.get("package_name") == "tarn"
        and thing["resource_type"] not in ("test", "operation")
        and not (thing["description"] or "").strip()
    ]
    assert silent == []


def test_it_shows_the_types_of_the_tables(page: str) -> None:
    beginning = page.index(
        '{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/cat'
    )
    catalog = json.JSONDecoder().raw_decode(page, beginning)[0]
    columns = catalog["nodes"]["model.tarn.fct_configuration_changes"]["columns"]
    assert columns["captured_at"]["type"] == "TIMESTAMP"


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (
            "source.landing.cloudtrail_events.user_agent",
            "Goes into* `stg_cloudtrail__events.user_a",
        ),
        ("stg_cloudtrail__events.occurred_at", "Made of* `cloudtrail_events.event_time`."),
        ("int_events_deduplicated.error_code", "`int_events_updated.error_code`, `stg_cloudtrail"),
        ("fct_events.actor_arn", "Made of* `int_events_deduplicated.actor_arn`."),
        ("int_calls.effect", "`call_verbs.effect`"),
        ("int_coverage.items_count", "Made of* no column."),
    ],
)
def test_it_tells_what_each_column_is_made_of(
    shown: dict[str, Any], column: str, told: str
) -> None:
    relation, _, name = column.rpartition(".")
    kind = "sources" if relation.startswith("source.") else "nodes"
    [node] = [
        node
        for node in shown[kind].values()
        if node["name"] == relation.rpartition(".")[2] and node["resource_type"] != "analysis"
    ]
    assert told in node["columns"][name]["description"]


def test_no_column_of_a_model_is_without_its_lineage(shown: dict[str, Any]) -> None:
    silent = [
        f"{node['name']}.{name}"
        for node in shown["nodes"].values()
        if node["resource_type"] == "model"
        for name, column in node["columns"].items()
        if "\n\n*Made of* " not in column["description"]
    ]
    assert silent == []


def test_a_lake_that_was_never_built_is_said(new_project: Project, run_tarn: Command) -> None:
    done = run_tarn(new_project, "docs", "--no-open")
    assert (done.exit_code, "`tarn build` first" in done.stderr) == (1, True)


# ---------- metrics


def test_metricflow_answers_what_sql_over_the_marts_answers(
    described: Project, lake: duckdb.DuckDBPyConnection
) -> None:
    asked = [
        *("changes", "changes_without_cause_share", "event_to_item_seconds"),
        *("event_to_item_seconds_mean", "calls", "failed_calls", "failed_calls_share"),
    ]
    assert _answer(described, asked, "metric_time__day") == _rounded(
        lake.execute(
            """
            with changes as (
                select
                    cast(captured_at as date) as day,
                    count(*) as changes,
                    count(*) filter (match_kind = 'none')
                        / count(*) filter (match_kind <> 'no_logs') as share,
                    quantile_cont(lag_seconds, 0.5) as middle,
                    avg(lag_seconds) as mean
                from fct_configuration_changes
                group by day
            ),
            calls as (
                select
                    event_date as day,
                    count(*) as calls,
                    count(error_code) as failed,
                    count(error_code) / count(*) as failed_share
                from lake.intermediate.int_events_deduplicated
                where is_primary
                group by day
            )
            select day, changes, share, middle, mean, calls, failed, failed_share
            from changes
            full outer join calls using (day)
            order by day
            """
        ).fetchall()
    )


def test_metricflow_answers_by_what_caused_a_change(
    described: Project, lake: duckdb.DuckDBPyConnection
) -> None:
    assert _answer(described, ["changes"], "change__match_kind") == _rounded(
        lake.execute(
            "select match_kind, count(*) from fct_configuration_changes group by all order by 1"
        ).fetchall()
    )


def _answer(project: Project, metrics: list[str], group: str) -> list[tuple[Any, ...]]:
    """What MetricFlow, with the project's own profile, answers: the group, then the metrics."""
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    with working_in(project):
        configuration = CLIConfiguration()
        configuration.setup(project.folder, project.folder, configure_file_logging=False)
        request = MetricFlowQueryRequest.create(
            metric_names=metrics, group_by_names=[group], order_by_names=[group]
        )
        table = configuration.mf.query(request).result_df
    assert table is not None
    places = [table.column_names.index(name) for name in (group, *metrics)]
    return _rounded([tuple(row[place] for place in places) for row in table.rows])


def _rounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Numbers to nine digits, and days as they are written."""
    return [
        (
            str(row[0])[:10],
            *(None if value is None else float(f"{float(value):.9g}") for value in row[1:]),
        )
        for row in rows
    ]
