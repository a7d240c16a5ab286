"""AWS::IAM::User; global like roles, and known by its unique id like they are."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import in_words, iso_millis
from demo.ids import access_key_id
from demo.organization import HOME_REGION
from demo.resources.base import Change, Resource, key_value_list
from demo.resources.roles import attached_policies

TYPE = "AWS::IAM::User"


def new(account_id: str, name: str, unique_id: str) -> Resource:
    """A user without any rights."""
    return Resource(
        resource_type=TYPE,
        place=Place(account_id, HOME_REGION),
        resource_id=unique_id,
        name=name,
        arn=f"arn:aws:iam::{account_id}:user/{name}",
        attributes={"attached": (), "groups": ()},
        is_global=True,
    )


def _call(name: str, user: Resource, response: Json | None = None, **more: object) -> Call:
    return Call("iam", name, {"userName": user.name, **more}, response)


def create(user: Resource, moment: int) -> Change:
    """CreateUser."""
    response = {
        "user": {
            "path": "/",
            "userName": user.name,
            "userId": user.resource_id,
            "arn": user.arn,
            "createDate": in_words(moment),
        }
    }
    return Change(user, _call("CreateUser", user, response, path="/"), tags={}, creates=True)


def delete(user: Resource) -> Change:
    """DeleteUser."""
    return Change(user, _call("DeleteUser", user), deletes=True)


def attach_policy(user: Resource, policy_arn: str) -> Change:
    """AttachUserPolicy."""
    attached = tuple(dict.fromkeys((*user.attributes["attached"], policy_arn)))
    call = _call("AttachUserPolicy", user, policyArn=policy_arn)
    return Change(user, call, {"attached": attached})


def add_to_group(user: Resource, group: str) -> Change:
    """AddUserToGroup."""
    groups = tuple(dict.fromkeys((*user.attributes["groups"], group)))
    return Change(user, _call("AddUserToGroup", user, groupName=group), {"groups": groups})


def tag(user: Resource, tags: dict[str, str]) -> Change:
    """TagUser: adds to the tags there are."""
    call = _call("TagUser", user, tags=key_value_list(tags))
    return Change(user, call, tags={**user.tags, **tags})


def create_access_key(user: Resource, moment: int) -> Call:
    """CreateAccessKey: a successful write that no item of the user shows."""
    key = {
        "userName": user.name,
        "accessKeyId": access_key_id("AKIA", user.resource_id, moment),
        "status": "Active",
        "createDate": in_words(moment),
    }
    return _call("CreateAccessKey", user, {"accessKey": key})


def render(user: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a user's item."""
    return {
        "path": "/",
        "userName": user.name,
        "userId": user.resource_id,
        "arn": user.arn,
        "createDate": iso_millis(user.created_at),
        "userPolicyList": [],
        "groupList": list(user.attributes["groups"]),
        "attachedManagedPolicies": attached_policies(user.attributes["attached"]),
        "permissionsBoundary": None,
        "tags": key_value_list(tags),
    }, {}
