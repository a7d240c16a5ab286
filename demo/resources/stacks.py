"""AWS::CloudFormation::Stack: its ARN, with a part of chance in it, is its id."""

from __future__ import annotations

from demo.calls import Call, Json, Place
from demo.clock import in_words
from demo.resources.base import Change, Resource, key_value_list

TYPE = "AWS::CloudFormation::Stack"


def new(place: Place, name: str, unique_part: str) -> Resource:
    """A stack, and none of what it will hold."""
    arn = f"arn:aws:cloudformation:{place.region}:{place.account_id}:stack/{name}/{unique_part}"
    return Resource(
        resource_type=TYPE,
        place=place,
        resource_id=arn,
        name=name,
        arn=arn,
        attributes={"stage": "test", "status": "CREATE_COMPLETE", "updated": None},
        zone="Regional",
    )


def _parameters(stage: str) -> list[Json]:
    return [{"parameterKey": "Stage", "parameterValue": stage}]


def create(stack: Resource, tags: dict[str, str]) -> Change:
    """CreateStack: the ARN is in the response alone."""
    stage = stack.attributes["stage"]
    parameters = {
        "stackName": stack.name,
        "capabilities": ["CAPABILITY_NAMED_IAM"],
        "parameters": _parameters(stage),
        "tags": key_value_list(tags),
    }
    call = Call("cloudformation", "CreateStack", parameters, {"stackId": stack.resource_id})
    return Change(stack, call, tags=tags, creates=True)


def update(stack: Resource, moment: int, stage: str) -> Change:
    """UpdateStack: another stage."""
    parameters = {
        "stackName": stack.name,
        "usePreviousTemplate": True,
        "capabilities": ["CAPABILITY_NAMED_IAM"],
        "parameters": _parameters(stage),
    }
    call = Call("cloudformation", "UpdateStack", parameters, {"stackId": stack.resource_id})
    state = {"stage": stage, "status": "UPDATE_COMPLETE", "updated": moment}
    return Change(stack, call, state)


def delete(stack: Resource) -> Change:
    """DeleteStack."""
    call = Call("cloudformation", "DeleteStack", {"stackName": stack.resource_id})
    return Change(stack, call, deletes=True)


def render(stack: Resource, tags: dict[str, str]) -> tuple[Json, Json]:
    """configuration and supplementaryConfiguration of a stack's item."""
    state = stack.attributes
    configuration: Json = {
        "stackId": stack.resource_id,
        "stackName": stack.name,
        "description": f"{stack.name} and what it needs",
        "parameters": _parameters(state["stage"]),
        "creationTime": in_words(stack.created_at),
        "stackStatus": state["status"],
        "disableRollback": False,
        "notificationARNs": [],
        "capabilities": ["CAPABILITY_NAMED_IAM"],
        "outputs": [],
        "tags": key_value_list(tags),
        "enableTerminationProtection": False,
        "driftInformation": {"stackDriftStatus": "NOT_CHECKED"},
    }
    if state["updated"] is not None:
        configuration["lastUpdatedTime"] = in_words(state["updated"])
    return configuration, {"EnableTerminationProtection": "false", "unsupportedResources": []}
