"""A call into another account is a cause there, whichever account's copy of it has landed."""

import json
from collections.abc import Callable
from typing import Any

from small_lakes import event, ingest, item, log, put

from tarn.lake import open_lake
from tarn.project import Project

CALLER, OWNER = "111122223333", "444455556666"
BUCKET = {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::ledger", "accountId": OWNER}
CALL = {
    "eventName": "PutBucketVersioning",
    "eventTime": "2023-07-10T12:30:00Z",
    "requestParameters": {"bucketName": "ledger", "VersioningConfiguration": {"Status": "Enabled"}},
    "resources": [BUCKET],
    "sharedEventID": "0f0f0f0f-0000-4000-8000-000000000001",
}
CALLERS_COPY = event(1, **CALL, recipientAccountId=CALLER)
OWNERS_COPY = event(2, **CALL, recipientAccountId=OWNER)
MARTS = ("fct_change_attributions", "fct_configuration_changes")
CAUSES = """
    select attributions.event_id, changes.match_kind, changes.actor_arn
    from fct_change_attributions as attributions
    inner join fct_configuration_changes as changes using (change_id)
"""


def bucket(number: int, status: str) -> dict[str, Any]:
    """The owner's bucket, as seen in the given minute."""
    return item(
        awsAccountId=OWNER,
        resourceId="ledger",
        ARN="arn:aws:s3:::ledger",
        configuration={"name": "ledger"},
        configurationItemCaptureTime=f"2023-07-10T12:{number}:00.000Z",
        configurationStateId=number,
        supplementaryConfiguration={"BucketVersioningConfiguration": {"status": status}},
    )


def test_a_copy_counts_until_the_owners_lands(
    new_project: Project, dbt: Callable[..., None]
) -> None:
    source = new_project.folder / "source"
    items = {"configurationItems": [bucket(10, "Off"), bucket(40, "Enabled")]}
    put(source, "items.json.gz", json.dumps(items).encode())
    for copy in (CALLERS_COPY, OWNERS_COPY):
        put(source, f"{copy['eventID']}.json.gz", log([copy]))
        ingest(new_project.root, source)
        dbt(new_project, "run", "--select", *(f"+{mart}" for mart in MARTS))
        with open_lake(new_project.root) as lake:
            causes = lake.execute(CAUSES).fetchall()
        assert causes == [(copy["eventID"], "exact", copy["userIdentity"]["arn"])]
