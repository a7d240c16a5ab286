"""The marts against the truth of the demo organization."""

from collections import Counter
from datetime import datetime
from typing import Any

import duckdb
import pytest


def rows(lake: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = lake.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=None)


def compared(row: dict[str, Any], columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(
        moment(row[name]) if name.endswith("_at") and isinstance(row[name], str) else row[name]
        for name in columns
    )


def differences(
    expected: list[dict[str, Any]], actual: list[dict[str, Any]], columns: tuple[str, ...]
) -> dict[str, list[dict[str, Any]]]:
    """Rows that only one side has, as multisets, by the columns that both have."""
    wanted = Counter(compared(row, columns) for row in expected)
    found = Counter(compared(row, columns) for row in actual)
    named = {
        "missing": (wanted - found).elements(),
        "too many": (found - wanted).elements(),
    }
    return {
        side: [dict(zip(columns, row, strict=True)) for row in sorted(group, key=str)]
        for side, group in named.items()
    }


NOTHING = {"missing": [], "too many": []}


def test_every_encryption_change_is_told_as_it_was(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    columns = (
        *("event_id", "bucket_name", "account_id", "aws_region", "changed_at", "change_type"),
        *("actor_arn", "algorithm_before", "algorithm_after", "kms_key_before", "kms_key_after"),
        *("captured_at", "requested_algorithm", "requested_kms_key"),
    )
    actual = rows(lake, "select * from fct_bucket_encryption_changes")
    assert differences(truth["bucket_encryption_changes"], actual, columns) == NOTHING


def test_the_truth_has_every_kind_of_encryption_change(truth: dict[str, Any]) -> None:
    changes = truth["bucket_encryption_changes"]
    assert {row["change_type"] for row in changes} == {
        *("set", "changed", "reset_to_default", "unchanged"),
    }
    assert any(row["event_id"] is None for row in changes)
    assert any(row["captured_at"] is None and row["change_type"] != "unchanged" for row in changes)


def test_every_creation_is_told_as_it_was(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    columns = (
        *("resource_type", "resource_id", "resource_name", "account_id", "aws_region"),
        *("created_at", "created_at_source", "event_id", "actor_arn", "captured_at"),
    )
    actual = rows(lake, "select * from fct_resource_creations")
    assert differences(truth["resource_creations"], actual, columns) == NOTHING


def test_what_ended_without_an_item_is_told_by_the_snapshot_that_lacks_it(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    found = {
        (row["account_id"], row["resource_type"], row["resource_id"]): row
        for row in rows(
            lake,
            "select * from fct_resource_deletions where ended_as = 'missing_from_snapshot'",
        )
    }
    missing = truth["missing_from_snapshot"]
    assert missing
    assert set(found) == {
        (row["account_id"], row["resource_type"], row["resource_id"]) for row in missing
    }
    for row in missing:
        told = found[row["account_id"], row["resource_type"], row["resource_id"]]
        assert told["snapshot_object"].endswith(row["snapshot_path"])
        assert told["ended_by"] == moment(row["snapshot_at"])
        assert [told["event_id"]] == (row["caused_by"] or [None])


def test_denied_attempts_are_a_query_of_their_own(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    denied = set(truth["denied_encryption_attempts"])
    assert denied
    changed = rows(lake, "select event_id from fct_bucket_encryption_changes")
    assert denied.isdisjoint(row["event_id"] for row in changed)


def test_every_event_is_there_once_though_delivered_twice(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    [counted] = rows(
        lake,
        """
        select
            count(*) as events,
            count(distinct recipientaccountid || eventid) as ids
        from eds_cloudtrail_events
        where is_primary
        """,
    )
    distinct = truth["counts"]["distinct_events_delivered"]
    assert counted == {"events": distinct, "ids": distinct}


def test_every_item_is_there_once_though_snapshots_repeat_it(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    columns = ("account_id", "aws_region", "resource_type", "resource_id", "captured_at")
    actual = rows(
        lake, "select * from intermediate.int_configuration_items_deduplicated where is_primary"
    )
    assert differences(truth["items"], actual, columns) == NOTHING


def test_an_unchanged_state_is_no_new_version(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    columns = ("account_id", "aws_region", "resource_type", "resource_id", "captured_at")
    expected = [
        row for row in truth["items"] if row["change_kind"] not in ("repeat", "volatile_only")
    ]
    assert len(expected) < len(truth["items"])
    actual = rows(lake, "select * from intermediate.int_configuration_versions")
    assert differences(expected, actual, columns) == NOTHING


def test_an_addendum_changes_its_original_and_is_no_event_of_its_own(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    addendum = truth["addendum"]
    [event] = rows(
        lake,
        f"""
        select * from intermediate.int_events_deduplicated
        where event_id in ('{addendum["original_event_id"]}', '{addendum["addendum_event_id"]}')
        """,
    )
    assert event["event_id"] == addendum["original_event_id"]
    assert event["is_updated"]
    column = {"userAgent": "user_agent", "errorMessage": "error_message"}[addendum["field"]]
    assert event[column] == addendum["value"]


@pytest.mark.parametrize("change_kind", ["deleted", "recreated"])
def test_lives_of_a_resource_are_told_apart(
    lake: duckdb.DuckDBPyConnection, truth: dict[str, Any], change_kind: str
) -> None:
    expected = [row for row in truth["items"] if row["change_kind"] == change_kind]
    assert expected
    condition = {
        "deleted": "is_deleted",
        "recreated": "is_first_of_life and life_number > 1",
    }[change_kind]
    actual = rows(lake, f"select * from intermediate.int_configuration_versions where {condition}")
    columns = ("account_id", "aws_region", "resource_type", "resource_id", "captured_at")
    assert differences(expected, actual, columns) == NOTHING
