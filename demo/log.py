"""One CloudTrail record on its way to a file."""

from __future__ import annotations

from dataclasses import dataclass

from demo.calls import Place


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A record as text, with what decides when and where it is delivered."""

    event_id: str
    moment: int
    place: Place
    body: str
    late: int = 0
    is_lost: bool = False
    is_background: bool = False
    is_addendum: bool = False
