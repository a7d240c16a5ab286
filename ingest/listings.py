"""What runs remember of their listings, in the manifest."""

from collections.abc import Sequence
from datetime import date, datetime

from ingest.landing.manifest import Manifest
from ingest.sources.base import Listed


class Listings:
    """One run's memory. What earlier runs listed is recalled; what this one lists is kept when
    all that it found has been settled. Listings may note and count from any thread."""

    def __init__(
        self, manifest: Manifest | None, stores: Sequence[str], now: datetime, *, whole: bool
    ) -> None:
        self.now = now
        self.requests: list[int] = []
        self.passed_over: list[str] = []
        self._manifest = manifest
        self._stores = tuple(stores)
        self._whole = whole
        self._noted: list[Listed] = []

    def recall(self, prefix: str) -> dict[str, Listed]:
        """What is remembered of the streams below a prefix: nothing, where all is listed."""
        if self._manifest is None or self._whole:
            return {}
        rows = self._manifest.query(
            "select prefix, since, newest_at, days_at, month_at, whole_at from listings "
            "where stores = ? and substr(prefix, 1, ?) = ?",
            (self._key, len(prefix), prefix),
        )
        return {row[0]: _listed(*row) for row in rows}

    def note(self, listed: Listed) -> None:
        """Remember a listing, once `keep` is called."""
        self._noted.append(listed)

    def unread(self, prefix: str) -> list[str]:
        """Addresses below a prefix whose objects could not be read for a passing reason."""
        if self._manifest is None:
            return []
        rows = self._manifest.query(
            "select distinct uri from objects where status in ('partly', 'quarantined') "
            f"and reason = 'unreadable' and store in ({', '.join('?' * len(self._stores))}) "
            "and substr(uri, 1, ?) = ? order by uri",
            (*self._stores, len(prefix), prefix),
        )
        return [row[0] for row in rows]

    def requested(self, count: int) -> None:
        """Count requests that a listing took."""
        self.requests.append(count)

    def pass_over(self, prefix: str) -> None:
        """Tell of a folder that holds no records of CloudTrail or Config."""
        self.passed_over.append(prefix)

    def keep(self) -> None:
        """Remember what has been noted."""
        if self._manifest is not None and self._noted:
            self._manifest.change(
                "insert or replace into listings values (?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(self._key, one.prefix, one.since and one.since.isoformat()),
                        *(one.newest_at.isoformat(), one.days_at.isoformat()),
                        *(one.month_at.isoformat(), one.whole_at.isoformat()),
                    )
                    for one in self._noted
                ],
            )

    @property
    def _key(self) -> str:
        return " ".join(self._stores)


def _listed(prefix: str, since: str | None, *moments: str) -> Listed:
    day = None if since is None else date.fromisoformat(since)
    return Listed(prefix, day, *(datetime.fromisoformat(moment) for moment in moments))
