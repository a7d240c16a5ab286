"""Writes the activity of each day into log files of its own."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from demo import events
from demo.activity import (
    changes,
    databases,
    endpoints,
    gateways,
    identity,
    insights,
    invocations,
    models,
    oversight,
    quotas,
    sign_ins,
    stack_sets,
)
from demo.activity import objects as stored
from demo.activity.base import REGION, Deed, Stage
from demo.activity.estate import Estate
from demo.calls import Json, Place
from demo.ids import Ids
from demo.objects import Objects
from demo.options import Options
from demo.organization import HOME_REGION, MANAGEMENT, accounts
from demo.resources import buckets, roles
from demo.resources.base import Resource
from demo.simulation import Simulation
from demo.trails import SLOT, as_file, delivered_at, file_key
from demo.truth import Truth

CALLS = "CloudTrail"
NETWORK = "CloudTrail-NetworkActivity"
INSIGHT = "CloudTrail-Insight"
# Buckets that Config shows, of which objects are read.
READ_BUCKETS = 2


class Streams:
    """Random numbers, ids and names of files by one name: what draws from them stands alone."""

    def __init__(self, name: str) -> None:
        self.random = Random(name)
        self.ids = Ids(Random(f"{name}-ids"))
        self.file_names = Ids(Random(f"{name}-names"))


class Week:
    """Plays a day at a time; the same things happen every seventh day."""

    def __init__(self, options: Options, objects: Objects, truth: Truth, estate: Estate) -> None:
        self.estate = estate
        self._options = options
        self._objects = objects
        self._truth = truth
        self._main = Streams(f"{options.seed}/activity")
        # What shares no stream with the rest can come and go without changing it.
        self._apart = Streams(f"{options.seed}/activity-apart")
        self._managing = Random(f"{options.seed}/managing")

    def play(self, sim: Simulation, day: int, number: int) -> int:
        """Deliver a day's activity; answers how many events that is."""
        account_id, *members = accounts(self._options)
        stage = self._stage(self._main, day, number, Place(account_id, REGION))
        home = Place(account_id, HOME_REGION)
        shown = sim.alive(buckets.TYPE, home)
        new = [role for role in sim.alive(roles.TYPE, home) if role.created_at >= day]
        at_home = self._stage(self._main, day, number, home)
        deeds = [
            *stored.deeds(stage),
            *stored.reads(at_home, shown[:READ_BUCKETS]),
            *invocations.deeds(stage),
            *changes.deeds(stage),
            *databases.deeds(stage),
            *databases.snapshots(stage),
            *models.deeds(stage),
            *stack_sets.deeds(stage, tuple(members[:1])),
            *self._management(day, number),
            *identity.of_new_roles(self._managed(day, number, home), new),
        ]
        calls = [(deed, _record(stage, deed)) for deed in deeds]
        seen = [(deed, endpoints.as_record(stage, deed)) for deed in endpoints.deeds(stage)]
        self._write(CALLS, calls, self._main)
        self._write(NETWORK, seen, self._main)
        self._write_insights(stage)
        apart = self._play_apart(day, number, shown)
        found = (*calls, *seen, *apart)
        self._truth.activity_event_ids += [record["eventID"] for _, record in found]
        return len(found) + self._play_estate(day, number)

    def _play_apart(self, day: int, number: int, shown: list[Resource]) -> list[tuple[Deed, Json]]:
        """Gateways, quotas, and objects of buckets with tags."""
        account_id = accounts(self._options)[0]
        stage = self._stage(self._apart, day, number, Place(account_id, REGION))
        at_home = self._stage(self._apart, day, number, Place(account_id, HOME_REGION))
        deeds = [
            *gateways.deeds(stage),
            *quotas.deeds(stage),
            *stored.tagged_writes(at_home, shown),
        ]
        calls = [(deed, _record(stage, deed)) for deed in deeds]
        calls += quotas.answers(stage)
        self._write(CALLS, calls, self._apart)
        return calls

    def _play_estate(self, day: int, number: int) -> int:
        """Calls that change what Config records: no activity, and in files of their own."""
        calls = self.estate.play(day, number)
        self._count(len(calls))
        placed = [(call.place, call.moment, call.body) for call in calls]
        self._truth.counts["cloudtrail_files"] += self._put(CALLS, placed, self._apart)
        return len(calls)

    def _management(self, day: int, number: int) -> list[Deed]:
        """What happens in the organization's management account."""
        place = Place(MANAGEMENT, HOME_REGION)
        stage = self._managed(day, number, place)
        return [*sign_ins.deeds(stage), *identity.deeds(stage), *oversight.deeds(stage)]

    def _managed(self, day: int, number: int, place: Place) -> Stage:
        return Stage(day, number, place, self._managing, self._main.ids)

    def _stage(self, streams: Streams, day: int, number: int, place: Place) -> Stage:
        return Stage(day, number, place, streams.random, streams.ids)

    def _write(self, kind: str, found: list[tuple[Deed, Json]], streams: Streams) -> None:
        self._count(len(found))
        placed = [(deed.place, deed.moment, events.encode(record)) for deed, record in found]
        self._truth.counts["cloudtrail_files"] += self._put(kind, placed, streams)

    def _count(self, events_count: int) -> None:
        for name in (
            "events_simulated",
            "distinct_events_delivered",
            "distinct_event_ids_delivered",
            "event_records_delivered",
        ):
            self._truth.counts[name] += events_count

    def _write_insights(self, stage: Stage) -> None:
        found = insights.records(stage)
        placed = [(stage.place, moment, events.encode(record)) for moment, record in found]
        self._truth.counts["insight_records_delivered"] += len(found)
        self._truth.counts["insight_files"] += self._put(INSIGHT, placed, self._main)

    def _put(self, kind: str, found: list[tuple[Place, int, str]], streams: Streams) -> int:
        """Write records by place and slot; answers how many files they made."""
        slots: dict[tuple[int, str, str], list[str]] = defaultdict(list)
        for place, moment, body in sorted(found, key=lambda row: row[1]):
            slots[(moment // SLOT, place.account_id, place.region)].append(body)
        files = 0
        for (slot, account_id, region), bodies in sorted(slots.items()):
            place = Place(account_id, region)
            for start in range(0, len(bodies), self._options.events_per_file):
                part = bodies[start : start + self._options.events_per_file]
                name = streams.file_names.mixed(16)
                key = file_key(place, delivered_at(place, slot), name, kind)
                self._objects.put_text(key, as_file(part))
                files += 1
        return files


def _record(stage: Stage, deed: Deed) -> Json:
    return events.record(stage.ids, deed.place, deed.moment, deed.caller, deed.call)
