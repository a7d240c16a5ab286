"""What has been checked: kept in the lake root, so that a check reads only what is new."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tarn.checks.suites import Suite

FOLDER: Final = "checks"
_STATE: Final = "state.json"


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a suite is: the digest of its file; for landing the place of the last batch that
    was looked at, and the batches before it that failed; for a mart what it was made of."""

    suite: str
    sequence: int = 0
    failed: tuple[str, ...] = ()
    data: str | None = None


class State:
    """What each suite has checked."""

    def __init__(self, root: Path) -> None:
        """Read it; where there is none, or one that cannot be read, nothing has been checked."""
        self._path = root / FOLDER / _STATE
        self._suites: dict[str, Checked] = {}
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            for name, row in rows.items():
                self._suites[name] = Checked(**{**row, "failed": tuple(row["failed"])})
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            self._suites = {}

    def of(self, suite: Suite) -> Checked:
        """How far a suite is; at the start, if its file has changed since."""
        known = self._suites.get(suite.name)
        return known if known and known.suite == suite.digest else Checked(suite.digest)

    def note(self, suite: Suite, checked: Checked) -> None:
        """Keep how far a suite is. Raises OSError."""
        self._suites[suite.name] = checked
        aside = self._path.with_suffix(".new")
        rows = {name: asdict(one) for name, one in sorted(self._suites.items())}
        aside.write_text(json.dumps(rows, indent=1), encoding="utf-8")
        aside.replace(self._path)
