"""Requests for more of what an account may have, and what becomes of them.

Form as in "Logging Service Quotas API calls using AWS CloudTrail" of its user guide: the answer is
an event of the service, known by the request's id alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from demo.activity.base import AFTERNOON, MORNING, Deed, Stage
from demo.calls import Call, Caller, Failure, Json
from demo.clock import DAY, HOUR, SECOND, in_words, iso_millis
from demo.events import encode, record
from demo.ids import stable, stable_hex
from demo.organization import PEOPLE

DAN = PEOPLE[3]
SERVICE = "servicequotas.amazonaws.com"
OPEN_ALREADY = Failure(
    "ResourceAlreadyExistsException",
    "Only one open service quota increase request is allowed per quota.",
)


@dataclass(frozen=True, slots=True)
class Quota:
    """What is asked for more of."""

    service: str
    service_name: str
    code: str
    name: str
    wanted: float


VPCS = Quota(
    "vpc", "Amazon Virtual Private Cloud (Amazon VPC)", "L-F678F1CE", "VPCs per Region", 10
)
CORES = Quota(
    "ec2",
    "Amazon Elastic Compute Cloud (Amazon EC2)",
    "L-1216C47A",
    "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    256,
)


def deeds(stage: Stage) -> list[Deed]:
    """Dan asks for networks when he gets no more, then for cores, and once too often."""
    asked: dict[int, Call] = {
        1: _request(stage, VPCS),
        4: _request(stage, CORES),
        5: _request(stage, CORES).refused(OPEN_ALREADY),
    }
    call = asked.get(stage.number % 7)
    if call is None:
        return []
    moment = _asked_at(stage.day)
    return [Deed(moment, stage.place, DAN.caller(stage.account_id, moment), call)]


def answers(stage: Stage) -> list[tuple[Deed, Json]]:
    """Two days after the first request of a week it is granted; with its record."""
    if stage.number % 7 != 3:
        return []
    asked = stage.day - 2 * DAY
    details = {
        "requestId": _request_id(stage.account_id, VPCS, asked),
        "newStatus": "CASE_CLOSED",
        "createTime": iso_millis(_asked_at(asked)),
        "newQuotaValue": str(float(VPCS.wanted)),
        "serviceName": VPCS.service_name,
        "quotaName": VPCS.name,
        "unit": "None",
    }
    call = Call(
        "servicequotas",
        "UpdateServiceQuotaIncreaseRequestStatus",
        event_type="AwsServiceEvent",
        fields={"serviceEventDetails": details},
    )
    caller = Caller({"accountId": stage.account_id, "invokedBy": SERVICE}, SERVICE, SERVICE)
    deed = Deed(stage.day + MORNING + HOUR, stage.place, caller, call)
    found = record(stage.ids, deed.place, deed.moment, deed.caller, deed.call)
    # Nobody asked for it: it has no requestID.
    return [(deed, {name: value for name, value in found.items() if name != "requestID"})]


def _asked_at(day: int) -> int:
    return day + AFTERNOON + 11 * SECOND


def _request_id(account_id: str, quota: Quota, day: int) -> str:
    parts = (account_id, quota.code, day)
    return stable_hex(32, *parts) + stable("", 8, *parts)


def _request(stage: Stage, quota: Quota) -> Call:
    place, moment = stage.place, _asked_at(stage.day)
    asked: Json = {
        "serviceCode": quota.service,
        "quotaCode": quota.code,
        "desiredValue": quota.wanted,
    }
    who = {"accountId": place.account_id, "callerArn": DAN.caller(place.account_id, moment).arn}
    arn = f"arn:aws:servicequotas:{place.region}:{place.account_id}:{quota.service}/{quota.code}"
    requested = {
        "id": _request_id(place.account_id, quota, stage.day),
        "serviceCode": quota.service,
        "serviceName": quota.service_name,
        "quotaCode": quota.code,
        "quotaName": quota.name,
        "desiredValue": quota.wanted,
        "status": "PENDING",
        "created": in_words(moment),
        "requester": encode(who),
        "quotaArn": arn,
        "globalQuota": False,
        "unit": "None",
    }
    call = Call("servicequotas", "RequestServiceQuotaIncrease", asked)
    return replace(call, response={"requestedQuota": requested})
