"""CloudTrail records.

Field order and presence follow the CloudTrail user guide ("CloudTrail record
contents", versions 1.08 to 1.11) and real logs: absent request and response are
explicit nulls, and calls made by a service carry no tlsDetails.
"""

from __future__ import annotations

import json
from typing import Any

from demo.calls import Call, Caller, Json, Place
from demo.clock import iso_seconds
from demo.ids import Ids

# Services move to a new event version at their own pace.
VERSIONS = {"sts": "1.08", "signin": "1.08", "sso": "1.08", "logs": "1.09", "ec2": "1.10"}
NEWEST_VERSION = "1.11"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(value: Any) -> str:
    """Compact JSON, as AWS writes it."""
    return _encode(value)


def is_service_address(address: str) -> bool:
    """Whether sourceIPAddress names a service in place of an address."""
    return address.endswith(".amazonaws.com") or address == "AWS Internal"


def record(ids: Ids, place: Place, moment: int, caller: Caller, call: Call) -> Json:
    """The record of one call, with an eventID of its own."""
    log: Json = {
        "eventVersion": VERSIONS.get(call.service, NEWEST_VERSION),
        "userIdentity": caller.identity,
        "eventTime": iso_seconds(moment),
        "eventSource": call.source,
        "eventName": call.name,
        "awsRegion": place.region,
        "sourceIPAddress": caller.address,
        "userAgent": caller.agent,
    }
    if call.failure is not None:
        if call.failure.code:
            log["errorCode"] = call.failure.code
        log["errorMessage"] = call.failure.message
    request_id = ids.upper(16) if call.service == "s3" else ids.uuid()
    log["requestParameters"] = call.request
    log["responseElements"] = call.response
    if call.service == "ec2" and call.response is not None:
        # EC2 repeats the request's id in its answer.
        log["responseElements"] = {**call.response, "requestId": request_id}
    if call.service == "s3":
        log["additionalEventData"] = _s3_data(ids)
    if call.event_type != "AwsConsoleSignIn":
        log["requestID"] = request_id
    log["eventID"] = ids.uuid()
    log["readOnly"] = call.read_only
    if call.resources:
        log["resources"] = list(call.resources)
    log["eventType"] = call.event_type
    log["managementEvent"] = True
    log["recipientAccountId"] = place.account_id
    log["eventCategory"] = "Management"
    _add_connection(log, place, caller, call)
    if call.fields:
        log.update(call.fields)
    return log


def _s3_data(ids: Ids) -> Json:
    return {
        "SignatureVersion": "SigV4",
        "CipherSuite": "TLS_AES_128_GCM_SHA256",
        "bytesTransferredIn": 0,
        "AuthenticationMethod": "AuthHeader",
        "x-amz-id-2": ids.hexadecimal(48),
        "bytesTransferredOut": 0,
    }


def _add_connection(log: Json, place: Place, caller: Caller, call: Call) -> None:
    if not is_service_address(caller.address) and call.event_type != "AwsServiceEvent":
        region = "" if call.service == "iam" else f".{place.region}"
        log["tlsDetails"] = {
            "tlsVersion": "TLSv1.3",
            "cipherSuite": "TLS_AES_128_GCM_SHA256",
            "clientProvidedHostHeader": call.host or f"{call.service}{region}.amazonaws.com",
        }
    if caller.from_console:
        log["sessionCredentialFromConsole"] = "true"
