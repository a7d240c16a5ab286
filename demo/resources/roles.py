"""AWS::IAM::Role.

IAM is global: events are logged in us-east-1, items carry the region `global`.
The item's resourceId is the role's unique id; calls name the role by its name.
Policy documents are URL-encoded in items and in responses, plain in requests.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from demo.calls import Call, Json, Place
from demo.clock import in_words, iso_millis
from demo.events import encode
from demo.organization import HOME_REGION
from demo.resources import policies
from demo.resources.base import Change, Resource, key_value_list

TYPE = "AWS::IAM::Role"
VOLATILE = ("roleLastUsed",)


def trust(service: str) -> str:
    """A trust policy for a service, as text."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return encode({"Version": "2012-10-17", "Statement": [statement]})


def document(*actions: str) -> str:
    """An inline policy that allows some actions, as text."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return encode({"Version": "2012-10-17", "Statement": [statement]})


def new(
    account_id: str, name: str, unique_id: str, service: str = "lambda", path: str = "/"
) -> Resource:
    """A role that a service may assume."""
    return Resource(
        resource_type=TYPE,
        place=Place(account_id, HOME_REGION),
        resource_id=unique_id,
        name=name,
        arn=f"arn:aws:iam::{account_id}:role{path}{name}",
        attributes={
            "path": path,
            "trust": trust(service),
            "inline": {},
            "attached": (),
            "used": None,
        },
        is_global=True,
    )


def _call(name: str, role: Resource, **parameters: object) -> Call:
    return Call("iam", name, {"roleName": role.name, **parameters})


def create(role: Resource, moment: int, tags: dict[str, str]) -> Change:
    """CreateRole: the unique id is in the response alone."""
    policy = role.attributes["trust"]
    call = Call(
        "iam",
        "CreateRole",
        {"path": "/", "roleName": role.name, "assumeRolePolicyDocument": policy},
        {
            "role": {
                "path": "/",
                "roleName": role.name,
                "roleId": role.resource_id,
                "arn": role.arn,
                "createDate": in_words(moment),
                "assumeRolePolicyDocument": quote(policy, safe=""),
            }
        },
    )
    if tags and call.request is not None:
        call.request["tags"] = key_value_list(tags)
    return Change(role, call, tags=tags, creates=True)


def delete(role: Resource) -> Change:
    """DeleteRole."""
    return Change(role, _call("DeleteRole", role), deletes=True)


def attach_policy(role: Resource, policy_arn: str) -> Change:
    """AttachRolePolicy of one of AWS's own policies."""
    attached = tuple(dict.fromkeys((*role.attributes["attached"], policy_arn)))
    call = _call("AttachRolePolicy", role, policyArn=policy_arn)
    return Change(role, call, {"attached": attached})


def detach_policy(role: Resource, policy_arn: str) -> Change:
    """DetachRolePolicy of one of AWS's own policies."""
    attached = tuple(arn for arn in role.attributes["attached"] if arn != policy_arn)
    call = _call("DetachRolePolicy", role, policyArn=policy_arn)
    return Change(role, call, {"attached": attached})


def attach_own(role: Resource, policy: Resource) -> Change:
    """AttachRolePolicy of a policy of the account, which changes as well."""
    change = attach_policy(role, policy.arn)
    relations = tuple(dict.fromkeys((*role.relations, policies.relation(policy))))
    held = policies.held(policy, change.call, role, is_attached=True)
    return replace(change, relations=relations, others=(held,))


def detach_own(role: Resource, policy: Resource) -> Change:
    """DetachRolePolicy of a policy of the account, which changes as well."""
    change = detach_policy(role, policy.arn)
    gone = policies.relation(policy)
    relations = tuple(one for one in role.relations if one != gone)
    held = policies.held(policy, change.call, role, is_attached=False)
    return replace(change, relations=relations, others=(held,))


def put_policy(role: Resource, policy: str, text: str) -> Change:
    """PutRolePolicy: an inline policy."""
    call = _call("PutRolePolicy", role, policyName=policy, policyDocument=text)
    return Change(role, call, {"inline": {**role.attributes["inline"], policy: text}})


def update_trust(role: Resource, text: str) -> Change:
    """UpdateAssumeRolePolicy."""
    call = _call("UpdateAssumeRolePolicy", role, policyDocument=text)
    return Change(role, call, {"trust": text})


def tag(role: Resource, tags: dict[str, str]) -> Change:
    """TagRole: adds to the tags there are."""
    call = _call("TagRole", role, tags=key_value_list(tags))
    return Change(role, call, tags={**role.tags, **tags})


def render(role: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a role's item."""
    state = role.attributes
    return {
        "path": state["path"],
        "roleName": role.name,
        "roleId": role.resource_id,
        "arn": role.arn,
        "createDate": iso_millis(role.created_at),
        "assumeRolePolicyDocument": quote(state["trust"], safe=""),
        "instanceProfileList": [],
        "rolePolicyList": [
            {"policyName": name, "policyDocument": quote(text, safe="")}
            for name, text in state["inline"].items()
        ],
        "attachedManagedPolicies": attached_policies(state["attached"]),
        "permissionsBoundary": None,
        "tags": key_value_list(tags),
        "roleLastUsed": state["used"],
    }, {}


def attached_policies(arns: tuple[str, ...]) -> list[dict[str, str]]:
    """Managed policies as items list them."""
    return [{"policyName": arn.rsplit("/", 1)[-1], "policyArn": arn} for arn in arns]
