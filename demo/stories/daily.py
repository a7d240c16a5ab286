"""What a day brings: how many stories, where, when and whose."""

from __future__ import annotations

from collections.abc import Callable

from demo import organization
from demo.calls import Place
from demo.clock import DAY, HOUR, MINUTE
from demo.options import Options
from demo.organization import HOME_REGION, PEOPLE, PIPELINE_ROLE
from demo.resources import buckets as bucket_kit
from demo.resources import (
    databases,
    functions,
    instances,
    keys,
    policies,
    queues,
    roles,
    security_groups,
    stacks,
    tables,
    topics,
    users,
)
from demo.resources import networks as subnets
from demo.simulation import Simulation
from demo.stories import buckets, compute, identity, managed, networks, services
from demo.stories.base import Scene, Story

Teller = Callable[[Scene], Story]

# Each subject with its weight, how many resources a place keeps of it, and how
# one begins, changes and ends.
SUBJECTS: tuple[tuple[int, str, int, tuple[Teller, ...], tuple[Teller, ...], Teller], ...] = (
    (12, bucket_kit.TYPE, 12, (buckets.make,),
     (buckets.encrypt, buckets.encrypt, buckets.encrypt, buckets.settle), buckets.end),
    (5, roles.TYPE, 20, (identity.make_role,), (identity.change_role,), identity.end_role),
    (3, users.TYPE, 7, (identity.make_user,), (identity.change_user,), identity.end_user),
    (5, security_groups.TYPE, 7, (compute.make_group,), (compute.change_group,),
     compute.end_group),
    (7, instances.TYPE, 8, (compute.run,), (compute.operate,), compute.terminate),
    (6, functions.TYPE, 7, (compute.make_function,), (compute.change_function,),
     compute.end_function),
    (2, keys.TYPE, 5, (compute.make_key,), (compute.change_key,), compute.change_key),
    (4, policies.TYPE, 6, (identity.make_policy,), (identity.change_policy,), identity.end_policy),
    (3, subnets.SUBNET, 4, (networks.make,), (networks.change,), networks.make),
    (3, stacks.TYPE, 4, (services.make_stack,), (services.change_stack,), services.end_stack),
    (4, tables.TYPE, 5, (managed.make_table,), (managed.change_table,), managed.end_table),
    (3, databases.TYPE, 4, (managed.make_database,), (managed.change_database,),
     managed.end_database),
    (4, queues.TYPE, 5, (managed.make_queue,), (managed.change_queue,), managed.end_queue),
    (3, topics.TYPE, 5, (managed.make_topic,), (managed.change_topic,), managed.end_topic),
)  # fmt: skip
# What AWS does by itself.
BY_NOBODY: tuple[Teller, ...] = (
    compute.fail, managed.grow_database, managed.count_table, identity.use_role,
)  # fmt: skip
GLOBAL_TYPES = (policies.TYPE, roles.TYPE, users.TYPE)

# At the default size a day has this many stories; more events bring more
# stories, but the share of plain reads grows.
STORIES_A_DAY = 140
EVENTS_A_DAY = 20_000 / 7
GROWTH = 0.75


def stories_a_day(options: Options) -> int:
    """How many stories begin on each day."""
    size = options.events / options.days / EVENTS_A_DAY
    return max(2, round(STORIES_A_DAY * (size if size < 1 else size**GROWTH)))


def schedule(sim: Simulation, options: Options, day: int) -> None:
    """Let the stories of a day begin at their times."""
    earliest = max(day, sim.plan.period.start + HOUR)
    for _ in range(stories_a_day(options)):
        moment = _working_time(sim, day, earliest)
        place = sim.random.choices(organization.places(options), organization.weights(options))[0]
        actor = sim.random.choice((*PEOPLE, *PEOPLE, PIPELINE_ROLE))
        scene = Scene(sim, place, actor)
        sim.begin(moment, _story(scene, options))


def _working_time(sim: Simulation, day: int, earliest: int) -> int:
    hour = min(23.9, max(0.0, sim.random.gauss(12.5, 4.0)))
    moment = day + int(hour * HOUR) + sim.random.randrange(MINUTE)
    return min(max(moment, earliest), day + DAY - MINUTE)


def _story(scene: Scene, options: Options) -> Story:
    """Which story it is turns out only when it begins, from what there is by then."""
    random = scene.sim.random
    if random.random() < 0.03:
        yield from services.assume_across(scene, options)
        return
    if random.random() < 0.06:
        yield from random.choice(BY_NOBODY)(scene)
        return
    weights = [subject[0] for subject in SUBJECTS]
    _, kind, wanted, begins, changes, ends = random.choices(SUBJECTS, weights)[0]
    if kind in GLOBAL_TYPES:
        scene = Scene(scene.sim, Place(scene.place.account_id, HOME_REGION), scene.actor)
    chance = random.random()
    if chance < 0.5:
        yield from random.choice(changes)(scene)
    elif len(scene.sim.alive(kind, scene.place)) < wanted:
        yield from random.choice(begins)(scene)
    else:
        yield from ends(scene)
