"""Settles what a verification found: what is damaged is put aside, what is lost can land again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from ingest.landing import commit
from ingest.landing.layout import DAMAGED, batch_of, make_folder, sync_folder
from ingest.landing.ledger import write_ledger
from ingest.landing.manifest import Manifest
from ingest.landing.plan import LandedFile, Loss, ObjectOutcome, Plan
from ingest.landing.verify import FaultyFile, FileKind


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done: files given up, objects that a retry lands again, ledger files written
    anew, quarantine files given up. What was found altered lies under `damaged/`."""

    files: int = 0
    objects: int = 0
    ledgers: int = 0
    quarantines: int = 0


def settle(
    root: Path, manifest: Manifest, faulty: Iterable[FaultyFile], batch_id: str, now: str
) -> Settled:
    """Settle faulty files that the manifest knows, of a lake whose lock is held. Raises OSError.

    Killed half-way, it is finished by the next run, or begun again.
    """
    found = list(faulty)
    ledgers = _renew(root, manifest, found)
    lost = _lost(manifest, {fault.path: fault for fault in found if fault.kind is FileKind.LANDED})
    quarantines = sum(fault.kind is FileKind.QUARANTINE for fault in found)
    if not lost:
        return Settled(ledgers=ledgers, quarantines=quarantines)
    losses = _losses(root, manifest, lost)
    manifest.begin_batch(batch_id, now)
    make_folder(commit.staging(root, batch_id))
    plan = Plan(
        batch_id=batch_id,
        sequence=manifest.next_sequence(),
        created_at=now,
        committed_at=now,
        removed=tuple(lost),
        losses=tuple(losses),
    )
    commit.publish(root, manifest, plan)
    return Settled(len(lost), len({loss.uri for loss in losses}), ledgers, quarantines)


def _renew(root: Path, manifest: Manifest, faulty: Sequence[FaultyFile]) -> int:
    """Put damaged ledger and quarantine files aside, and write the ledger files anew."""
    ledgers = 0
    for fault in faulty:
        if fault.kind is FileKind.LANDED or fault.batch_id is None:
            continue
        _put_aside(root, fault.path)
        if fault.kind is FileKind.LEDGER:
            aside = commit.staging(root, fault.batch_id)
            write_ledger(aside, manifest.plan_of(fault.batch_id))
            (aside / fault.path).rename(root / fault.path)
            sync_folder((root / fault.path).parent)
            commit.discard_staging(root, fault.batch_id)
            ledgers += 1
        manifest.renew_kept(fault.batch_id, without_quarantine=fault.kind is FileKind.QUARANTINE)
    return ledgers


def _put_aside(root: Path, path: str) -> None:
    if (root / path).exists():
        make_folder((root / DAMAGED / path).parent)
        (root / path).rename(root / DAMAGED / path)


def _lost(manifest: Manifest, faults: dict[str, FaultyFile]) -> list[LandedFile]:
    """The landed files that are not as they were written."""
    rows = [dict(row) for row in manifest.query("select * from files order by path")]
    return [
        LandedFile(**{name: value for name, value in row.items() if name != "batch_id"})
        for row in rows
        if row["path"] in faults
    ]


def _losses(root: Path, manifest: Manifest, lost: Sequence[LandedFile]) -> list[Loss]:
    """The objects of which fewer records are left than had landed."""
    losses = []
    for store in sorted({file.store for file in lost}):
        candidates = _candidates(manifest, [file for file in lost if file.store == store])
        left = _records_left(root, manifest, store, lost)
        for uri, path in sorted(candidates.items()):
            known = manifest.query(
                "select etag, records from objects where store = ? and uri = ? and records > 0",
                (store, uri),
            )
            if left[uri] == sum(row["records"] for row in known):
                continue
            detail = f"records of it were in {path}, which was altered or is gone"
            losses += [
                Loss(store, uri, row["etag"], min(left[uri], row["records"]), detail)
                for row in known
            ]
    return losses


def _candidates(manifest: Manifest, lost: Sequence[LandedFile]) -> dict[str, str]:
    """The objects that may have had records in a lost file, with that file's path."""
    candidates: dict[str, str] = {}
    for file in lost:
        for outcome in _outcomes(manifest, file, {}):
            if (
                outcome.store == file.store
                and outcome.first_at is not None
                and outcome.last_at is not None
                and outcome.first_at <= file.last_at
                and outcome.last_at >= file.first_at
            ):
                candidates[outcome.uri] = file.path
    return candidates


def _outcomes(
    manifest: Manifest, file: LandedFile, plans: dict[str, Plan]
) -> Iterator[ObjectOutcome]:
    """What the batches told that have rows in a file; those of a merged one came from others."""
    batch_id = batch_of(file.path)
    if batch_id in plans:
        return
    plan = plans[batch_id] = manifest.plan_of(batch_id)
    yield from plan.outcomes
    if plan.is_compaction:
        for source in plan.removed:
            yield from _outcomes(manifest, source, plans)


def _records_left(
    root: Path, manifest: Manifest, store: str, lost: Sequence[LandedFile]
) -> Counter[str]:
    """How many records of each object are in the other files of a store."""
    gone = {file.path for file in lost}
    left: Counter[str] = Counter()
    for row in manifest.query("select path from files where store = ?", (store,)):
        if row["path"] in gone:
            continue
        column = pq.read_table(
            root / row["path"], columns=["_source_object"], partitioning=None
        ).column(0)
        for entry in column.value_counts():
            left[entry["values"].as_py()] += entry["counts"].as_py()
    return left
