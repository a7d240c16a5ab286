"""AWS::IAM::Policy: a managed policy of the account, with versions.

Calls name it by its ARN, its item by a unique id. Attaching it changes two resources:
who gets it, and the policy, which counts and names its holders.
"""

from __future__ import annotations

from urllib.parse import quote

from demo.calls import Call, Json, Place
from demo.clock import in_words, iso_millis
from demo.organization import HOME_REGION
from demo.resources.base import Change, Relation, Resource, key_value_list

TYPE = "AWS::IAM::Policy"


def new(account_id: str, name: str, unique_id: str, text: str) -> Resource:
    """A policy with one version."""
    return Resource(
        resource_type=TYPE,
        place=Place(account_id, HOME_REGION),
        resource_id=unique_id,
        name=name,
        arn=f"arn:aws:iam::{account_id}:policy/{name}",
        attributes={"versions": (("v1", text, 0),), "default": "v1", "updated": 0},
        is_global=True,
    )


def relation(policy: Resource) -> Relation:
    """What a role or user that has the policy says about it."""
    attached = "Is attached to CustomerManagedPolicy"
    return Relation(TYPE, policy.resource_id, attached, policy.name)


def _call(name: str, policy: Resource, response: Json | None = None, **more: object) -> Call:
    return Call("iam", name, {"policyArn": policy.arn, **more}, response)


def create(policy: Resource, moment: int, text: str, tags: dict[str, str]) -> Change:
    """CreatePolicy: the unique id is in the response alone."""
    parameters: Json = {"policyName": policy.name, "path": "/", "policyDocument": text}
    shown = {
        "policyName": policy.name,
        "policyId": policy.resource_id,
        "arn": policy.arn,
        "path": "/",
        "defaultVersionId": "v1",
        "attachmentCount": 0,
        "permissionsBoundaryUsageCount": 0,
        "isAttachable": True,
        "createDate": in_words(moment),
        "updateDate": in_words(moment),
    }
    if tags:
        parameters["tags"] = key_value_list(tags)
    call = Call("iam", "CreatePolicy", parameters, {"policy": shown})
    state = {"versions": (("v1", text, moment),), "default": "v1", "updated": moment}
    return Change(policy, call, state, tags=tags, creates=True)


def delete(policy: Resource) -> Change:
    """DeletePolicy."""
    return Change(policy, _call("DeletePolicy", policy), deletes=True)


def create_version(policy: Resource, moment: int, text: str) -> Change:
    """CreatePolicyVersion, which becomes the default; the oldest of five has gone before."""
    versions = policy.attributes["versions"]
    version_id = f"v{int(versions[-1][0][1:]) + 1}"
    shown = {"versionId": version_id, "isDefaultVersion": True, "createDate": in_words(moment)}
    call = _call(
        "CreatePolicyVersion",
        policy,
        {"policyVersion": shown},
        policyDocument=text,
        setAsDefault=True,
    )
    state = {
        "versions": (*versions[-4:], (version_id, text, moment)),
        "default": version_id,
        "updated": moment,
    }
    return Change(policy, call, state)


def set_default(policy: Resource, moment: int, version_id: str) -> Change:
    """SetDefaultPolicyVersion."""
    call = _call("SetDefaultPolicyVersion", policy, versionId=version_id)
    return Change(policy, call, {"default": version_id, "updated": moment})


def tag(policy: Resource, tags: dict[str, str]) -> Change:
    """TagPolicy: adds to the tags there are."""
    call = _call("TagPolicy", policy, tags=key_value_list(tags))
    return Change(policy, call, tags={**policy.tags, **tags})


def held(policy: Resource, call: Call, holder: Resource, is_attached: bool) -> Change:
    """What a call that attaches it to a role, or detaches it, does to the policy."""
    name = "Is attached to Role"
    held_by = Relation(holder.resource_type, holder.resource_id, name, holder.name)
    others = [one for one in policy.relations if one != held_by]
    return Change(policy, call, relations=(*others, held_by) if is_attached else tuple(others))


def render(policy: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a policy's item."""
    state = policy.attributes
    return {
        "policyName": policy.name,
        "policyId": policy.resource_id,
        "arn": policy.arn,
        "path": "/",
        "defaultVersionId": state["default"],
        "attachmentCount": len(policy.relations),
        "permissionsBoundaryUsageCount": 0,
        "isAttachable": True,
        "description": None,
        "createDate": iso_millis(policy.created_at),
        "updateDate": iso_millis(state["updated"] // 1000 * 1000 or policy.created_at),
        "tags": key_value_list(tags),
        "policyVersionList": [
            {
                "document": quote(text, safe=""),
                "versionId": version_id,
                "isDefaultVersion": version_id == state["default"],
                "createDate": iso_millis(created // 1000 * 1000 or policy.created_at),
            }
            for version_id, text, created in state["versions"]
        ],
    }, {}
