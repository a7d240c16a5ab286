"""Resources of planned stories, their actors, and how a story gets its time."""

from __future__ import annotations

from demo.beginnings import join
from demo.calls import Caller, Place
from demo.clock import DAY, HOUR, MINUTE
from demo.ids import stable_hex
from demo.items import Encryption
from demo.options import Options
from demo.organization import HOME_REGION, PEOPLE, Actor, places
from demo.resources import (
    buckets,
    databases,
    functions,
    instances,
    keys,
    networks,
    roles,
    security_groups,
)
from demo.resources.base import Resource
from demo.simulation import ALWAYS, Simulation, Story

ALICE, BOB, CAROL, DAN, CI, ERIN = PEOPLE


class Cast:
    """Makes planned resources and lets things happen to them at planned times."""

    def __init__(self, sim: Simulation, options: Options) -> None:
        self.sim = sim
        self.options = options
        self.place = places(options)[0]
        digits = stable_hex(16, "cast", options.seed)
        self.network = self.old(networks.vpc(self.place, f"vpc-0{digits}", "10.8.0.0/16"))
        part = networks.subnet(self.network, f"subnet-0{digits}", "10.8.1.0/24")
        self.subnet = self.old(part)
        join([networks.contains(self.network, part, is_added=True)])
        self.key = self.old(keys.new(self.place, sim.ids.uuid()))
        self.other_key = self.old(keys.new(self.place, sim.ids.uuid()))

    def bucket(self, name: str, place: Place | None = None) -> Resource:
        """A bucket that nobody else touches, not made yet."""
        where = place or self.place
        suffix = stable_hex(6, self.options.seed, where.account_id, where.region)
        return self.sim.claim(self.sim.add(buckets.new(where, f"{name}-{suffix}")), ALWAYS)

    def instance(self, instance_id: str, group: Resource) -> Resource:
        """An instance that nobody else touches, not launched yet."""
        instance = instances.new(self.place, instance_id, group, self.subnet, "t3.small")
        self.sim.claim(self.sim.add(instance.attributes["interface"]), ALWAYS)
        return self.sim.claim(self.sim.add(instance), ALWAYS)

    def group(self, name: str) -> Resource:
        """An old security group that nobody else touches."""
        group_id = "sg-0" + stable_hex(16, name, self.options.seed)
        return self.old(security_groups.new(self.network, name, group_id))

    def function(self, name: str, place: Place | None = None) -> Resource:
        """An old function that nobody else touches."""
        where = place or self.place
        role = self.sim.alive(roles.TYPE, Place(where.account_id, HOME_REGION))[0]
        function = self.old(functions.new(where, name, role.arn))
        function.attributes["modified"] = function.created_at
        return function

    def role(self, name: str, account_id: str | None = None) -> Resource:
        """An old role that nobody else touches."""
        unique_id = "AROA" + self.sim.ids.upper(17)
        return self.old(roles.new(account_id or self.place.account_id, name, unique_id))

    def database(self, name: str) -> Resource:
        """An old database that nobody else touches."""
        unique_id = "db-" + self.sim.ids.upper(26)
        return self.old(databases.new(self.place, name, unique_id, self.group(name)))

    def named(self, name: str) -> str:
        """A name that no other simulation has."""
        return f"{name}-{stable_hex(6, 'name', name, self.options.seed)}"

    def old(self, resource: Resource) -> Resource:
        """Let a resource be older than the period."""
        resource.is_alive = True
        resource.life = 1
        resource.created_at = self.sim.plan.period.start - 90 * DAY
        if resource not in self.sim.alive(resource.resource_type, resource.place):
            self.sim.add(resource)
        return self.sim.claim(resource, ALWAYS)

    def caller(self, actor: Actor, place: Place | None = None) -> Caller:
        """An actor's session now."""
        return actor.caller((place or self.place).account_id, self.sim.now)

    def at(self, day: int, hour: int, minute: int, story: Story) -> None:
        """Begin a story at a planned time."""
        self.sim.begin(self.sim.plan.day(day) + hour * HOUR + minute * MINUTE, story)

    @property
    def kms(self) -> Encryption:
        """Encryption with the first planned key."""
        return Encryption("aws:kms", self.key.arn)

    @property
    def other_kms(self) -> Encryption:
        """Dual-layer encryption with the second one."""
        return Encryption("aws:kms:dsse", self.other_key.arn)
