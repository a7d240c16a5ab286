"""Makes a damaged or lost manifest anew from what the ledger files tell."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import DamagedManifestError
from ingest.landing import commit
from ingest.landing.layout import LEDGER, MANIFEST, STAGING, sync_folder
from ingest.landing.ledger import ledger_files, read_plans
from ingest.landing.manifest import Manifest


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
    """Make the manifest aside: half of one would have what it lacks land again."""
    aside = root / f".{MANIFEST}.anew"
    manifest = Manifest.anew(aside)
    plans, unreadable = read_plans(ledger_files(root / LEDGER))
    for plan in plans:
        manifest.commit(plan)
    mended = _mend_staged(root, manifest)
    manifest.add_default_stores(now)
    count = {
        table: manifest.query(f"select count(*) from {table}")[0][0]
        for table in ("batches", "objects", "files")
    }
    manifest.close()
    aside.replace(root / MANIFEST)
    sync_folder(root)
    told = tuple(str(path.relative_to(root)) for path in unreadable)
    return Repair(True, **count, unreadable=told, set_aside=set_aside, mended=mended)


def _mend_staged(root: Path, manifest: Manifest) -> commit.Mended:
    """Finish the batches whose files were being put in place; the others never began to."""
    finished = undone = 0
    for folder in sorted((root / STAGING).glob("*")):
        for plan in read_plans(ledger_files(folder / LEDGER))[0]:
            if commit.finish(root, manifest, plan):
                finished += 1
            else:
                commit.undo(root, manifest, plan.batch_id, plan)
                undone += 1
    shutil.rmtree(root / STAGING, ignore_errors=True)
    return commit.Mended(finished, undone)
