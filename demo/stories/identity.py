"""Roles and users."""

from __future__ import annotations

from demo import names
from demo.calls import Failure, Place
from demo.clock import HOUR, iso_millis
from demo.organization import HOME_REGION, ROOT
from demo.resources import policies, roles, users
from demo.resources.base import Change, Resource
from demo.stories.base import Scene, Story

HAS_KEYS = Failure(
    "DeleteConflictException", "Cannot delete entity, must delete access keys first."
)


def _role(scene: Scene, name: str) -> Resource:
    unique_id = "AROA" + scene.sim.ids.upper(17)
    return scene.sim.claim(
        scene.sim.add(roles.new(scene.place.account_id, name, unique_id, "lambda"))
    )


def make_role(scene: Scene) -> Story:
    """A new role with a managed and an inline policy."""
    sim = scene.sim
    role = _role(scene, names.job_name(sim))
    yield from _set_up_role(scene, role)


def _set_up_role(scene: Scene, role: Resource) -> Story:
    sim = scene.sim
    sim.do(scene.caller, roles.create(role, sim.now, names.tags(sim)))
    yield scene.soon()
    sim.do(scene.caller, roles.attach_policy(role, sim.random.choice(names.POLICIES)))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    if role.is_alive:
        sim.do(scene.caller, roles.put_policy(role, "own", roles.document("s3:GetObject")))


def change_role(scene: Scene) -> Story:
    """Something about a role."""
    sim = scene.sim
    role = sim.pick(roles.TYPE, scene.place)
    if role is None:
        return
    policy = sim.random.choice(names.POLICIES)
    attached = policy in role.attributes["attached"]
    held = held_policies(scene, role)
    known = sim.alive(policies.TYPE, scene.place)
    own = (roles.attach_own(role, sim.random.choice(known)),) if known else ()
    changes: tuple[Change, ...] = (
        roles.detach_policy(role, policy) if attached else roles.attach_policy(role, policy),
        roles.put_policy(role, "more", roles.document("sqs:SendMessage", "sns:Publish")),
        roles.update_trust(role, roles.trust(sim.random.choice(("ec2", "lambda", "ecs-tasks")))),
        roles.tag(role, names.tags(sim)),
        *(roles.detach_own(role, one) for one in held[:1]),
        *own,
    )
    change = sim.random.choice(changes)
    if sim.random.random() < 0.2:
        sim.refuse(scene.somebody_else().caller, change)
        yield scene.soon()
    sim.do(scene.caller, change)


def use_role(scene: Scene) -> Story:
    """A role of which IAM notes the last use, and Config looks at it for nothing else."""
    sim = scene.sim
    role = sim.pick(roles.TYPE, Place(scene.place.account_id, HOME_REGION))
    if role is not None:
        used = {"lastUsedDate": iso_millis(sim.now // HOUR * HOUR), "region": scene.place.region}
        sim.drift(role, used=used)
    yield scene.soon()


def end_role(scene: Scene) -> Story:
    """A role deleted; one in four comes back under its name, with another id."""
    sim = scene.sim
    role = sim.pick(roles.TYPE, scene.place)
    if role is None:
        return
    for policy in held_policies(scene, role):
        sim.do(scene.caller, roles.detach_own(role, policy))
        yield scene.soon()
    sim.do(scene.caller, roles.delete(role))
    if sim.random.random() < 0.25 and role.name is not None:
        yield sim.random.randrange(HOUR, 4 * HOUR)
        other = scene.somebody_else()
        yield from _set_up_role(other, _role(other, role.name))


def held_policies(scene: Scene, role: Resource) -> list[Resource]:
    """The account's own policies that a role has."""
    known = scene.sim.alive(policies.TYPE, scene.place)
    return [one for one in known if policies.relation(one) in role.relations]


def make_policy(scene: Scene) -> Story:
    """A new policy, given to a role."""
    sim = scene.sim
    unique_id, text = "ANPA" + sim.ids.upper(17), roles.document("s3:GetObject")
    new = policies.new(scene.place.account_id, names.job_name(sim), unique_id, text)
    policy = sim.claim(sim.add(new))
    sim.do(scene.caller, policies.create(policy, sim.now, text, names.tags(sim)))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    role = sim.pick(roles.TYPE, scene.place)
    if role is not None and policy.is_alive:
        sim.do(scene.caller, roles.attach_own(role, policy))


def change_policy(scene: Scene) -> Story:
    """A new version, an old one made the default again, or tags."""
    sim = scene.sim
    policy = sim.pick(policies.TYPE, scene.place)
    if policy is None:
        return
    actions = sim.random.sample(("s3:PutObject", "sqs:SendMessage", "sns:Publish"), 2)
    version_id = sim.random.choice(policy.attributes["versions"])[0]
    changes = (
        policies.create_version(policy, sim.now, roles.document("s3:GetObject", *actions)),
        policies.create_version(policy, sim.now, roles.document("s3:GetObject", *actions)),
        policies.set_default(policy, sim.now, version_id),
        policies.tag(policy, names.tags(sim)),
    )
    change = sim.random.choice(changes)
    if sim.random.random() < 0.2:
        sim.refuse(scene.somebody_else().caller, change)
        yield scene.soon()
    sim.do(scene.caller, change)


def end_policy(scene: Scene) -> Story:
    """A policy deleted, if nobody has it; else refused."""
    policy = scene.sim.pick(policies.TYPE, scene.place)
    if policy is None:
        return
    if policy.relations:
        failure = Failure("DeleteConflictException", "Cannot delete a policy attached to entities.")
        scene.sim.refuse(scene.caller, policies.delete(policy), failure)
    else:
        scene.sim.do(scene.caller, policies.delete(policy))
    yield scene.soon()


def make_user(scene: Scene) -> Story:
    """A new user with an access key, which no item shows; sometimes by the root user."""
    sim = scene.sim
    if sim.random.random() < 0.3:
        scene = Scene(sim, scene.place, ROOT)
    name = names.job_name(sim)
    user = sim.claim(sim.add(users.new(scene.place.account_id, name, "AIDA" + sim.ids.upper(17))))
    sim.do(scene.caller, users.create(user, sim.now))
    yield scene.soon()
    record = sim.log(scene.caller, user.place, users.create_access_key(user, sim.now))
    sim.truth.write_without_item(record["eventID"], user, "not_shown")
    yield scene.later()
    if user.is_alive:
        sim.do(scene.caller, users.attach_policy(user, sim.random.choice(names.POLICIES)))


def change_user(scene: Scene) -> Story:
    """Rights, groups or tags of a user."""
    sim = scene.sim
    user = sim.pick(users.TYPE, scene.place)
    if user is None:
        return
    change = sim.random.choice(
        (
            users.attach_policy(user, sim.random.choice(names.POLICIES)),
            users.add_to_group(user, sim.random.choice(("developers", "readers", "operators"))),
            users.tag(user, names.tags(sim)),
        )
    )
    if sim.random.random() < 0.2:
        sim.refuse(scene.somebody_else().caller, change)
        yield scene.soon()
    sim.do(scene.caller, change)


def end_user(scene: Scene) -> Story:
    """A user deleted, at the second try: first the keys have to go."""
    sim = scene.sim
    user = sim.pick(users.TYPE, scene.place)
    if user is None:
        return
    sim.refuse(scene.caller, users.delete(user), HAS_KEYS)
    yield scene.soon()
    sim.do(scene.caller, users.delete(user))
