"""truth.json agrees with the files, as far as the files can tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from gzip import decompress
from itertools import pairwise
from typing import Any

import pytest
from demo_reading import Delivered

# Services of which all writes but those of keys are on recorded resources.
RECORDED = (
    "s3", "iam", "ec2", "lambda", "dynamodb", "rds", "redshift", "sqs", "sns", "cloudformation",
)  # fmt: skip
IMPOSSIBLE = "an event shown by an item comes before it"


def _state(item: dict[str, Any]) -> tuple[Any, ...]:
    return (
        item["awsAccountId"],
        item["awsRegion"],
        item["resourceType"],
        item["resourceId"],
        item["configurationItemCaptureTime"],
        item["configurationStateId"],
    )


def _row_state(row: dict[str, Any]) -> tuple[Any, ...]:
    names = (
        "account_id", "aws_region", "resource_type", "resource_id", "captured_at", "state_id",
    )  # fmt: skip
    return tuple(row[name] for name in names)


def _readable(delivered: Delivered) -> set[str]:
    """Ids of events in intact files and in files with one broken record."""
    broken = delivered.truth["broken_files"]
    seen = {record["eventID"] for record in delivered.network}
    rest = {one for row in broken for one in row["readable_event_ids"]}
    return set(delivered.events) | seen | rest


def test_items_are_those_that_lie_in_the_files(delivered: Delivered) -> None:
    rows = [_row_state(row) for row in delivered.truth["items"]]
    assert len(rows) == len(set(rows)) == delivered.truth["counts"]["distinct_items"]
    assert set(rows) == {_state(item) for _, item in delivered.items}
    assert len(delivered.items) == delivered.truth["counts"]["configuration_items_delivered"]


def test_counts_are_those_of_the_files(delivered: Delivered) -> None:
    counts = delivered.truth["counts"]
    readable = _readable(delivered)
    addendum = delivered.truth["addendum"]["addendum_event_id"]
    assert counts["distinct_event_ids_delivered"] == len(readable)
    assert counts["distinct_events_delivered"] == len(readable - {addendum})
    # Of the broken files only the one whose JSON is broken isn't in `records`.
    without_json = next(
        row for row in delivered.truth["broken_files"] if row["kind"] == "one_record_not_json"
    )
    timed = sum("eventTime" in record for _, record in delivered.records) + len(delivered.network)
    assert counts["event_records_delivered"] == timed + len(without_json["readable_event_ids"])
    undelivered = set(delivered.truth["undelivered_event_ids"])
    assert not undelivered & readable
    assert counts["events_simulated"] == len(undelivered) + counts["distinct_events_delivered"]


def test_causes_are_delivered_successful_writes_before_their_item(delivered: Delivered) -> None:
    events = delivered.events
    for row in delivered.truth["items"]:
        for event_id in row["caused_by"]:
            event = events[event_id]
            assert not event["readOnly"]
            assert "errorCode" not in event
            assert event["recipientAccountId"] == row["account_id"]
            assert event["eventTime"][:19] <= row["captured_at"][:19], IMPOSSIBLE


def test_each_write_on_a_recorded_resource_is_in_one_item_or_accounted_for(
    delivered: Delivered,
) -> None:
    truth = delivered.truth
    direct = {
        event_id
        for row in truth["items"]
        if row["match_kind"] != "indirect"
        for event_id in row["caused_by"]
    }
    without = {row["event_id"] for row in truth["writes_without_item"]}
    assert not direct & without
    addendum = truth["addendum"]["addendum_event_id"]
    activity = set(truth["activity_event_ids"])
    for event_id, event in delivered.events.items():
        service = event["eventSource"].split(".")[0]
        is_write = not event["readOnly"] and "errorCode" not in event
        is_recorded = service in RECORDED or event["eventName"] in (
            "CreateKey", "DisableKey", "EnableKey", "ScheduleKeyDeletion", "DeleteKey",
        )  # fmt: skip
        if is_write and is_recorded and event_id != addendum and event_id not in activity:
            assert event_id in direct | without


def test_kinds_and_matches_all_occur(delivered: Delivered) -> None:
    kinds = Counter(row["change_kind"] for row in delivered.truth["items"])
    assert kinds.keys() == {
        "first_sight", "created", "modified", "deleted", "recreated", "relationship_only",
        "tags_only", "repeat", "volatile_only",
    }  # fmt: skip
    matches = Counter(row["match_kind"] for row in delivered.truth["items"])
    assert matches.keys() == {"exact", "shared", "indirect", "none"}
    nobody = [
        row
        for row in delivered.truth["items"]
        if row["change_kind"] == "modified" and row["match_kind"] == "none"
    ]
    # By AWS itself, or in the hour whose logs are lost.
    assert len([row for row in nobody if not row["undelivered_causes"]]) > 10
    assert any(row["undelivered_causes"] for row in nobody)


@pytest.mark.parametrize(
    "resource_type",
    [
        "AWS::CloudFormation::Stack", "AWS::DynamoDB::Table", "AWS::EC2::Instance",
        "AWS::EC2::NetworkInterface", "AWS::EC2::SecurityGroup", "AWS::EC2::Subnet",
        "AWS::EC2::VPC", "AWS::EC2::Volume", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User",
        "AWS::KMS::Key", "AWS::Lambda::Function", "AWS::RDS::DBInstance", "AWS::S3::Bucket",
        "AWS::SNS::Topic", "AWS::SQS::Queue",
    ],
)  # fmt: skip
def test_every_type_begins_and_ends(delivered: Delivered, resource_type: str) -> None:
    rows = [row for row in delivered.truth["items"] if row["resource_type"] == resource_type]
    kinds = Counter(row["change_kind"] for row in rows)
    assert kinds["first_sight"]
    assert kinds["created"]
    assert kinds["deleted"]


def test_neighbours_are_told_with_their_events(delivered: Delivered) -> None:
    known = {(row["resource_type"], row["resource_id"]) for row in delivered.truth["items"]}
    rows = [row for row in delivered.truth["items"] if row["match_kind"] == "indirect"]
    assert {row["change_kind"] for row in rows} == {"relationship_only", "deleted"}
    for row in delivered.truth["items"]:
        for via in row["indirect_via"]:
            assert via["event_id"] in row["caused_by"]
            assert (via["resource_type"], via["resource_id"]) in known
    assert all(row["indirect_via"] for row in rows)


def in_order(value: Any) -> Any:
    """The value with its arrays sorted."""
    if isinstance(value, dict):
        return {key: in_order(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((in_order(inner) for inner in value), key=str)
    return value


def test_repeats_show_nothing_new(delivered: Delivered) -> None:
    bodies = {_state(item): item for _, item in delivered.items}
    rows = defaultdict(list)
    for row in delivered.truth["items"]:
        rows[(row["account_id"], row["resource_type"], row["resource_id"])].append(row)
    compared = 0
    for states in rows.values():
        states.sort(key=lambda row: str(row["captured_at"]))
        for before, row in pairwise(states):
            if row["change_kind"] == "repeat":
                one, other = bodies[_row_state(before)], bodies[_row_state(row)]
                for name in ("configuration", "supplementaryConfiguration", "tags"):
                    assert in_order(one[name]) == in_order(other[name])
                compared += 1
    assert compared > 10


def test_what_changes_has_a_property_that_did_and_nothing_else_has(delivered: Delivered) -> None:
    changed = defaultdict(set)
    for row in delivered.truth["property_changes"]:
        if not row["is_volatile"]:
            state = (row["account_id"], row["resource_type"], row["resource_id"])
            changed[(*state, row["captured_at"])].add(row["area"])
    areas_of = {"tags_only": {"tags"}, "relationship_only": {"relationships"}}
    expected = {}
    for row in delivered.truth["items"]:
        state = (row["account_id"], row["resource_type"], row["resource_id"], row["captured_at"])
        if row["change_kind"] in ("modified", "tags_only", "relationship_only"):
            expected[state] = areas_of.get(row["change_kind"], set())
    assert changed.keys() == expected.keys()
    for state, areas in expected.items():
        assert changed[state] >= areas
        if areas == {"relationships"}:
            assert changed[state] == areas


def _encryption_of(item: dict[str, Any]) -> tuple[str, str | None] | None:
    shown = item["supplementaryConfiguration"].get("ServerSideEncryptionConfiguration")
    if shown is None:
        return None
    rule = shown["rules"][0]["applyServerSideEncryptionByDefault"]
    return rule["sseAlgorithm"], rule["kmsMasterKeyID"]


def test_encryption_changes_agree_with_items_and_events(delivered: Delivered) -> None:
    shown = {_state(item)[3:5]: _encryption_of(item) for _, item in delivered.items}
    rows = delivered.truth["bucket_encryption_changes"]
    for row in rows:
        after = (row["algorithm_after"], row["kms_key_after"])
        requested = (row["requested_algorithm"], row["requested_kms_key"])
        if row["captured_at"] is not None:
            assert shown[(row["bucket_name"], row["captured_at"])] == after
        if row["event_id"] is not None:
            event = delivered.events[row["event_id"]]
            assert event["requestParameters"]["bucketName"] == row["bucket_name"]
            assert row["actor_arn"] == event["userIdentity"].get("arn")
            if row["captured_at"] is not None:
                assert after == requested
    kinds = Counter(row["change_type"] for row in rows)
    assert kinds.keys() == {"set", "changed", "reset_to_default", "unchanged"}
    assert any(row["event_id"] is None for row in rows)
    assert any(row["captured_at"] is None and row["change_type"] == "changed" for row in rows)


def test_encryption_before_is_what_was_last_shown_or_asked_for(delivered: Delivered) -> None:
    told: defaultdict[str, list[tuple[str, int, tuple[str, str | None] | None]]]
    told = defaultdict(list)
    for _, item in delivered.items:
        if item["resourceType"] == "AWS::S3::Bucket":
            shown = _encryption_of(item)
            told[item["resourceId"]].append((item["configurationItemCaptureTime"], 0, shown))
    rows = [row for row in delivered.truth["bucket_encryption_changes"] if row["event_id"]]
    for row in rows:
        asked = (row["requested_algorithm"], row["requested_kms_key"])
        told[row["bucket_name"]].append((row["changed_at"], 1, asked))
    for row in rows:
        # An item of the event's own second may be of before or after it: it tells nothing.
        changed = row["changed_at"].removesuffix("Z")
        earlier = [one for one in told[row["bucket_name"]] if one[0] < changed]
        known = max(earlier, key=lambda one: one[:2])[2] if earlier else None
        assert (row["algorithm_before"], row["kms_key_before"]) == (known or (None, None))


def test_every_encryption_event_has_its_row(delivered: Delivered) -> None:
    addendum = delivered.truth["addendum"]["addendum_event_id"]
    by_success: dict[bool, set[str]] = {True: set(), False: set()}
    for event_id, event in delivered.events.items():
        is_change = event["eventName"] in ("PutBucketEncryption", "DeleteBucketEncryption")
        if is_change and event_id != addendum:
            by_success["errorCode" not in event].add(event_id)
    rows = delivered.truth["bucket_encryption_changes"]
    assert by_success[True] == {row["event_id"] for row in rows} - {None}
    assert by_success[False] <= set(delivered.truth["denied_encryption_attempts"])


def test_creations_have_the_time_their_items_show(delivered: Delivered) -> None:
    items = {_state(item)[2:5]: item for _, item in delivered.items}
    for row in delivered.truth["resource_creations"]:
        item = items[(row["resource_type"], row["resource_id"], row["captured_at"])]
        if row["created_at_source"] == "first_seen":
            assert "resourceCreationTime" not in item
            assert row["created_at"] == row["captured_at"]
        else:
            assert item["resourceCreationTime"] == row["created_at"]
        if row["event_id"] is not None:
            event = delivered.events[row["event_id"]]
            assert event["eventName"].startswith(("Create", "RunInstances"))
            assert event["userIdentity"].get("arn") == row["actor_arn"]


def test_buckets_are_made_again_by_somebody_else(delivered: Delivered) -> None:
    lives = defaultdict(list)
    for row in delivered.truth["resource_creations"]:
        if row["resource_type"] == "AWS::S3::Bucket":
            lives[row["resource_id"]].append(row)
    again = [rows for rows in lives.values() if len(rows) > 1]
    assert again
    for rows in again:
        assert len({row["created_at"] for row in rows}) == len(rows)
        assert rows[-1]["event_id"] is not None


def test_late_events_lie_in_a_later_folder(delivered: Delivered) -> None:
    first: dict[str, str] = {}
    for path, record in delivered.records:
        day = "-".join(path.split("/")[4:7])
        first[record["eventID"]] = min(day, first.get(record["eventID"], day))
    addendum = delivered.truth["addendum"]["addendum_event_id"]
    late = {
        event_id
        for event_id, event in delivered.events.items()
        if event["eventTime"][:10] < first[event_id]
    }
    assert late - {addendum} == set(delivered.truth["late_event_ids"])
    reasons = Counter(
        event["addendum"]["reason"] for event in delivered.events.values() if "addendum" in event
    )
    assert reasons == {"DELIVERY_DELAY": 2, "UPDATED_DATA": 1}


def test_the_addendum_mends_one_field(delivered: Delivered) -> None:
    told = delivered.truth["addendum"]
    original = delivered.events[told["original_event_id"]]
    addendum = delivered.events[told["addendum_event_id"]]
    assert addendum["addendum"]["originalEventID"] == told["original_event_id"]
    assert addendum["addendum"]["updatedFields"] == told["field"]
    assert addendum[told["field"]] == told["value"] != original[told["field"]]
    differing = {name for name in addendum if addendum[name] != original.get(name)}
    assert differing == {"eventID", "addendum", told["field"]}


def test_shared_events_have_two_ids_in_two_accounts(delivered: Delivered) -> None:
    assert delivered.truth["shared_event_ids"]
    for row in delivered.truth["shared_event_ids"]:
        pair = [delivered.events[one] for one in row["event_ids"] if one in delivered.events]
        assert {event["sharedEventID"] for event in pair} <= {row["shared_event_id"]}
        assert len({event["recipientAccountId"] for event in pair}) == len(pair)


def test_no_log_lies_in_the_lost_hour(delivered: Delivered) -> None:
    for span in delivered.truth["lost_hours"]:
        assert not [
            event
            for event in delivered.events.values()
            if event["recipientAccountId"] == span["account_id"]
            and event["awsRegion"] == span["aws_region"]
            and span["start"] <= event["eventTime"] < span["end"]
        ]


def test_partly_broken_files_hold_what_is_said(delivered: Delivered) -> None:
    root = delivered.folder / "deliveries"
    intact = {path for path, _ in delivered.records}
    for row in delivered.truth["broken_files"]:
        assert row["path"] not in intact or row["kind"] == "one_record_without_time"
        if row["kind"].startswith("one_record"):
            text = decompress((root / row["path"]).read_bytes()).decode()
            assert len(row["readable_event_ids"]) >= 2
            assert all(one in text for one in row["readable_event_ids"] + row["lost_event_ids"])
            assert row["lost_records"] == len(row["lost_event_ids"]) == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--events", "1000"),
        ("--events", "2000", "--days", "1", "--accounts", "1"),
        ("--events", "3000", "--days", "2", "--accounts", "3", "--seed", "5"),
    ],
    ids=["smallest", "one_day_one_account", "three_accounts"],
)
def test_other_sizes_keep_the_promises(
    simulate: Callable[..., Delivered], options: tuple[str, ...]
) -> None:
    other = simulate(*options)
    assert other.truth["counts"]["events_simulated"] == int(options[1])
    assert len(other.truth["broken_files"]) == 6
    assert other.truth["addendum"]
    test_items_are_those_that_lie_in_the_files(other)
    test_counts_are_those_of_the_files(other)
    test_causes_are_delivered_successful_writes_before_their_item(other)
    test_encryption_changes_agree_with_items_and_events(other)
    test_creations_have_the_time_their_items_show(other)
