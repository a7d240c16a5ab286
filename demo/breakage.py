"""A few broken files: what a network, a full disk and a careless hand leave behind.

Files that are broken as a whole hold copies of records that also lie in good
files, as when a delivery is tried again. Files with one broken record hold it alone:
that record is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from demo.calls import Place
from demo.clock import HOUR, MINUTE, iso_seconds
from demo.ids import stable, stable_hex
from demo.log import LoggedEvent
from demo.objects import Objects, gzip
from demo.plan import Plan
from demo.trails import Batch, as_file, file_key
from demo.truth import Truth

ERROR_PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SlowDown</Code>'
    "<Message>Please reduce your request rate.</Message></Error>"
)
RECORDS = 8


@dataclass(slots=True)
class Breakage:
    """Breaks each kind of file once, in the hours planned for it."""

    objects: Objects
    plan: Plan
    truth: Truth
    _done: set[str] = field(default_factory=set)

    def breaker(self, place: Place, moment: int, batch: Batch) -> Batch:
        """Write broken files beside a batch, or with some of its records."""
        span = self.plan.broken
        if place != self.plan.broken_place or not span.holds(batch[0].moment):
            return batch
        kind = (
            "one_record_not_json"
            if batch[0].moment < span.start + HOUR
            else "one_record_without_time"
        )
        background = [event for event in batch if event.is_background][:RECORDS]
        if kind in self._done or len(background) < 3:
            if "truncated_gzip" not in self._done:
                self._truncated(place, moment, batch)
                self._whole(place, moment, "not_json", gzip(ERROR_PAGE))
                self._whole(place, moment, "empty", b"")
            return batch
        self._with_one_broken_record(place, moment, kind, background)
        return [event for event in batch if event not in background]

    def snapshot(self, key: str, text: str) -> None:
        """A snapshot that stopped half way; everything in it was delivered before."""
        if "truncated_snapshot" in self._done:
            return
        digits = stable_hex(32, "truncated", key)
        parts = (digits[:8], digits[8:12], "4" + digits[13:16], "8" + digits[17:20], digits[20:])
        copy = f"{key.rpartition('_')[0]}_{'-'.join(parts)}.json.gz"
        data = gzip(text)
        self._put(copy, data[: len(data) // 2], "truncated_snapshot", "truncated_gzip")

    def _truncated(self, place: Place, moment: int, batch: Batch) -> None:
        data = gzip(as_file([event.body for event in batch]))
        key = _key(place, moment - MINUTE, "truncated")
        self._put(key, data[: len(data) * 2 // 3], "truncated_gzip", "truncated_gzip")

    def _whole(self, place: Place, moment: int, kind: str, data: bytes) -> None:
        self._put(_key(place, moment, kind), data, kind, kind)

    def _with_one_broken_record(self, place: Place, moment: int, kind: str, batch: Batch) -> None:
        broken = batch[len(batch) // 2]
        good = [event.event_id for event in batch if event is not broken]
        bodies = [_break(event, kind) if event is broken else event.body for event in batch]
        hint = "not_json" if kind == "one_record_not_json" else "missing_time"
        data = gzip(as_file(bodies))
        self._put(_key(place, moment, kind), data, kind, hint, good, [broken.event_id])
        self.truth.undelivered_event_ids.append(broken.event_id)
        counts = self.truth.counts
        counts["cloudtrail_files"] += 1
        counts["event_records_lost"] += 1
        for name in (
            "event_records_delivered",
            "distinct_events_delivered",
            "distinct_event_ids_delivered",
        ):
            counts[name] += len(good)

    def _put(
        self,
        key: str,
        data: bytes,
        kind: str,
        hint: str,
        readable: list[str] | None = None,
        lost: list[str] | None = None,
    ) -> None:
        self._done.add(kind)
        self.objects.put(key, data)
        self.truth.counts["broken_files"] += 1
        row: dict[str, Any] = {
            "path": key,
            "kind": kind,
            "expected_reason_hint": hint,
            "readable_event_ids": readable or [],
            "lost_event_ids": lost or [],
            "lost_records": len(lost or []),
        }
        self.truth.broken_files.append(row)


def _key(place: Place, moment: int, kind: str) -> str:
    return file_key(place, moment, stable("", 16, place.account_id, kind))


def _break(event: LoggedEvent, kind: str) -> str:
    time = iso_seconds(event.moment)
    if kind == "one_record_not_json":
        # Without its quotes the time is no JSON; the braces still pair up.
        return event.body.replace(f'"eventTime":"{time}"', f'"eventTime":{time}', 1)
    return event.body.replace(f'"eventTime":"{time}",', "", 1)
