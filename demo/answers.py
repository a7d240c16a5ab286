"""What services add to the record of an everyday call: resources, answers, endpoints."""

from __future__ import annotations

from dataclasses import replace

from demo.calls import Call, Caller, Json, Place
from demo.clock import HOUR, in_words
from demo.ids import access_key_id, stable, stable_hex

TRUST_CALLS = ("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")


def answered(call: Call, caller: Caller, place: Place, moment: int) -> Call:
    """The call with what its service logs beside it; refused calls have no answer."""
    request = call.request or {}
    resources = _resources(request, place)
    response = call.response
    if call.name in TRUST_CALLS and call.failure is None:
        response = _credentials(request, moment)
    fields = dict(call.fields or {})
    if "ec2RoleDelivery" in caller.identity.get("sessionContext", {}):
        # Programs in a private network come through an endpoint of their own.
        endpoint = "vpce-" + stable_hex(17, call.service, place.account_id, place.region)
        fields |= {"vpcEndpointId": endpoint, "vpcEndpointAccountId": place.account_id}
    return replace(call, resources=resources, response=response, fields=fields)


def _resources(request: Json, place: Place) -> tuple[Json, ...]:
    if "bucketName" in request:
        arn, kind = f"arn:aws:s3:::{request['bucketName']}", "AWS::S3::Bucket"
    elif "roleArn" in request:
        arn, kind = request["roleArn"], "AWS::IAM::Role"
    elif str(request.get("keyId", "")).startswith("arn:"):
        arn, kind = request["keyId"], "AWS::KMS::Key"
    else:
        return ()
    return ({"accountId": place.account_id, "type": kind, "ARN": arn},)


def _credentials(request: Json, moment: int) -> Json:
    role, session = request["roleArn"], request["roleSessionName"]
    account_id, name = role.split(":")[4], role.rsplit("/", 1)[-1]
    return {
        "credentials": {
            "accessKeyId": access_key_id("ASIA", role, session),
            "sessionToken": "EXAMPLETOKEN",
            "expiration": in_words(moment + HOUR),
        },
        "assumedRoleUser": {
            "assumedRoleId": f"{stable('AROA', 17, account_id, 'role', name)}:{session}",
            "arn": f"arn:aws:sts::{account_id}:assumed-role/{name}/{session}",
        },
    }
