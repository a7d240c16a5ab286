"""Calls that go through VPC endpoints: CloudTrail's network activity events.

Their records hold neither request nor answer, nor whether they only read (CloudTrail user guide,
"Logging network activity events").
"""

from __future__ import annotations

from demo.activity.base import AFTERNOON, Deed, Stage
from demo.calls import Call, Caller, Failure, Json
from demo.clock import MINUTE
from demo.events import record
from demo.organization import PEOPLE

DAN = PEOPLE[3]
ENDPOINT = "vpce-0a1b2c3d4e5f60718"
DENIED = Failure("VpceAccessDenied", "The request was denied due to a VPC endpoint policy")
LEFT_OUT = (
    "requestParameters", "responseElements", "additionalEventData", "readOnly", "managementEvent",
    "tlsDetails", "userAgent", "sessionCredentialFromConsole",
)  # fmt: skip


def deeds(stage: Stage) -> list[Deed]:
    """A day of calls through an endpoint, some of which its policy denies."""
    allowed = [Call("kms", "Decrypt") for _ in range(2)]
    denied = [
        Call("s3", "GetObject", failure=DENIED),
        Call("s3", "GetObject", failure=DENIED),
        Call("secretsmanager", "GetSecretValue", failure=DENIED),
    ]
    dan = DAN.caller(stage.account_id, stage.day + AFTERNOON)
    inside = Caller(dan.identity, "10.0.14.54", dan.agent)
    return stage.by(inside, AFTERNOON + 8 * MINUTE, [*allowed, *denied])


def as_record(stage: Stage, deed: Deed) -> Json:
    """The record of a call that an endpoint saw."""
    found = record(stage.ids, deed.place, deed.moment, deed.caller, deed.call)
    kept = {name: value for name, value in found.items() if name not in LEFT_OUT}
    return {
        **kept,
        "eventType": "AwsVpceEvent",
        "sharedEventID": stage.ids.uuid(),
        "vpcEndpointId": ENDPOINT,
        "vpcEndpointAccountId": deed.place.account_id,
        "eventCategory": "NetworkActivity",
    }
