"""Lands one batch: reads its objects, writes its files aside, and tells what became of each."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from ingest.errors import SourceError
from ingest.formats.reader import Reading, read_object
from ingest.landing.layout import make_folder, sha256_of
from ingest.landing.plan import Entry, LandedFile, ObjectOutcome, Status, Tally
from ingest.landing.quarantine import QuarantineWriter
from ingest.landing.schema import CATEGORIES, CLOUDTRAIL_EVENTS, CONFIGURATION_ITEMS, Category
from ingest.landing.sink import LandingSink
from ingest.limits import Limits
from ingest.sources.ahead import ahead
from ingest.sources.base import SourceObject


@dataclass(frozen=True, slots=True)
class Retry:
    """An object that is read again: what it was known by, and the keys of the records that have
    landed from it."""

    etag: str
    landed_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is to do. Files are written to `folder` as they will lie in the lake."""

    batch_id: str
    folder: Path
    landed_at: datetime
    objects: tuple[SourceObject, ...]
    store: str | None = None
    limits: Limits = field(default_factory=Limits)
    retries: dict[str, Retry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task; `inflated` counts the bytes that were read of its objects."""

    batch_id: str
    files: tuple[LandedFile, ...]
    outcomes: tuple[ObjectOutcome, ...]
    inflated: int
    quarantine_file: str | None
    quarantine_sha256: str | None
    stopped: tuple[str, str, bool] | None = None
    """The arguments of the SourceError that kept the rest of the objects from being read."""


Report = Callable[[int, int, int], None]
"""Takes how many objects, stored bytes and records have been read since the last call."""


def run(task: Task, report: Report) -> Result:
    """Do a task. Raises LakeWriteError if the lake cannot be written."""
    collecting, pool = gc.isenabled(), pa.default_memory_pool()
    gc.disable()  # millions of records, and no cycle among them
    # Columns come and go: the pool that Arrow takes by itself asks the system for pages each time.
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        return _run(task, report)
    finally:
        pa.set_memory_pool(pool)
        if collecting:
            gc.enable()


def _run(task: Task, report: Report) -> Result:
    make_folder(task.folder)
    sink = LandingSink(task.folder, task.batch_id, task.landed_at, task.store, task.limits)
    quarantine = QuarantineWriter(task.folder, task.batch_id, task.limits)
    outcomes: list[ObjectOutcome] = []
    inflated = 0
    stopped = None
    try:
        for source in ahead(task.objects):
            retry = task.retries.get(source.uri)
            sink.begin(source, retry.landed_keys if retry else frozenset())
            reading = read_object(source, sink, task.limits)
            for problem in reading.problems:
                quarantine.add(source, problem, reading.copy)
            inflated += reading.inflated
            found = _outcomes(source, reading, sink, task.store)
            if retry:
                found = [replace(outcome, replaces=retry.etag) for outcome in found]
            outcomes += found
            report(1, source.size, reading.records)
            if reading.stopped is not None:
                raise reading.stopped
    except SourceError as error:
        stopped = (error.address, str(error), error.passing)
    files = sink.close()
    kept = quarantine.close()
    return Result(
        batch_id=task.batch_id,
        files=tuple(files),
        outcomes=tuple(outcomes),
        inflated=inflated,
        quarantine_file=kept,
        quarantine_sha256=sha256_of(task.folder / kept) if kept else None,
        stopped=stopped,
    )


def _outcomes(
    source: SourceObject, reading: Reading, sink: LandingSink, store: str | None
) -> list[ObjectOutcome]:
    """What became of an object: one outcome for each store its records went to."""
    tallies = [
        (category, tally)
        for category in CATEGORIES
        if (tally := sink.tallies[category.name]).records
    ] or [(_likely(source), Tally())]
    first, *others = [
        ObjectOutcome(
            store=store or category.default_store,
            uri=source.uri,
            etag=source.etag,
            size=source.size,
            digest=reading.digest,
            status=_status(reading),
            records=tally.records,
            first_at=tally.first_at,
            last_at=tally.last_at,
            recognized=reading.recognized[0] if reading.recognized else None,
        )
        for category, tally in tallies
    ]
    entries = tuple(Entry.of(problem) for problem in reading.problems)
    if store is not None and others:
        # One store holds both kinds, so that this is one outcome.
        tally = Tally()
        for _, part in tallies:
            tally.add(part.records, part.first_at or 0, part.last_at or 0)
        first = replace(
            first, records=tally.records, first_at=tally.first_at, last_at=tally.last_at
        )
        others = []
    return [replace(first, entries=entries), *others]


def _likely(source: SourceObject) -> Category:
    """The category of an object that holds no record, as far as its key tells."""
    return CONFIGURATION_ITEMS if source.hint.service == "config" else CLOUDTRAIL_EVENTS


def _status(reading: Reading) -> Status:
    if not reading.problems:
        recognized = reading.recognized and not reading.records
        return Status.RECOGNIZED if recognized else Status.LANDED
    taken = reading.records or reading.recognized
    return Status.PARTLY if taken else Status.QUARANTINED
