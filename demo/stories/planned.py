"""What happens once in every simulation, because tests look for it.

Each planned resource is kept from the daily stories. Times are given as day, hour
and minute; in simulations of one day, all days are the first.
"""

from __future__ import annotations

from collections.abc import Callable

from demo.beginnings import launched
from demo.calls import Caller
from demo.clock import HOUR, MINUTE, SECOND
from demo.ids import stable_hex
from demo.options import Options
from demo.organization import ROOT
from demo.resources import buckets, instances, keys, roles, security_groups
from demo.simulation import ALWAYS, Simulation, Story
from demo.stories import planned_encryption, planned_names, planned_states, services
from demo.stories.base import Scene
from demo.stories.cast import ALICE, BOB, CAROL, CI, DAN, ERIN, Cast


def schedule(sim: Simulation, options: Options) -> None:
    """Let all planned stories begin at their times."""
    cast = Cast(sim, options)
    tellers: tuple[Callable[[Cast], None], ...] = (
        *planned_encryption.STORIES, _bucket_made_again, _bucket_replaced_within_a_minute,
        _merged, _late, _midnight, _role_made_again, _launch, _key_deleted_by_kms, _root,
        _changed_by_nobody, _across_accounts, *planned_names.STORIES, *planned_states.STORIES,
    )  # fmt: skip
    for tell in tellers:
        tell(cast)


def _bucket_made_again(cast: Cast) -> None:
    """Deleted by one, made again under the same name by another, and encrypted."""
    bucket = cast.old(cast.bucket("billing-archive"))

    def story() -> Story:
        cast.sim.refuse(cast.caller(DAN), buckets.delete(bucket))
        yield 20 * SECOND
        cast.sim.do(cast.caller(ALICE), buckets.delete(bucket))
        yield 3 * HOUR
        cast.sim.do(cast.caller(BOB), buckets.create(bucket))
        yield 15 * MINUTE
        cast.sim.do(cast.caller(BOB), buckets.put_encryption(bucket, cast.kms))

    cast.at(0, 6, 0, story())


def _bucket_replaced_within_a_minute(cast: Cast) -> None:
    """Deleted and made again before Config looks: only the creation time tells."""
    bucket = cast.old(cast.bucket("platform-images"))

    def story() -> Story:
        cast.sim.do(cast.caller(CAROL), buckets.delete(bucket), lag=5 * MINUTE + 529)
        yield 50 * SECOND
        cast.sim.do(cast.caller(ERIN), buckets.create(bucket))

    cast.at(1, 6, 0, story())


def _merged(cast: Cast) -> None:
    """Two changes by two people in one item."""
    bucket = cast.old(cast.bucket("data-backups"))

    def story() -> Story:
        change = buckets.put_versioning(bucket, "Enabled")
        cast.sim.do(cast.caller(ALICE), change, lag=3 * MINUTE + 87)
        yield 40 * SECOND
        cast.sim.do(cast.caller(DAN), buckets.put_policy(bucket, buckets.tls_only_policy(bucket)))

    cast.at(0, 9, 20, story())


def _late(cast: Cast) -> None:
    """Events whose logs come one and two days late."""
    case = cast.sim.truth.case("late_events")
    bucket = cast.old(cast.bucket("orders-archive"))
    group_id = "sg-0" + stable_hex(16, "late", cast.options.seed)
    group = cast.old(security_groups.new(cast.network, "orders-late", group_id))

    def story() -> Story:
        change = security_groups.authorize(group, 22, "203.0.113.0/24")
        case.event(cast.sim.do(cast.caller(BOB), change, late=25 * HOUR))
        yield 3 * HOUR
        change = buckets.put_tagging(bucket, {"owner": "orders"})
        case.event(cast.sim.do(cast.caller(CI), change, late=41 * HOUR))

    cast.at(0, 11, 0, story())


def _midnight(cast: Cast) -> None:
    """An event of the last minutes of a day, delivered in the next."""
    bucket = cast.old(cast.bucket("search-reports"))

    def story() -> Story:
        cast.sim.do(cast.caller(DAN), buckets.put_encryption(bucket, cast.kms))
        yield SECOND

    cast.at(0, 23, 53, story())


def _role_made_again(cast: Cast) -> None:
    """A role made again under its name has another id: to Config it is another resource."""
    sim = cast.sim
    account_id = cast.place.account_id
    first = cast.old(roles.new(account_id, "nightly-import", "AROA" + sim.ids.upper(17)))
    second = roles.new(account_id, "nightly-import", "AROA" + sim.ids.upper(17))
    sim.claim(sim.add(second), ALWAYS)

    def story() -> Story:
        sim.do(cast.caller(BOB), roles.delete(first))
        yield 40 * MINUTE
        sim.do(cast.caller(CAROL), roles.create(second, sim.now, {"team": "data"}))

    cast.at(0, 10, 0, story())


def _launch(cast: Cast) -> None:
    """An instance comes and goes; its security group gets items without a change of its own."""
    sim = cast.sim
    group_id = "sg-0" + stable_hex(16, "launch", cast.options.seed)
    group = cast.old(security_groups.new(cast.network, "orders-launch", group_id))
    instance_id = "i-0" + stable_hex(16, "launch", cast.options.seed)
    instance = cast.instance(instance_id, group)

    def story() -> Story:
        change = instances.run([instance], sim.now, {"Name": "orders-launch"})
        sim.do(cast.caller(ALICE), change)
        yield 90 * MINUTE
        sim.do(cast.caller(CI), instances.terminate(instance))

    cast.at(0, 14, 0, story())


def _key_deleted_by_kms(cast: Cast) -> None:
    """A key whose waiting time ends: KMS deletes it, and nobody is named."""
    key = cast.old(keys.new(cast.place, cast.sim.ids.uuid()))
    key.attributes["state"] = "PendingDeletion"
    internal = "AWS Internal"
    identity = {"accountId": cast.place.account_id, "invokedBy": internal}

    def story() -> Story:
        cast.sim.do(Caller(identity, internal, internal), keys.delete(key))
        yield SECOND

    cast.at(1, 2, 0, story())


def _root(cast: Cast) -> None:
    """The root user opens a bucket's policy."""
    bucket = cast.old(cast.bucket("mobile-images"))

    def story() -> Story:
        policy = buckets.tls_only_policy(bucket, "Root")
        cast.sim.do(cast.caller(ROOT), buckets.put_policy(bucket, policy))
        yield SECOND

    cast.at(0, 15, 30, story())


def _changed_by_nobody(cast: Cast) -> None:
    """An instance that stops for want of hardware: an item, its logs there, and no event."""
    group = cast.sim.alive(security_groups.TYPE, cast.place)[0]
    instance_id = "i-0" + stable_hex(16, "nobody", cast.options.seed)
    instance = instances.new(cast.place, instance_id, group, cast.subnet, "t3.small")
    cast.sim.claim(launched(cast.sim, instance), ALWAYS)

    def story() -> Story:
        cast.sim.drift(instance, state=instances.STOPPED)
        yield SECOND

    cast.at(1, 19, 40, story())


def _across_accounts(cast: Cast) -> None:
    """A role assumed from another account, where there is another."""
    scene = Scene(cast.sim, cast.place, BOB)
    cast.at(0, 16, 10, services.assume_across(scene, cast.options))
