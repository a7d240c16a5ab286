"""Compaction: a day's small landing files become few and large ones, with the same rows."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import LakeWriteError
from ingest.landing import commit, compacted, lock
from ingest.landing.exchange import CannotExchangeError, exchange
from ingest.landing.layout import STAGING, check_store, make_folder
from ingest.landing.manifest import Manifest
from ingest.landing.merge import AlteredFileError, merge
from ingest.landing.plan import LandedFile, Plan
from ingest.landing.sink import cannot_write
from ingest.limits import Limits

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Request:
    """Which days to compact: null stores and days mean all."""

    root: Path
    store: str | None = None
    days: tuple[str, ...] = ()
    dry_run: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Summary:
    """What was merged, or, in a dry run, would be. `altered` are files that are not as they were
    written: their days were left alone."""

    dry_run: bool = False
    days: int = 0
    records: int = 0
    files_before: int = 0
    files_after: int = 0
    bytes_before: int = 0
    bytes_after: int = 0
    altered: list[str] = field(default_factory=list)


def run(request: Request, *, clock: Clock, report: Callable[[str], None]) -> Summary:
    """Merge the small files of each day. `report` gets a line for each day.

    Raises IngestError. Whatever is raised, the lake is whole, or is made so by the next run.
    """
    if request.store is not None:
        check_store(request.store)
    if request.dry_run:
        return _dry_run(request)
    summary = Summary()
    try:
        with lock.hold(request.root, "compact", _iso(clock())):
            manifest = Manifest.open(request.root)
            try:
                commit.mend(request.root, manifest)
                _check_exchange(request.root)
                for days in _portions(_chosen(manifest, request), request.limits.merged_batch):
                    _compact(request, manifest, days, clock, summary, report)
            finally:
                manifest.close()
    except OSError as error:
        raise cannot_write(request.root, error) from error
    return summary


def _dry_run(request: Request) -> Summary:
    summary = Summary(dry_run=True)
    manifest = Manifest.read(request.root)
    if manifest is not None:
        for files in _chosen(manifest, request):
            _count(summary, files, ())
        manifest.close()
    return summary


def _chosen(manifest: Manifest, request: Request) -> list[list[LandedFile]]:
    """The small files of each store and day that has several."""
    days: dict[tuple[str, str, str], list[LandedFile]] = {}
    for row in manifest.query(
        "select * from files where bytes < ? order by category, store, day, path",
        (request.limits.merged_file,),
    ):
        file = LandedFile(**{name: row[name] for name in row.keys() if name != "batch_id"})  # noqa: SIM118
        if request.store in (None, file.store) and (not request.days or file.day in request.days):
            days.setdefault((file.category, file.store, file.day), []).append(file)
    return [files for files in days.values() if len(files) > 1]


def _portions(days: Iterable[list[LandedFile]], limit: int) -> Iterator[list[list[LandedFile]]]:
    """Days that are merged in one batch: so many bytes are there twice meanwhile."""
    portion: list[list[LandedFile]] = []
    size = 0
    for files in days:
        portion.append(files)
        size += sum(file.bytes for file in files)
        if size >= limit:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _compact(
    request: Request,
    manifest: Manifest,
    days: list[list[LandedFile]],
    clock: Clock,
    summary: Summary,
    report: Callable[[str], None],
) -> None:
    """Merge some days, in one batch."""
    root, now = request.root, clock()
    batch_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}-compact"
    aside = commit.staging(root, batch_id)
    manifest.begin_batch(batch_id, _iso(now))
    merged: list[LandedFile] = []
    removed: list[LandedFile] = []
    try:
        make_folder(aside)
        for files in days:
            report(f"{files[0].store} {files[0].day}: {len(files)} files")
            try:
                made = merge(root, aside, batch_id, files, request.limits)
            except AlteredFileError as error:
                summary.altered.append(error.path)
                continue
            merged += made
            removed += files
            _count(summary, files, made)
        plan = Plan(
            batch_id=batch_id,
            sequence=manifest.next_sequence(),
            created_at=_iso(now),
            committed_at=_iso(clock()),
            files=tuple(merged),
            removed=tuple(removed),
            is_compaction=True,
        )
        compacted.add_the_rest(root, aside, plan)
    except BaseException:
        commit.undo(root, manifest, batch_id)
        raise
    if merged:
        commit.publish(root, manifest, plan)
    else:
        commit.undo(root, manifest, batch_id)


def _count(summary: Summary, files: Iterable[LandedFile], merged: Iterable[LandedFile]) -> None:
    before, after = list(files), list(merged)
    summary.days += 1
    summary.records += sum(file.records for file in before)
    summary.files_before += len(before)
    summary.files_after += len(after)
    summary.bytes_before += sum(file.bytes for file in before)
    summary.bytes_after += sum(file.bytes for file in after)


def _check_exchange(root: Path) -> None:
    """Raises LakeWriteError where folders cannot change places: nothing else is safe to do."""
    one, other = root / STAGING / "one", root / STAGING / "other"
    try:
        for folder in (one, other):
            make_folder(folder)
        exchange(one, other)
    except CannotExchangeError as error:
        raise LakeWriteError(
            root,
            f"Files cannot be merged at {root} ({error}): readers might see rows twice. Move the "
            "lake to a local file system of Linux or macOS; nothing has been touched.",
        ) from error
    finally:
        for folder in (one, other, root / STAGING):
            if folder.is_dir():
                folder.rmdir()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
