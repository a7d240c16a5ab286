"""Why something could not be taken."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The reason codes of the quarantine."""

    TRUNCATED_GZIP = "truncated_gzip"
    CORRUPT_GZIP = "corrupt_gzip"
    NOT_JSON = "not_json"
    WRONG_SHAPE = "wrong_shape"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    MISSING_TIME = "missing_time"
    UNREADABLE = "unreadable"
    ARCHIVED = "archived"
    UNSUPPORTED_CATEGORY = "unsupported_category"
    LOST = "lost_from_landing"


# These may pass by themselves, so that an object set aside for one is tried on every run.
PASSING = frozenset({Reason.UNREADABLE, Reason.ARCHIVED})


class ObjectError(OSError):
    """An object that cannot be read; `reason` is why. `passing`: it may pass in a moment."""

    def __init__(self, reason: Reason, detail: str, *, passing: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing set aside: a whole object, or a piece of one.

    `offset` and `length` are in bytes of the inflated object, null where they are not known;
    `index` is the record's place in its object, null for what is no record. `raw` is the
    piece, cut at a limit.
    """

    reason: Reason
    detail: str
    offset: int | None = None
    length: int | None = None
    index: int | None = None
    raw: bytes = b""
