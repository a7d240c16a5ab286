"""What the keys of deliveries tell, and which objects they choose.

CloudTrail pads month and day, AWS Config does not (CloudTrail User Guide, "Finding your
CloudTrail log files"; Config Developer Guide, "Delivering configuration items").
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ingest.sources.base import KeyHint

# [prefix/]AWSLogs/[o-org/]<account>/<kind>/<region>/Y/M/D/…, of which a copy may have lost
# the beginning.
_FOLDERS: Final = re.compile(
    r"(?:^|/)(?P<account>\d{12})/(?P<kind>CloudTrail(?:-[A-Za-z]+)?|Config)/(?P<region>[a-z0-9-]+)"
    r"/(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})/"
)
# <account>_<kind>_<region>_…, the file's own name.
_NAME: Final = re.compile(
    r"(?:^|/)(?P<account>\d{12})_(?P<kind>CloudTrail(?:-[A-Za-z]+)?|Config)_(?P<region>[a-z0-9-]+)_"
    r"(?P<rest>[^/]*)$"
)
# The last moment in a name is that of the delivery; a history file's first is its start.
_MOMENT: Final = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z")


def key_hint(key: str) -> KeyHint:
    """What a key tells: the folders first, then the file's name."""
    found = _FOLDERS.search(key)
    if found:
        day = _day(found["year"], found["month"], found["day"])
        return KeyHint(found["account"], found["region"], day, _service(found["kind"]))
    found = _NAME.search(key)
    if found:
        moments = _MOMENT.findall(found["rest"])
        day = _day(*moments[-1][:3]) if moments else None
        return KeyHint(found["account"], found["region"], day, _service(found["kind"]))
    return KeyHint()


def delivered_at(key: str) -> datetime | None:
    """When an object was delivered, as its key tells: the moment in its name where that is of
    its folder's day, else the beginning of that day."""
    day = key_hint(key).day
    if day is None:
        return None
    moments = _MOMENT.findall(key.rpartition("/")[2])
    if moments and _day(*moments[-1][:3]) == day:
        hour, minute = int(moments[-1][3]), int(moments[-1][4])
        if hour < 24 and minute < 60:
            return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _service(kind: str) -> str:
    return "config" if kind == "Config" else "cloudtrail"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which objects to take: by day of delivery, account and region, as their keys tell them.

    The span is half open. An object may be delivered late, so that days up to `slack_days`
    after its end are taken too. An object whose key does not tell is always taken.
    """

    since: datetime | None = None
    until: datetime | None = None
    accounts: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    slack_days: int = 2

    def __post_init__(self) -> None:
        for bound in (self.since, self.until):
            if bound is not None and bound.tzinfo is None:
                raise ValueError("a selection needs timezone-aware bounds")
        if self.since and self.until and self.since >= self.until:
            raise ValueError(f"empty window: {self.since} to {self.until}")
        if self.slack_days < 0:
            raise ValueError(f"negative slack: {self.slack_days}")

    @property
    def first_day(self) -> date | None:
        """The first day of delivery, null if there is no bound."""
        return None if self.since is None else self.since.astimezone(UTC).date()

    @property
    def last_day(self) -> date | None:
        """The last day of delivery, slack included, null if there is no bound."""
        return None if self.until is None else self._last_day(self.until)

    def takes(self, hint: KeyHint) -> bool:
        """Whether an object is to be taken."""
        if self.accounts and hint.account is not None and hint.account not in self.accounts:
            return False
        if self.regions and hint.region is not None and hint.region not in self.regions:
            return False
        if hint.day is None:
            return True
        if self.first_day is not None and hint.day < self.first_day:
            return False
        return self.last_day is None or hint.day <= self.last_day

    def _last_day(self, until: datetime) -> date:
        try:
            last = until.astimezone(UTC) - timedelta(microseconds=1)
            return last.date() + timedelta(days=self.slack_days)
        except OverflowError:
            return date.max
