"""What was there before the period: seen first in the first snapshot."""

from __future__ import annotations

from collections.abc import Iterable

from demo import names
from demo.calls import Place
from demo.capture import state
from demo.clock import DAY, HOUR, SECOND
from demo.ids import stable
from demo.items import Encryption
from demo.options import Options
from demo.organization import ACTING_USERS, HOME_REGION, accounts, acting_roles, places
from demo.resources import (
    buckets,
    databases,
    functions,
    instances,
    keys,
    networks,
    policies,
    queues,
    roles,
    security_groups,
    stacks,
    tables,
    topics,
    users,
)
from demo.resources.base import Neighbour, Resource
from demo.simulation import ALWAYS, Simulation


def settle(sim: Simulation, options: Options) -> None:
    """Fill the accounts with what they had before anything is logged."""
    for account_id in accounts(options):
        _those_who_act(sim, account_id)
        for _ in range(7):
            role = roles.new(account_id, names.job_name(sim), _unique(sim, "AROA"))
            role.attributes["attached"] = (sim.random.choice(names.POLICIES),)
            known(sim, role)
        for _ in range(3):
            text = roles.document("sqs:SendMessage", "s3:GetObject")
            known(sim, policies.new(account_id, names.job_name(sim), _unique(sim, "ANPA"), text))
        for _ in range(2):
            known(sim, users.new(account_id, names.job_name(sim), _unique(sim, "AIDA")))
    for place in places(options):
        _regional(sim, place)


def _those_who_act(sim: Simulation, account_id: str) -> None:
    """The users and roles of `organization`, under the ids their events show."""
    for name, path in acting_roles(account_id):
        role_id = stable("AROA", 17, account_id, "role", name)
        sim.claim(known(sim, roles.new(account_id, name, role_id, "ec2", path)), ALWAYS)
    for name in ACTING_USERS:
        user_id = stable("AIDA", 17, account_id, "user", name)
        sim.claim(known(sim, users.new(account_id, name, user_id)), ALWAYS)


def _regional(sim: Simulation, place: Place) -> None:
    own_keys = [known(sim, keys.new(place, sim.ids.uuid())) for _ in range(4)]
    for number in range(7):
        bucket = buckets.new(place, names.bucket_name(sim))
        if number % 3 == 0:
            key = sim.random.choice(own_keys)
            bucket.attributes["encryption"] = Encryption("aws:kms", key.arn)
        known(sim, bucket)
    own_groups = _network(sim, place)
    for _ in range(3):
        group, unique_id = sim.random.choice(own_groups), "db-" + sim.ids.upper(26)
        known(sim, databases.new(place, names.job_name(sim), unique_id, group))
        known(sim, queues.new(place, names.job_name(sim)))
        known(sim, topics.new(place, names.job_name(sim)))
        known(sim, tables.new(place, names.job_name(sim)))
    known(sim, stacks.new(place, names.job_name(sim), sim.ids.uuid()))
    own_roles = sim.alive(roles.TYPE, Place(place.account_id, HOME_REGION))
    for _ in range(5):
        role = sim.random.choice(own_roles)
        known(sim, functions.new(place, names.job_name(sim), role.arn))


def _network(sim: Simulation, place: Place) -> list[Resource]:
    """A network with two subnets, security groups, and instances; answers the groups."""
    network = known(sim, networks.vpc(place, _id(sim, "vpc")))
    parts = [
        known(sim, networks.subnet(network, _id(sim, "subnet"), f"10.0.{number}.0/24"))
        for number in (1, 2)
    ]
    groups = [
        known(sim, security_groups.new(network, names.job_name(sim), _id(sim, "sg")))
        for _ in range(5)
    ]
    for content in (*parts, *groups):
        join([networks.contains(network, content, is_added=True)])
    for _ in range(6):
        group = sim.random.choice(groups)
        launched(sim, instances.new(place, _id(sim, "i"), group, parts[0], "m6i.large"))
    return groups


def launched(sim: Simulation, instance: Resource) -> Resource:
    """Let an instance run since before the period, with its interface and its neighbours."""
    join(instances.neighbours(instance, is_added=True))
    interface = instance.attributes["interface"]
    known(sim, instance)
    known(sim, interface)
    interface.created_at, interface.tags = instance.created_at, {}
    return instance


def join(neighbours: Iterable[Neighbour]) -> None:
    """Let neighbours have known of each other since before the period."""
    for neighbour in neighbours:
        if neighbour.relation is not None:
            neighbour.resource.relations.append(neighbour.relation)


def _id(sim: Simulation, prefix: str) -> str:
    return f"{prefix}-0{sim.ids.hexadecimal(16)}"


def _unique(sim: Simulation, prefix: str) -> str:
    return prefix + sim.ids.upper(17)


def known(sim: Simulation, resource: Resource) -> Resource:
    """Let Config have seen a resource some days or months ago."""
    age = sim.random.randrange(40 * DAY, 700 * DAY)
    resource.is_alive = True
    resource.life = 1
    resource.created_at = (sim.plan.period.start - age) // SECOND * SECOND
    resource.tags = names.tags(sim)
    if resource.resource_type == functions.TYPE:
        resource.attributes["modified"] = resource.created_at
    return sim.add(resource)


def see(sim: Simulation) -> None:
    """Give each resource that is there the item that Config made of it before the period."""
    there = [one for listed in sim.resources.values() for one in listed if one.is_alive]
    for resource in there:
        seen = sim.plan.period.start - sim.random.randrange(HOUR, 30 * DAY)
        resource.last = state(resource, seen, "first_sight")
        sim.truth.item(resource.last, resource, None)
