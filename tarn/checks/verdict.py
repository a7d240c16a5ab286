"""What came of a suite: the findings of its parts made one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tarn.checks.suites import BATCH, Expected, Suite

# So many rows are named for each expectation that fails.
NAMED: Final = 20
# A rate says nothing of fewer rows than these.
RATE_ROWS: Final = 100


@dataclass(slots=True)
class Finding:
    """What came of one expectation over all rows: how many were looked at, had nothing to look at,
    and were not as expected; the first of these by their keys and values."""

    expected: Expected
    rows: int = 0
    missing: int = 0
    unexpected: int = 0
    named: list[dict[str, Any]] = field(default_factory=list)
    batches: set[str] = field(default_factory=set)
    error: str | None = None

    @property
    def looked_at(self) -> int:
        """How many rows it says something about."""
        counts_null = self.expected.type.endswith(("_to_not_be_null", "_to_be_null"))
        return self.rows if counts_null else self.rows - self.missing

    @property
    def passed(self) -> bool:
        """Whether enough rows are as expected."""
        if self.error is not None:
            return False
        if not self.unexpected:
            return True
        if self.expected.mostly < 1 and self.looked_at < RATE_ROWS:
            return True
        return self.unexpected <= (1 - self.expected.mostly) * self.looked_at

    def add(self, result: Mapping[str, Any], error: str | None) -> None:
        """Take what great-expectations says of one part of the rows."""
        self.error = self.error or error
        self.rows += result.get("element_count") or 0
        self.missing += result.get("missing_count") or 0
        self.unexpected += result.get("unexpected_count") or 0
        rows = result.get("unexpected_index_list") or []
        self.named.extend(rows[: NAMED - len(self.named)])
        self.batches.update(row[BATCH] for row in rows if BATCH in row)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a suite."""

    suite: Suite
    findings: tuple[Finding, ...]
    rows: int
    batches: int

    @property
    def passed(self) -> bool:
        """Whether all its expectations were met."""
        return all(finding.passed for finding in self.findings)

    @property
    def failures(self) -> list[Finding]:
        """The expectations that were not met."""
        return [finding for finding in self.findings if not finding.passed]

    def failed_batches(self, looked_at: Iterable[str]) -> set[str]:
        """The batches to look at again: those of the rows at fault, or all if no row tells."""
        failed: set[str] = set()
        for finding in self.failures:
            if not finding.batches:
                return set(looked_at)
            failed |= finding.batches
        return failed
