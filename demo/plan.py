"""When the things happen that are planned to the hour, not drawn by chance."""

from __future__ import annotations

from dataclasses import dataclass

from demo.calls import Place
from demo.clock import DAY, HOUR, MINUTE, start_of
from demo.options import Options
from demo.organization import HOME_REGION, places


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of time."""

    start: int
    end: int

    def holds(self, moment: int) -> bool:
        """Whether the moment lies in the span."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Plan:
    """The calendar of one simulation."""

    period: Span
    days: int
    # All logs of this account and region are lost for an hour.
    lost_place: Place
    lost: Span
    # A second trail of this account writes everything once more.
    second_trail_account: str
    second_trail: Span
    # Broken log files lie here, outside the hours of the second trail: what is
    # lost in them is then lost for good.
    broken_place: Place
    broken: Span
    # Digest files are written for these hours.
    digests: Span
    # The snapshot that repeats unchanged states with new capture times.
    repeat_day: int

    def is_lost(self, place: Place, moment: int) -> bool:
        """Whether no log was ever delivered for this place and time."""
        return place == self.lost_place and self.lost.holds(moment)

    def day(self, number: int) -> int:
        """Midnight of a day; in short simulations the last one stands for later ones."""
        return self.period.start + min(number, self.days - 1) * DAY


def make(options: Options) -> Plan:
    """The calendar for some options."""
    start = start_of(options.start)
    everywhere = places(options)
    first = Place(everywhere[0].account_id, HOME_REGION)
    second_day = start + min(1, options.days - 1) * DAY
    third_day = start + min(2, options.days - 1) * DAY
    return Plan(
        period=Span(start, start + options.days * DAY),
        days=options.days,
        lost_place=everywhere[-1],
        lost=Span(third_day + 14 * HOUR, third_day + 15 * HOUR),
        second_trail_account=first.account_id,
        second_trail=Span(second_day + 12 * HOUR, second_day + 18 * HOUR),
        broken_place=first,
        broken=Span(second_day + 9 * HOUR, second_day + 11 * HOUR),
        digests=Span(start, start + 6 * HOUR),
        repeat_day=min(3, options.days),
    )


# A snapshot is taken some minutes after midnight.
SNAPSHOT_AT = 7 * MINUTE
