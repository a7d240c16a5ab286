"""What a lake holds, how fresh it is, what was set aside, and what does not fit."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.formats.times import iso
from ingest.landing.manifest import Manifest
from ingest.landing.verify import files_there, known_files, missing, unexplained


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """One store. `fresh_seconds` is the age of its newest record."""

    store_id: str
    name: str
    category: str
    records: int
    files: int
    bytes: int
    days: int
    first_at: str | None
    last_at: str | None
    fresh_seconds: float | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """One thing in quarantine."""

    reason: str
    detail: str
    store: str
    uri: str
    byte_offset: int | None
    byte_length: int | None
    record_index: int | None
    batch_id: str


@dataclass(frozen=True, slots=True)
class LakeStatus:
    """A whole lake. Paths are from its root."""

    root: str
    stores: tuple[StoreStatus, ...] = ()
    objects: dict[str, int] | None = None
    last_batch: dict[str, Any] | None = None
    batches: int = 0
    pending: tuple[str, ...] = ()
    quarantine: tuple[SetAside, ...] = ()
    unexplained: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def by_reason(self) -> dict[str, list[SetAside]]:
        """What was set aside, by reason."""
        reasons: dict[str, list[SetAside]] = {}
        for one in self.quarantine:
            reasons.setdefault(one.reason, []).append(one)
        return reasons

    def to_dict(self) -> dict[str, Any]:
        """The status as JSON holds it."""
        counts = {reason: len(entries) for reason, entries in self.by_reason().items()}
        return {**asdict(self), "reasons": counts}


def read_status(root: Path, now: datetime) -> LakeStatus:
    """The status of a lake, empty where there is none yet. Raises IngestError."""
    there = files_there(root)
    manifest = Manifest.read(root)
    if manifest is None:
        return LakeStatus(str(root))
    try:
        known = known_files(manifest)
        objects = manifest.query("select status, count(*) from objects group by status")
        pending = manifest.query("select batch_id from batches where state = 'pending' order by 1")
        return LakeStatus(
            root=str(root),
            stores=tuple(_stores(manifest, now)),
            objects={row[0]: row[1] for row in objects},
            last_batch=_last_batch(manifest),
            batches=manifest.query("select count(*) from batches where state = 'committed'")[0][0],
            pending=tuple(row[0] for row in pending),
            quarantine=tuple(_quarantine(manifest)),
            unexplained=tuple(unexplained(there, known, manifest)),
            missing=tuple(missing(root, there, known)),
        )
    finally:
        manifest.close()


def _stores(manifest: Manifest, now: datetime) -> Iterator[StoreStatus]:
    rows = manifest.query(
        "select store_id, name, stores.category, coalesce(sum(records), 0) as records, "
        "count(path) as files, coalesce(sum(bytes), 0) as bytes, count(distinct day) as days, "
        "min(first_at) as first_at, max(last_at) as last_at "
        "from stores left join files on files.store = name and files.category = stores.category "
        "group by store_id order by stores.category, name"
    )
    for row in rows:
        values = dict(row)
        last_at = values.pop("last_at")
        first_at = values.pop("first_at")
        yield StoreStatus(
            **values,
            first_at=None if first_at is None else iso(first_at),
            last_at=None if last_at is None else iso(last_at),
            fresh_seconds=None if last_at is None else now.timestamp() - last_at / 1_000_000,
        )


def _last_batch(manifest: Manifest) -> dict[str, Any] | None:
    rows = manifest.query(
        "select batch_id, committed_at, objects, records, bytes from batches "
        "where state = 'committed' and objects > 0 order by sequence desc limit 1"
    )
    return dict(rows[0]) if rows else None


def _quarantine(manifest: Manifest) -> Iterator[SetAside]:
    rows = manifest.query(
        "select reason, detail, store, uri, byte_offset, byte_length, record_index, batch_id "
        "from quarantine order by reason, uri, entry_id"
    )
    return (SetAside(**dict(row)) for row in rows)
