"""A stack set with service-managed permissions: asked for in one account, done in another."""

from __future__ import annotations

from demo import identities
from demo.activity.base import AFTERNOON, REGION, Deed, Stage
from demo.calls import Call, Caller, Place
from demo.clock import MINUTE, SECOND
from demo.organization import PEOPLE

CAROL = PEOPLE[2]
NAME = "security-baseline"
SERVICE = "member.org.stacksets.cloudformation.amazonaws.com"


def deeds(stage: Stage, members: tuple[str, ...]) -> list[Deed]:
    """On the third day of a week: the set, its instances, and the stacks they become."""
    if stage.number % 7 != 2:
        return []
    template = {"stackSetName": NAME, "permissionModel": "SERVICE_MANAGED"}
    instances = {"stackSetName": NAME, "regions": [REGION]}
    asked = [
        Call("cloudformation", "CreateStackSet", template, {"stackSetId": f"{NAME}:1"}),
        Call("cloudformation", "CreateStackInstances", instances, {"operationId": "op-1"}),
    ]
    return [
        *stage.at(CAROL, AFTERNOON + 8 * MINUTE, asked),
        *(_stack(stage, account_id) for account_id in members),
    ]


def _stack(stage: Stage, account_id: str) -> Deed:
    """A member's stack: made by a role that the service keeps there."""
    moment = stage.day + AFTERNOON + 9 * MINUTE
    identity = identities.assumed_role(
        account_id, "stacksets-exec-0123456789abcdef", "0123456789abcdef", moment - 30 * SECOND
    )
    caller = Caller({**identity, "invokedBy": SERVICE}, SERVICE, SERVICE)
    stack = f"StackSet-{NAME}-{stage.ids.uuid()}"
    arn = f"arn:aws:cloudformation:{REGION}:{account_id}:stack/{stack}/{stage.ids.uuid()}"
    call = Call("cloudformation", "CreateStack", {"stackName": stack}, {"stackId": arn})
    return Deed(moment, Place(account_id, REGION), caller, call)
