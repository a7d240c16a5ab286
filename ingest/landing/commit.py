"""Makes a batch visible, and mends what a killed run left.

The order is what makes it safe: the manifest first commits the pending batch; its files are
written aside and synced; the manifest commits their names; they are renamed; the ledger file
follows; the manifest commits the batch. Without names a pending batch is undone, with names it
is finished.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.landing import compacted
from ingest.landing.exchange import CannotExchangeError
from ingest.landing.layout import (
    DAMAGED,
    EMPTY,
    LANDING,
    LEDGER,
    STAGING,
    ledger_file,
    make_folder,
    sync_folder,
)
from ingest.landing.ledger import ledger_files, read_plans, write_ledger
from ingest.landing.manifest import Manifest
from ingest.landing.plan import Plan


@dataclass(frozen=True, slots=True)
class Mended:
    """Pending batches that an earlier run had left."""

    finished: int = 0
    undone: int = 0


def staging(root: Path, batch_id: str) -> Path:
    """The folder in which a batch's files are written."""
    return root / STAGING / batch_id


def publish(root: Path, manifest: Manifest, plan: Plan) -> None:
    """Make a written batch part of the lake. Raises OSError; it is finished by the next run."""
    write_ledger(staging(root, plan.batch_id), plan)
    manifest.name_files(plan)
    _move(root, plan)
    manifest.commit(plan)
    discard_staging(root, plan.batch_id)


def mend(root: Path, manifest: Manifest) -> Mended:
    """Finish or undo the batches that a killed run left pending, and know those again that the
    manifest forgot."""
    _sweep(root)
    finished = _adopt(root, manifest)
    undone = 0
    for batch_id, plan in manifest.pending():
        if plan is not None and finish(root, manifest, plan):
            finished += 1
        else:
            undo(root, manifest, batch_id, plan)
            undone += 1
        discard_staging(root, batch_id)
    shutil.rmtree(root / STAGING, ignore_errors=True)
    return Mended(finished, undone)


def _sweep(root: Path) -> None:
    """Remove the files without rows that were not finished: see `layout.ensure_landing`."""
    for path in (root / LANDING).rglob(f".{EMPTY}.*"):
        path.unlink(missing_ok=True)


def _adopt(root: Path, manifest: Manifest) -> int:
    """Commit the batches whose ledger files are in place, and so all their files, but which the
    manifest does not know as committed: it lost its write-ahead log, or is an older copy."""
    rows = manifest.query("select batch_id from batches where state = 'committed'")
    known = {ledger_file(row[0]) for row in rows}
    there = ledger_files(root / LEDGER)
    plans, _ = read_plans(path for path in there if str(path.relative_to(root)) not in known)
    for plan in plans:
        manifest.commit(plan)
        discard_staging(root, plan.batch_id)
    return len(plans)


def finish(root: Path, manifest: Manifest, plan: Plan) -> bool:
    """Finish a batch whose files are named; false if one of them is nowhere, or cannot be put in
    place on this file system."""
    if not _is_whole(root, plan):
        return False
    try:
        _move(root, plan)
    except CannotExchangeError:
        return False
    manifest.commit(plan)
    return True


def undo(root: Path, manifest: Manifest, batch_id: str, plan: Plan | None = None) -> None:
    """Take back a pending batch."""
    if plan is not None and plan.is_compaction:
        # Its files stay where those that they were made from are gone.
        compacted.put_back(root, staging(root, batch_id), plan)
        plan = None
        (root / ledger_file(batch_id)).unlink(missing_ok=True)
    for path in _paths(plan) if plan else ():
        (root / path).unlink(missing_ok=True)
    for file in plan.removed if plan else ():
        _rename(root / DAMAGED / file.path, root / file.path)
    discard_staging(root, batch_id)
    manifest.drop_batch(batch_id)


def discard_staging(root: Path, batch_id: str) -> None:
    """Remove what is left of a batch's folder."""
    shutil.rmtree(staging(root, batch_id), ignore_errors=True)


def _paths(plan: Plan) -> Iterator[str]:
    """The files of a batch in the order in which they are put in place: the ledger is last."""
    for file in plan.files:
        yield file.path
    if plan.quarantine_file is not None:
        yield plan.quarantine_file
    yield ledger_file(plan.batch_id)


def _is_whole(root: Path, plan: Plan) -> bool:
    """Whether every file is there, aside or in place."""
    aside = staging(root, plan.batch_id)
    return all((aside / path).exists() or (root / path).exists() for path in _paths(plan))


def _move(root: Path, plan: Plan) -> None:
    """Put the files in place, and what the plan removes aside; the ledger tells of both, last."""
    aside = staging(root, plan.batch_id)
    *files, ledger = [(aside / path, root / path) for path in _paths(plan)]
    removed = [(root / file.path, root / DAMAGED / file.path) for file in plan.removed]
    if plan.is_compaction:
        compacted.put_in_place(root, aside, plan)
        files, removed = [], []
    for group in ([*files, *removed], [ledger]):
        folders: set[Path] = set()
        for source, target in group:
            _rename(source, target)
            folders.update(parent for parent in target.parents if parent.is_relative_to(root))
        for folder in folders:
            if folder.exists():
                sync_folder(folder)


def _rename(source: Path, target: Path) -> None:
    """Move a file, if it has not been moved yet."""
    if source.exists():
        make_folder(target.parent)
        source.rename(target)
