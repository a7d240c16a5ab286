"""Records that are valid JSON and odd all the same are built, and can be read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building import copy_project
from small_lakes import event, ingest, item, landed, log, put

from ingest.landing.rebuild import original
from ingest.landing.schema import CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS
from tarn.build import working_in
from tarn.lake import open_lake
from tarn.project import Project

pytestmark = pytest.mark.xdist_group("odd_records")

LONE = "\ud800"
HUGE = "9" * 400
EVENTS: list[dict[str, Any]] = [
    event(0),
    event(1, awsRegion=f"eu{LONE}", userAgent=LONE, eventName=f"Put{LONE}"),
    event(2, requestParameters={f"k{LONE}": f"v{LONE}", "bucketName": LONE}),
    event(3, userIdentity={"type": "IAMUser", "arn": f"arn:{LONE}", "userName": LONE}),
    event(4, addedField={"deep": LONE}, errorCode=LONE, errorMessage="\udfff\ud800"),
    event(5, requestParameters={"huge": int(HUGE), "small": -0.0}, addedField=1e300),
    event(6, requestParameters=json.loads("[" * 200 + "]" * 200)),
]
# What json.dumps cannot write: a key twice, and a number beyond every type.
DUPLICATES = (
    json.dumps(event(7))[:-1] + ',"awsRegion":"us-east-1","awsRegion":"eu-west-2",'
    '"requestParameters":{"a":1,"a":2},"tlsDetails":{"a":"1","a":"2"},"addedField":1e999}'
)
ITEMS = [
    item(0),
    item(1, resourceName=LONE, tags={LONE: LONE, "a": "b"}, configuration={"name": LONE}),
    item(2, supplementaryConfiguration={"Policy": LONE}, relationships=[{"resourceId": LONE}]),
]


@pytest.fixture(scope="module")
def odd(
    tmp_path_factory: pytest.TempPathFactory, template: Path, dbt: Callable[..., None]
) -> Project:
    """A project whose lake holds nothing but such records, landed and built."""
    folder = tmp_path_factory.mktemp("odd")
    project = copy_project(folder / "project", template)
    source = folder / "source"
    source.mkdir()
    text = log(EVENTS)[:-2] + b"," + DUPLICATES.encode() + b"]}"
    put(source, "log.json.gz", text)
    items = json.dumps({"configurationItems": ITEMS}, separators=(",", ":"))
    put(source, "items.json.gz", items.encode())
    summary = ingest(project.root, source)
    assert summary.records == {"cloudtrail": len(EVENTS) + 1, "config": len(ITEMS)}
    assert summary.reasons == {}
    dbt(project, "build", "--exclude-resource-type", "unit_test", "test")
    return project


def without_halves(record: dict[str, Any]) -> str:
    """A record as the event data stores tell it: halves of characters left out."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return text.encode("utf-8", "ignore").decode()


def test_every_record_lands_as_it_was_sent(odd: Project) -> None:
    for category, sent in (
        (CLOUDTRAIL_EVENTS, [*EVENTS, json.loads(DUPLICATES)]),
        (CONFIGURATION_ITEMS, ITEMS),
    ):
        found = [original(row, category) for row in landed(odd.root, category.name)]
        assert len(found) == len(sent)
        assert [record for record in sent if record not in found] == []


def test_every_relation_can_be_read(odd: Project) -> None:
    with working_in(odd), open_lake(odd.root) as lake:
        names = lake.execute(
            "select schema_name || '.' || view_name from duckdb_views() where database_name = "
            "'lake' union all select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = 'lake'"
        ).fetchall()
        assert len(names) > 10
        for (name,) in names:
            lake.execute(f"from {name}").fetchall()
        sent = [*EVENTS, json.loads(DUPLICATES)]
        found = lake.execute("select eventjson from eds_cloudtrail_events").fetchall()
        assert sorted(without_halves(json.loads(row[0])) for row in found) == sorted(
            map(without_halves, sent)
        )
        counted = lake.execute("select count(*) from eds_configuration_items").fetchone()
        assert counted == (len(ITEMS),)
