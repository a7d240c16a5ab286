"""The run: find what is new, land it batch by batch, tell what became of it."""

import contextlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest import batches
from ingest.errors import IngestError, SourceError, WrongUseError
from ingest.known import Finding, find_new, find_retries, stores_of
from ingest.landing import commit, lock
from ingest.landing.batch import Result, Task
from ingest.landing.layout import ensure_landing
from ingest.landing.manifest import Manifest
from ingest.landing.plan import Plan, Status
from ingest.landing.sink import cannot_write
from ingest.limits import Limits
from ingest.listings import Listings
from ingest.sources.base import Source, SourceObject, is_archived
from ingest.sources.keys import Selection
from ingest.sources.named import source_of
from ingest.sources.s3.settings import Settings
from ingest.summary import Progress, Summary

Clock = Callable[[], datetime]
Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to land, where, and how. `command` names the run to whoever finds the lake locked;
    `list_whole` lists what earlier runs have listed, too."""

    root: Path
    sources: tuple[str, ...] = ()
    store: str | None = None
    selection: Selection = field(default_factory=Selection)
    settings: Settings = field(default_factory=Settings)
    list_whole: bool = False
    retry_failed: bool = False
    dry_run: bool = False
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)
    command: str = "ingest"


def run(request: Request, *, clock: Clock, report: Report = lambda _: None) -> Summary:
    """Land what is new. `clock` tells the time, with its zone.

    Raises IngestError: see `ingest.errors`. Whatever is raised, the lake is whole, or is made
    so by the next run.
    """
    stores = stores_of(request.store)
    sources = [source_of(name, request.settings, request.selection) for name in request.sources]
    if not sources and not request.retry_failed:
        raise WrongUseError(
            "SOURCE", "Nothing to ingest: name a file, a folder or s3://bucket/prefix."
        )
    started = clock()
    if request.dry_run:
        summary = _dry_run(request, sources, stores, started)
    else:
        try:
            ensure_landing(request.root)
            with lock.hold(request.root, request.command, _iso(started)):
                summary = _Run(request, stores, clock, report).run(sources)
        except OSError as error:
            raise cannot_write(request.root, error) from error
    summary.seconds = (clock() - started).total_seconds()
    return summary


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _dry_run(
    request: Request, sources: Sequence[Source], stores: tuple[str, ...], now: datetime
) -> Summary:
    """Count, and write nothing."""
    manifest = Manifest.read(request.root)
    try:
        listings = Listings(manifest, stores, now, whole=request.list_whole)
        objects = _objects(sources, listings)
        finding = find_new(objects, request.selection, manifest, stores, may_write=False)
        if manifest is not None and request.retry_failed:
            find_retries(manifest, stores, finding, request.settings)
    finally:
        if manifest is not None:
            manifest.close()
    summary = _summary(finding, listings)
    summary.dry_run = True
    return summary


def _objects(sources: Sequence[Source], listings: Listings) -> Iterator[SourceObject]:
    return (one for source in sources for one in source.objects(listings))


def _summary(finding: Finding, listings: Listings) -> Summary:
    remote = [one for one in finding.new if one.is_remote and one.problem is None]
    return Summary(
        objects=finding.objects,
        passed_over=finding.passed_over,
        known=finding.known,
        new=len(finding.new),
        set_aside_before=finding.set_aside_before,
        gone=finding.gone,
        bytes=sum(one.size for one in finding.new if one.problem is None),
        archived=sum(is_archived(one) for one in finding.new),
        requests_listing=len(listings.requests),
        requests_reading=len(remote),
        folders_passed_over=sorted(listings.passed_over),
    )


class _Run:
    """One run that holds the lock."""

    def __init__(
        self, request: Request, stores: tuple[str, ...], clock: Clock, report: Report
    ) -> None:
        self._request = request
        self._root = request.root
        self._stores = stores
        self._clock = clock
        self._report = report
        self._manifest = Manifest.open(request.root)
        self._pending: dict[str, str] = {}
        self._done = Counter[str]()
        self._days: set[tuple[str, str]] = set()
        self._stopped: SourceError | None = None

    def run(self, sources: Sequence[Source]) -> Summary:
        """Mend, find and land."""
        try:
            self._manifest.add_default_stores(_iso(self._clock()))
            mended = commit.mend(self._root, self._manifest)
            self._report(Progress("listing"))
            request, manifest = self._request, self._manifest
            listings = Listings(manifest, self._stores, self._clock(), whole=request.list_whole)
            objects = _objects(sources, listings)
            finding = find_new(objects, request.selection, manifest, self._stores)
            if request.retry_failed:
                find_retries(manifest, self._stores, finding, request.settings)
            summary = _summary(finding, listings)
            summary.mended_finished, summary.mended_undone = mended.finished, mended.undone
            if finding.new:
                self._land(finding, summary)
            listings.keep()
            return summary
        except BaseException:
            self._abandon()
            raise
        finally:
            self._manifest.close()

    def _land(self, finding: Finding, summary: Summary) -> None:
        workers = batches.worker_count(finding.new, self._request.workers)

        def count(objects: int, size: int, records: int) -> None:
            self._done.update(objects=objects, bytes=size, records=records)
            self._report(self._progress("landing", finding, summary))

        self._report(self._progress("landing", finding, summary))
        for result in batches.do(self._tasks(finding, workers), workers, count):
            self._take(result, finding, summary)
            if result.stopped is not None:
                address, sentence, passing = result.stopped
                self._stopped = SourceError(address, sentence, passing=passing)
        if self._stopped is not None:
            raise self._stopped
        summary.days = len(self._days)

    def _progress(self, step: str, finding: Finding, summary: Summary) -> Progress:
        done = self._done
        return Progress(
            step=step,
            objects_total=len(finding.new),
            objects_done=done["objects"],
            bytes_total=summary.bytes,
            bytes_done=done["bytes"],
            records=done["records"],
        )

    def _tasks(self, finding: Finding, workers: int) -> Iterator[Task]:
        now = self._clock()
        run_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        for number, objects in enumerate(batches.cut(finding.new, workers)):
            if self._stopped is not None:
                return
            batch_id = f"{run_id}-{number:04d}"
            self._pending[batch_id] = _iso(self._clock())
            self._manifest.begin_batch(batch_id, self._pending[batch_id])
            yield Task(
                batch_id=batch_id,
                folder=commit.staging(self._root, batch_id).absolute(),
                landed_at=now.astimezone(UTC),
                objects=objects,
                store=self._request.store,
                limits=self._request.limits,
                retries={
                    one.uri: finding.retries[one.uri]
                    for one in objects
                    if one.uri in finding.retries
                },
            )

    def _take(self, result: Result, finding: Finding, summary: Summary) -> None:
        """Make a batch part of the lake, unless it tells nothing new."""
        created_at = self._pending.pop(result.batch_id)
        plan = Plan(
            batch_id=result.batch_id,
            sequence=self._manifest.next_sequence(),
            created_at=created_at,
            committed_at=_iso(self._clock()),
            files=result.files,
            outcomes=result.outcomes,
            quarantine_file=result.quarantine_file,
            quarantine_sha256=result.quarantine_sha256,
        )
        if _tells_nothing_new(plan, finding):
            commit.undo(self._root, self._manifest, plan.batch_id)
        else:
            commit.publish(self._root, self._manifest, plan)
            summary.batches += 1
        self._count(plan, result.inflated, summary)

    def _count(self, plan: Plan, inflated: int, summary: Summary) -> None:
        statuses = {outcome.uri: outcome.status for outcome in plan.outcomes}
        count = Counter(statuses.values())
        summary.landed += count[Status.LANDED]
        summary.partly += count[Status.PARTLY]
        summary.quarantined += count[Status.QUARANTINED]
        summary.recognized += count[Status.RECOGNIZED]
        summary.bytes_inflated += inflated
        summary.files += len(plan.files)
        self._days.update((file.category, file.day) for file in plan.files)
        for file in plan.files:
            summary.records[file.store] = summary.records.get(file.store, 0) + file.records
        for outcome in plan.outcomes:
            for entry in outcome.entries:
                summary.reasons[entry.reason] = summary.reasons.get(entry.reason, 0) + 1

    def _abandon(self) -> None:
        """Take back what is pending without a plan; what cannot be taken back, the next run
        mends."""
        for batch_id in self._pending:
            with contextlib.suppress(OSError, IngestError):
                commit.undo(self._root, self._manifest, batch_id)


def _tells_nothing_new(plan: Plan, finding: Finding) -> bool:
    """Whether objects that were read again came to the same as before."""
    if plan.files:
        return False
    for outcome in plan.outcomes:
        before = finding.before.get(outcome.uri)
        if before is None or (before.etag, before.status, before.reason) != (
            *(outcome.etag, outcome.status, outcome.reason),
        ):
            return False
    return True
