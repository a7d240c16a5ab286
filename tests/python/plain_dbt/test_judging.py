"""What earlier runs have found for changes is kept until it is missing or may be another."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building import copy_project, invoke_dbt, run_dbt
from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("judging")

JUDGING = ("run", "--select", "tag:judging")


@pytest.fixture(scope="module")
def judged(
    tmp_path_factory: pytest.TempPathFactory,
    template: Path,
    small_deliveries: Path,
    run_tarn: Callable[..., Result],
    dbt: Callable[..., None],
) -> Project:
    """Two of the three days landed, and all changes judged."""
    project = copy_project(tmp_path_factory.mktemp("judged") / "project", template)
    early = [path for path in small_deliveries.rglob("*.gz") if "2026/03/04/" not in str(path)]
    assert run_tarn(project, "ingest", *map(str, early)).exit_code in (0, 3)
    dbt(project, "run", "--select", "+int_change_causes")
    return project


def rows(project: Project, table: str) -> list[tuple[Any, ...]]:
    with open_lake(project.root) as lake:
        return sorted(lake.execute(f"from lake.{table}").fetchall(), key=repr)


def change(project: Project, sql: str) -> None:
    with open_lake(project.root, read_only=False) as lake:
        lake.execute(sql)


def test_with_nothing_new_nothing_is_judged(judged: Project, dbt: Callable[..., None]) -> None:
    found = rows(judged, "intermediate.int_change_causes")
    assert found
    dbt(judged, *JUDGING)
    assert rows(judged, "intermediate.int_versions_to_judge") == []
    assert rows(judged, "intermediate.int_change_causes") == found


def test_what_is_missing_is_found_again_by_all_or_not_at_all(judged: Project) -> None:
    """A run of one model would fill its table with the few changes that the last run judged."""
    found = rows(judged, "intermediate.int_change_evidence")
    change(judged, "drop table lake.intermediate.int_change_evidence")
    alone = invoke_dbt(judged, "run", "--select", "int_change_evidence")
    assert not alone.success
    assert "tag:judging" in str(alone.exception)
    run_dbt(judged, *JUDGING)
    assert rows(judged, "intermediate.int_change_evidence") == found


def test_a_table_of_another_shape_is_filled_wholly(judged: Project) -> None:
    found = rows(judged, "intermediate.int_changed_values")
    change(judged, "alter table lake.intermediate.int_changed_values drop column side")
    run_dbt(judged, *JUDGING)
    assert rows(judged, "intermediate.int_changed_values") == found


def test_one_model_alone_is_not_fully_refreshed(judged: Project) -> None:
    alone = invoke_dbt(judged, "run", "--full-refresh", "--select", "int_change_evidence")
    assert not alone.success
    assert "tag:judging" in str(alone.exception)


def test_other_rules_judge_all_anew(judged: Project, dbt: Callable[..., None]) -> None:
    versions = rows(judged, "intermediate.int_configuration_versions")
    change(judged, "delete from lake.reference.call_verbs where verb = 'Cancel'")
    dbt(judged, *JUDGING)
    assert len(rows(judged, "intermediate.int_versions_to_judge")) == len(versions)


def test_a_run_without_all_judging_models_has_judged_nothing(
    judged: Project, dbt: Callable[..., None]
) -> None:
    """Else what it left out would be missing for ever."""
    change(judged, "delete from lake.bookkeeping.judged_versions")
    dbt(judged, *JUDGING, "--exclude", "int_change_likely_causes")
    assert rows(judged, "bookkeeping.judged_versions") == []
    dbt(judged, *JUDGING)
    assert rows(judged, "bookkeeping.judged_versions")


def test_events_that_were_not_read_yet_are_judged_later(
    judged: Project,
    run_tarn: Callable[..., Result],
    small_deliveries: Path,
    dbt: Callable[..., None],
) -> None:
    before = rows(judged, "intermediate.int_change_causes")
    events = [*small_deliveries.glob("**/CloudTrail/**/*.gz")]
    assert run_tarn(judged, "ingest", *map(str, events)).exit_code in (0, 3)
    dbt(judged, *JUDGING)
    assert rows(judged, "intermediate.int_change_causes") == before
    dbt(judged, "run", "--select", "+int_change_causes")
    after = rows(judged, "intermediate.int_change_causes")
    assert after != before
    change(judged, "delete from lake.bookkeeping.judged_versions")
    dbt(judged, *JUDGING)
    assert rows(judged, "intermediate.int_change_causes") == after


def test_what_has_other_causes_is_said_by_the_next_run_of_a_mart(
    judged: Project, dbt: Callable[..., None]
) -> None:
    """A run may stop between the causes and the marts, and no cause is another in the next."""
    said = ("int_change_verdicts", "fct_configuration_changes", "fct_change_attributions")
    tables = [f"{'intermediate' if name.startswith('int_') else 'main'}.{name}" for name in said]
    dbt(judged, "run", "--select", "+fct_configuration_changes", "fct_change_attributions")
    before = [rows(judged, table) for table in tables]
    change(judged, "delete from lake.reference.call_verbs where verb = 'Create'")
    dbt(judged, "run", "--select", "+int_change_causes")
    dbt(judged, *JUDGING)
    assert [rows(judged, table) for table in tables] == before
    dbt(judged, "run", "--select", *said)
    after = [rows(judged, table) for table in tables]
    assert not {name for name, _ in rows(judged, "bookkeeping.changes_to_say")} & {*said}
    dbt(judged, "run", "--full-refresh", "--select", *said)
    assert after != before
    assert after == [rows(judged, table) for table in tables]


def noted(project: Project, dbt: Callable[..., None]) -> set[str]:
    """What the judging models note for a mart that has said all it was to say."""
    change(project, "delete from lake.bookkeeping.changes_to_say")
    dbt(project, *JUDGING)
    return {
        key for name, key in rows(project, "bookkeeping.changes_to_say") if name.startswith("fct_")
    }


def keys(project: Project, sql: str) -> set[str]:
    with open_lake(project.root) as lake:
        return {key for (key,) in lake.execute(sql).fetchall()}


def test_what_is_to_be_said_again(judged: Project, dbt: Callable[..., None]) -> None:
    """Each reason by itself: judged anew, near new events, another cause, an event of their day."""
    changes = "lake.intermediate.int_configuration_changes"
    unread = "delete from lake.bookkeeping.processed_batches where model = 'int_change_causes'"
    assert noted(judged, dbt) == set()

    one = min(keys(judged, f"select change_id from {changes}"))
    change(judged, f"delete from lake.bookkeeping.judged_versions where item_key = '{one}'")
    assert one in noted(judged, dbt)

    change(judged, unread)
    near = noted(judged, dbt) - keys(
        judged,
        "select item_key from lake.intermediate.int_versions_to_judge"
        " union select change_id from lake.intermediate.int_change_causes",
    )
    assert near

    far = min(near)
    change(judged, f"update {changes} set captured_at = '2030-01-01' where change_id = '{far}'")
    change(
        judged,
        "insert into lake.intermediate.int_change_modifying_causes"
        f" select '{far}', min(event_key), 2, 1 from lake.intermediate.int_writes",
    )
    change(
        judged,
        "insert into lake.bookkeeping.evidence_before"
        f" select '{far}', min(event_key), timestamp '2030-01-01', 'x'"
        " from lake.intermediate.int_writes",
    )
    assert noted(judged, dbt) == {far}

    change(judged, unread)
    assert far in noted(judged, dbt)
