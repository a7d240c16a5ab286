"""The activity beside the stories: where it is, and that its records have the forms of AWS."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from demo_reading import Delivered

REGION = "us-west-2"


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
