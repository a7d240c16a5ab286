"""Writes the activity of each day into log files of its own."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from demo import events
from demo.activity import (
    changes,
    databases,
    endpoints,
    identity,
    insights,
    invocations,
    models,
    oversight,
    sign_ins,
    stack_sets,
)
from demo.activity import objects as stored
from demo.activity.base import REGION, Deed, Stage
from demo.calls import Json, Place
from demo.ids import Ids
from demo.objects import Objects
from demo.options import Options
from demo.organization import HOME_REGION, MANAGEMENT, accounts
from demo.resources import buckets, roles
from demo.simulation import Simulation
from demo.trails import SLOT, as_file, delivered_at, file_key
from demo.truth import Truth

CALLS = "CloudTrail"
NETWORK = "CloudTrail-NetworkActivity"
INSIGHT = "CloudTrail-Insight"
# Buckets that Config shows, of which objects are read.
SHOWN_BUCKETS = 2


class Week:
    """Plays a day at a time; the same things happen every seventh day."""

    def __init__(self, options: Options, objects: Objects, truth: Truth) -> None:
        self._options = options
        self._objects = objects
        self._truth = truth
        self._random = Random(f"{options.seed}/activity")
        self._ids = Ids(Random(f"{options.seed}/activity-ids"))
        self._names = Ids(Random(f"{options.seed}/activity-names"))
        self._managing = Random(f"{options.seed}/managing")

    def play(self, sim: Simulation, day: int, number: int) -> int:
        """Deliver a day's activity; answers how many events that is."""
        account_id, *members = accounts(self._options)
        stage = Stage(day, number, Place(account_id, REGION), self._random, self._ids)
        home = Place(account_id, HOME_REGION)
        shown = sim.alive(buckets.TYPE, home)[:SHOWN_BUCKETS]
        new = [role for role in sim.alive(roles.TYPE, home) if role.created_at >= day]
        at_home = Stage(day, number, home, self._random, self._ids)
        deeds = [
            *stored.deeds(stage),
            *stored.reads(at_home, shown),
            *invocations.deeds(stage),
            *changes.deeds(stage),
            *databases.deeds(stage),
            *databases.snapshots(stage),
            *models.deeds(stage),
            *stack_sets.deeds(stage, tuple(members[:1])),
            *self._management(day, number),
            *identity.of_new_roles(self._managed(day, number, home), new),
        ]
        calls = [(deed, self._record(deed)) for deed in deeds]
        seen = [(deed, endpoints.as_record(stage, deed)) for deed in endpoints.deeds(stage)]
        self._write(CALLS, calls)
        self._write(NETWORK, seen)
        self._write_insights(stage)
        self._truth.activity_event_ids += [record["eventID"] for _, record in (*calls, *seen)]
        return len(calls) + len(seen)

    def _management(self, day: int, number: int) -> list[Deed]:
        """What happens in the organization's management account."""
        place = Place(MANAGEMENT, HOME_REGION)
        stage = self._managed(day, number, place)
        return [*sign_ins.deeds(stage), *identity.deeds(stage), *oversight.deeds(stage)]

    def _managed(self, day: int, number: int, place: Place) -> Stage:
        return Stage(day, number, place, self._managing, self._ids)

    def _record(self, deed: Deed) -> Json:
        return events.record(self._ids, deed.place, deed.moment, deed.caller, deed.call)

    def _write(self, kind: str, found: list[tuple[Deed, Json]]) -> None:
        counts = self._truth.counts
        counts["events_simulated"] += len(found)
        counts["distinct_events_delivered"] += len(found)
        counts["distinct_event_ids_delivered"] += len(found)
        counts["event_records_delivered"] += len(found)
        placed = [(deed.place, deed.moment, record) for deed, record in found]
        counts["cloudtrail_files"] += self._put(kind, placed)

    def _write_insights(self, stage: Stage) -> None:
        found = [(stage.place, moment, record) for moment, record in insights.records(stage)]
        self._truth.counts["insight_records_delivered"] += len(found)
        self._truth.counts["insight_files"] += self._put(INSIGHT, found)

    def _put(self, kind: str, found: list[tuple[Place, int, Json]]) -> int:
        """Write records by place and slot; answers how many files they made."""
        slots: dict[tuple[int, str, str], list[Json]] = defaultdict(list)
        for place, moment, record in sorted(found, key=lambda row: row[1]):
            slots[(moment // SLOT, place.account_id, place.region)].append(record)
        files = 0
        for (slot, account_id, region), records in sorted(slots.items()):
            place = Place(account_id, region)
            for start in range(0, len(records), self._options.events_per_file):
                part = records[start : start + self._options.events_per_file]
                key = file_key(place, delivered_at(place, slot), self._names.mixed(16), kind)
                self._objects.put_text(key, as_file([events.encode(record) for record in part]))
                files += 1
        return files
