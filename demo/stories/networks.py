"""Networks and subnets: some last, some come and go within hours."""

from __future__ import annotations

from demo import names
from demo.clock import HOUR, MINUTE
from demo.resources import instances, networks, security_groups
from demo.resources.base import Change, Resource
from demo.stories.base import Scene, Story


def main_network(scene: Scene) -> Resource:
    """The network that has been in a place from the beginning."""
    return scene.sim.alive(networks.VPC, scene.place)[0]


def main_subnet(scene: Scene) -> Resource:
    """The first subnet of that network."""
    return scene.sim.alive(networks.SUBNET, scene.place)[0]


def make(scene: Scene) -> Story:
    """A network with a subnet, for hours or for good."""
    sim = scene.sim
    network = sim.add(networks.vpc(scene.place, "vpc-0" + sim.ids.hexadecimal(16), "10.9.0.0/16"))
    part = sim.add(networks.subnet(network, "subnet-0" + sim.ids.hexadecimal(16), "10.9.1.0/24"))
    stays = sim.random.randrange(2 * HOUR, 20 * HOUR)
    for resource in (network, part):
        sim.claim(resource, stays + HOUR)
    sim.do(scene.caller, networks.create_vpc(network, names.tags(sim)))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    sim.do(scene.caller, networks.create_subnet(part, names.tags(sim)))
    yield scene.soon()
    sim.do(scene.caller, networks.name_hosts(network, is_named=True))
    if sim.random.random() < 0.7:
        yield stays
        other = scene.somebody_else()
        sim.do(other.caller, networks.delete_subnet(part))
        yield scene.soon() if sim.random.random() < 0.5 else 20 * MINUTE
        sim.do(other.caller, networks.delete_vpc(network))


def change(scene: Scene) -> Story:
    """Public addresses in a subnet, or the tags of one thing or of several at once."""
    sim = scene.sim
    part = sim.pick(networks.SUBNET, scene.place)
    if part is None:
        return
    wanted: Change
    chance = sim.random.random()
    if chance < 0.45:
        wanted = networks.map_public(part, not part.attributes["maps_public"])
    elif chance < 0.6:
        wanted = networks.map_public(part, part.attributes["maps_public"])
    elif chance < 0.75:
        wanted = instances.create_tags([part.attributes["vpc"]], names.tags(sim))
    else:
        others = [
            one
            for kind in (networks.VPC, security_groups.TYPE, instances.TYPE)
            if (one := sim.pick(kind, scene.place)) is not None
        ]
        wanted = instances.create_tags([part, *others], names.tags(sim))
    if sim.random.random() < 0.15:
        sim.refuse(scene.somebody_else().caller, wanted)
        yield scene.soon()
    sim.do(scene.caller, wanted)
