"""The source that a name names."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.errors import WrongUseError
from ingest.sources.base import Source, SourceObject
from ingest.sources.keys import Selection
from ingest.sources.local import LocalSource, file_path, local_object
from ingest.sources.s3.listing import Lister
from ingest.sources.s3.settings import SCHEME, Address, Settings
from ingest.sources.s3.source import S3Source


def source_of(name: str, settings: Settings, selection: Selection) -> Source:
    """The source of a path or an address. Raises WrongUseError."""
    if name.startswith(SCHEME):
        return S3Source.parse(name, settings, selection)
    if "://" in name and not name.startswith("file://"):
        raise WrongUseError(
            name,
            f"{name} cannot be read: name a file, a folder or s3://bucket/prefix.",
        )
    return LocalSource(Path(name.removeprefix("file://")))


def find_all(uris: Sequence[str], settings: Settings) -> Iterator[tuple[str, SourceObject | None]]:
    """Each address with its object as it is now, null where it is gone. Raises SourceError."""
    buckets: dict[str, list[str]] = {}
    for uri in uris:
        if uri.startswith(SCHEME):
            buckets.setdefault(Address.parse(uri).bucket, []).append(uri)
        else:
            yield uri, _local(uri)
    for bucket, theirs in buckets.items():
        keys = [Address.parse(uri).key for uri in theirs]
        yield from zip(theirs, Lister(settings, bucket).find_all(keys), strict=True)


def _local(uri: str) -> SourceObject | None:
    try:
        return local_object(file_path(uri))
    except FileNotFoundError:
        return None
