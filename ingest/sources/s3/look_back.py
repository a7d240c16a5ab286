"""How far back a delivery stream is listed again.

Every run looks a little behind the newest object it knows, for names sort by the time of
delivery only nearly. Deliveries may be late, up to 30 days, and copies come in any order: so now
and then a run looks two days back, a month back, and over the whole stream. See
docs/decisions/0007.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ingest.sources.base import Listed
from ingest.sources.keys import Selection

_ALWAYS: Final = timedelta(hours=1)
_DAYS: Final = timedelta(days=2)
_MONTH: Final = timedelta(days=31)
_DAYS_EVERY: Final = timedelta(hours=6)
_MONTH_EVERY: Final = timedelta(days=1)
_WHOLE_EVERY: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Scan:
    """What to list of a stream: deliveries from a moment on (null: all of it), up to a day.

    `listed` is what is remembered and built on, null where all that is chosen is listed anew;
    `back` is how far behind its newest object this looks.
    """

    stream: str
    now: datetime
    start: datetime | None
    first_day: date | None
    last_day: date | None
    listed: Listed | None = None
    back: timedelta = timedelta(0)

    @property
    def is_narrow(self) -> bool:
        """Whether this looks just behind the newest object."""
        return self.listed is not None and self.back <= _ALWAYS

    def outcome(self, newest: datetime | None) -> Listed | None:
        """What to remember when all is listed, of which the newest was delivered then; null if
        nothing can be."""
        known = [moment for moment in (newest, self.listed and self.listed.newest_at) if moment]
        if not known or self.last_day is not None:
            return None
        newest_at = min(max(known), self.now)
        if self.listed is None:
            return Listed(self.stream, self.first_day, newest_at, self.now, self.now, self.now)
        return replace(
            self.listed,
            newest_at=newest_at,
            days_at=self.now if self.back >= _DAYS else self.listed.days_at,
            month_at=self.now if self.back >= _MONTH else self.listed.month_at,
        )


def scan(stream: str, listed: Listed | None, selection: Selection, now: datetime) -> Scan:
    """What to list of a stream, by what is remembered of it and what is chosen."""
    first = selection.first_day
    floor = None if first is None else datetime(first.year, first.month, first.day, tzinfo=UTC)
    anew = Scan(stream, now, floor, first, selection.last_day)
    if listed is None or selection.last_day is not None or not _covers(listed, first):
        return anew
    back = _due(listed, now)
    if back is None:
        return anew
    start = listed.newest_at - back
    if floor is None or floor <= start:
        return replace(anew, start=start, listed=listed, back=back)
    # What is chosen begins later: it joins on to what was listed, or else stands alone.
    return replace(anew, listed=listed) if floor <= listed.newest_at else anew


def _covers(listed: Listed, first: date | None) -> bool:
    """Whether what was listed before began no later than what is chosen now."""
    return listed.since is None or (first is not None and listed.since <= first)


def _due(listed: Listed, now: datetime) -> timedelta | None:
    """How far to look back, null for all of it."""
    if now - listed.whole_at >= _WHOLE_EVERY:
        return None
    if now - listed.month_at >= _MONTH_EVERY:
        return _MONTH
    if now - listed.days_at >= _DAYS_EVERY:
        return _DAYS
    return _ALWAYS
