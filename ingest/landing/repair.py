"""Makes a damaged or lost manifest anew from what the ledger files tell."""

import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

from ingest.errors import DamagedManifestError
from ingest.landing import commit
from ingest.landing.layout import EMPTY, LANDING, LEDGER, MANIFEST, STAGING
from ingest.landing.ledger import read_plan
from ingest.landing.manifest import Manifest
from ingest.landing.plan import Plan
from ingest.landing.tables import create

_UNREADABLE: Final = (pa.ArrowException, OSError, ValueError, KeyError, TypeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did. `set_aside` is where a damaged manifest lies now."""

    was_damaged: bool
    batches: int = 0
    objects: int = 0
    files: int = 0
    unreadable: tuple[str, ...] = ()
    set_aside: str | None = None
    mended: commit.Mended = field(default_factory=commit.Mended)


def repair(root: Path, now: str) -> Repair:
    """Mend a lake whose lock is held. `now` names a damaged manifest that is put aside.

    Raises NewerLakeError, LakeWriteError and OSError.
    """
    try:
        manifest = Manifest.open(root)
        damage = [row[0] for row in manifest.query("pragma quick_check")]
        if damage == ["ok"]:
            mended = commit.mend(root, manifest)
            manifest.close()
            return Repair(was_damaged=False, mended=mended)
        manifest.close()
    except DamagedManifestError:
        pass
    return _rebuild(root, now, _put_aside(root, now))


def _put_aside(root: Path, now: str) -> str | None:
    aside = None
    for ending in ("", "-wal", "-shm"):
        path = root / f"{MANIFEST}{ending}"
        if path.exists():
            target = root / f"{MANIFEST}.damaged-{now.replace(':', '')}{ending}"
            path.rename(target)
            aside = aside or str(target)
    return aside


def _rebuild(root: Path, now: str, set_aside: str | None) -> Repair:
    create(root / MANIFEST)
    manifest = Manifest.open(root)
    plans, unreadable = _plans(root)
    for plan in plans:
        manifest.commit(plan)
    mended = _mend_staged(root, manifest)
    manifest.add_default_stores(now)
    count = {
        table: manifest.query(f"select count(*) from {table}")[0][0]
        for table in ("batches", "objects", "files")
    }
    manifest.close()
    return Repair(True, **count, unreadable=unreadable, set_aside=set_aside, mended=mended)


def _plans(root: Path) -> tuple[list[Plan], tuple[str, ...]]:
    """The committed batches, the oldest first, and the ledger files that cannot be read."""
    plans: list[Plan] = []
    unreadable: list[str] = []
    for path in _ledger_files(root / LEDGER):
        try:
            plan = read_plan(path)
        except _UNREADABLE:
            unreadable.append(str(path.relative_to(root)))
        else:
            plans += [plan] if plan is not None else []
    return sorted(plans, key=lambda plan: plan.sequence), tuple(unreadable)


def _ledger_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.parquet")) if path.name != EMPTY)


def _mend_staged(root: Path, manifest: Manifest) -> commit.Mended:
    """Finish the batches whose files were being put in place; the others never began to."""
    finished = undone = 0
    for folder in sorted((root / STAGING).glob("*")):
        for path in _ledger_files(folder / LANDING / "ledger"):
            try:
                plan = read_plan(path)
            except _UNREADABLE:
                plan = None
            if plan is not None and commit.finish(root, manifest, plan):
                finished += 1
            elif plan is not None:
                commit.undo(root, manifest, plan.batch_id, plan)
                undone += 1
    shutil.rmtree(root / STAGING, ignore_errors=True)
    return commit.Mended(finished, undone)
