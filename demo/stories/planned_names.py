"""Planned confusions of names: who is meant, and who is only mentioned.

Each teller marks its events and resources as a case of the truth.
"""

from __future__ import annotations

from demo.calls import Place
from demo.clock import HOUR, MINUTE, SECOND
from demo.ids import stable_hex
from demo.items import Encryption
from demo.organization import HOME_REGION, accounts
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
)
from demo.simulation import ALWAYS, Story
from demo.stories.cast import ALICE, BOB, CAROL, CI, DAN, ERIN, Cast


def equal_names_of_types(cast: Cast) -> None:
    """A bucket, a role, a queue and more of one name, each changed by somebody else."""
    sim, case = cast.sim, cast.sim.truth.case("equal_names_of_types")
    bucket = cast.old(cast.bucket("orders"))
    name = bucket.name or ""
    role, function, database = cast.role(name), cast.function(name), cast.database(name)
    queue, table = cast.old(queues.new(cast.place, name)), cast.old(tables.new(cast.place, name))
    topic = cast.old(topics.new(cast.place, name))

    def story() -> Story:
        wanted = (
            (ALICE, buckets.put_versioning(bucket, "Enabled")),
            (BOB, roles.put_policy(role, "own", roles.document("sqs:ReceiveMessage"))),
            (CAROL, queues.configure(queue, sim.now, "visibility", 45)),
            (DAN, functions.configure(function, sim.now, 512)),
            (ERIN, tables.protect(table, is_protected=True)),
            (CI, topics.display(topic, "Orders")),
            (ALICE, databases.modify(database, retention=21)),
        )
        for actor, change in wanted:
            case.event(sim.do(cast.caller(actor), change))
            yield 12 * SECOND

    cast.at(2, 5, 0, story())


def equal_names_in_accounts(cast: Cast) -> None:
    """One name in two accounts and in two regions, changed within seconds."""
    sim, case = cast.sim, cast.sim.truth.case("equal_names_in_accounts")
    name = cast.named("invoices")
    here = cast.place
    everywhere = [Place(one, region) for one in accounts(cast.options)[:2] for region in
                  (here.region, sim.plan.lost_place.region)]  # fmt: skip
    own_queues = [cast.old(queues.new(place, name)) for place in everywhere]
    own_roles = [cast.role(name, one) for one in accounts(cast.options)[:2]]

    def story() -> Story:
        for number, queue in enumerate(own_queues):
            actor = (ALICE, BOB, CAROL, DAN)[number]
            change = queues.configure(queue, sim.now, "visibility", 60 + number)
            case.event(sim.do(cast.caller(actor, queue.place), change))
            yield 4 * SECOND
        for number, role in enumerate(own_roles):
            actor = (ERIN, CI)[number]
            change = roles.tag(role, {"team": f"invoices-{number}"})
            case.event(sim.do(cast.caller(actor, role.place), change))
            yield 4 * SECOND

    cast.at(2, 5, 30, story())


def made_again_by_another(cast: Cast) -> None:
    """Deleted by one and made again by another under the same name, for several types."""
    sim, case = cast.sim, cast.sim.truth.case("made_again_by_another")
    name = cast.named("again")
    function = cast.function(name)
    table, queue = cast.old(tables.new(cast.place, name)), cast.old(queues.new(cast.place, name))
    topic = cast.old(topics.new(cast.place, name))
    text = roles.document("s3:GetObject")
    old, new = (
        policies.new(cast.place.account_id, name, "ANPA" + sim.ids.upper(17), text)
        for _ in range(2)
    )
    cast.old(old)
    sim.claim(sim.add(new), ALWAYS)

    def story() -> Story:
        for change in (
            functions.delete(function), tables.delete(table), queues.delete(queue),
            topics.delete(topic), policies.delete(old),
        ):  # fmt: skip
            case.event(sim.do(cast.caller(ALICE), change))
            yield 9 * SECOND
        yield 50 * MINUTE
        case.event(sim.do(cast.caller(BOB), functions.create(function, sim.now, {})))
        case.event(sim.do(cast.caller(CAROL), tables.create(table, sim.now, {})))
        case.event(sim.do(cast.caller(DAN), queues.create(queue, sim.now, {})))
        case.event(sim.do(cast.caller(ERIN), topics.create(topic, {})))
        case.event(sim.do(cast.caller(CI), policies.create(new, sim.now, text, {})))

    cast.at(2, 6, 0, story())


def id_only_in_the_response(cast: Cast) -> None:
    """Things made whose id nobody could have asked for."""
    sim, case = cast.sim, cast.sim.truth.case("id_only_in_the_response")
    name, seed = cast.named("fresh"), cast.options.seed
    network = networks.vpc(cast.place, "vpc-0" + stable_hex(16, name, seed), "10.7.0.0/16")
    part = networks.subnet(network, "subnet-0" + stable_hex(16, name, seed), "10.7.1.0/24")
    group = security_groups.new(network, name, "sg-0" + stable_hex(16, name, seed))
    key = keys.new(cast.place, sim.ids.uuid())
    database = databases.new(cast.place, name, "db-" + sim.ids.upper(26), group)
    stack = stacks.new(cast.place, name, sim.ids.uuid())
    for resource in (network, part, group, key, database, stack):
        sim.claim(sim.add(resource), ALWAYS)

    def story() -> Story:
        for change in (
            networks.create_vpc(network, {}), networks.create_subnet(part, {}),
            security_groups.create(group, {}), keys.create(key, sim.now, name, {}),
            databases.create(database, {}), stacks.create(stack, {}),
        ):  # fmt: skip
            case.event(sim.do(cast.caller(CI), change))
            yield 7 * SECOND

    cast.at(2, 7, 0, story())


def named_in_passing(cast: Cast) -> None:
    """A call names a resource that somebody else changes at the same time."""
    sim, case = cast.sim, cast.sim.truth.case("named_in_passing")
    name = cast.named("passing")
    source, target = cast.old(cast.bucket("replicated")), cast.old(cast.bucket("replica"))
    role, group = cast.role(name), cast.group(name)
    function = sim.claim(sim.add(functions.new(cast.place, name, role.arn)), ALWAYS)
    unique_id = "db-" + sim.ids.upper(26)
    database = sim.claim(sim.add(databases.new(cast.place, name, unique_id, group)), ALWAYS)
    key = cast.old(keys.new(cast.place, sim.ids.uuid()))

    def story() -> Story:
        key_of = buckets.put_encryption(target, Encryption("aws:kms", key.arn))
        for actor, change in (
            (ALICE, buckets.put_versioning(target, "Enabled")),
            (BOB, buckets.put_replication(source, target, role.arn)),
            (CAROL, roles.tag(role, {"team": "orders"})),
            (DAN, functions.create(function, sim.now, {})),
            (ERIN, security_groups.authorize(group, 5432, "10.0.0.0/8")),
            (CI, databases.create(database, {})),
            (ALICE, keys.describe(key, "for replicas")),
            (BOB, key_of),
        ):
            case.event(sim.do(cast.caller(actor), change))
            yield 5 * SECOND

    cast.at(2, 9, 0, story())


def kms_alias(cast: Cast) -> None:
    """A key is given an alias and described by another; a queue is told the alias."""
    sim, case = cast.sim, cast.sim.truth.case("kms_alias")
    alias = f"alias/{cast.named('orders')}"
    key = cast.old(keys.new(cast.place, sim.ids.uuid()))
    queue = cast.old(queues.new(cast.place, cast.named("aliased")))
    case.resource(key)

    def story() -> Story:
        record = sim.log(cast.caller(ALICE), cast.place, keys.create_alias(key, alias))
        case.event(record)
        sim.truth.write_without_item(record["eventID"], key, "not_shown")
        yield 8 * SECOND
        case.event(sim.do(cast.caller(BOB), keys.describe(key, "for orders")))
        yield 8 * SECOND
        case.event(sim.do(cast.caller(CAROL), queues.configure(queue, sim.now, "kms_key", alias)))

    cast.at(2, 10, 0, story())


def several_at_once(cast: Cast) -> None:
    """Three instances launched by one call, then tagged with what is around them by another."""
    sim = cast.sim
    launch, tagging = (sim.truth.case(one) for one in ("several_instances", "tags_on_several"))
    group = cast.group(cast.named("fleet"))
    batch = [
        cast.instance("i-0" + stable_hex(16, "fleet", number, cast.options.seed), group)
        for number in range(3)
    ]

    def story() -> Story:
        change = instances.run(batch, sim.now, {"Name": "fleet"})
        launch.event(sim.do(cast.caller(CI), change))
        yield HOUR
        several = [*batch, group, cast.subnet]
        change = instances.create_tags(several, {"fleet": "orders"})
        tagging.event(sim.do(cast.caller(DAN), change))

    cast.at(2, 11, 0, story())


def through_a_service(cast: Cast) -> None:
    """A stack that somebody makes, and what CloudFormation makes for it in the same name."""
    sim, case = cast.sim, cast.sim.truth.case("through_a_service")
    name = cast.named("site")
    stack = sim.claim(sim.add(stacks.new(cast.place, name, sim.ids.uuid())), ALWAYS)
    bucket = cast.bucket("site")
    queue = sim.claim(sim.add(queues.new(cast.place, name)), ALWAYS)

    def story() -> Story:
        case.event(sim.do(cast.caller(CAROL), stacks.create(stack, {"team": "orders"})))
        yield 8 * SECOND
        service = cast.caller(CAROL).through("cloudformation")
        case.event(sim.do(service, buckets.create(bucket)))
        case.event(sim.do(service, queues.create(queue, sim.now, {})))
        yield 2 * HOUR
        case.event(sim.do(cast.caller(DAN), stacks.update(stack, sim.now, "live")))
        yield 8 * SECOND
        service = cast.caller(DAN).through("cloudformation")
        change = queues.configure(queue, sim.now, "visibility", 240)
        case.event(sim.do(service, change))

    cast.at(2, 13, 0, story())


def across_accounts(cast: Cast) -> None:
    """A bucket's policy set by somebody of another account: both accounts have the call."""
    sim, case = cast.sim, cast.sim.truth.case("seen_by_two_accounts")
    bucket = cast.old(cast.bucket("partner-drop"))
    others = accounts(cast.options)[1:2]

    def story() -> Story:
        change = buckets.put_policy(bucket, buckets.tls_only_policy(bucket, "Partner"))
        for account_id in others:
            caller = cast.caller(BOB, Place(account_id, HOME_REGION))
            for record in sim.do_across(caller, change):
                case.event(record)
        yield SECOND

    cast.at(2, 12, 0, story())


STORIES = (
    equal_names_of_types, equal_names_in_accounts, made_again_by_another,
    id_only_in_the_response, named_in_passing, kms_alias, several_at_once,
    through_a_service, across_accounts,
)  # fmt: skip
