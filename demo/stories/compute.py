"""Security groups, instances, functions and keys."""

from __future__ import annotations

from demo import names
from demo.calls import Failure
from demo.clock import HOUR
from demo.organization import auto_scaling
from demo.resources import functions, instances, keys, roles, security_groups
from demo.resources.base import Change, Resource
from demo.stories import networks
from demo.stories.base import Scene, Story

INSTANCE_TYPES = ("t3.micro", "t3.small", "m6i.large")
PORTS = (22, 80, 443, 3306, 5432, 8080)
RANGES = ("10.0.0.0/8", "192.0.2.0/24", "198.51.100.0/24", "0.0.0.0/0")


def make_group(scene: Scene) -> Story:
    """A new security group with a rule."""
    sim = scene.sim
    group_id = "sg-0" + sim.ids.hexadecimal(16)
    network = networks.main_network(scene)
    group = sim.claim(sim.add(security_groups.new(network, names.job_name(sim), group_id)))
    sim.do(scene.caller, security_groups.create(group, names.tags(sim)))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    sim.do(scene.caller, security_groups.authorize(group, 443, "10.0.0.0/8"))


def change_group(scene: Scene) -> Story:
    """A rule opened or closed, or tags."""
    sim = scene.sim
    group = sim.pick(security_groups.TYPE, scene.place)
    if group is None:
        return
    change: Change
    rules = group.attributes["rules"]
    if rules and sim.random.random() < 0.4:
        change = security_groups.revoke(group, *sim.random.choice(rules))
    elif sim.random.random() < 0.2:
        change = instances.create_tags([group], names.tags(sim))
    else:
        port, cidr = sim.random.choice(PORTS), sim.random.choice(RANGES)
        change = security_groups.authorize(group, port, cidr)
    if sim.random.random() < 0.25:
        sim.refuse(scene.somebody_else().caller, change)
        yield scene.soon()
    sim.do(scene.caller, change)


def end_group(scene: Scene) -> Story:
    """A security group deleted, if nothing uses it."""
    group = scene.sim.pick(security_groups.TYPE, scene.place)
    if group is None:
        return
    is_used = any(relation.resource_type == instances.TYPE for relation in group.relations)
    if is_used:
        message = f"resource {group.resource_id} has a dependent object"
        failure = Failure("Client.DependencyViolation", message)
        scene.sim.refuse(scene.caller, security_groups.delete(group), failure)
    else:
        scene.sim.do(scene.caller, security_groups.delete(group))
    yield scene.soon()


def run(scene: Scene) -> Story:
    """Instances launched, by somebody or by Auto Scaling; what is around them gets items too."""
    sim = scene.sim
    group = sim.pick(security_groups.TYPE, scene.place)
    if group is None:
        return
    kind = sim.random.choice(INSTANCE_TYPES)
    batch = [
        launchable(scene, "i-0" + sim.ids.hexadecimal(16), group, kind)
        for _ in range(sim.random.choice((1, 1, 1, 2, 3)))
    ]
    caller = scene.caller
    if sim.random.random() < 0.4:
        caller = auto_scaling(scene.place.account_id, sim.now)
    sim.do(caller, instances.run(batch, sim.now, {"Name": names.job_name(sim)}))
    yield scene.later()
    if sim.random.random() < 0.3:
        sim.do(scene.caller, instances.create_tags(batch, names.tags(sim)))


def launchable(scene: Scene, instance_id: str, group: Resource, kind: str) -> Resource:
    """An instance that may be launched, with its interface known."""
    sim = scene.sim
    subnet = networks.main_subnet(scene)
    instance = instances.new(scene.place, instance_id, group, subnet, kind)
    sim.add(instance.attributes["interface"])
    return sim.claim(sim.add(instance))


def operate(scene: Scene) -> Story:
    """An instance stopped and started, protected, or its metadata options changed."""
    sim = scene.sim
    instance = sim.pick(instances.TYPE, scene.place)
    if instance is None:
        return
    chance = sim.random.random()
    if chance < 0.4:
        sim.do(scene.caller, instances.stop(instance))
        yield scene.later()
        sim.do(scene.caller, instances.start(instance))
    elif chance < 0.6:
        is_protected = not instance.attributes["protected"]
        sim.do(scene.caller, instances.protect(instance, is_protected))
    elif chance < 0.8:
        tokens = "optional" if instance.attributes["tokens"] == "required" else "required"
        sim.do(scene.caller, instances.require_tokens(instance, tokens))
    else:
        sim.do(scene.caller, instances.create_tags([instance], names.tags(sim)))


def fail(scene: Scene) -> Story:
    """An instance that stops for want of hardware; nobody calls for it."""
    instance = scene.sim.pick(instances.TYPE, scene.place)
    if instance is not None and instance.attributes["state"] == instances.RUNNING:
        scene.sim.drift(instance, state=instances.STOPPED)
    yield scene.soon()


def terminate(scene: Scene) -> Story:
    """An instance terminated."""
    instance = scene.sim.pick(instances.TYPE, scene.place)
    if instance is None:
        return
    change = instances.terminate(instance)
    if scene.sim.random.random() < 0.2:
        scene.sim.refuse(scene.somebody_else().caller, change)
        yield scene.soon()
    scene.sim.do(scene.caller, change)


def role_arn(scene: Scene) -> str:
    """The role a function may run in."""
    known = [
        role
        for (kind, account_id, _), listed in scene.sim.resources.items()
        if kind == roles.TYPE and account_id == scene.place.account_id
        for role in listed
        if role.is_alive
    ]
    return scene.sim.random.choice(known).arn


def make_function(scene: Scene) -> Story:
    """A new function, its code updated once."""
    sim = scene.sim
    name = names.job_name(sim)
    function = sim.claim(sim.add(functions.new(scene.place, name, role_arn(scene))))
    sim.do(scene.caller, functions.create(function, sim.now, names.tags(sim)))
    yield scene.later()
    sim.do(scene.caller, functions.update_code(function, sim.now))


def change_function(scene: Scene) -> Story:
    """Code, memory or tags of a function."""
    sim = scene.sim
    function = sim.pick(functions.TYPE, scene.place)
    if function is None:
        return
    chance = sim.random.random()
    if chance < 0.5:
        change = functions.update_code(function, sim.now)
    elif chance < 0.8:
        memory = sim.random.choice((256, 512, 1024))
        change = functions.configure(function, sim.now, memory)
    else:
        change = functions.tag(function, names.tags(sim))
    if sim.random.random() < 0.15:
        sim.refuse(scene.somebody_else().caller, change)
        yield scene.soon()
    sim.do(scene.caller, change)


def end_function(scene: Scene) -> Story:
    """A function deleted; one in three is made again under its name by somebody else."""
    sim = scene.sim
    function = sim.pick(functions.TYPE, scene.place)
    if function is None:
        return
    sim.claim(function, 12 * HOUR)
    sim.do(scene.caller, functions.delete(function))
    if sim.random.random() < 0.35:
        yield sim.random.randrange(HOUR, 5 * HOUR)
        yield from _again(scene.somebody_else(), function)


def _again(scene: Scene, function: Resource) -> Story:
    sim = scene.sim
    sim.do(scene.caller, functions.create(function, sim.now, names.tags(sim)))
    yield scene.soon()


def make_key(scene: Scene) -> Story:
    """A new key, with rotation."""
    sim = scene.sim
    key = sim.claim(sim.add(keys.new(scene.place, sim.ids.uuid())))
    description = f"for {names.job_name(sim)}"
    sim.do(scene.caller, keys.create(key, sim.now, description, names.tags(sim)))
    yield scene.soon()
    sim.do(scene.caller, keys.rotate(key))


def change_key(scene: Scene) -> Story:
    """A key disabled and enabled, described, tagged, or its deletion planned and called off."""
    sim = scene.sim
    key = sim.pick(keys.TYPE, scene.place)
    if key is None or key.attributes["state"] != "Enabled":
        return
    chance = sim.random.random()
    if chance < 0.4:
        sim.do(scene.caller, keys.disable(key))
        yield scene.later()
        sim.do(scene.caller, keys.enable(key))
    elif chance < 0.6:
        sim.do(scene.caller, keys.describe(key, f"for {names.job_name(sim)}"))
    elif chance < 0.85:
        sim.do(scene.caller, keys.tag(key, names.tags(sim)))
    else:
        sim.do(scene.caller, keys.schedule_deletion(key, sim.now))
        yield scene.later()
        other = scene.somebody_else()
        sim.do(other.caller, keys.cancel_deletion(key))
