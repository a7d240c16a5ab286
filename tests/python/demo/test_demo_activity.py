"""The activity beside the stories: where it is, and that its records have the forms of AWS."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from demo_reading import Delivered

REGION = "us-west-2"
# Types that no story has.
ESTATE = ("AWS::EC2::Volume", "AWS::Redshift::Cluster", "AWS::SSM::PatchCompliance")


def _activity(delivered: Delivered) -> list[dict[str, Any]]:
    ids = set(delivered.truth["activity_event_ids"])
    return [event for event in delivered.events.values() if event["eventID"] in ids]


def test_activity_lies_in_files_of_its_own_and_stands_in_for_background(
    delivered: Delivered,
) -> None:
    ids = set(delivered.truth["activity_event_ids"])
    of_files: dict[str, set[bool]] = defaultdict(set)
    for path, record in delivered.records:
        of_files[path].add(record["eventID"] in ids)
    assert {True} in of_files.values()
    assert {True, False} not in of_files.values()
    assert delivered.truth["counts"]["events_simulated"] == 20_000


def test_activity_changes_nothing_that_config_records(delivered: Delivered) -> None:
    shown = {item["resourceId"] for _, item in delivered.items}
    causes = {one for row in delivered.truth["items"] for one in row["caused_by"]}
    for event in _activity(delivered):
        assert event["eventID"] not in causes
        if event["awsRegion"] == REGION and event["eventCategory"] == "Data":
            request = event["requestParameters"]
            assert shown.isdisjoint(str(value) for value in request.values())
    assert all(item["awsRegion"] != REGION for _, item in delivered.items)


def test_objects_are_written_with_the_tags_that_config_shows_of_their_bucket(
    delivered: Delivered,
) -> None:
    shown: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for _, item in delivered.items:
        shown[item["ARN"]][item["configurationItemCaptureTime"]] = item["tags"]
    written = 0
    for event in _activity(delivered):
        if event["eventName"] == "PutObject" and "eventContext" in event:
            [told] = event["eventContext"]["tagContext"]["resourceTags"]
            before = [time for time in shown[told["arn"]] if time[:19] <= event["eventTime"][:19]]
            assert told["tags"] == shown[told["arn"]][max(before)] != {}
            written += 1
    assert written == 3 * 7


def test_quotas_are_answered_by_the_id_of_the_request(delivered: Delivered) -> None:
    events = [
        event for event in _activity(delivered) if event["eventSource"].startswith("servicequotas")
    ]
    asked = [event["responseElements"] for event in events if event["responseElements"]]
    [answer] = [event for event in events if event["eventType"] == "AwsServiceEvent"]
    assert "requestID" not in answer
    by_id = {one["requestedQuota"]["id"]: one["requestedQuota"]["quotaName"] for one in asked}
    assert len(by_id) == 2
    details = answer["serviceEventDetails"]
    assert by_id[details["requestId"]] == details["quotaName"]


def test_who_comes_with_a_token_is_known_by_it_alone(delivered: Delivered) -> None:
    calls = [event for event in _activity(delivered) if event["eventName"] == "InvokeGateway"]
    assert {event["userIdentity"]["accountId"] for event in calls} == {"anonymous"}
    assert not any("errorCode" in event for event in calls)
    known = Counter(
        (event["responseElements"]["statusCode"], "additionalEventData" in event) for event in calls
    )
    assert known == {(200, True): 3 * 7, (401, False): 2 * 7}


def test_the_estate_is_recorded_with_its_causes_in_files_of_their_own(delivered: Delivered) -> None:
    rows = [row for row in delivered.truth["items"] if row["resource_type"] in ESTATE]
    kinds = Counter((row["resource_type"], row["change_kind"]) for row in rows)
    assert {kind for kind, _ in kinds} == set(ESTATE)
    assert all(kinds[(kind, "first_sight")] for kind in ESTATE)
    causes = {one for row in rows for one in row["caused_by"]}
    names = {delivered.events[one]["eventName"] for one in causes}
    assert names == {"CreateVolume", "DeleteVolume", "ModifyCluster", "PutInventory"}
    of_files: dict[str, set[bool]] = defaultdict(set)
    for path, record in delivered.records:
        of_files[path].add(record["eventID"] in causes)
    assert {True, False} not in of_files.values()
    others = [row for row in delivered.truth["items"] if row["resource_type"] not in ESTATE]
    assert causes.isdisjoint(one for row in others for one in row["caused_by"])


def test_a_small_simulation_has_an_estate_that_nobody_touches(
    simulate: Callable[..., Delivered],
) -> None:
    small = simulate("--events", "1000", "--days", "1")
    assert small.truth["activity_event_ids"] == []
    rows = [row for row in small.truth["items"] if row["resource_type"] in ESTATE]
    assert Counter(row["change_kind"] for row in rows) == {"first_sight": len(rows)}
    assert len(rows) == 5


def test_a_summary_stands_among_the_patches(delivered: Delivered) -> None:
    items = [item for _, item in delivered.items if item["resourceType"] == ESTATE[2]]
    for item in items:
        patches = item["configuration"]["AWS:ComplianceItem"]["Content"]["Patch"]
        summary = patches["ComplianceSummary"]
        states = {one["Status"] for name, one in patches.items() if name != "ComplianceSummary"}
        assert summary["Status"] == max(states)
        assert summary["NonCompliantUnspecifiedCount"] + summary["CompliantUnspecifiedCount"] == (
            len(patches) - 1
        )


def test_data_events_say_that_they_are(delivered: Delivered) -> None:
    data = [event for event in _activity(delivered) if event["eventCategory"] == "Data"]
    assert {event["managementEvent"] for event in data} == {False}
    sources = {event["eventSource"].split(".")[0] for event in data}
    assert sources >= {"s3", "lambda", "dynamodb"}
    acls = [
        event
        for event in data
        if (event.get("additionalEventData") or {}).get("aclRequired") == "Yes"
    ]
    assert {event["requestParameters"]["bucketName"] for event in acls} == {"partner-drop-west"}


def test_endpoints_tell_neither_request_nor_answer(delivered: Delivered) -> None:
    assert len(delivered.network) > 0
    for record in delivered.network:
        assert record["eventType"] == "AwsVpceEvent"
        assert record["vpcEndpointId"].startswith("vpce-")
        assert not {"requestParameters", "responseElements", "readOnly"} & set(record)
    errors = Counter(record.get("errorCode") for record in delivered.network)
    assert set(errors) == {None, "VpceAccessDenied"}


def test_insights_begin_and_end(delivered: Delivered) -> None:
    told = defaultdict(list)
    for record in delivered.insights:
        told[record["sharedEventID"]].append(record["insightDetails"])
    assert len(told) == 2
    for start, end in told.values():
        assert (start["state"], end["state"]) == ("Start", "End")
        assert start["eventName"] == end["eventName"]
        assert "insightDuration" not in start["insightContext"]["statistics"]
        assert end["insightContext"]["statistics"]["insightDuration"] > 0
    counts = delivered.truth["counts"]
    assert counts["insight_records_delivered"] == len(delivered.insights)
