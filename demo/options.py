"""The sizes of a simulation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

# Raised when the same options give other files, so that an old folder is not
# taken for a finished one.
FORMAT = 3

MINIMUM_EVENTS = 1_000
MAXIMUM_ACCOUNTS = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What is simulated: the same options always give the same bytes."""

    events: int = 20_000
    days: int = 7
    start: date = date(2026, 3, 2)
    seed: int = 1
    events_per_file: int = 25
    accounts: int = 2

    def __post_init__(self) -> None:
        if self.events < MINIMUM_EVENTS:
            raise ValueError(f"--events must be at least {MINIMUM_EVENTS}")
        if self.days < 1:
            raise ValueError("--days must be at least 1")
        if self.events_per_file < 1:
            raise ValueError("--events-per-file must be at least 1")
        if not 1 <= self.accounts <= MAXIMUM_ACCOUNTS:
            raise ValueError(f"--accounts must be from 1 to {MAXIMUM_ACCOUNTS}")

    def as_json(self) -> dict[str, int | str]:
        """The options by name, for the marker file and truth.json."""
        return {
            "events": self.events,
            "days": self.days,
            "start": self.start.isoformat(),
            "seed": self.seed,
            "events_per_file": self.events_per_file,
            "accounts": self.accounts,
        }

    def digest(self) -> str:
        """A hash of the options and of the simulation's own version."""
        text = json.dumps({"format": FORMAT, **self.as_json()}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
