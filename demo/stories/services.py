"""What happens through services: stacks, and roles assumed from other accounts."""

from __future__ import annotations

from demo import names
from demo.calls import Call, Caller, Place
from demo.clock import HOUR, in_words
from demo.ids import access_key_id, stable
from demo.options import Options
from demo.organization import HOME_REGION, SHARED_ROLE, accounts
from demo.resources import buckets, functions, roles, stacks
from demo.resources.base import Resource
from demo.stories.base import Scene, Story

STAGES = ("test", "staging", "live")


def make_stack(scene: Scene) -> Story:
    """A stack with a role, a bucket and a function, made by CloudFormation for somebody."""
    sim = scene.sim
    name = names.job_name(sim)
    stack = sim.claim(sim.add(stacks.new(scene.place, name, sim.ids.uuid())))
    sim.do(scene.caller, stacks.create(stack, names.tags(sim)))
    yield scene.soon()
    account_id = scene.place.account_id
    role = sim.claim(sim.add(roles.new(account_id, f"{name}-role", "AROA" + sim.ids.upper(17))))
    sim.do(_for(scene), roles.create(role, sim.now, {}))
    yield scene.soon()
    sim.do(_for(scene), roles.attach_policy(role, names.POLICIES[1]))
    yield scene.soon()
    yield from _stack_resources(scene, name, role)


def _stack_resources(scene: Scene, name: str, role: Resource) -> Story:
    sim = scene.sim
    bucket = sim.claim(sim.add(buckets.new(scene.place, f"{name}-{sim.ids.hexadecimal(12)}")))
    sim.do(_for(scene), buckets.create(bucket))
    yield scene.soon()
    tags = {"aws:cloudformation:stack-name": name, "aws:cloudformation:logical-id": "Bucket"}
    sim.do(_for(scene), buckets.put_tagging(bucket, tags))
    yield scene.soon()
    function = sim.claim(sim.add(functions.new(scene.place, f"{name}-function", role.arn)))
    sim.do(_for(scene), functions.create(function, sim.now, {"stack": name}))


def change_stack(scene: Scene) -> Story:
    """A stack brought to another stage, and its function with it."""
    sim = scene.sim
    stack = sim.pick(stacks.TYPE, scene.place)
    if stack is None:
        return
    stage = sim.random.choice([one for one in STAGES if one != stack.attributes["stage"]])
    sim.do(scene.caller, stacks.update(stack, sim.now, stage))
    yield scene.soon()
    for function in sim.alive(functions.TYPE, scene.place):
        if function.name == f"{stack.name}-function" and function.busy_until <= sim.now:
            memory = {"test": 128, "staging": 256, "live": 1024}[stage]
            sim.do(_for(scene), functions.configure(sim.claim(function), sim.now, memory))


def end_stack(scene: Scene) -> Story:
    """A stack deleted, with the bucket and the function that it held."""
    sim = scene.sim
    stack = sim.pick(stacks.TYPE, scene.place)
    if stack is None:
        return
    sim.do(scene.caller, stacks.delete(stack))
    yield scene.soon()
    for function in sim.alive(functions.TYPE, scene.place):
        if function.name == f"{stack.name}-function" and function.busy_until <= sim.now:
            sim.do(_for(scene), functions.delete(sim.claim(function)))


def _for(scene: Scene) -> Caller:
    return scene.caller.through("cloudformation")


def assume_across(scene: Scene, options: Options) -> Story:
    """A role of the first account assumed from another: both accounts log the call."""
    sim = scene.sim
    owner, *others = accounts(options)
    if not others:
        return
    caller = scene.actor.caller(sim.random.choice(others), sim.now)
    sim.log_across(caller, Place(owner, HOME_REGION), _assume_role(owner, sim.now))
    yield scene.soon()


def _assume_role(account_id: str, moment: int) -> Call:
    arn = f"arn:aws:iam::{account_id}:role/{SHARED_ROLE}"
    session = "reporting"
    role_id = stable("AROA", 17, account_id, "role", SHARED_ROLE)
    response = {
        "credentials": {
            "accessKeyId": access_key_id("ASIA", account_id, SHARED_ROLE, moment),
            "sessionToken": "EXAMPLETOKEN",
            "expiration": in_words(moment + HOUR),
        },
        "assumedRoleUser": {
            "assumedRoleId": f"{role_id}:{session}",
            "arn": f"arn:aws:sts::{account_id}:assumed-role/{SHARED_ROLE}/{session}",
        },
    }
    request = {"roleArn": arn, "roleSessionName": session, "durationSeconds": 3600}
    resource = {"accountId": account_id, "type": roles.TYPE, "ARN": arn}
    return Call("sts", "AssumeRole", request, response, True, (resource,))
