"""Reads objects. A body that breaks off is taken up again where it broke."""

import io
import time
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from ingest.problems import ObjectError, Reason
from ingest.sources.s3.client import call
from ingest.sources.s3.errors import object_error
from ingest.sources.s3.settings import Address, Settings

# Tries that bring not one byte more, of a body; those of the request are the client's.
_TRIES: Final = 4
_PAUSE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class OpenObject:
    """Opens an object as it was when it was listed."""

    settings: Settings
    address: Address
    etag: str

    def __call__(self) -> BinaryIO:
        """The object's bytes. Raises ObjectError, and SourceError if no other could be read."""
        return cast(BinaryIO, io.BufferedReader(_Body(self), 1 << 17))


class _Body(io.RawIOBase):
    def __init__(self, opener: OpenObject) -> None:
        self._opener = opener
        self._at = 0
        self._stream: Any = None
        self._connect()

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as one read goes. Raises ObjectError."""
        from botocore.exceptions import BotoCoreError, HTTPClientError, IncompleteReadError

        for tries in range(1, _TRIES + 1):
            try:
                if self._stream is None:
                    self._connect()
                part = self._stream.read(len(buffer))
            except ObjectError:
                raise
            except (BotoCoreError, OSError) as error:
                self._drop()
                cut = isinstance(error, HTTPClientError | IncompleteReadError | OSError)
                if not cut or tries == _TRIES:
                    detail = f"its body broke off at byte {self._at} ({error})"
                    raise ObjectError(Reason.UNREADABLE, detail, passing=cut) from error
                time.sleep(_PAUSE_SECONDS * 2**tries)
                continue
            buffer[: len(part)] = part
            self._at += len(part)
            return len(part)
        raise AssertionError("unreachable")

    def _connect(self) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        opener = self._opener
        wanted = {
            "Bucket": opener.address.bucket,
            "Key": opener.address.key,
            "IfMatch": opener.etag,
            **opener.settings.payer,
            **({"Range": f"bytes={self._at}-"} if self._at else {}),
        }
        try:
            answer = call(opener.settings, lambda client: client.get_object(**wanted))
        except (BotoCoreError, ClientError) as error:
            raise object_error(error, opener.address.uri) from error
        if self._at and not str(answer.get("ContentRange", "")).startswith(f"bytes {self._at}-"):
            raise ObjectError(Reason.UNREADABLE, "its body broke off, and no rest of it is given")
        self._stream = answer["Body"]

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def close(self) -> None:
        """Give the connection back."""
        self._drop()
        super().close()
