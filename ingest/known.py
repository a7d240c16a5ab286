"""Which of the objects found are new, and which of those set aside are to be tried again."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import DamagedFileError
from ingest.landing.batch import Retry
from ingest.landing.layout import check_store
from ingest.landing.manifest import KnownObject, Manifest
from ingest.landing.plan import Status
from ingest.landing.schema import CATEGORIES
from ingest.problems import PASSING, Reason
from ingest.sources.base import SourceObject, is_archived
from ingest.sources.keys import Selection
from ingest.sources.named import find_all
from ingest.sources.s3.settings import Settings

_CHUNK: Final = 500
_STEP: Final = 1 << 20
_SET_ASIDE: Final = (Status.PARTLY, Status.QUARANTINED)


@dataclass(slots=True)
class Finding:
    """What a run has to do. `before` holds what is known of an object that is read again."""

    objects: int = 0
    passed_over: int = 0
    known: int = 0
    set_aside_before: int = 0
    gone: int = 0
    new: list[SourceObject] = field(default_factory=list)
    retries: dict[str, Retry] = field(default_factory=dict)
    before: dict[str, KnownObject] = field(default_factory=dict)


def stores_of(store: str | None) -> tuple[str, ...]:
    """The stores that an object may be known in. Raises WrongUseError."""
    if store is not None:
        return (check_store(store),)
    return tuple(category.default_store for category in CATEGORIES)


def find_new(
    found: Iterable[SourceObject],
    selection: Selection,
    manifest: Manifest | None,
    stores: Sequence[str],
    *,
    may_write: bool = True,
) -> Finding:
    """Sort objects into known and new. An object whose content is known under another etag (it
    was touched or copied back) is only known by the new one from then on."""
    finding = Finding()
    seen: set[str] = set()
    for chunk in _chunks(_chosen(found, selection, finding, seen)):
        known = manifest.known(stores, [one.uri for one in chunk]) if manifest else {}
        for one in chunk:
            earlier = known.get(one.uri, [])
            if manifest is None or not _tried_again(one, earlier, finding, manifest, stores):
                _sort(one, earlier, finding, manifest if may_write else None)
    return finding


def _chosen(
    found: Iterable[SourceObject], selection: Selection, finding: Finding, seen: set[str]
) -> Iterator[SourceObject]:
    for one in found:
        if not selection.takes(one.hint):
            finding.passed_over += 1
        elif one.uri not in seen:
            seen.add(one.uri)
            finding.objects += 1
            yield one


def _chunks(objects: Iterator[SourceObject]) -> Iterator[list[SourceObject]]:
    while chunk := list(islice(objects, _CHUNK)):
        yield chunk


def _tried_again(
    one: SourceObject,
    known: list[KnownObject],
    finding: Finding,
    manifest: Manifest,
    stores: Sequence[str],
) -> bool:
    """Whether an object is read again, because what kept it from being read may have passed."""
    for earlier in known:
        if earlier.status in _SET_ASIDE and earlier.reason in PASSING:
            if is_archived(one) and earlier.reason == Reason.ARCHIVED:
                return False
            _try_again(one, earlier, finding, manifest, stores)
            return True
    return False


def _try_again(
    one: SourceObject,
    earlier: KnownObject,
    finding: Finding,
    manifest: Manifest,
    stores: Sequence[str],
) -> None:
    keys = frozenset(landed_keys(manifest, stores, one.uri))
    finding.retries[one.uri] = Retry(earlier.etag, keys)
    finding.before[one.uri] = earlier
    finding.new.append(one)


def _sort(
    one: SourceObject, known: list[KnownObject], finding: Finding, manifest: Manifest | None
) -> None:
    same = [earlier for earlier in known if earlier.etag == one.etag]
    if not same and (manifest is not None or not one.is_remote):  # a dry run downloads nothing
        same = _same_content(one, known)
    if not same:
        finding.new.append(one)
        return
    finding.known += 1
    finding.set_aside_before += any(earlier.status in _SET_ASIDE for earlier in same)
    for earlier in same:
        if earlier.etag != one.etag and manifest is not None:
            manifest.refresh(earlier, one.etag)


def _same_content(one: SourceObject, known: list[KnownObject]) -> list[KnownObject]:
    """What is known of just this content at this address, under another etag."""
    likely = [earlier for earlier in known if earlier.size == one.size and earlier.digest]
    if not likely or one.problem is not None:
        return []
    try:
        with one.open() as file:
            digest = hashlib.sha256()
            while part := file.read(_STEP):
                digest.update(part)
    except OSError:
        return []
    return [earlier for earlier in likely if earlier.digest == digest.hexdigest()]


def find_retries(
    manifest: Manifest, stores: Sequence[str], finding: Finding, settings: Settings
) -> None:
    """Add the objects that were set aside in these stores, where their sources are still there.

    Raises DamagedFileError and SourceError.
    """
    aside = {earlier.uri: earlier for earlier in reversed(manifest.set_aside(stores))}
    wanted = sorted(aside.keys() - finding.retries.keys())
    new = {one.uri for one in finding.new}
    for uri, one in find_all(wanted, settings):
        if one is None:
            finding.gone += 1
        elif uri not in new:  # else it has changed since, and is read for that
            _try_again(one, aside[uri], finding, manifest, stores)


def landed_keys(manifest: Manifest, stores: Sequence[str], uri: str) -> Iterator[str]:
    """The keys of the records that have landed from an object, in whichever store."""
    files = manifest.query(
        "select distinct files.path, files.category from files join objects using (store) "
        f"where objects.uri = ? and objects.store in ({', '.join('?' * len(stores))}) "
        "and files.first_at <= objects.last_at and files.last_at >= objects.first_at",
        (uri, *stores),
    )
    columns = {category.name: category.key_column for category in CATEGORIES}
    for path, category in files:
        try:
            table = pq.read_table(
                manifest.path.parent / path,
                columns=[columns[category]],
                filters=[("_source_object", "=", uri)],
                partitioning=None,
            )
        except (pa.ArrowException, OSError) as error:
            raise DamagedFileError(
                path,
                f"The landed file {path} cannot be read ({error}): run "
                "`tarn status --verify --repair`, then the same command again.",
            ) from error
        yield from table.column(0).to_pylist()
