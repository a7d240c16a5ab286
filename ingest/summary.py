"""What a run tells: while it goes on, and at its end."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has got. `objects` and `bytes` are of those that are new."""

    step: str
    objects_total: int = 0
    objects_done: int = 0
    bytes_total: int = 0
    bytes_done: int = 0
    records: int = 0


@dataclass(slots=True)
class Summary:
    """What a run did. Objects are counted once, whatever they hold; bytes are as stored."""

    objects: int = 0
    """Objects found that the options choose."""
    passed_over: int = 0
    """Objects found that the options do not choose."""
    known: int = 0
    new: int = 0
    landed: int = 0
    partly: int = 0
    quarantined: int = 0
    recognized: int = 0
    set_aside_before: int = 0
    """Known objects that an earlier run set aside, wholly or in part."""
    gone: int = 0
    """Objects to be tried again whose source is not there any more."""
    archived: int = 0
    """New objects in a cold storage class, as the listing shows."""
    requests_listing: int = 0
    """Requests that listing took; local sources need none."""
    requests_reading: int = 0
    """Requests that reading what is new takes: one an object, more where one is large."""
    folders_passed_over: list[str] = field(default_factory=list)
    """Folders that hold other services' logs, or digests."""
    bytes: int = 0
    bytes_inflated: int = 0
    records: dict[str, int] = field(default_factory=dict)
    """Records landed, by store."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Things set aside, by reason."""
    batches: int = 0
    files: int = 0
    days: int = 0
    mended_finished: int = 0
    mended_undone: int = 0
    dry_run: bool = False
    seconds: float = 0.0

    @property
    def records_total(self) -> int:
        """Records landed in all stores."""
        return sum(self.records.values())

    @property
    def is_whole(self) -> bool:
        """Whether all that this run read has landed."""
        return not (self.partly or self.quarantined)

    def to_dict(self) -> dict[str, Any]:
        """The summary as JSON holds it."""
        rate = self.records_total / self.seconds if self.seconds else 0.0
        return {
            **asdict(self),
            "seconds": round(self.seconds, 3),
            "records_total": self.records_total,
            "records_per_second": round(rate),
        }
