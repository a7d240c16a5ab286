"""Planned confusions of states: seen late, merged, not at all, or changed by nobody.

Each teller marks its events and resources as a case of the truth.
"""

from __future__ import annotations

from demo.calls import Place
from demo.capture import state
from demo.clock import HOUR, MINUTE, SECOND, iso_millis
from demo.config import DAILY_REGION
from demo.items import Cause
from demo.resources import (
    buckets,
    databases,
    functions,
    instances,
    networks,
    queues,
    roles,
    security_groups,
    tables,
    topics,
)
from demo.simulation import ALWAYS, Story
from demo.stories.cast import ALICE, BOB, CAROL, CI, DAN, ERIN, Cast

# Long enough for two calls a few seconds apart to share an item.
SHARING = 2 * MINUTE


def same_again_beside_change(cast: Cast) -> None:
    """Somebody sets what is set already, just before somebody else changes another thing."""
    sim, case = cast.sim, cast.sim.truth.case("same_again_beside_change")
    name = cast.named("same")
    bucket, role, database = cast.old(cast.bucket("same")), cast.role(name), cast.database(name)
    table, topic = cast.old(tables.new(cast.place, name)), cast.old(topics.new(cast.place, name))
    queue = cast.old(queues.new(cast.place, name))
    pairs = (
        (buckets.put_encryption(bucket, bucket.attributes["encryption"]),
         buckets.put_versioning(bucket, "Enabled")),
        (roles.update_trust(role, role.attributes["trust"]),
         roles.put_policy(role, "own", roles.document("s3:GetObject"))),
        (databases.modify(database, retention=7), databases.modify(database, storage=50)),
        (tables.protect(table, is_protected=False), tables.recover(table, is_enabled=True)),
        (topics.display(topic, ""), topics.put_policy(topic, "events")),
        (queues.configure(queue, 0, "visibility", 30),
         queues.configure(queue, sim.plan.day(3), "retention", 86_400)),
    )  # fmt: skip

    def story() -> Story:
        for same, change in pairs:
            case.event(sim.do(cast.caller(BOB), same))
            yield 6 * SECOND
            case.event(sim.do(cast.caller(CAROL), change))
            yield 6 * SECOND

    cast.at(3, 5, 0, story())


def undone_before_capture(cast: Cast) -> None:
    """Changed and changed back before Config looks, once beside a change that stays."""
    sim, case = cast.sim, cast.sim.truth.case("undone_before_capture")
    name = cast.named("undone")
    group, role = cast.group(name), cast.role(name)
    beside = cast.old(cast.bucket("undone"))

    def story() -> Story:
        change = security_groups.authorize(group, 22, "0.0.0.0/0")
        case.event(sim.do(cast.caller(ALICE), change, lag=SHARING))
        yield 20 * SECOND
        case.event(sim.do(cast.caller(BOB), security_groups.revoke(group, 22, "0.0.0.0/0")))
        arn = "arn:aws:iam::aws:policy/AdministratorAccess"
        case.event(sim.do(cast.caller(ALICE), roles.attach_policy(role, arn), lag=SHARING))
        yield 20 * SECOND
        case.event(sim.do(cast.caller(ALICE), roles.detach_policy(role, arn)))
        change = buckets.put_policy(beside, buckets.tls_only_policy(beside))
        case.event(sim.do(cast.caller(DAN), buckets.put_lifecycle(beside, 30), lag=SHARING))
        yield 10 * SECOND
        case.event(sim.do(cast.caller(ERIN), change))
        yield 10 * SECOND
        case.event(sim.do(cast.caller(DAN), buckets.delete_lifecycle(beside)))

    cast.at(3, 6, 0, story())


def merged(cast: Cast) -> None:
    """Two people's changes in one item, and a day of changes to a table recorded daily."""
    sim = cast.sim
    case, daily = (sim.truth.case(one) for one in ("merged_of_two", "recorded_daily"))
    name = cast.named("merged")
    role, database, subnet = cast.role(name), cast.database(name), cast.subnet
    table = cast.old(tables.new(Place(cast.place.account_id, DAILY_REGION), name))

    def story() -> Story:
        change = roles.tag(role, {"team": "orders"})
        case.event(sim.do(cast.caller(ALICE), change, lag=SHARING))
        yield 15 * SECOND
        text = roles.document("sns:Publish")
        case.event(sim.do(cast.caller(BOB), roles.put_policy(role, "own", text)))
        change = databases.modify(database, public=True)
        case.event(sim.do(cast.caller(CAROL), change, lag=SHARING))
        yield 15 * SECOND
        case.event(sim.do(cast.caller(DAN), databases.tag(database, {"team": "orders"})))
        change = networks.map_public(subnet, not subnet.attributes["maps_public"])
        case.event(sim.do(cast.caller(ERIN), change, lag=SHARING))
        yield 5 * SECOND
        change = instances.create_tags([subnet], {"reviewed": "yes"})
        case.event(sim.do(cast.caller(CI), change))

    def day() -> Story:
        for actor, change in (
            (ALICE, tables.provision(table, 5, 5)),
            (BOB, tables.recover(table, is_enabled=True)),
            (CAROL, tables.tag(table, {"team": "orders"})),
        ):
            daily.event(sim.do(cast.caller(actor, table.place), change))
            yield 3 * HOUR

    cast.at(3, 7, 0, story())
    cast.at(3, 8, 0, day())


def made_public(cast: Cast) -> None:
    """A bucket opened to everybody step by step, and a security group to every address."""
    sim, case = cast.sim, cast.sim.truth.case("made_public")
    bucket, group = cast.old(cast.bucket("leaflets")), cast.group(cast.named("opened"))
    topic = cast.old(topics.new(cast.place, cast.named("opened")))

    def story() -> Story:
        for actor, change in (
            (ALICE, buckets.put_public_access_block(bucket, is_blocked=False)),
            (BOB, buckets.put_acl(bucket, "public-read")),
            (CAROL, security_groups.authorize(group, 22, "0.0.0.0/0")),
            (DAN, topics.put_policy(topic, "s3")),
            (ERIN, topics.put_policy(topic, "events")),
        ):
            case.event(sim.do(cast.caller(actor), change))
            yield 25 * MINUTE

    cast.at(3, 13, 0, story())


def neighbours_only(cast: Cast) -> None:
    """An instance comes: its group, subnet and network change in nothing but relationships."""
    sim, case = cast.sim, cast.sim.truth.case("neighbours_only")
    group = cast.group(cast.named("neighbour"))
    instance = cast.instance("i-0" + cast.named("neighbour")[-6:] * 2 + "0000", group)

    def story() -> Story:
        change = instances.run([instance], sim.now, {"Name": "neighbour"})
        case.event(sim.do(cast.caller(BOB), change))
        yield 2 * HOUR
        case.event(sim.do(cast.caller(CAROL), instances.terminate(instance)))

    cast.at(3, 9, 0, story())


def lost_hour(cast: Cast) -> None:
    """Changes whose logs nobody has, one of them beside a change that is logged."""
    sim, case = cast.sim, cast.sim.truth.case("lost_hour")
    place = sim.plan.lost_place
    function = cast.function(cast.named("lost"), place)
    queue = cast.old(queues.new(place, cast.named("lost")))
    bucket = cast.old(cast.bucket("half-lost", place))
    topic = sim.claim(sim.add(topics.new(place, cast.named("lost"))), ALWAYS)

    def story() -> Story:
        change = buckets.put_versioning(bucket, "Enabled")
        case.event(sim.do(cast.caller(ALICE, place), change, lag=SHARING))
        yield 40 * SECOND
        case.event(sim.do(cast.caller(BOB, place), buckets.put_lifecycle(bucket, 30)))
        yield 5 * MINUTE
        case.event(sim.do(cast.caller(CI, place), functions.configure(function, sim.now, 512)))
        yield 5 * MINUTE
        change = queues.configure(queue, sim.now, "visibility", 90)
        case.event(sim.do(cast.caller(DAN, place), change))
        yield 5 * MINUTE
        case.event(sim.do(cast.caller(ERIN, place), topics.create(topic, {})))

    sim.begin(sim.plan.lost.start - 20 * SECOND, story())


def by_a_service(cast: Cast) -> None:
    """Changed by AWS itself, without any event; once while somebody sets the same again."""
    sim, case = cast.sim, cast.sim.truth.case("changed_by_service")
    name = cast.named("grown")
    database, other = cast.database(name), cast.database(f"{name}-2")
    function = cast.function(name)
    for resource in (database, other, function):
        case.resource(resource)

    def story() -> Story:
        sim.drift(database, storage=40)
        yield 10 * MINUTE
        sim.do(cast.caller(ALICE), databases.modify(other, retention=7))
        sim.drift(other, storage=45)
        yield 10 * MINUTE
        sim.drift(function, runtime="python3.13.1")

    cast.at(3, 10, 0, story())


def volatile(cast: Cast) -> None:
    """What AWS rewrites by itself: alone, and beside a change; and an order that changes."""
    sim = cast.sim
    alone, beside, order = (
        sim.truth.case(one) for one in ("volatile_alone", "volatile_beside_change", "order_only")
    )
    name = cast.named("counted")
    role, table = cast.role(name), cast.old(tables.new(cast.place, name))
    database, ordered = cast.database(name), cast.role(f"{name}-2")
    policies = ("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/IAMFullAccess")
    ordered.attributes["attached"] = policies
    for resource in (role, table):
        alone.resource(resource)
    beside.resource(database)
    order.resource(ordered)

    def story() -> Story:
        used = {"lastUsedDate": iso_millis(sim.now), "region": cast.place.region}
        sim.drift(role, used=used)
        sim.drift(table, count=1_000)
        yield 30 * MINUTE
        sim.do(cast.caller(BOB), databases.modify(database, retention=30))
        yield 30 * MINUTE
        ordered.attributes["attached"] = policies[::-1]
        sim.config.record(ordered, state(ordered, sim.now, "repeat"))

    cast.at(3, 11, 0, story())


def missed(cast: Cast) -> None:
    """Ends that Config never noticed: the next snapshot is without them."""
    sim, case = cast.sim, cast.sim.truth.case("missing_from_snapshot")
    deleted = cast.old(queues.new(cast.place, cast.named("vanished")))
    gone = cast.old(topics.new(cast.place, cast.named("vanished")))

    def story() -> Story:
        record = sim.log(cast.caller(DAN), cast.place, queues.delete(deleted).call)
        case.event(record)
        sim.config.miss(deleted, Cause(record["eventID"], is_delivered=True))
        sim.truth.write_without_item(record["eventID"], deleted, "missed")
        yield HOUR
        sim.config.miss(gone, None)

    cast.at(3, 12, 0, story())


STORIES = (
    same_again_beside_change, undone_before_capture, merged, made_public, neighbours_only,
    lost_hour, by_a_service, volatile, missed,
)  # fmt: skip
