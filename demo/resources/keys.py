"""AWS::KMS::Key: known by its key id; deleted by KMS itself after a waiting time."""

from __future__ import annotations

from dataclasses import replace

from demo.calls import Call, Json, Place
from demo.clock import DAY, in_words, iso_millis
from demo.events import encode
from demo.resources.base import Change, Resource

TYPE = "AWS::KMS::Key"


def new(place: Place, key_id: str) -> Resource:
    """A symmetric key."""
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=key_id,
        name=None,
        arn=f"arn:aws:kms:{place.region}:{place.account_id}:key/{key_id}",
        attributes={"state": "Enabled", "description": "", "rotates": False},
    )


def _call(name: str, key: Resource, response: Json | None = None, **more: object) -> Call:
    resource = {"accountId": key.place.account_id, "type": TYPE, "ARN": key.arn}
    return Call("kms", name, {"keyId": key.resource_id, **more}, response, False, (resource,))


def policy(account_id: str) -> str:
    """The default key policy, as text."""
    statement = {
        "Sid": "Enable IAM User Permissions",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account_id}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    return encode({"Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement]})


def create(key: Resource, moment: int, description: str, tags: dict[str, str]) -> Change:
    """CreateKey: the id is in the response and in `resources`."""
    listed = [{"tagKey": name, "tagValue": value} for name, value in tags.items()]
    parameters = {
        "policy": "",
        "description": description,
        "keySpec": "SYMMETRIC_DEFAULT",
        "keyUsage": "ENCRYPT_DECRYPT",
        "bypassPolicyLockoutSafetyCheck": False,
        "origin": "AWS_KMS",
        "multiRegion": False,
        "tags": listed,
    }
    metadata = {
        "aWSAccountId": key.place.account_id,
        "keyId": key.resource_id,
        "arn": key.arn,
        "creationDate": in_words(moment),
        "enabled": True,
        "description": description,
        "keyState": "Enabled",
        "keyManager": "CUSTOMER",
    }
    resource = {"accountId": key.place.account_id, "type": TYPE, "ARN": key.arn}
    call = Call("kms", "CreateKey", parameters, {"keyMetadata": metadata}, False, (resource,))
    state = {"state": "Enabled", "description": description}
    return Change(key, call, state, tags=tags, creates=True)


def disable(key: Resource) -> Change:
    """DisableKey."""
    return Change(key, _call("DisableKey", key, {"keyId": key.arn}), {"state": "Disabled"})


def enable(key: Resource) -> Change:
    """EnableKey."""
    return Change(key, _call("EnableKey", key, {"keyId": key.arn}), {"state": "Enabled"})


def rotate(key: Resource) -> Change:
    """EnableKeyRotation."""
    return Change(key, _call("EnableKeyRotation", key, {"keyId": key.arn}), {"rotates": True})


def describe(key: Resource, description: str) -> Change:
    """UpdateKeyDescription."""
    call = _call("UpdateKeyDescription", key, {"keyId": key.arn}, description=description)
    return Change(key, call, {"description": description})


def schedule_deletion(key: Resource, moment: int) -> Change:
    """ScheduleKeyDeletion: the key stays, disabled, for a week at least."""
    response = {"keyId": key.arn, "deletionDate": in_words(moment + 7 * DAY)}
    call = _call("ScheduleKeyDeletion", key, response, pendingWindowInDays=7)
    return Change(key, call, {"state": "PendingDeletion"})


def cancel_deletion(key: Resource) -> Change:
    """CancelKeyDeletion: the key comes back disabled."""
    call = _call("CancelKeyDeletion", key, {"keyId": key.arn})
    return Change(key, call, {"state": "Disabled"})


def tag(key: Resource, tags: dict[str, str]) -> Change:
    """TagResource."""
    listed = [{"tagKey": name, "tagValue": value} for name, value in tags.items()]
    return Change(key, _call("TagResource", key, tags=listed), tags={**key.tags, **tags})


def create_alias(key: Resource, alias: str) -> Call:
    """CreateAlias: names the key, and changes nothing about it."""
    arn = f"arn:aws:kms:{key.place.region}:{key.place.account_id}:{alias}"
    named = ({"accountId": key.place.account_id, "type": "AWS::KMS::Alias", "ARN": arn},)
    call = _call("CreateAlias", key)
    parameters = {"aliasName": alias, "targetKeyId": key.resource_id}
    return replace(call, request=parameters, resources=(*call.resources, *named))


def delete(key: Resource) -> Change:
    """DeleteKey: KMS's own event when the waiting time is over, without parameters."""
    resource = {"accountId": key.place.account_id, "type": TYPE, "ARN": key.arn}
    call = Call("kms", "DeleteKey", None, None, False, (resource,), None, "AwsServiceEvent")
    return Change(key, call, deletes=True)


def render(key: Resource, _tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a key's item; tags are not in them."""
    state = key.attributes
    configuration: Json = {
        "keyId": key.resource_id,
        "arn": key.arn,
        "creationDate": iso_millis(key.created_at),
        "enabled": state["state"] == "Enabled",
        "description": state["description"],
        "keyUsage": "ENCRYPT_DECRYPT",
        "keyState": state["state"],
        "origin": "AWS_KMS",
        "keyManager": "CUSTOMER",
        "keySpec": "SYMMETRIC_DEFAULT",
        "encryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
        "multiRegion": False,
        "awsaccountId": key.place.account_id,
    }
    more = {
        "Policy": policy(key.place.account_id),
        "KeyRotationStatus": {"keyRotationEnabled": state["rotates"]},
    }
    return configuration, more
