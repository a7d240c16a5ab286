"""A bucket, or what lies below a prefix of it.

The tree that AWS delivers to is walked by its folders, and each delivery stream is listed from
where the last listing ended; see `look_back`. What lies elsewhere is listed whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.errors import SourceError, WrongUseError
from ingest.sources.base import Listed, Memory, SourceObject
from ingest.sources.keys import Selection
from ingest.sources.s3 import layout
from ingest.sources.s3.client import CONNECTIONS
from ingest.sources.s3.crawl import Crawl
from ingest.sources.s3.layout import Level
from ingest.sources.s3.listing import Lister
from ingest.sources.s3.look_back import scan
from ingest.sources.s3.settings import SCHEME, Address, Settings
from ingest.sources.s3.streams import Newest, Objects, list_stream

# A folder that may hold the tree, but has more folders than this, is listed whole.
_MOST_FOLDERS: Final = 100
# So many folders are looked into for the tree; what lies deeper is listed whole.
_MOST_LOOKS: Final = 200


@dataclass(frozen=True, slots=True)
class S3Source:
    """What lies at an address: an object, or all below it."""

    settings: Settings
    address: Address
    selection: Selection = field(default_factory=Selection)

    @classmethod
    def parse(cls, name: str, settings: Settings, selection: Selection) -> "S3Source":
        """The source of `s3://bucket/prefix`. Raises WrongUseError."""
        address = Address.parse(name)
        if not name.startswith(SCHEME) or not address.bucket:
            raise WrongUseError(name, f"{name} names no bucket: write s3://bucket/prefix.")
        return cls(settings, address, selection)

    def objects(self, memory: Memory) -> Iterator[SourceObject]:
        """Every object that may be new. Raises SourceError."""
        lister = Lister(self.settings, self.address.bucket, memory.requested)
        found = 0
        for one in self._first(lister, memory):
            found += 1
            yield one
        folder = self.address.key
        folder += "/" if folder and not folder.endswith("/") else ""
        walk = _Walk(lister, self.selection, memory)
        for objects in Crawl(walk.step, folder, CONNECTIONS).run():
            found += len(objects)
            yield from (one for one in objects if not _is_hidden(one.uri, self.address))
        if not found and not next(lister.pages(folder, most=1)).objects:
            raise SourceError(
                self.address.uri,
                f"Nothing lies at {self.address.uri}: check the prefix, which is the whole name "
                "of a folder or of an object; small and capital letters differ.",
            )

    def _first(self, lister: Lister, memory: Memory) -> Iterator[SourceObject]:
        """The object that is named itself, and those that could not be read before: they may
        lie where no listing goes any more."""
        keys = [Address.parse(uri).key for uri in memory.unread(self.address.uri)]
        if self.address.key and not self.address.key.endswith("/"):
            keys.append(self.address.key)
        yield from (one for one in lister.find_all(keys) if one is not None)


def _is_hidden(uri: str, address: Address) -> bool:
    """Whether a part of the key below the source begins with a dot, as in local folders."""
    return "/." in f"/{uri.removeprefix(address.uri)}"


class _Walk:
    """A walk through one source, by any number of threads."""

    def __init__(self, lister: Lister, selection: Selection, memory: Memory) -> None:
        self._lister = lister
        self._selection = selection
        self._memory = memory
        self._place = lister.place()
        self._known: Mapping[str, Listed] = memory.recall(self._place)
        self._looks = 0

    def step(self, folder: str) -> Iterator[Objects | list[str]]:
        """The objects of a folder, and the folders to go on with."""
        level = layout.level(folder)
        if level is Level.STREAM:
            yield from self._stream(folder)
        elif level is Level.PLAIN or (level is Level.OUTER and self._looks >= _MOST_LOOKS):
            yield from self._plain(folder)
        elif level is Level.OUTER:
            yield from self._outer(folder)
        else:
            for page in self._lister.pages(folder, by_folder=True):
                yield page.objects
                yield [one for one in page.folders if self._takes(one)]

    def _outer(self, folder: str) -> Iterator[Objects | list[str]]:
        """A folder that may hold the tree, somewhere."""
        self._looks += 1
        page = next(self._lister.pages(folder, by_folder=True))
        if page.is_last and len(page.folders) <= _MOST_FOLDERS:
            yield page.objects
            yield list(page.folders)
        else:
            yield from self._plain(folder)

    def _plain(self, folder: str) -> Iterator[Objects]:
        for page in self._lister.pages(folder):
            yield page.objects

    def _stream(self, stream: str) -> Iterator[Objects]:
        name = f"{self._place}{stream}"
        plan = scan(stream, self._known.get(name), self._selection, self._memory.now)
        newest = Newest(plan)
        for objects in list_stream(self._lister, plan):
            newest.see(objects)
            yield objects
        listed = newest.outcome()
        if listed is not None:
            self._memory.note(replace(listed, prefix=name))

    def _takes(self, folder: str) -> bool:
        """Whether a folder inside the tree is chosen, and holds what is wanted."""
        account, region = layout.account(folder), layout.region(folder)
        if account and self._selection.accounts and account not in self._selection.accounts:
            return False
        if region and self._selection.regions and region not in self._selection.regions:
            return False
        other = layout.is_other_kind(folder)
        if other:
            self._memory.pass_over(Address(self._lister.bucket, folder).uri)
        return not other
