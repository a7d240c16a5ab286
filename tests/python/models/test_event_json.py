"""The JSON that the event data stores tell is JSON to DuckDB, whatever landed."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result

from tarn.lake import open_lake
from tarn.project import Project

HALF = "\ud800"
EVENT = {
    "eventVersion": "1.11",
    "eventTime": "2026-03-02T12:00:00Z",
    "eventSource": "s3.amazonaws.com",
    "eventName": "GetObject",
    "recipientAccountId": "111122223333",
}
ITEM = {
    "awsAccountId": "111122223333",
    "resourceType": "AWS::S3::Bucket",
    "resourceId": "photos",
    "configurationItemCaptureTime": "2026-03-02T12:00:00Z",
}
EVENTS: list[dict[str, Any]] = [
    {**EVENT, "eventID": "1", "userAgent": f"a{HALF}", "requestParameters": {"b": f"c{HALF}"}},
    {**EVENT, "eventID": "2", "additionalEventData": 'no "JSON"', "new": {"d": f"{HALF}e"}},
    {**EVENT, "eventID": "3", "resources": '{"sent": "as text"}', "errorCode": f"{HALF}"},
]
ITEMS: list[dict[str, Any]] = [
    {**ITEM, "configurationStateId": 1, "configuration": "no JSON", "tags": f"{HALF}"},
    {**ITEM, "configurationStateId": 2, "configuration": '{"name": "photos"}'},
    {**ITEM, "configurationStateId": 3, "configuration": '{"name": "x\\ud800"}'},
    {**ITEM, "configurationStateId": 4, "configuration": {"name": f"x{HALF}"}},
]
TOLD = """
    select eventjson, json_valid(eventjson)
    from eds_cloudtrail_events
    union all
    select eventjson, json_valid(eventjson)
    from eds_configuration_items
"""


def test_every_record_is_told_as_json(
    new_project: Project, run_tarn: Callable[..., Result], dbt: Callable[..., None]
) -> None:
    delivered = {"events": {"Records": EVENTS}, "items": {"configurationItems": ITEMS}}
    for name, content in delivered.items():
        (new_project.folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    landed = run_tarn(new_project, "ingest", "events.json", "items.json")
    assert landed.exit_code == 0, landed.output
    dbt(new_project, "run", "--select", "+eds_cloudtrail_events", "+eds_configuration_items")
    with open_lake(new_project.root) as lake:
        told = lake.execute(TOLD).fetchall()
    assert len(told) == len(EVENTS) + len(ITEMS)
    assert [text for text, is_json in told if not is_json] == []
    records = [json.loads(text) for text, _ in told]
    by_id = {record["eventID"]: record for record in records if "eventData" not in record}
    assert by_id["1"] == {**EVENTS[0], "userAgent": "a", "requestParameters": {"b": "c"}}
    assert by_id["2"] == {**EVENTS[1], "new": {"d": "e"}}
    assert by_id["3"] == {**EVENTS[2], "errorCode": ""}
    items = [record["eventData"] for record in records if "eventData" in record]
    assert {item["configurationItemStateId"]: item["configuration"] for item in items} == {
        "1": "no JSON",
        "2": {"name": "photos"},
        "3": {"name": "x"},
        "4": {"name": "x"},
    }
