"""Where a folder stands in the tree that AWS delivers to.

`[prefix/]AWSLogs/[o-organization/]<account>/<kind>/<region>/<year>/<month>/<day>/`
"""

import re
from enum import Enum
from typing import Final


class Level(Enum):
    """What a folder is. An outer one may hold the tree; a plain one is no part of it."""

    OUTER = "outer"
    ACCOUNTS = "accounts"
    ACCOUNT = "account"
    KIND = "kind"
    STREAM = "stream"
    PLAIN = "plain"


_ACCOUNTS: Final = re.compile(r"(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?$")
_ORGANIZATION: Final = re.compile(r"(?:^|/)AWSLogs/o-[a-z0-9]+/$")
_FROM_ACCOUNT: Final = re.compile(
    r"(?:^|/)(?P<account>\d{12})/(?:(?P<kind>[^/]+)/(?:(?P<region>[a-z0-9-]+)/)?)?$"
)
_RECORDS: Final = re.compile(r"CloudTrail(?:-[A-Za-z]+)?|Config")
# Digests hold hashes of log files, and Lake's folder results of queries.
_NO_RECORDS: Final = frozenset({"CloudTrail-Digest", "CloudTrail-Lake"})
_INSIDE: Final = re.compile(r"(?:^|/)\d{12}/")


def level(folder: str) -> Level:
    """What a folder is. A folder's key ends in a slash."""
    if _ACCOUNTS.search(folder):
        return Level.ACCOUNTS
    found = _FROM_ACCOUNT.search(folder)
    if found is None:
        inside = _INSIDE.search(folder) or "/AWSLogs/" in f"/{folder}"
        return Level.PLAIN if inside else Level.OUTER
    if found["kind"] is None:
        return Level.ACCOUNT
    if not _RECORDS.fullmatch(found["kind"]):
        return Level.PLAIN
    return Level.KIND if found["region"] is None else Level.STREAM


def account(folder: str) -> str | None:
    """The account of a folder, null above it."""
    found = _FROM_ACCOUNT.search(folder)
    return found["account"] if found else None


def region(folder: str) -> str | None:
    """The region of a stream, null above it."""
    found = _FROM_ACCOUNT.search(folder)
    return found["region"] if found else None


def is_other_kind(folder: str) -> bool:
    """Whether a folder, as a whole, holds no records of CloudTrail or Config: it is another
    service's, or one of `_NO_RECORDS`."""
    found = _FROM_ACCOUNT.search(folder)
    if found is None or found["kind"] is None or found["region"] is not None:
        return False
    if found["kind"] in _NO_RECORDS:
        return True
    return "/AWSLogs/" in f"/{folder}" and not _RECORDS.fullmatch(found["kind"])


def is_padded(stream: str) -> bool:
    """Whether a stream's keys sort by time: CloudTrail pads month and day, Config does not."""
    found = _FROM_ACCOUNT.search(stream)
    return found is not None and found["kind"] != "Config"
