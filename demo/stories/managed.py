"""Tables, databases, queues and topics: made, changed in small ways, ended, made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from demo import names
from demo.clock import HOUR
from demo.resources import databases, keys, queues, security_groups, tables, topics
from demo.resources.base import Change, Resource
from demo.stories.base import Scene, Story

Teller = Callable[[Scene], Story]
# What somebody may do to a resource as it is now.
Choices = Callable[[Scene, Resource], Sequence[Change]]
Begin = Callable[[Scene, Resource], Change]


def changing(resource_type: str, choices: Choices) -> Teller:
    """A resource changed once or twice; now and then refused, asked for again, or by two."""

    def story(scene: Scene) -> Story:
        sim = scene.sim
        resource = sim.pick(resource_type, scene.place)
        if resource is None:
            return
        if sim.random.random() < 0.15:
            refused = sim.random.choice(choices(scene, resource))
            sim.refuse(scene.somebody_else().caller, refused)
            yield scene.soon()
        sim.do(scene.caller, sim.random.choice(choices(scene, resource)))
        chance = sim.random.random()
        if chance < 0.4:
            other = scene if chance < 0.25 else scene.somebody_else()
            yield scene.soon() if chance < 0.3 else scene.later()
            if resource.is_alive:
                sim.do(other.caller, sim.random.choice(choices(other, resource)))

    return story


def ending(resource_type: str, end: Callable[[Resource], Change], begin: Begin) -> Teller:
    """A resource deleted; one in three comes back under its name by somebody else."""

    def story(scene: Scene) -> Story:
        sim = scene.sim
        resource = sim.pick(resource_type, scene.place)
        if resource is None:
            return
        sim.claim(resource, 12 * HOUR)
        sim.do(scene.caller, end(resource))
        if sim.random.random() < 0.35:
            yield sim.random.randrange(HOUR, 5 * HOUR)
            other = scene.somebody_else()
            sim.do(other.caller, begin(other, resource))

    return story


def make_table(scene: Scene) -> Story:
    """A new table, often made safe within seconds."""
    sim = scene.sim
    table = sim.claim(sim.add(tables.new(scene.place, names.job_name(sim))))
    sim.do(scene.caller, _begin_table(scene, table))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    sim.do(scene.caller, tables.recover(table, is_enabled=True))


def _begin_table(scene: Scene, table: Resource) -> Change:
    return tables.create(table, scene.sim.now, names.tags(scene.sim))


def _table(scene: Scene, table: Resource) -> Sequence[Change]:
    state = table.attributes
    capacity = scene.sim.random.choice(((5, 5), (20, 10), (100, 50)))
    return (
        tables.provision(table, *capacity),
        tables.protect(table, not state["protected"]),
        tables.protect(table, state["protected"]),
        tables.recover(table, state["recovery"] == "DISABLED"),
        tables.tag(table, names.tags(scene.sim)),
    )


def make_database(scene: Scene) -> Story:
    """A new database in some security group."""
    sim = scene.sim
    groups = sim.alive(security_groups.TYPE, scene.place)
    if not groups:
        return
    name, unique_id = names.job_name(sim), "db-" + sim.ids.upper(26)
    group = sim.random.choice(groups)
    database = sim.claim(sim.add(databases.new(scene.place, name, unique_id, group)))
    sim.do(scene.caller, databases.create(database, names.tags(sim)))
    yield scene.later()
    sim.do(scene.caller, databases.modify(database, retention=14))


def _database(scene: Scene, database: Resource) -> Sequence[Change]:
    state, random = database.attributes, scene.sim.random
    return (
        databases.modify(database, **{"class": random.choice(("db.t4g.large", "db.m7g.large"))}),
        databases.modify(database, storage=state["storage"] + 10),
        databases.modify(database, retention=random.choice((7, 14, 30))),
        databases.modify(database, public=not state["public"]),
        databases.tag(database, names.tags(scene.sim)),
    )


def grow_database(scene: Scene) -> Story:
    """A database whose storage RDS enlarges by itself."""
    database = scene.sim.pick(databases.TYPE, scene.place)
    if database is not None:
        scene.sim.drift(database, storage=database.attributes["storage"] + 5)
    yield scene.soon()


def count_table(scene: Scene) -> Story:
    """A table that DynamoDB counts anew, and Config looks at for nothing else."""
    table = scene.sim.pick(tables.TYPE, scene.place)
    if table is not None:
        scene.sim.drift(table, count=table.attributes["count"] + scene.sim.random.randrange(1, 99))
    yield scene.soon()


def end_database(scene: Scene) -> Story:
    """A database deleted; one in three comes back under its name, with another id."""
    sim = scene.sim
    database = sim.pick(databases.TYPE, scene.place)
    if database is None or database.name is None:
        return
    sim.do(scene.caller, databases.delete(database))
    groups = sim.alive(security_groups.TYPE, scene.place)
    if sim.random.random() < 0.35 and groups:
        yield sim.random.randrange(HOUR, 4 * HOUR)
        group, unique_id = sim.random.choice(groups), "db-" + sim.ids.upper(26)
        again = sim.claim(sim.add(databases.new(scene.place, database.name, unique_id, group)))
        sim.do(scene.somebody_else().caller, databases.create(again, names.tags(sim)))


def make_queue(scene: Scene) -> Story:
    """A new queue, encrypted a little later."""
    sim = scene.sim
    queue = sim.claim(sim.add(queues.new(scene.place, names.job_name(sim))))
    sim.do(scene.caller, _begin_queue(scene, queue))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    sim.do(scene.caller, queues.configure(queue, sim.now, "visibility", 120))


def _begin_queue(scene: Scene, queue: Resource) -> Change:
    return queues.create(queue, scene.sim.now, names.tags(scene.sim))


def _queue(scene: Scene, queue: Resource) -> Sequence[Change]:
    sim = scene.sim
    known = [None, *(key.arn for key in sim.alive(keys.TYPE, scene.place))]
    return (
        queues.configure(queue, sim.now, "visibility", sim.random.choice((30, 60, 300))),
        queues.configure(queue, sim.now, "retention", sim.random.choice((86_400, 1_209_600))),
        queues.configure(queue, sim.now, "kms_key", sim.random.choice(known)),
        queues.tag(queue, names.tags(sim)),
    )


def make_topic(scene: Scene) -> Story:
    """A new topic, with a name that subscribers see."""
    sim = scene.sim
    topic = sim.claim(sim.add(topics.new(scene.place, names.job_name(sim))))
    sim.do(scene.caller, _begin_topic(scene, topic))
    yield scene.soon() if sim.random.random() < 0.5 else scene.later()
    sim.do(scene.caller, topics.display(topic, "Notices"))


def _begin_topic(scene: Scene, topic: Resource) -> Change:
    return topics.create(topic, names.tags(scene.sim))


def _topic(scene: Scene, topic: Resource) -> Sequence[Change]:
    random = scene.sim.random
    return (
        topics.display(topic, random.choice(("Alarms", "Notices", "Reports"))),
        topics.put_policy(topic, random.choice(("s3", "events", None))),
        topics.tag(topic, names.tags(scene.sim)),
    )


change_table = changing(tables.TYPE, _table)
change_database = changing(databases.TYPE, _database)
change_queue = changing(queues.TYPE, _queue)
change_topic = changing(topics.TYPE, _topic)
end_table = ending(tables.TYPE, tables.delete, _begin_table)
end_queue = ending(queues.TYPE, queues.delete, _begin_queue)
end_topic = ending(topics.TYPE, topics.delete, _begin_topic)
