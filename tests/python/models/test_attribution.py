"""Every change with its cause, against the truth of the demo organization."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

import duckdb
import pytest
from attribution import NO_CHANGE, judged, key_of

from demo.properties import canonical, opened


def test_every_change_is_told_by_its_kind(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    found = {
        (*key, kind)
        for *key, kind in lake.execute(
            "select account_id, aws_region, resource_type, resource_id, captured_at, change_kind "
            "from fct_configuration_changes"
        ).fetchall()
    }
    expected = {
        (*key_of(item), item["change_kind"])
        for item in truth["items"]
        if item["change_kind"] not in NO_CHANGE
    }
    assert found == expected


def test_changes_are_put_down_to_those_who_made_them(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    judgement = judged(lake, truth)
    with capsys.disabled():
        print(f"\n{judgement.table()}")
    assert judgement.pairs.precision >= 0.98
    assert judgement.pairs.recall >= 0.98
    assert judgement.exact.precision >= 0.98
    assert judgement.no_event.precision >= 0.97
    assert judgement.no_event.recall >= 0.95


def test_every_property_change_is_told_as_it_was(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    def told(text: str | None) -> str | None:
        return None if text is None else canonical(opened(json.loads(text)))

    found = Counter(
        (*row[:8], told(row[8]), told(row[9]), row[10])
        for row in lake.execute(
            "select account_id, aws_region, resource_type, resource_id, captured_at, area, "
            "property_path, difference, value_before, value_after, is_volatile "
            "from fct_configuration_property_changes"
        ).fetchall()
    )
    columns = ("area", "property_path", "change", "value_before", "value_after", "is_volatile")
    expected = Counter(
        (*key_of(row), *(row[name] for name in columns)) for row in truth["property_changes"]
    )
    assert list((expected - found).elements()) == []
    assert list((found - expected).elements()) == []


def event_ids(lake: duckdb.DuckDBPyConnection, relation: str) -> set[str]:
    rows = lake.execute(f"select event_id from {relation} where event_id is not null").fetchall()
    return {row[0] for row in rows}


def test_every_write_that_changed_nothing_is_listed(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    listed = event_ids(lake, "fct_unattributed_events")
    attributed = event_ids(lake, "fct_change_attributions")
    # The caller's copy of a call into another account is about nothing in his own.
    silent = {
        row["event_id"] for row in truth["writes_without_item"] if row["reason"] != "seen_elsewhere"
    }
    assert silent - listed - attributed == set()
    assert len(silent & listed) >= 0.8 * len(silent)
    assert listed & attributed == set()


def test_what_uses_a_resource_is_neither_a_cause_nor_missed(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    data_events = (
        "select event_id from fct_events where event_category = 'Data' and not is_read_only "
        "and error_code is null"
    )
    assert len(lake.execute(data_events).fetchall()) > 0
    for relation in ("fct_unattributed_events", "fct_change_attributions"):
        listed = f"select event_id from {relation} where event_id in ({data_events})"
        assert lake.execute(listed).fetchall() == [], relation


def test_an_actor_stands_only_where_all_candidates_are_one(lake: duckdb.DuckDBPyConnection) -> None:
    wrong = lake.execute(
        "select changes.change_id from fct_configuration_changes as changes "
        "inner join fct_change_attributions as causes using (change_id) "
        "where changes.actor_arn is not null "
        "and causes.actor_arn is distinct from changes.actor_arn"
    ).fetchall()
    assert wrong == []


def test_the_truth_has_every_confusion(truth: dict[str, Any]) -> None:
    assert datetime.fromisoformat(truth["items"][0]["captured_at"])
    assert set(truth["cases"]) >= {
        *("equal_names_of_types", "equal_names_in_accounts", "made_again_by_another"),
        *("id_only_in_the_response", "named_in_passing", "several_instances", "tags_on_several"),
        *("same_again_beside_change", "undone_before_capture", "merged_of_two", "neighbours_only"),
        *("lost_hour", "changed_by_service", "late_events", "seen_by_two_accounts", "kms_alias"),
    }
