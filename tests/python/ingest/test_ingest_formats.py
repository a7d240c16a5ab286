"""Every form in which records come is taken, told by content and not by name."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from small_lakes import event, ingest, item, landed, log, put

from ingest.formats.times import iso, parse_text
from ingest.landing.rebuild import original
from ingest.landing.schema import CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS

EVENTS = [event(n) for n in range(3)]
ITEMS = [item(n) for n in range(3)]


def _lines(values: list[Any]) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def _dump(value: Any, **options: Any) -> bytes:
    return json.dumps(value, **options).encode()


def _notification(one: Any) -> Any:
    return {"messageType": "ConfigurationItemChangeNotification", "configurationItem": one}


EVENT_FORMS = {
    "log file": log(EVENTS),
    "log file, pretty": _dump({"Records": EVENTS}, indent=2),
    "log file, spaced": _dump({"Records": EVENTS}),
    "log file with more members": _dump({"a": [], "Records": EVENTS, "b": {}}),
    "bare array": _dump(EVENTS),
    "lines": _lines(EVENTS),
    "lines of log files": _lines([{"Records": EVENTS[:2]}, {"Records": EVENTS[2:]}]),
    "documents without a break": b"".join(map(_dump, EVENTS)),
    "LookupEvents": _dump({"Events": [{"CloudTrailEvent": json.dumps(one)} for one in EVENTS]}),
    "LookupEvents, each by itself": _lines([{"CloudTrailEvent": json.dumps(e)} for e in EVENTS]),
    "EventBridge lines": _lines([{"detail-type": "API", "detail": one} for one in EVENTS]),
    "SNS": _lines([{"Type": "Notification", "Message": json.dumps(e)} for e in EVENTS]),
    "CloudWatch Logs": _dump(
        {
            "messageType": "DATA_MESSAGE",
            "logEvents": [{"id": "1", "message": json.dumps(one)} for one in EVENTS],
        }
    ),
    "list under an unknown key": _dump({"hits": EVENTS}),
    "byte order mark": b"\xef\xbb\xbf" + log(EVENTS),
    "UTF-16": log(EVENTS).decode().encode("utf-16"),
    "two members of gzip": gzip.compress(log(EVENTS)[:99]) + gzip.compress(log(EVENTS)[99:]),
}
ITEM_FORMS = {
    "history": _dump({"fileVersion": "1.0", "configurationItems": ITEMS}),
    "snapshot": _dump({"fileVersion": "1.0", "configSnapshotId": "x", "configurationItems": ITEMS}),
    "recorded answer": _dump({"status_code": 200, "data": {"baseConfigurationItems": ITEMS}}),
    "notifications": _lines([_notification(one) for one in ITEMS]),
    "oversized": _lines([{"configurationItem": one, "recordVersion": "1.3"} for one in ITEMS]),
    "notifications by EventBridge": _lines(
        [{"detail-type": "Config", "detail": _notification(one)} for one in ITEMS]
    ),
    "notifications by SNS": _lines([{"Message": json.dumps(_notification(one))} for one in ITEMS]),
    "rule": _lines([{"invokingEvent": json.dumps(_notification(one))} for one in ITEMS]),
    "SelectResourceConfig": _dump({"Results": [json.dumps(one) for one in ITEMS]}),
    "bare array": _dump(ITEMS),
    "lines": _lines(ITEMS),
    "pretty": _dump({"configurationItems": ITEMS}, indent=1),
}


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("form", EVENT_FORMS)
def test_events_land_from(root: Path, source: Path, form: str, zipped: bool) -> None:
    put(source, "object", EVENT_FORMS[form], zipped=zipped)
    summary = ingest(root, source)
    assert (summary.records, summary.quarantined, summary.partly) == ({"cloudtrail": 3}, 0, 0)
    rows = sorted(landed(root), key=lambda row: int(row["_source_offset"]))
    assert [original(row, CLOUDTRAIL_EVENTS) for row in rows] == EVENTS
    assert [row["_source_offset"] for row in rows] == [0, 1, 2]
    assert json.dumps(EVENTS[0]["requestParameters"], separators=(",", ":")) == str(
        rows[0]["request_parameters"]
    )


@pytest.mark.parametrize("form", ITEM_FORMS)
def test_items_land_from(root: Path, source: Path, form: str) -> None:
    put(source, "object.json.gz", ITEM_FORMS[form])
    summary = ingest(root, source)
    assert (summary.records, summary.quarantined, summary.partly) == ({"config": 3}, 0, 0)
    rows = landed(root, "configuration_items")
    rows.sort(key=lambda row: int(row["_source_offset"]))
    assert [original(row, CONFIGURATION_ITEMS) for row in rows] == ITEMS
    assert rows[0]["configuration"] == '{"name":"bucket-0","size":1.5}'


@pytest.mark.parametrize(
    "content",
    [
        _dump({"digestS3Object": "x", "logFiles": [], "digestEndTime": "2023-07-10T00:00:00Z"}),
        _dump({"messageType": "ConfigurationHistoryDeliveryCompleted", "s3ObjectKey": "k"}),
        _dump({"messageType": "ConfigurationSnapshotDeliveryStarted"}),
        _dump({"invokingEvent": json.dumps({"messageType": "ScheduledNotification"})}),
        _dump({"configurationItem": None, "messageType": "ConfigurationItemChangeNotification"}),
        _dump({"configurationItemSummary": {}, "messageType": "Oversized"}),
        _dump({"s3Bucket": "b", "s3ObjectKey": ["k"]}),
        _dump({"Records": [{"eventSource": "aws:s3", "eventTime": "x", "s3": {}}]}),
    ],
)
def test_what_holds_no_records_is_recognized(root: Path, source: Path, content: bytes) -> None:
    put(source, "object.json.gz", content)
    summary = ingest(root, source)
    assert (summary.recognized, summary.quarantined, summary.records) == (1, 0, {})
    assert ingest(root, source).known == 1


def test_the_empty_check_file_is_recognized_and_another_empty_one_is_not(
    root: Path, source: Path
) -> None:
    put(source, "AWSLogs/111122223333/Config/ConfigWritabilityCheckFile", b"", zipped=False)
    put(source, "empty.json.gz", b"", zipped=False)
    summary = ingest(root, source)
    assert (summary.recognized, summary.reasons) == (1, {"empty": 1})


def test_a_log_without_records_has_landed(root: Path, source: Path) -> None:
    put(source, "a.json.gz", b'{"Records":[]}')
    summary = ingest(root, source)
    assert (summary.landed, summary.records) == (1, {})


def test_one_object_may_hold_both_kinds(root: Path, source: Path) -> None:
    put(source, "a.json.gz", _lines([EVENTS[0], ITEMS[0], EVENTS[1]]))
    assert ingest(root, source).records == {"cloudtrail": 2, "config": 1}
    assert ingest(root, source).known == 1
    assert ingest(root, source, store="mine").records == {"mine": 3}


def test_an_event_lands_under_its_own_utc_day(root: Path, source: Path) -> None:
    times = {
        "2023-07-10T23:59:59Z": "2023-07-10",
        "2023-07-11T00:00:00Z": "2023-07-11",
        "2023-07-11T01:30:00+02:00": "2023-07-10",
        "2023-07-10T23:30:00.123-01:00": "2023-07-11",
        "2023-07-10T00:00:00": "2023-07-10",
        "20230710T114231Z": "2023-07-10",
    }
    records = [event(n, eventTime=time) for n, time in enumerate(times)]
    put(source, "AWSLogs/111122223333/CloudTrail/eu-west-1/2023/07/12/a.json.gz", log(records))
    ingest(root, source)
    assert {row["event_time"]: row["day"] for row in landed(root)} == times


def test_an_item_lands_under_the_utc_day_of_its_capture(root: Path, source: Path) -> None:
    day = {"__class__": "datetime", "year": 2023, "month": 7, "day": 8}
    recorded = {**day, "hour": 6, "minute": 5, "second": 4, "microsecond": 3}
    times = [1688950800.5, "2023-07-09T23:00:00-03:00", recorded, 1688990430123]
    items = [item(n, configurationItemCaptureTime=time) for n, time in enumerate(times)]
    put(source, "a.json", json.dumps(items).encode(), zipped=False)
    ingest(root, source)
    rows = {row["resource_id"]: row["day"] for row in landed(root, "configuration_items")}
    assert [rows[f"bucket-{n}"] for n in range(4)] == [
        *("2023-07-10", "2023-07-10", "2023-07-08", "2023-07-10"),
    ]


def test_an_insight_lands_beside_the_events(root: Path, source: Path) -> None:
    insight = {
        "eventVersion": "1.07",
        "eventTime": "2023-07-10T11:00:00Z",
        "awsRegion": "eu-west-1",
        "eventID": "1",
        "eventType": "AwsCloudTrailInsight",
        "recipientAccountId": "111122223333",
        "sharedEventID": "2",
        "insightDetails": {"state": "Start"},
        "eventCategory": "Insight",
    }
    put(source, "a.json.gz", log([insight, event(1)]))
    assert ingest(root, source).records == {"cloudtrail": 2}
    assert landed(root)[0]["insight_details"] == '{"state":"Start"}'


@pytest.mark.parametrize(
    ("text", "iso_form"),
    [
        ("2023-07-10T11:58:10Z", "2023-07-10T11:58:10.000000Z"),
        ("2023-07-10 11:58:10.1234567", "2023-07-10T11:58:10.123456Z"),
        ("2023-07-10T11:58:10 -0530", "2023-07-10T17:28:10.000000Z"),
        ("20230710T115810Z", "2023-07-10T11:58:10.000000Z"),
        ("1456156556.288", "2016-02-22T15:55:56.288000Z"),
        ("1456156556288", "2016-02-22T15:55:56.288000Z"),
        ("datetime.datetime(2020, 4, 2, 13, 3, 17, 718)", "2020-04-02T13:03:17.000718Z"),
    ],
)
def test_times_are_read_as_staging_reads_them(text: str, iso_form: str) -> None:
    micros = parse_text(text)
    assert micros is not None
    assert iso(micros) == iso_form


@pytest.mark.parametrize(
    "text",
    ["2023-07-10T11:58Z", "2023-07-10", "2023-07-10T24:00:00Z", "2023-02-29T00:00:00Z", "soon", ""],
)
def test_what_staging_cannot_read_as_a_moment_is_none(text: str) -> None:
    assert parse_text(text) is None
