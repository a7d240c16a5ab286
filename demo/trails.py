"""CloudTrail's log files.

    AWSLogs/<account>/CloudTrail/<region>/YYYY/MM/DD/
        <account>_CloudTrail_<region>_YYYYMMDDTHHmmZ_<16 characters>.json.gz

(CloudTrail user guide, "CloudTrail log file names".) Month and day are padded;
day and time are those of delivery, some minutes after the event, so that the
last minutes of a day lie in the next day's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from demo.calls import Place
from demo.clock import HOUR, MINUTE, compact_minutes, date_at
from demo.ids import Ids
from demo.log import LoggedEvent
from demo.objects import Objects
from demo.plan import Plan
from demo.truth import Truth

# What happens in one slot is delivered together.
SLOT = 10 * MINUTE
SLOTS_AN_HOUR = HOUR // SLOT

Batch = list[LoggedEvent]
# Takes what it breaks out of a batch and answers the rest.
Breaker = Callable[[Place, int, Batch], Batch]
# Is told of every file: its place, key, text, time of delivery and records.
Witness = Callable[[Place, str, str, int, Batch], None]


def delivered_at(place: Place, slot: int) -> int:
    """When the files of a slot arrive: two to six minutes after it ends."""
    wait = 2 + (slot * 7 + len(place.region)) % 5
    return (slot + 1) * SLOT + wait * MINUTE


def file_key(place: Place, moment: int, suffix: str, kind: str = "CloudTrail") -> str:
    """The key of a log file delivered at a moment."""
    day = date_at(moment).strftime("%Y/%m/%d")
    folder = f"AWSLogs/{place.account_id}/{kind}/{place.region}/{day}"
    name = f"{place.account_id}_{kind}_{place.region}_{compact_minutes(moment)}_{suffix}"
    return f"{folder}/{name}.json.gz"


def as_file(bodies: list[str]) -> str:
    """The text of a log file."""
    return '{"Records":[' + ",".join(bodies) + "]}"


class Trails:
    """Holds events until their slot is over, then writes its files."""

    def __init__(
        self, objects: Objects, plan: Plan, seed: int, events_per_file: int, truth: Truth
    ) -> None:
        self.breaker: Breaker | None = None
        self.witness: Witness | None = None
        self._objects = objects
        self._plan = plan
        self._size = events_per_file
        self._truth = truth
        self._names = Ids(Random(f"{seed}/names"))
        self._pending: dict[tuple[int, Place], Batch] = {}

    def take(self, event: LoggedEvent) -> None:
        """Accept a record for delivery, unless its log is to be lost."""
        if not event.is_addendum:
            self._truth.counts["events_simulated"] += 1
        if event.is_lost:
            self._truth.undelivered_event_ids.append(event.event_id)
            return
        slot = (event.moment + event.late) // SLOT
        self._pending.setdefault((slot, event.place), []).append(event)
        arrives = date_at(delivered_at(event.place, slot))
        if arrives != date_at(event.moment) and not event.is_addendum:
            self._truth.late_event_ids.append(event.event_id)

    def busy_slots(self, place: Place, hour_start: int) -> list[int]:
        """The slots of an hour that hold events already."""
        first = hour_start // SLOT
        return [
            slot for slot in range(first, first + SLOTS_AN_HOUR) if (slot, place) in self._pending
        ]

    def deliver_until(self, moment: int | None) -> None:
        """Write the files of all slots that end by a moment; all there are without one."""
        due = [key for key in self._pending if moment is None or (key[0] + 1) * SLOT <= moment]
        for slot, place in sorted(due, key=lambda key: (key[0], key[1].account_id, key[1].region)):
            self._deliver(place, slot, self._pending.pop((slot, place)))

    def _deliver(self, place: Place, slot: int, batch: Batch) -> None:
        moment = delivered_at(place, slot)
        counts = self._truth.counts
        if self.breaker is not None:
            batch = self.breaker(place, moment, batch)
        addenda = sum(event.is_addendum for event in batch)
        counts["distinct_events_delivered"] += len(batch) - addenda
        counts["distinct_event_ids_delivered"] += len(batch)
        self._write(place, moment, batch, self._size)
        if place.account_id == self._plan.second_trail_account and self._plan.second_trail.holds(
            slot * SLOT
        ):
            # The second trail cuts its files elsewhere and a little later.
            counts["duplicated_events"] += len(batch) - addenda
            self._write(place, moment + MINUTE, batch, self._size + 7)

    def _write(self, place: Place, moment: int, batch: Batch, size: int) -> None:
        for part in _parts(batch, size):
            key = file_key(place, moment, self._names.mixed(16))
            text = as_file([event.body for event in part])
            self._objects.put_text(key, text)
            self._truth.counts["cloudtrail_files"] += 1
            self._truth.counts["event_records_delivered"] += len(part)
            if self.witness is not None:
                self.witness(place, key, text, moment, part)


def _parts(batch: Batch, size: int) -> Iterator[Batch]:
    for start in range(0, len(batch), size):
        yield batch[start : start + size]
