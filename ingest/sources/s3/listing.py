"""Lists keys, a page a request."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from ingest.problems import Problem, Reason
from ingest.sources.base import SourceObject
from ingest.sources.keys import key_hint
from ingest.sources.s3.client import CONNECTIONS, call, client_of
from ingest.sources.s3.errors import source_error
from ingest.sources.s3.reading import OpenObject
from ingest.sources.s3.settings import Address, Settings

# The classes whose objects must be restored before they can be read. Objects in the archive
# tiers of INTELLIGENT_TIERING show it only when they are read.
_COLD: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})


@dataclass(frozen=True, slots=True)
class Page:
    """What one request lists: objects, and the folders where they were asked for."""

    objects: tuple[SourceObject, ...]
    folders: tuple[str, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Lister:
    """Lists a bucket. `count` is told of each request, from any thread."""

    settings: Settings
    bucket: str
    count: Callable[[int], None] = lambda _: None

    def pages(
        self, prefix: str, *, after: str = "", by_folder: bool = False, most: int = 1000
    ) -> Iterator[Page]:
        """What lies below a prefix, keys after `after` only. Raises SourceError."""
        wanted: dict[str, Any] = {
            "Bucket": self.bucket,
            "Prefix": prefix,
            "MaxKeys": most,
            "OptionalObjectAttributes": ["RestoreStatus"],
            **self.settings.payer,
            **({"StartAfter": after} if after else {}),
            **({"Delimiter": "/"} if by_folder else {}),
        }
        while True:
            answer = self._list(wanted)
            page = Page(
                tuple(
                    self._object(entry)
                    for entry in answer.get("Contents", ())
                    if not (entry["Key"].endswith("/") and not entry["Size"])
                ),
                tuple(entry["Prefix"] for entry in answer.get("CommonPrefixes", ())),
                not answer.get("IsTruncated"),
            )
            yield page
            if page.is_last:
                return
            wanted["ContinuationToken"] = answer["NextContinuationToken"]

    def place(self) -> str:
        """The bucket's address; that of a bucket elsewhere than at AWS names its endpoint."""
        from botocore.exceptions import BotoCoreError

        uri = Address(self.bucket).uri
        try:
            endpoint = str(client_of(self.settings).meta.endpoint_url)
        except (BotoCoreError, ValueError) as error:
            raise source_error(error, uri) from error
        return uri if ".amazonaws.com" in endpoint else f"{endpoint} {uri}"

    def find_all(self, keys: Sequence[str]) -> Iterator[SourceObject | None]:
        """The object of each key, null where there is none. Raises SourceError."""
        if keys:
            self.place()
            with ThreadPoolExecutor(CONNECTIONS) as threads:
                yield from threads.map(self.find, keys)

    def find(self, key: str) -> SourceObject | None:
        """The object of just this key, null if there is none. Raises SourceError."""
        uri = Address(self.bucket, key).uri
        page = next(self.pages(key, most=1))
        return next((one for one in page.objects if one.uri == uri), None)

    def _list(self, wanted: dict[str, Any]) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        self.count(1)
        try:
            return call(self.settings, lambda client: client.list_objects_v2(**wanted))
        except (BotoCoreError, ClientError) as error:
            raise source_error(error, Address(self.bucket, wanted["Prefix"]).uri) from error

    def _object(self, entry: dict[str, Any]) -> SourceObject:
        address = Address(self.bucket, entry["Key"])
        etag = entry["ETag"]
        problem = None
        restored = entry.get("RestoreStatus", {}).get("RestoreExpiryDate") is not None
        if entry.get("StorageClass") in _COLD and not restored:
            detail = f"its storage class is {entry['StorageClass']}: restore it first"
            problem = Problem(Reason.ARCHIVED, detail)
        return SourceObject(
            uri=address.uri,
            etag=etag,
            size=entry["Size"],
            hint=key_hint(address.key),
            open=OpenObject(self.settings, address, etag),
            problem=problem,
            is_remote=True,
        )
