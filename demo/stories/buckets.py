"""Buckets: made, encrypted, opened and closed, deleted, and made again by others."""

from __future__ import annotations

from demo import names
from demo.clock import HOUR
from demo.items import Encryption
from demo.resources import buckets, keys
from demo.resources.base import Resource
from demo.stories import compute
from demo.stories.base import Scene, Story

# How PutBucketEncryption is logged: one rule as an object, sometimes otherwise.
FORMS = ("object", "object", "object", "object", "list", "plural")


def wanted_encryption(scene: Scene) -> Encryption:
    """Some encryption somebody may ask for, mostly with a key of the account."""
    chance = scene.sim.random.random()
    known = [
        key
        for key in scene.sim.alive(keys.TYPE, scene.place)
        if key.attributes["state"] == "Enabled"
    ]
    if chance < 0.3 or not known:
        return Encryption("AES256")
    if chance < 0.4:
        return Encryption("aws:kms")
    algorithm = "aws:kms:dsse" if chance > 0.95 else "aws:kms"
    return Encryption(algorithm, scene.sim.random.choice(known).arn)


def _form(scene: Scene) -> str:
    return scene.sim.random.choice(FORMS)


def make(scene: Scene) -> Story:
    """A new bucket, set up within seconds as programs do, or slowly as people do."""
    sim = scene.sim
    bucket = sim.claim(sim.add(buckets.new(scene.place, names.bucket_name(sim))))
    sim.do(scene.caller, buckets.create(bucket))
    yield scene.soon()
    sim.do(scene.caller, buckets.put_tagging(bucket, names.tags(sim)))
    yield scene.soon() if sim.random.random() < 0.6 else scene.later()
    if sim.random.random() < 0.7:
        sim.do(scene.caller, buckets.put_encryption(bucket, wanted_encryption(scene), _form(scene)))
        yield scene.soon()
    if sim.random.random() < 0.5:
        sim.do(scene.caller, buckets.put_policy(bucket, buckets.tls_only_policy(bucket)))


def encrypt(scene: Scene) -> Story:
    """A bucket's encryption changed, reset, or set to what it was."""
    bucket = scene.sim.pick(buckets.TYPE, scene.place)
    if bucket is None:
        return
    if scene.sim.random.random() < 0.3:
        wanted = wanted_encryption(scene)
        scene.sim.refuse(
            scene.somebody_else().caller, buckets.put_encryption(bucket, wanted, _form(scene))
        )
        yield scene.soon()
    chance = scene.sim.random.random()
    if chance < 0.2:
        scene.sim.do(scene.caller, buckets.delete_encryption(bucket))
    else:
        current: Encryption = bucket.attributes["encryption"]
        wanted = current if chance < 0.35 else wanted_encryption(scene)
        scene.sim.do(scene.caller, buckets.put_encryption(bucket, wanted, _form(scene)))


def settle(scene: Scene) -> Story:
    """Tags, policy, versioning, lifecycle or logging of a bucket."""
    sim = scene.sim
    bucket = sim.pick(buckets.TYPE, scene.place)
    if bucket is None:
        return
    for _ in range(sim.random.randrange(1, 4)):
        choice = sim.random.randrange(8)
        if choice == 0:
            change = buckets.put_tagging(bucket, {**bucket.tags, **names.tags(sim)})
        elif choice == 1:
            statement = "TlsOnly" + sim.ids.hexadecimal(4)
            change = buckets.put_policy(bucket, buckets.tls_only_policy(bucket, statement))
        elif choice == 2:
            status = "Suspended" if bucket.attributes["versioning"] == "Enabled" else "Enabled"
            change = buckets.put_versioning(bucket, status)
        elif choice == 3:
            change = buckets.put_lifecycle(bucket, sim.random.choice((30, 90, 365)))
        elif choice == 4:
            target = sim.random.choice(sim.alive(buckets.TYPE, scene.place))
            change = buckets.put_replication(bucket, target, compute.role_arn(scene))
        elif choice == 5:
            is_blocked = not bucket.attributes["is_blocked"]
            change = buckets.put_public_access_block(bucket, is_blocked)
        elif choice == 6:
            canned = "private" if bucket.attributes["grants"] else "public-read"
            change = buckets.put_acl(bucket, canned)
        else:
            change = buckets.put_logging(bucket, f"access-logs-{scene.place.account_id}")
        sim.do(scene.caller, change)
        yield scene.soon() if sim.random.random() < 0.5 else scene.later()
        sim.claim(bucket)


def end(scene: Scene) -> Story:
    """A bucket deleted; one in three is made again under its name by somebody else."""
    sim = scene.sim
    bucket = sim.pick(buckets.TYPE, scene.place)
    if bucket is None:
        return
    sim.claim(bucket, 12 * HOUR)
    sim.do(scene.caller, buckets.delete(bucket))
    if sim.random.random() < 0.35:
        yield sim.random.randrange(HOUR, 6 * HOUR)
        yield from again(scene.somebody_else(), bucket)


def again(scene: Scene, bucket: Resource) -> Story:
    """A deleted bucket made again: the same resourceId, a new creation time."""
    sim = scene.sim
    sim.do(scene.caller, buckets.create(bucket))
    yield scene.later()
    sim.do(scene.caller, buckets.put_tagging(bucket, names.tags(sim)))
